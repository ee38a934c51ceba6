/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Memory by node read from a directory that stands for the v2 hierarchy. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "proc_memory_numa.h"
#include "xalloc.h"

struct place {
	char dir[64];
	char *mountinfo;
	char *cgroup;
	char *stat;
};

static void write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static int place_new(void **state)
{
	struct place *place = xcalloc(1, sizeof(*place));
	char *line;

	strcpy(place->dir, "/tmp/mptop-numa.XXXXXX");
	if (!mkdtemp(place->dir))
		return -1;
	place->mountinfo = xasprintf("%s/mountinfo", place->dir);
	place->cgroup = xasprintf("%s/db", place->dir);
	place->stat = xasprintf("%s/memory.numa_stat", place->cgroup);
	line = xasprintf("30 23 0:26 / %s rw - cgroup2 cgroup2 rw\n",
			 place->dir);
	write_file(place->mountinfo, line);
	free(line);
	mkdir(place->cgroup, 0700);
	*state = place;
	return 0;
}

static int place_free(void **state)
{
	struct place *place = *state;

	unlink(place->stat);
	unlink(place->mountinfo);
	rmdir(place->cgroup);
	rmdir(place->dir);
	free(place->mountinfo);
	free(place->cgroup);
	free(place->stat);
	free(place);
	return 0;
}

static void cgroup(void **state)
{
	struct place *place = *state;
	struct numa_memory memory = { 0 };

	write_file(place->stat, "anon N0=4096 N1=0\nfile N0=0 N1=8192\n");
	assert_null(cgroup_memory_read(place->mountinfo, "/db", &memory));
	assert_int_equal(memory.nr, 2);
	assert_int_equal(memory.nodes[1].bytes[NUMA_FILE], 8192);
	numa_memory_clear(&memory);
}

/* Each says why; nothing outside of the hierarchy is read. */
static void cgroup_unknown(void **state)
{
	static const char *const paths[] = {
		NULL, "/none", "/../db", "/db/../db", "db",
	};
	struct place *place = *state;
	struct numa_memory memory = { 0 };
	size_t i;

	write_file(place->stat, "anon N0=1\n");
	for (i = 0; i < sizeof(paths) / sizeof(paths[0]); i++)
		assert_non_null(cgroup_memory_read(place->mountinfo, paths[i],
						   &memory));
	assert_non_null(cgroup_memory_read("/nonexistent", "/db", &memory));
	write_file(place->stat, "total=1 N0=1\n");
	assert_non_null(cgroup_memory_read(place->mountinfo, "/db", &memory));
	write_file(place->mountinfo, "30 23 0:26 / /x rw - cgroup x memory\n");
	assert_non_null(cgroup_memory_read(place->mountinfo, "/db", &memory));
	assert_int_equal(memory.nr, 0);
}

static void life(void **state)
{
	(void)state;
	assert_int_equal(proc_life((struct process_id){ 0, 5 }), LIFE_UNKNOWN);
	assert_int_equal(proc_life((struct process_id){ getpid(), 1 }),
			 LIFE_ENDED);
	/* No pid is that large. */
	assert_int_equal(proc_life((struct process_id){ 1 << 30, 5 }),
			 LIFE_ENDED);
}

static void maps_unknown(void **state)
{
	struct numa_memory memory = { 0 };
	bool partial = false;

	(void)state;
	assert_non_null(numa_maps_read((struct process_id){ 0, 5 }, &memory,
				       &partial));
	assert_non_null(numa_maps_read((struct process_id){ getpid(), 1 },
				       &memory, &partial));
	assert_int_equal(memory.nr, 0);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(cgroup, place_new, place_free),
		cmocka_unit_test_setup_teardown(cgroup_unknown, place_new,
						place_free),
		cmocka_unit_test(life),
		cmocka_unit_test(maps_unknown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
