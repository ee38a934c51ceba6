/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The filter language: what matches, what is refused and where, and noise. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "filter.h"
#include "sample.h"
#include "text.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static const struct filter_subject known = {
	.pid = 4242,
	.mover = 812,
	.src = 0,
	.dst = 2,
	.reason = "numa_misplaced",
	.user = "mysql",
	.cgroup = "/system.slice/mysqld.service",
	.comm = "mysqld",
	.cmdline = "/usr/sbin/mysqld --port=3306",
	.call = "migrate_pages",
	.pages = 12400,
	.rate = 6200,
	.fail = 0,
};

static const struct filter_subject unknown = {
	.pid = UNKNOWN,
	.mover = UNKNOWN,
	.src = NODE_UNKNOWN,
	.dst = NODE_UNKNOWN,
	.pages = UNKNOWN,
	.rate = UNKNOWN,
	.fail = UNKNOWN,
};

static bool match(const char *text, const struct filter_subject *subject)
{
	struct filter_error error;
	struct filter *filter = filter_parse(text, &error);
	bool result;

	if (!filter)
		fail_msg("'%s': %d: %s", text, error.column, error.message);
	result = filter_match(filter, subject);
	filter_free(filter);
	return result;
}

static void test_everything(void **state)
{
	(void)state;
	assert_true(match("", &known));
	assert_true(match("", &unknown));
	assert_true(match(" \t\n ", &unknown));
	assert_true(filter_match(NULL, &unknown));
	filter_free(NULL);
}

static void assert_matches(const char *const *text, bool expected)
{
	for (; *text; text++) {
		if (match(*text, &known) != expected)
			fail_msg("'%s' is %s", *text,
				 expected ? "false" : "true");
	}
}

static void test_true(void **state)
{
	static const char *const text[] = {
		/* Bare words, in each of the four texts. */
		"mysqld", "SQLD", "\"port=3306\"",
		"system.slice", "\"sbin/mysqld --port\"", "sbin\"/mysqld -\"",
		"mysqld slice", "  mysqld\tslice  ",
		/* Numbers. */
		"pid=4242", "pid=1,4242", "pid!=1", "pid!=1,2", "mover=812",
		"pages=12.4k", "pages>12k", "pages>=12400", "pages<=12400",
		"pages<12401", "rate>6k", "rate<1M", "fail=0", "fail<1",
		"pid>4241", "pages<1G",
		/* Nodes. */
		"src=0", "src=0-3,6", "src!=1,3", "dst=2", "dst!=0-1",
		"node=0", "node=2", "node=2-5", "node!=1", "node=0 node=2",
		/* Texts. */
		"reason=numa_misplaced", "reason=demotion,numa_misplaced",
		"reason!=demotion,syscall", "user=mysql", "user=\"mysql\"",
		"comm~^my", "comm~SQL", "comm~^(my|pg)sqld$", "comm~a,b|sql",
		"cgroup~mysqld\\.service", "cgroup~\"d[.]s\"",
		"call=migrate_pages", "comm~q{1}", "comm~l\"d\"$",
		/* And. */
		"mysqld pid=4242 src=0 dst=2 reason~numa pages>1k user!=root",
		NULL,
	};

	(void)state;
	assert_matches(text, true);
}

static void test_false(void **state)
{
	static const char *const text[] = {
		"postgres", "mysqld postgres", "migrate_pages", "4242",
		"\"mysqld slice\"", "pid=4243", "pid!=4242", "pid!=1,4242",
		"mover=4242", "pages>12400", "pages<12400", "pages>=12401",
		"pages<=12399", "pages=12400,1 pages=1", "fail>0", "src=2",
		"src!=0-3", "dst=0-1", "dst!=2", "node=1,3-9", "node!=0",
		"node!=2", "reason=numa", "reason=NUMA_MISPLACED",
		"reason!=numa_misplaced", "user=Mysql", "comm~^sql",
		"comm~mysql$", "comm=\"mysqld \"", "comm=mysqld,x comm=x",
		"cgroup=/", "call=mbind", "user=\"mysql,root\"", NULL,
	};

	(void)state;
	assert_matches(text, false);
}

