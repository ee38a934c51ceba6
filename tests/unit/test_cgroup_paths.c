/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lines of mountinfo, and walks over directories that stand for cgroups. */
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

#include "cgroup_mount.h"
#include "cgroup_paths.h"

static void test_mounts(void **state)
{
	static const struct {
		const char *line;
		int tree; /* -1: none */
		const char *root;
		const char *point;
	} table[] = {
		{ "30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 "
		  "cgroup2 rw,nsdelegate\n", CGROUP_V2, "/", "/sys/fs/cgroup" },
		{ "31 30 0:27 / /sys/fs/cgroup/unified rw - cgroup2 none rw\n",
		  CGROUP_V2, "/", "/sys/fs/cgroup/unified" },
		{ "36 25 0:31 / /sys/fs/cgroup/memory rw - cgroup cgroup "
		  "rw,memory\n", CGROUP_MEMORY, "/", "/sys/fs/cgroup/memory" },
		{ "36 25 0:31 /docker/ab /mnt rw - cgroup cgroup rw,a,memory,b",
		  CGROUP_MEMORY, "/docker/ab", "/mnt" },
		{ "30 23 0:26 / /a\\040b\\134 rw - cgroup2 none rw\n",
		  CGROUP_V2, "/", "/a b\\" },
		{ "36 25 0:31 / /x rw - cgroup cgroup rw,cpu\n", -1, NULL,
		  NULL },
		{ "36 25 0:31 / /x rw - cgroup cgroup rw,memory2\n", -1, NULL,
		  NULL },
		{ "36 25 0:31 / /x rw - tmpfs cgroup2 rw,memory\n", -1, NULL,
		  NULL },
		{ "36 25 0:31 / /x rw - cgroup\n", -1, NULL, NULL },
		{ "36 25 0:31 / - cgroup2 none rw\n", -1, NULL, NULL },
		{ "36 25 0:31 / /x rw\n", -1, NULL, NULL },
		{ " - \n", -1, NULL, NULL },
		{ "", -1, NULL, NULL },
	};
	struct cgroup_mount mount;
	char line[256];
	bool found;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(table) / sizeof(*table); i++) {
		snprintf(line, sizeof(line), "%s", table[i].line);
		found = cgroup_mount_parse(line, &mount);
		assert_int_equal(found, table[i].tree >= 0);
		if (!found)
			continue;
		assert_int_equal(mount.tree, table[i].tree);
		assert_string_equal(mount.root, table[i].root);
		assert_string_equal(mount.point, table[i].point);
		free(mount.root);
		free(mount.point);
	}
}

/* A directory with a file "mountinfo" that calls "v2" and "v1" mounts. */
static int setup(void **state)
{
	char dir[] = "/tmp/mptop-cgroups.XXXXXX";
	FILE *file;

	if (!mkdtemp(dir) || chdir(dir))
		return -1;
	mkdir("v2", 0700);
	mkdir("v1", 0700);
	file = fopen("mountinfo", "w");
	fprintf(file, "1 2 0:3 / %s/v2 rw - cgroup2 none rw\n"
		"1 2 0:3 / /nowhere rw - cgroup2 none rw\n"
		"1 2 0:4 /c %s/v1 rw - cgroup none rw,memory\n", dir, dir);
	*state = strdup(dir);
	return fclose(file);
}

static int teardown(void **state)
{
	char command[64];

	snprintf(command, sizeof(command), "rm -rf %s", (char *)*state);
	free(*state);
	return chdir("/") || system(command);
}

static uint64_t make(const char *path)
{
	struct stat st;

	mkdir(path, 0700);
	assert_int_equal(stat(path, &st), 0);
	return st.st_ino;
}

static void check(struct cgroup_paths *paths, enum cgroup_tree tree,
		  uint64_t id, const char *expected)
{
	const char *path = cgroup_path(paths, tree, id);

	if (expected && path)
		assert_string_equal(path, expected);
	else
		assert_true(!path && !expected);
}

static void test_walk(void **state)
{
	uint64_t root = make("v2"), v1 = make("v1"), a = make("v2/a"), ab, e;
	struct cgroup_paths *paths;
	uint64_t under = make("v1/x");

	(void)state;
	e = make("v2/\033[0m");
	ab = make("v2/a/.b");
	paths = cgroup_paths_new("mountinfo");
	check(paths, CGROUP_V2, root, "/");
	check(paths, CGROUP_V2, a, "/a");
	check(paths, CGROUP_V2, ab, "/a/.b");
	check(paths, CGROUP_V2, e, "/?[0m");
	check(paths, CGROUP_MEMORY, v1, "/c");
	check(paths, CGROUP_MEMORY, under, "/c/x");
	check(paths, CGROUP_V2, under, NULL);
	check(paths, CGROUP_V2, 0, NULL);
	cgroup_paths_free(paths);
}

/* A new one is found in the next interval; one that has gone stays. */
static void test_ages(void **state)
{
	struct cgroup_paths *paths = cgroup_paths_new("mountinfo");
	uint64_t late, later, a = make("v2/a"), ab = make("v2/a/.b");

	(void)state;
	late = make("v2/late");
	check(paths, CGROUP_V2, late, "/late");
	later = make("v2/later");
	check(paths, CGROUP_V2, later, NULL);
	cgroup_paths_age(paths);
	rmdir("v2/late");
	rmdir("v2/a/.b");
	check(paths, CGROUP_V2, later, "/later");
	check(paths, CGROUP_V2, late, "/late");
	check(paths, CGROUP_V2, ab, "/a/.b");
	check(paths, CGROUP_V2, a, "/a");
	cgroup_paths_free(paths);
}

static void test_none(void **state)
{
	struct cgroup_paths *paths = cgroup_paths_new("no-such-file");

	(void)state;
	check(paths, CGROUP_V2, 1, NULL);
	check(paths, CGROUP_MEMORY, 1, NULL);
	cgroup_paths_free(paths);
	cgroup_paths_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_mounts),
		cmocka_unit_test(test_walk),
		cmocka_unit_test(test_ages),
		cmocka_unit_test(test_none),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
