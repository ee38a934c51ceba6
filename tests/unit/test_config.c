/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Configuration files: what they hold, who wins, and files that mean harm. */
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

#include "config.h"
#include "options.h"
#include "theme.h"
#include "xalloc.h"

#define PATH_CAP 128

struct place {
	char dir[PATH_CAP / 2];
	char path[PATH_CAP];
};

static int place_make(void **state)
{
	struct place *place = xcalloc(1, sizeof(*place));

	strcpy(place->dir, "/tmp/mptop-config.XXXXXX");
	assert_non_null(mkdtemp(place->dir));
	snprintf(place->path, PATH_CAP, "%s/mptop.conf", place->dir);
	*state = place;
	return 0;
}

static int place_remove(void **state)
{
	struct place *place = *state;

	unlink(place->path);
	rmdir(place->dir);
	free(place);
	return 0;
}

static void write_bytes(const char *path, const char *text, size_t length)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_int_equal(fwrite(text, 1, length, file), length);
	assert_int_equal(fclose(file), 0);
}

static void read_text(struct config *config, const struct place *place,
		      const char *text)
{
	char *error = NULL;

	write_bytes(place->path, text, strlen(text));
	assert_int_equal(config_read(config, place->path, false, &error), 0);
	assert_null(error);
}

static void assert_value(struct config *config, const char *name,
			 const char *value, int line)
{
	const struct config_entry *entry = config_find(config, name);

	assert_non_null(entry);
	assert_string_equal(entry->value, value);
	assert_int_equal(entry->line, line);
}

static void test_entries(void **state)
{
	struct config *config = config_new();

	read_text(config, *state,
		  "# comment\n\ndelay = 2.5 ; inline\nsort:pid\r\n"
		  "columns = pid,\n  user,comm\nname=\n"
		  "[color]\nheat4=#d55e00 bold\n"
		  "[other]\n  indented = 1\nlast=no newline");
	assert_value(config, "delay", "2.5", 3);
	assert_value(config, "sort", "pid", 4);
	assert_value(config, "columns", "pid, user,comm", 5);
	assert_value(config, "name", "", 7);
	assert_value(config, "color.heat4", "#d55e00 bold", 9);
	assert_value(config, "other.indented", "1", 11);
	assert_value(config, "other.last", "no newline", 12);
	assert_true(config_has(config, "delay"));
	assert_false(config_has(config, "heat4"));
	assert_null(config_find(config, "heat4"));
	config_free(config);
}

static void assert_refused(const char *path, bool named, const char *why)
{
	struct config *config = config_new();
	char *error = NULL;

	assert_true(config_read(config, path, named, &error) < 0);
	assert_non_null(error);
	assert_non_null(strstr(error, path));
	assert_non_null(strstr(error, why));
	free(error);
	config_free(config);
}

static void test_absent(void **state)
{
	const struct place *place = *state;
	struct config *config = config_new();
	char *error = NULL;

	assert_int_equal(config_read(config, place->path, false, &error), 0);
	assert_null(error);
	assert_refused(place->path, true, "No such file");
	config_free(config);
}

static void test_hostile(void **state)
{
	const struct place *place = *state;
	char *giant = xmalloc(CONFIG_MAX + 1);
	char other[PATH_CAP + 8];

	write_bytes(place->path, "a=1\nb=\0c\n", 9);
	assert_refused(place->path, false, "line 2: not text");
	write_bytes(place->path, "a=1\n\x1b[31m=2\n", 12);
	assert_refused(place->path, false, "line 2: not text");
	write_bytes(place->path, "a=1\nnonsense\nb=2\n", 17);
	assert_refused(place->path, false, "line 2: neither NAME = VALUE");
	memset(giant, '#', CONFIG_MAX + 1);
	write_bytes(place->path, giant, CONFIG_MAX + 1);
	assert_refused(place->path, false, "larger than 64 kB");
	giant[0] = '\n';
	write_bytes(place->path, giant, 1000);
	assert_refused(place->path, false, "line 2: too long");
	unlink(place->path);
	assert_int_equal(mkfifo(place->path, 0600), 0);
	assert_refused(place->path, false, "no regular file");
	assert_refused(place->path, true, "no regular file");
	unlink(place->path);
	snprintf(other, sizeof(other), "%s.target", place->path);
	write_bytes(other, "delay=2\n", 8);
	assert_int_equal(symlink(other, place->path), 0);
	assert_refused(place->path, false, "is a link, which is not followed");
	assert_refused(place->path, true, "is a link, which is not followed");
	unlink(other);
	unlink(place->path);
	assert_int_equal(mkdir(place->path, 0700), 0);
	assert_refused(place->path, false, "no regular file");
	rmdir(place->path);
	free(giant);
}

