/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Memory by node read from a directory that stands for the v2 hierarchy. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "proc_memory_numa.h"
#include "procfs.h"
#include "xalloc.h"

static const struct pidns own = { 0, PIDNS_PROC_OWN };

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

/* One that is as large as what is read may go on. */
static void cgroup_large(void **state)
{
	struct place *place = *state;
	struct numa_memory memory = { 0 };
	size_t n = 2 << 20;
	char *text = xmalloc(n + 1);

	memset(text, '\n', n);
	memcpy(text, "anon N0=4096", 12);
	text[n] = '\0';
	write_file(place->stat, text);
	free(text);
	assert_non_null(cgroup_memory_read(place->mountinfo, "/db", &memory));
	numa_memory_clear(&memory);
}

static void life(void **state)
{
	(void)state;
	assert_int_equal(proc_life(&own, (struct process_id){ 0, 5 }),
			 LIFE_UNKNOWN);
	assert_int_equal(proc_life(&own, (struct process_id){ getpid(), 1 }),
			 LIFE_ENDED);
	/* No pid is that large. */
	assert_int_equal(proc_life(&own, (struct process_id){ 1 << 30, 5 }),
			 LIFE_ENDED);
}

static void maps_unknown(void **state)
{
	struct numa_memory memory = { 0 };
	const char *cut_off;

	(void)state;
	assert_non_null(numa_maps_read(&own, (struct process_id){ 0, 5 },
				       &memory, &cut_off));
	assert_non_null(numa_maps_read(&own,
				       (struct process_id){ getpid(), 1 },
				       &memory, &cut_off));
	assert_int_equal(memory.nr, 0);
}

/* A process that is killed when so many lines of it have been read. */
static struct victim {
	pid_t pid;
	int lines;
} victim;

/* The time is looked at before the first line and behind each. */
int clock_gettime(clockid_t clock, struct timespec *now)
{
	(void)clock;
	*now = (struct timespec){ 0 };
	if (victim.lines && !--victim.lines) {
		kill(victim.pid, SIGKILL);
		waitpid(victim.pid, NULL, 0);
	}
	return 0;
}

/* With more mappings than the kernel tells of at once, in a child. */
static void victim_start(int lines)
{
	size_t page = sysconf(_SC_PAGESIZE);
	char *map;
	int up[2], i;
	char byte;

	assert_int_equal(pipe(up), 0);
	victim = (struct victim){ fork(), lines };
	if (!victim.pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		map = mmap(NULL, 1024 * page, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		for (i = 0; i < 1024; i += 2)
			if (mprotect(map + i * page, page, PROT_READ))
				_exit(1);
		if (write(up[1], "", 1) != 1)
			_exit(1);
		for (;;)
			pause();
	}
	close(up[1]);
	assert_int_equal(read(up[0], &byte, 1), 1);
	close(up[0]);
}

/* As /proc has it. */
static struct process_id victim_id(void)
{
	struct process_id id = { victim.pid, 0 };
	uint64_t tick_us = 1000000 / sysconf(_SC_CLK_TCK);
	char text[PROCFS_TEXT], path[64];
	const char *field;
	FILE *file;
	int i;

	snprintf(path, sizeof(path), "/proc/%d/stat", victim.pid);
	file = fopen(path, "r");
	assert_non_null(file);
	assert_non_null(fgets(text, sizeof(text), file));
	fclose(file);
	field = strrchr(text, ')');
	for (i = 2; i < 22; i++)
		field = strchr(field + 1, ' ');
	id.start_us = strtoull(field + 1, NULL, 10) * tick_us;
	return id;
}

/* What @lines of a process say that is killed then; 0: it is not. */
static const char *victim_cut_off(int lines)
{
	struct numa_memory memory = { 0 };
	const char *cut_off = "not said";

	victim_start(lines);
	assert_null(numa_maps_read(&own, victim_id(), &memory, &cut_off));
	numa_memory_clear(&memory);
	if (!lines) {
		kill(victim.pid, SIGKILL);
		waitpid(victim.pid, NULL, 0);
	}
	return cut_off;
}

static void maps_cut_off(void **state)
{
	(void)state;
	if (access("/proc/self/numa_maps", R_OK)) {
		print_message("# not tried: this kernel has no numa_maps\n");
		return;
	}
	assert_null(victim_cut_off(0));
	assert_non_null(victim_cut_off(3));
}

/* A /proc that has other ids than ours is not asked by ours. */
static void foreign(void **state)
{
	const struct pidns foreign = { 7, PIDNS_PROC_OTHER };
	struct process_id self = { getpid(), 1 };
	struct numa_memory memory = { 0 };
	const char *cut_off;

	(void)state;
	assert_int_equal(proc_life(&foreign, self), LIFE_UNKNOWN);
	self.pid = 1 << 30;
	assert_int_equal(proc_life(&foreign, self), LIFE_ENDED);
	victim_start(0);
	self = victim_id();
	assert_int_equal(proc_life(&own, self), LIFE_RUNS);
	assert_int_equal(proc_life(&foreign, self), LIFE_UNKNOWN);
	assert_non_null(numa_maps_read(&foreign, self, &memory, &cut_off));
	kill(victim.pid, SIGKILL);
	waitpid(victim.pid, NULL, 0);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(cgroup, place_new, place_free),
		cmocka_unit_test_setup_teardown(cgroup_unknown, place_new,
						place_free),
		cmocka_unit_test_setup_teardown(cgroup_large, place_new,
						place_free),
		cmocka_unit_test(life),
		cmocka_unit_test(maps_unknown),
		cmocka_unit_test(maps_cut_off),
		cmocka_unit_test(foreign),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