/* Every field and sign, on a subject of which nothing is known. */
static void test_unknown(void **state)
{
	static const char *const sign[] = {"=", "!=", "<",  ">",
					   "<=", ">=", "~"};
	static const char *const word[] = {"x", "0", "!x"};
	size_t tried = 0;

	(void)state;
	for (size_t i = 0; filter_fields[i].name; i++) {
		for (size_t j = 0; j < COUNT(sign); j++) {
			struct filter_error error;
			struct filter *filter;
			char text[40];

			snprintf(text, sizeof(text), "%s%s0",
				 filter_fields[i].name, sign[j]);
			filter = filter_parse(text, &error);
			if (!filter)
				continue;
			tried++;
			assert_false(filter_match(filter, &unknown));
			filter_free(filter);
		}
	}
	/* Five numbers with 6 signs, three nodes with 2, five texts with 3. */
	assert_int_equal(tried, 5 * 6 + 3 * 2 + 5 * 3);
	for (size_t i = 0; i < COUNT(word); i++)
		assert_false(match(word[i], &unknown));
}

static void test_half_known_nodes(void **state)
{
	struct filter_subject subject = unknown;

	(void)state;
	subject.dst = 2;
	assert_true(match("node=2", &subject));
	assert_false(match("node=1", &subject));
	assert_false(match("node!=1", &subject));
	assert_false(match("node!=2", &subject));
	assert_true(match("dst!=1", &subject));
	assert_false(match("src!=1", &subject));
	subject.src = 5000;
	assert_true(match("node!=1", &subject));
	assert_true(match("src!=0-1023", &subject));
}

static const struct {
	const char *text;
	int column;
	const char *part; /* of the message */
} errors[] = {
	{"foo=1", 1, "field 'foo' is not known; expected one of pid, "
		     "mover, node, src, dst, reason, user, cgroup, "
		     "comm, call, pages, rate, fail"},
	{"mysqld foo=1", 8, "field 'foo' is not known"},
	{"PID=1", 1, "field 'PID' is not known"},
	{"pi=1", 1, "field 'pi' is not known"},
	{"pidd=1", 1, "field 'pidd' is not known"},
	{"cmdline=1", 1, "field 'cmdline' is not known"},
	{"=1", 1, "a field is expected before '='"},
	{"a ~b", 3, "a field is expected before '~'"},
	{"pid=", 5, "a value is expected after '='"},
	{"pid>= 5", 6, "a value is expected after '>='"},
	{"user=\"\"", 8, "a value is expected after '='"},
	{"pid=x", 5, "'pid' takes a number such as 42 or 10k"},
	{"pid=1,x", 7, "'pid' takes a number"},
	{"pid=1,", 7, "'pid' takes a number"},
	{"pid==1", 5, "'pid' takes a number"},
	{"pages>1,2", 7, "'pages' takes a number"},
	{"pages>-1", 7, "'pages' takes a number"},
	{"pages>99999999999999999", 7, "so large"},
	{"pid~1", 4, "'pid' takes =, !=, <, <=, > or >="},
	{"src=0-x", 7, "'src' takes a node list such as 0-3,6"},
	{"src=\"0-x", 5, "this quote is not closed"},
	{"src=\"0-x\"", 8, "'src' takes a node list"},
	{"node=9999", 6, "'node' takes a node list"},
	{"dst>1", 4, "'dst' takes = or !="},
	{"node~1", 5, "'node' takes = or !="},
	{"comm>a", 5, "'comm' takes =, != or ~"},
	{"comm=a,,b", 8, "a value is expected here"},
	{"comm=a,", 8, "a value is expected here"},
	{"comm~(", 6, "a regular expression is expected"},
	{"comm~[a", 6, "a regular expression is expected"},
	{"comm~(a)\\1", 6, "back references"},
	{"comm~((a{99}){99}){99}", 6, "fewer repeats"},
	{"comm~a{1,32767}", 6, "fewer repeats"},
	{"comm~a{99999999999999999999}", 6, "fewer repeats"},
	{"a \"b c", 3, "this quote is not closed"},
	{"a \"\"", 4, "a word is expected between the quotes"},
	/* Columns, not bytes. */
	{"\u00e9 foo=1", 3, "field 'foo'"},
	{"\u4e2d\u6587 foo=1", 6, "field 'foo'"},
	/* The echo is clean, and short. */
	{"\033[31m=1", 1, "field '?[31m' is not known"},
	{"aaaaaaaaaabbbbbbbbbbcccccccccc=1", 1,
	 "field 'aaaaaaaaaabbbbbbbbbb' is not known"},
};

