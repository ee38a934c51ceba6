/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a snapshot leaves in its directory, whatever is there already. */
#define _GNU_SOURCE 1

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "snapshot.h"
#include "xalloc.h"

#define NAME "mptop-db7-20260131T130001Z-"

struct place {
	char dir[32];
	int fd;
};

static int enter(void **state)
{
	struct place *place = xcalloc(1, sizeof(*place));

	strcpy(place->dir, "/tmp/mptop-test-XXXXXX");
	*state = place;
	if (!mkdtemp(place->dir) || chdir(place->dir))
		return -1;
	place->fd = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return place->fd < 0 ? -1 : 0;
}

/* The number of entries; removes them if @empty. */
static int entries(bool empty)
{
	DIR *dir = opendir(".");
	struct dirent *entry;
	int nr = 0;

	assert_non_null(dir);
	while ((entry = readdir(dir))) {
		if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
			continue;
		nr++;
		if (empty)
			unlink(entry->d_name);
	}
	closedir(dir);
	return nr;
}

static int leave(void **state)
{
	struct place *place = *state;
	int error;

	entries(true);
	close(place->fd);
	error = chdir("/") || rmdir(place->dir);
	free(place);
	return error;
}

static int write_lines(FILE *out, const void *context)
{
	const size_t *size = context;
	size_t i;

	for (i = 0; i < *size; i++)
		if (fputc('j', out) == EOF)
			return -errno;
	return 0;
}

static int fail_to_write(FILE *out, const void *context)
{
	(void)context;
	fputs("half", out);
	return -ENOMEM;
}

static const size_t small_size = 5;

static const struct snapshot small = {
	.dir = "DIR",
	.host = "db7",
	.time = { 1769864401, 204000000 },
	.text = "screen\n",
	.write_json = write_lines,
	.context = &small_size,
};

static void check_file(const char *name, const char *content)
{
	char text[64] = "";
	struct stat stat;
	FILE *file = fopen(name, "r");
	size_t n;

	if (!file)
		fail_msg("no %s", name);
	n = fread(text, 1, sizeof(text) - 1, file);
	assert_int_equal(n, strlen(content));
	assert_string_equal(text, content);
	assert_int_equal(fstat(fileno(file), &stat), 0);
	assert_int_equal(stat.st_mode, S_IFREG | 0600);
	assert_int_equal(stat.st_nlink, 1);
	fclose(file);
}

static void write_right(const struct place *place,
			const struct snapshot *snapshot, const char *expected)
{
	char *message = NULL;

	if (snapshot_write(place->fd, snapshot, &message))
		fail_msg("%s", message);
	assert_string_equal(message, expected);
	free(message);
}

static void two_files(void **state)
{
	mode_t old = umask(0777);

	write_right(*state, &small, "DIR/" NAME "1.txt");
	umask(0);
	write_right(*state, &small, "DIR/" NAME "2.txt");
	umask(old);
	check_file(NAME "1.txt", "screen\n");
	check_file(NAME "1.json", "jjjjj");
	check_file(NAME "2.txt", "screen\n");
	check_file(NAME "2.json", "jjjjj");
	assert_int_equal(entries(false), 4);
}

static void names_taken(void **state)
{
	/* 1: a link to a file that is to stay; 2: only the second name. */
	FILE *victim = fopen("victim", "w");

	fputs("mine", victim);
	fchmod(fileno(victim), 0600);
	fclose(victim);
	assert_int_equal(symlink("victim", NAME "1.txt"), 0);
	assert_int_equal(symlink("nowhere", NAME "2.json"), 0);
	write_right(*state, &small, "DIR/" NAME "3.txt");
	check_file("victim", "mine");
	assert_int_not_equal(access("nowhere", F_OK), 0);
	assert_int_not_equal(access(NAME "1.json", F_OK), 0);
	assert_int_not_equal(access(NAME "2.txt", F_OK), 0);
	check_file(NAME "3.txt", "screen\n");
	assert_int_equal(entries(false), 5);
}

static void temporary_name_taken(void **state)
{
	char *name = xasprintf(".mptop-%ld-0.txt.tmp", (long)getpid());

	assert_int_equal(symlink("victim", name), 0);
	write_right(*state, &small, "DIR/" NAME "1.txt");
	assert_int_not_equal(access("victim", F_OK), 0);
	assert_int_equal(entries(false), 3);
	free(name);
}