static void test_other_owner(void **state)
{
	const struct place *place = *state;
	struct config *config = config_new();
	char *error = NULL;

	if (geteuid())
		skip(); /* only root can give a file away */
	write_bytes(place->path, "delay=2\n", 8);
	assert_int_equal(chown(place->path, 12345, 12345), 0);
	assert_refused(place->path, false, "belongs to another user");
	assert_int_equal(config_read(config, place->path, true, &error), 0);
	assert_true(config_has(config, "delay"));
	config_free(config);
}

static struct options options_of(const char *argument)
{
	char program[] = "mptop", word[64];
	char *argv[] = { program, word, NULL };
	struct options options;

	snprintf(word, sizeof(word), "%s", argument ? argument : "");
	options_parse(&options, argument ? 2 : 1, argv);
	free(argv[0]); /* a clean copy */
	return options;
}

/* What was read later counts, and the command line before all. */
static void test_precedence(void **state)
{
	struct config *config = config_new();
	struct options options = options_of("--delay=3");

	read_text(config, *state, "delay=4\nsort=pid\nspeed=2\nascii=yes\n");
	read_text(config, *state, "delay=5\nsort=+total\n");
	config_to_options(config, &options);
	config_warn_unknown(config);
	assert_int_equal(config->nr_warnings, 0);
	assert_int_equal(options.delay_ns, INT64_C(3000000000));
	assert_int_equal(options.order, ORDER_TOTAL);
	assert_true(options.reverse);
	assert_int_equal(options.speed, 2);
	assert_true(options.ascii);
	options_free(&options);
	config_free(config);
}

static void test_filter(void **state)
{
	struct config *config = config_new();
	struct options options = options_of("--pid=1");

	read_text(config, *state, "pid=7\nuser=mysql\nfilter=comm=mysqld\n"
				  "node=x\n");
	config_to_options(config, &options);
	assert_string_equal(options.filter_text, "pid=1 user=mysql "
						 "comm=mysqld");
	assert_non_null(options.filter);
	assert_int_equal(config->nr_warnings, 1);
	assert_non_null(strstr(config->warnings[0], "line 4: node is wrong "));
	options_free(&options);
	config_free(config);
}

/* Lists go on in indented lines, and may have blanks between. */
static void test_lists(void **state)
{
	struct config *config = config_new();
	struct options options = options_of(NULL);

	read_text(config, *state, "pid = 100,\n\t200\n  , 300\n"
				  "user=ann ,bob\nnode=0 , x\n");
	config_to_options(config, &options);
	assert_string_equal(options.filter_text,
			    "pid=100,200,300 user=ann,bob");
	assert_int_equal(config->nr_warnings, 1);
	assert_non_null(strstr(config->warnings[0], "line 5: node is "
						    "wrong at column 8"));
	options_free(&options);
	config_free(config);
}

/* What was read later counts, whichever of its names it has. */
static void test_names(void **state)
{
	static const char *const text[] = { "theme=light\ncolors=mono\n",
					    "colors=light\ntheme=mono\n" };
	size_t i;

	for (i = 0; i < 2; i++) {
		struct config *config = config_new();
		struct options options = options_of(NULL);

		read_text(config, *state, text[i]);
		config_to_options(config, &options);
		assert_string_equal(theme_table[options.theme].name, "mono");
		config_warn_unknown(config);
		assert_int_equal(config->nr_warnings, 0);
		options_free(&options);
		config_free(config);
	}
}

/* "@name=1" and 29 lines of 100 bytes that go on with it. */
static char *long_list(const char *name)
{
	char *text = xmalloc(3100);
	int i, line, at = sprintf(text, "%s=1\n", name);

	for (line = 0; line < 29; line++) {
		at += sprintf(text + at, " ");
		for (i = 0; i < 49; i++)
			at += sprintf(text + at, ",1");
		at += sprintf(text + at, "\n");
	}
	return text;
}