static void test_errors(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(errors); i++) {
		struct filter_error error = {0};

		assert_null(filter_parse(errors[i].text, &error));
		if (error.column != errors[i].column ||
		    !strstr(error.message, errors[i].part))
			fail_msg("'%s': %d: %s", errors[i].text, error.column,
				 error.message);
	}
}

static void test_longest(void **state)
{
	struct filter_error error = {0};
	struct filter *filter;
	char text[5000];

	(void)state;
	memset(text, 'a', sizeof(text));
	text[4096] = '\0';
	filter = filter_parse(text, &error);
	assert_non_null(filter);
	filter_free(filter);
	text[4096] = 'a';
	text[4097] = '\0';
	assert_null(filter_parse(text, &error));
	assert_int_equal(error.column, 4097);
	assert_string_equal(error.message, "a filter ends after 4096 bytes");
	for (size_t i = 0; i < 4096; i++)
		text[i] = i % 2 ? ' ' : 'l';
	text[4096] = '\0';
	assert_true(match(text, &known));
}

/* Deep nesting, as deep as the length allows, must not end the stack. */
static void test_deep_regex(void **state)
{
	struct filter_error error = {0};
	char text[4097] = "comm~";
	struct filter *filter;

	(void)state;
	memset(text + 5, '(', 2045);
	text[2050] = 'a';
	memset(text + 2051, ')', 2045);
	filter = filter_parse(text, &error);
	if (filter)
		assert_false(filter_match(filter, &unknown));
	else
		assert_true(error.column == 6);
	filter_free(filter);
}

static unsigned int next_random(uint64_t *seed)
{
	*seed = *seed * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (unsigned int)(*seed >> 33);
}

/* Strings of pieces of the language, with any byte now and then. */
static void random_text(uint64_t *seed, char *text, size_t cap)
{
	static const char *const piece[] = {
		"pid", "src", "node", "comm", "user", "rate", "=", "!=", "~",
		"<=", ">", "\"", " ", ",", "-", "0", "3", "42", "10k", "a",
		"(", ")", "[", "]", "{2}", "{", "}", "*", "+", "\\", "\\1",
		"|", "^", "$", ".", "mysqld", "\u00e9", "\u4e2d",
	};
	size_t pieces = next_random(seed) % 14;
	size_t used = 0;

	text[0] = '\0';
	for (size_t i = 0; i < pieces && used + 10 < cap; i++) {
		unsigned int number = next_random(seed);

		if (number % 8)
			strcpy(text + used, piece[number / 8 % COUNT(piece)]);
		else
			sprintf(text + used, "%c", 1 + number / 8 % 255);
		used += strlen(text + used);
	}
}

static void assert_sane_error(const char *text, const struct filter_error *e)
{
	size_t length = strlen(e->message);
	char clean[sizeof(e->message)];

	text_clean(clean, sizeof(clean), e->message, length, -1);
	assert_string_equal(clean, e->message);
	assert_true(length > 0);
	assert_in_range(e->column, 1, text_width(text) + 1);
}

static void test_random(void **state)
{
	uint64_t seed = 1;
	size_t good = 0;
	size_t bad = 0;

	(void)state;
	for (int round = 0; round < 40000; round++) {
		struct filter_error error = {0};
		struct filter *filter;
		char text[200];

		random_text(&seed, text, sizeof(text));
		filter = filter_parse(text, &error);
		if (filter) {
			good++;
			filter_match(filter, &known);
			filter_match(filter, &unknown);
		} else {
			bad++;
			assert_sane_error(text, &error);
		}
		filter_free(filter);
	}
	/* Both sides were really tried. */
	assert_true(good > 2000);
	assert_true(bad > 2000);
}

static void test_fields(void **state)
{
	(void)state;
	for (size_t i = 0; filter_fields[i].name; i++) {
		assert_true(strlen(filter_fields[i].help) > 10);
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(filter_fields[i].name,
						filter_fields[j].name);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_everything),
		cmocka_unit_test(test_true),
		cmocka_unit_test(test_false),
		cmocka_unit_test(test_unknown),
		cmocka_unit_test(test_half_known_nodes),
		cmocka_unit_test(test_errors),
		cmocka_unit_test(test_longest),
		cmocka_unit_test(test_deep_regex),
		cmocka_unit_test(test_random),
		cmocka_unit_test(test_fields),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
