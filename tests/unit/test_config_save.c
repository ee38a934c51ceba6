/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Saving settings: what stays of the text, and what never happens. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "config_save.h"

static const struct config_pair pairs[] = {
	{ "delay", "2", false },
	{ "sort", "-pid", false },
	{ "zoom", "none", true },
};

static void test_edit(void **state)
{
	static const struct {
		const char *text, *edited;
	} cases[] = {
		{ "", "delay = 2\nsort = -pid\n" },
		{ "# mine\nsort=rate ; why\n\nx=y\n",
		  "# mine\nsort = -pid ; why\n\nx=y\ndelay = 2\n" },
		{ "sort:a\ndelay = 1", "sort = -pid\ndelay = 2\n" },
		{ "zoom = log\n[color]\nheat4=red\ndelay=9\n",
		  "zoom = none\ndelay = 2\nsort = -pid\n"
		  "[color]\nheat4=red\ndelay=9\n" },
		{ "sort=a,\n  b\n\tc\n\n  d=e\ndelay=1\ndelay=3\n",
		  "sort = -pid\n\n  d=e\ndelay = 2\n" },
		{ "#sort=a\ndelays=1\n",
		  "#sort=a\ndelays=1\ndelay = 2\nsort = -pid\n" },
	};
	char *edited, *again;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		edited = config_edit(cases[i].text, pairs, 3);
		assert_string_equal(edited, cases[i].edited);
		again = config_edit(edited, pairs, 3);
		assert_string_equal(again, edited);
		free(edited);
		free(again);
	}
}

static void put(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static void assert_holds(const char *path, const char *wanted)
{
	char text[256];
	FILE *file = fopen(path, "r");

	assert_non_null(file);
	text[fread(text, 1, sizeof(text) - 1, file)] = '\0';
	fclose(file);
	assert_string_equal(text, wanted);
}

static void save(const char *path, int result, const char *says)
{
	char *message = NULL;

	assert_int_equal(config_save(path, pairs, 3, &message), result);
	assert_non_null(strstr(message, path));
	if (!strstr(message, says))
		fail_msg("'%s' has not '%s'", message, says);
	free(message);
}

static mode_t mode_of(const char *path)
{
	struct stat status;

	assert_int_equal(lstat(path, &status), 0);
	return status.st_mode & 07777;
}

static void test_save(void **state)
{
	char command[64];

	(void)state;
	umask(0);
	save("c/mptop/mptop.conf", 0, "settings saved to ");
	assert_holds("c/mptop/mptop.conf", "delay = 2\nsort = -pid\n");
	assert_int_equal(mode_of("c"), 0700);
	assert_int_equal(mode_of("c/mptop"), 0700);
	assert_int_equal(mode_of("c/mptop/mptop.conf"), 0600);
	put("c/mptop/mptop.conf", "# kept\nx=1\n");
	save("c/mptop/mptop.conf", 0, "settings saved to ");
	assert_holds("c/mptop/mptop.conf",
		     "# kept\nx=1\ndelay = 2\nsort = -pid\n");
	/* Nothing is left beside it. */
	snprintf(command, sizeof(command), "test $(ls -A c/mptop) = %s",
		 "mptop.conf");
	assert_int_equal(system(command), 0);
}

static void test_links(void **state)
{
	(void)state;
	mkdir("real", 0700);
	put("target", "x=1\n");
	assert_int_equal(symlink("../target", "real/mptop.conf"), 0);
	save("real/mptop.conf", -ELOOP, "it is a link");
	assert_holds("target", "x=1\n");
	assert_int_equal(symlink("real", "dir"), 0);
	unlink("real/mptop.conf");
	save("dir/mptop.conf", -ENOTDIR, "its directory is a link");
	assert_int_not_equal(access("real/mptop.conf", F_OK), 0);
}

static void test_refused(void **state)
{
	static const char nul[] = "x=1\0y=2\n";
	FILE *file;

	(void)state;
	mkdir("d", 0700);
	assert_int_equal(mkfifo("d/mptop.conf", 0600), 0);
	save("d/mptop.conf", -EINVAL, "it is no text file");
	unlink("d/mptop.conf");
	file = fopen("d/mptop.conf", "w");
	fwrite(nul, 1, sizeof(nul) - 1, file);
	fclose(file);
	save("d/mptop.conf", -EINVAL, "it is no text file");
	assert_int_equal(truncate("d/mptop.conf", 70000), 0);
	save("d/mptop.conf", -EFBIG, "larger than 64 kB");
	put("file", "");
	save("file/mptop.conf", -ENOTDIR, "cannot save settings");
}

static int enter(void **state)
{
	char dir[] = "/tmp/mptop-save.XXXXXX";

	*state = NULL;
	return mkdtemp(dir) ? chdir(dir) : -1;
}

static int leave(void **state)
{
	char dir[256];

	(void)state;
	if (!getcwd(dir, sizeof(dir)) || strncmp(dir, "/tmp/mptop-save.", 16))
		return -1;
	return system("rm -rf \"$PWD\"") || chdir("/");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_edit),
		cmocka_unit_test_setup_teardown(test_save, enter, leave),
		cmocka_unit_test_setup_teardown(test_links, enter, leave),
		cmocka_unit_test_setup_teardown(test_refused, enter, leave),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