/* Each is right; together they are more than a filter takes. */
static void test_filter_too_long(void **state)
{
	struct config *config = config_new();
	struct options options = options_of("--user=mysql");
	char *pid = long_list("pid"), *node = long_list("node");

	read_text(config, *state, pid);
	read_text(config, *state, node);
	config_to_options(config, &options);
	assert_non_null(options.filter);
	assert_non_null(strstr(options.filter_text, "user=mysql pid=1,"));
	assert_null(strstr(options.filter_text, "node="));
	assert_int_equal(config->nr_warnings, 1);
	assert_non_null(strstr(config->warnings[0], "line 1: node is too "
						    "much with the other "
						    "restrictions"));
	options_free(&options);
	config_free(config);
	free(pid);
	free(node);
}

static void test_glyphs(void **state)
{
	struct config *config = config_new();
	struct options options = options_of("--ascii");

	read_text(config, *state, "unicode=yes\n");
	config_to_options(config, &options);
	assert_true(options.ascii);
	assert_false(options.unicode);
	options_free(&options);
	options = options_of(NULL);
	read_text(config, *state, "ascii=on\nunicode=on\n");
	config_to_options(config, &options);
	assert_false(options.ascii || options.unicode);
	assert_int_equal(config->nr_warnings, 1);
	options_free(&options);
	config_free(config);
}

static void test_warnings(void **state)
{
	static const char *const wanted[] = {
		" line 1: delay takes seconds from 0.1 to 3600, not 'x'",
		" line 5: sort does not know the field 'size'; see",
		" line 4: colors takes default, light, contrast or mono, not",
		" line 2: ascii takes yes or no, not 'maybe'",
		": unknown keys ignored: nosuch (line 3), probe (line 6)",
		": unknown keys ignored: other.x (line 2)",
	};
	struct config *config = config_new();
	struct options options = options_of(NULL);
	size_t i;

	read_text(config, *state, "delay=x\nascii=maybe\nnosuch=1\n"
				  "colors=pink\nsort=size\nprobe=kprobe\n");
	read_text(config, *state, "[other]\nx=1\n");
	config_to_options(config, &options);
	config_warn_unknown(config);
	assert_int_equal(config->nr_warnings, 6);
	for (i = 0; i < 6; i++) {
		if (!strstr(config->warnings[i], wanted[i]))
			fail_msg("'%s' has not '%s'", config->warnings[i],
				 wanted[i]);
	}
	assert_int_equal(options.delay_ns, INT64_C(1000000000));
	assert_int_equal(options.order, ORDER_RATE);
	options_free(&options);
	config_free(config);
}

static void assert_path(const char *wanted)
{
	char *path = config_user_path();

	assert_string_equal(path, wanted);
	free(path);
}

static void test_user_path(void **state)
{
	char *path;

	(void)state;
	setenv("XDG_CONFIG_HOME", "/x/y", 1);
	assert_path("/x/y/mptop/mptop.conf");
	setenv("XDG_CONFIG_HOME", "relative", 1);
	setenv("HOME", "/not/this/one", 1);
	path = config_user_path();
	if (path) {
		assert_null(strstr(path, "relative"));
		assert_null(strstr(path, "/not/this/one"));
		assert_non_null(strstr(path, "/.config/mptop/mptop.conf"));
	}
	free(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_entries, place_make,
						place_remove),
		cmocka_unit_test_setup_teardown(test_absent, place_make,
						place_remove),
		cmocka_unit_test_setup_teardown(test_hostile, place_make,
						place_remove),
		cmocka_unit_test_setup_teardown(test_other_owner, place_make,
						place_remove),
		cmocka_unit_test_setup_teardown(test_precedence, place_make,
						place_remove),
		cmocka_unit_test_setup_teardown(test_filter, place_make,
						place_remove),
		cmocka_unit_test_setup_teardown(test_lists, place_make,
						place_remove),
		cmocka_unit_test_setup_teardown(test_names, place_make,
						place_remove),
		cmocka_unit_test_setup_teardown(test_filter_too_long,
						place_make, place_remove),
		cmocka_unit_test_setup_teardown(test_glyphs, place_make,
						place_remove),
		cmocka_unit_test_setup_teardown(test_warnings, place_make,
						place_remove),
		cmocka_unit_test(test_user_path),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
