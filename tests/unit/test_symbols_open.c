/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is opened of the paths that others name, and what is not. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "make_elf.h"
#include "symbols_open.h"
#include "xalloc.h"

struct place {
	char *dir;    /* without links in it */
	char *mounts; /* a file in it */
};

/* All of @path's file systems are of @type, and what is below @dir of @below */
static void mounts_write(const struct place *place, const char *type,
			 const char *below)
{
	FILE *file = fopen(place->mounts, "w");

	assert_non_null(file);
	fprintf(file, "1 0 8:1 / / rw,relatime - %s /dev/a rw\n", type);
	fprintf(file, "2 1 0:9 / %s/\\040b rw shared:1 - %s none rw\n",
		place->dir, below);
	fputs("no such line\n", file);
	assert_int_equal(fclose(file), 0);
}

/* Opens @name of the directory as one whose owner is @owner. */
static int try(const struct place *place, const char *name, uid_t owner)
{
	char *path = xasprintf("%s/%s", place->dir, name);
	int fd = symbols_open_by(place->mounts, path, owner);

	free(path);
	if (fd < 0)
		return fd;
	close(fd);
	return 0;
}

static char *path_in(const struct place *place, const char *name)
{
	return xasprintf("%s/%s", place->dir, name);
}

static void put_file(const struct place *place, const char *name)
{
	char *path = path_in(place, name);

	close(open(path, O_WRONLY | O_CREAT, 0600));
	free(path);
}

static void test_regular(void **state)
{
	const struct place *place = *state;
	char *path = path_in(place, "file");

	mounts_write(place, "ext4", "tmpfs");
	put_file(place, "file");
	assert_int_equal(try(place, "file", getuid()), 0);
	assert_int_equal(try(place, "none", getuid()), -ENOENT);
	assert_int_equal(try(place, "../file", getuid()), -EINVAL);
	assert_int_equal(symbols_open_by(place->mounts, "file", getuid()),
			 -EINVAL);
	assert_int_equal(symbols_open_by("/nonexistent", path, getuid()),
			 -EXDEV);
	free(path);
}

static void test_owner(void **state)
{
	const struct place *place = *state;
	char *path = path_in(place, "owned");

	mounts_write(place, "ext4", "tmpfs");
	put_file(place, "owned");
	if (!getuid()) {
		assert_int_equal(chown(path, 1234, 0), 0);
		assert_int_equal(try(place, "owned", 1234), 0);
	}
	assert_int_equal(try(place, "owned", 4321), -EACCES);
	free(path);
}

/* Opening these would wait, or be seen. */
static void test_special(void **state)
{
	const struct place *place = *state;
	char *fifo = path_in(place, "fifo"), *link = path_in(place, "link");

	mounts_write(place, "ext4", "tmpfs");
	assert_int_equal(mkfifo(fifo, 0600), 0);
	assert_int_equal(symlink("file", link), 0);
	assert_int_equal(try(place, "fifo", getuid()), -EINVAL);
	assert_int_equal(try(place, "link", getuid()), -ELOOP);
	assert_int_equal(try(place, ".", getuid()), -EINVAL);
	assert_int_equal(symbols_open_by(place->mounts, "/dev/null", 0),
			 -EINVAL);
	assert_int_equal(symbols_open_foreign("/proc/self/stat", getuid()),
			 -EXDEV);
	free(fifo);
	free(link);
}

/* A file of a user's own file system, whose name mountinfo escapes. */
static void test_mounts(void **state)
{
	const struct place *place = *state;
	char *below = path_in(place, " b");

	assert_int_equal(mkdir(below, 0700), 0);
	put_file(place, " b/file");
	put_file(place, " beside");
	mounts_write(place, "xfs", "fuse.sshfs");
	assert_int_equal(try(place, " b/file", getuid()), -EXDEV);
	assert_int_equal(try(place, " b", getuid()), -EXDEV);
	assert_int_equal(try(place, " beside", getuid()), 0);
	mounts_write(place, "nfs4", "ext4");
	assert_int_equal(try(place, " b/file", getuid()), 0);
	assert_int_equal(try(place, " beside", getuid()), -EXDEV);
	free(below);
}

static int setup(void **state)
{
	struct place *place = xcalloc(1, sizeof(*place));

	place->dir = make_elf_dir();
	place->mounts = path_in(place, "mounts");
	*state = place;
	return 0;
}

static int teardown(void **state)
{
	struct place *place = *state;

	make_elf_remove(place->dir);
	free(place->mounts);
	free(place);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_regular),
		cmocka_unit_test(test_owner),
		cmocka_unit_test(test_special),
		cmocka_unit_test(test_mounts),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
