/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Node sets: text to set, set to text, and what is no list. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "nodeset.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static void test_membership(void **state)
{
	struct nodeset set = {0};

	(void)state;
	assert_true(nodeset_is_empty(&set));
	nodeset_add(&set, -1);
	nodeset_add(&set, NODESET_MAX);
	nodeset_add(&set, INT32_MIN);
	nodeset_add(&set, INT32_MAX);
	assert_true(nodeset_is_empty(&set));
	nodeset_add(&set, 0);
	nodeset_add(&set, 64);
	nodeset_add(&set, NODESET_MAX - 1);
	for (int i = -70; i < NODESET_MAX + 70; i++)
		assert_int_equal(nodeset_has(&set, i),
				 i == 0 || i == 64 || i == NODESET_MAX - 1);
	assert_false(nodeset_is_empty(&set));
}

/* What is written back differs from what was read only where @out says so. */
static void test_good_lists(void **state)
{
	static const struct {
		const char *in;
		const char *out;
	} row[] = {
		{"", ""},
		{"0", "0"},
		{"0-3,6", "0-3,6"},
		{"6,0-3", "0-3,6"},
		{"0,1", "0-1"},
		{"3-3", "3"},
		{"0-5,2-8", "0-8"},
		{"62-65,1023", "62-65,1023"},
		{"0-1023", "0-1023"},
		{"007", "7"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		struct nodeset set;
		char text[64];

		assert_int_equal(nodeset_parse(row[i].in, &set, NULL), 0);
		assert_ptr_equal(nodeset_format(&set, text, sizeof(text)),
				 text);
		assert_string_equal(text, row[i].out);
	}
}

static void test_bad_lists(void **state)
{
	static const struct {
		const char *in;
		size_t bad;
	} row[] = {
		{"x", 0},    {",", 0},	    {"0,", 2},	  {"0,,1", 2},
		{"0-", 2},   {"-1", 0},	    {"3-1", 2},	  {"1024", 0},
		{"0-1024", 2}, {"0 1", 1},  {" 0", 0},	  {"0-3-5", 3},
		{"0x1", 1},  {"0-3,a", 4},  {"1\n", 1},
		{"99999999999999999999", 0},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		struct nodeset set = {{5}};
		size_t bad = 99;

		assert_int_equal(nodeset_parse(row[i].in, &set, &bad),
				 -EINVAL);
		assert_int_equal(bad, row[i].bad);
		assert_int_equal(set.bits[0], 5);
	}
}

static void test_narrow(void **state)
{
	static const struct {
		size_t cap;
		const char *text;
	} row[] = {
		{1, ""},
		{2, "."},
		{4, "..."},
		{7, "..."},
		{8, "0-3,..."},
		{9, "0-3,..."},
		{10, "0-3,6,..."},
		{11, "0-3,6,..."},
		{12, "0-3,6,10-12"},
	};
	struct nodeset set;

	(void)state;
	assert_int_equal(nodeset_parse("0-3,6,10-12", &set, NULL), 0);
	for (size_t i = 0; i < COUNT(row); i++) {
		/* On the heap, for the sanitiser to see a byte too many. */
		char *text = malloc(row[i].cap);

		nodeset_format(&set, text, row[i].cap);
		assert_string_equal(text, row[i].text);
		free(text);
	}
	assert_null(nodeset_format(&set, NULL, 0));
}

/* Whatever fits whole is written whole, and a cut is always marked. */
static void test_every_width(void **state)
{
	static const char whole[] = "0,2,4-7,64,100-200,1023";
	struct nodeset set;

	(void)state;
	assert_int_equal(nodeset_parse(whole, &set, NULL), 0);
	for (size_t cap = 4; cap <= sizeof(whole) + 2; cap++) {
		char *text = malloc(cap);
		size_t n;

		nodeset_format(&set, text, cap);
		n = strlen(text);
		if (cap >= sizeof(whole)) {
			assert_string_equal(text, whole);
		} else {
			assert_true(n >= 3);
			assert_string_equal(text + n - 3, "...");
			assert_memory_equal(text, whole, n - 3);
			assert_true(n == 3 || text[n - 4] == ',');
		}
		free(text);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_membership),
		cmocka_unit_test(test_good_lists),
		cmocka_unit_test(test_bad_lists),
		cmocka_unit_test(test_narrow),
		cmocka_unit_test(test_every_width),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