static void odd_hosts(void **state)
{
	static const struct {
		const char *host, *message;
	} rows[] = {
		{ "../../etc/x", "/mptop-.._.._etc_x-20260131T130001Z-1.txt" },
		{ "a b\x1b\xc3\xa9", "/mptop-a_b___-20260131T130001Z-1.txt" },
		{ "", "/mptop-unknown-20260131T130001Z-1.txt" },
		{ NULL, "/mptop-unknown-20260131T130001Z-2.txt" },
	};
	struct snapshot snapshot = small;
	size_t i;

	snapshot.dir = "/";
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		snapshot.host = rows[i].host;
		write_right(*state, &snapshot, rows[i].message);
	}
}

static void write_wrong(int fd, const struct snapshot *snapshot, int code)
{
	char *message = NULL, *expected;

	assert_int_equal(snapshot_write(fd, snapshot, &message), code);
	expected = xasprintf("cannot write snapshot in DIR: %s",
			     strerror(-code));
	assert_string_equal(message, expected);
	free(expected);
	free(message);
}

static void writer_fails(void **state)
{
	const struct place *place = *state;
	struct snapshot snapshot = small;

	snapshot.write_json = fail_to_write;
	write_wrong(place->fd, &snapshot, -ENOMEM);
	assert_int_equal(entries(false), 0);
}

static void no_directory(void **state)
{
	const struct place *place = *state;
	int fd;

	write_wrong(-1, &small, -EBADF);
	assert_int_equal(mkdir("gone", 0700), 0);
	fd = open("gone", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_int_equal(rmdir("gone"), 0);
	write_wrong(fd, &small, -ENOENT);
	close(fd);
	/* One that was renamed is still the one that was opened. */
	assert_int_equal(mkdir("gone", 0700), 0);
	fd = open("gone", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_int_equal(rename("gone", "moved"), 0);
	write_right(&(struct place){ .fd = fd }, &small,
		    "DIR/" NAME "1.txt");
	close(fd);
	check_file("moved/" NAME "1.json", "jjjjj");
	assert_int_equal(unlink("moved/" NAME "1.json"), 0);
	assert_int_equal(unlink("moved/" NAME "1.txt"), 0);
	assert_int_equal(rmdir("moved"), 0);
	(void)place;
}

/* Whatever part it is that does not fit, nothing stays. */
static void full_disk(void **state)
{
	static const size_t sizes[] = { 60000, 200000, 70000 };
	struct snapshot snapshot = small;
	char *text = xcalloc(1, 200001);
	size_t i;
	int fd;

	(void)state;
	assert_int_equal(mkdir("small", 0700), 0);
	if (mount("none", "small", "tmpfs", 0, "size=64k")) {
		print_message("[  SKIPPED ] full_disk: cannot mount: %s\n",
			      strerror(errno));
		rmdir("small");
		free(text);
		skip();
	}
	assert_int_equal(chdir("small"), 0);
	fd = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	for (i = 0; i < 3; i++) {
		memset(text, 't', i == 2 ? 200000 : 10000);
		snapshot.text = text;
		snapshot.context = &sizes[i];
		write_wrong(fd, &snapshot, -ENOSPC);
		assert_int_equal(entries(false), 0);
	}
	write_right(&(struct place){ .fd = fd }, &small,
		    "DIR/" NAME "1.txt");
	close(fd);
	assert_int_equal(chdir(".."), 0);
	assert_int_equal(umount2("small", MNT_DETACH), 0);
	assert_int_equal(rmdir("small"), 0);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(two_files, enter, leave),
		cmocka_unit_test_setup_teardown(names_taken, enter, leave),
		cmocka_unit_test_setup_teardown(temporary_name_taken, enter,
						leave),
		cmocka_unit_test_setup_teardown(odd_hosts, enter, leave),
		cmocka_unit_test_setup_teardown(writer_fails, enter, leave),
		cmocka_unit_test_setup_teardown(no_directory, enter, leave),
		cmocka_unit_test_setup_teardown(full_disk, enter, leave),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
