/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The line NSpid, and this process' own namespace. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <unistd.h>

#include "pidns.h"

static void test_levels(void **state)
{
	static const struct {
		const char *status;
		int levels;
	} table[] = {
		{ "", 1 },
		{ "Name:\tx\nPid:\t7\n", 1 },
		{ "Name:\tx\nNSpid:\t7\nNSpgid:\t7\t8\n", 1 },
		{ "Name:\tx\nNSpid:\t4711\t7\nNSpgid:\t7\n", 2 },
		{ "Name:\tx\nNSpid:\t4711\t70\t1", 3 },
		/* a name cannot hold a line feed: it is \n there */
		{ "Name:\t\\nNSpid:\t1\t2\nNSpid:\t9\n", 1 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(table) / sizeof(*table); i++)
		assert_int_equal(pidns_levels(table[i].status),
				 table[i].levels);
}

static void test_own(void **state)
{
	char link[64] = "", expected[64];
	struct pidns ns;

	(void)state;
	pidns_read(&ns);
	assert_true(readlink("/proc/self/ns/pid", link, sizeof(link) - 1) > 0);
	snprintf(expected, sizeof(expected), "pid:[%u]",
		 ns.inum ? ns.inum : 4026531836U);
	assert_string_equal(link, expected);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_levels),
		cmocka_unit_test(test_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
