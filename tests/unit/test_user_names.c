/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The user database is asked once for an id, and not at all for a while when
 * it was slow: getpwuid() and the clock are this file's own.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <pwd.h>
#include <stdlib.h>
#include <time.h>

#include "user_names.h"

static struct database {
	unsigned int asked;
	time_t seconds; /* that an answer takes */
	time_t now;
} database;

struct passwd *getpwuid(uid_t uid)
{
	static char name[] = "my\033sql";
	static struct passwd entry = { .pw_name = name };

	database.asked++;
	database.now += database.seconds;
	return uid == 27 ? &entry : NULL;
}

int clock_gettime(clockid_t clock, struct timespec *now)
{
	(void)clock;
	*now = (struct timespec){ .tv_sec = database.now };
	return 0;
}

static void check_name(struct user_names *names, uint32_t uid,
		       const char *expected, unsigned int asked)
{
	char *name = user_name(names, uid);

	assert_string_equal(name, expected);
	assert_int_equal(database.asked, asked);
	free(name);
}

static void test_once(void **state)
{
	struct user_names *names = user_names_new();

	(void)state;
	database = (struct database){ 0 };
	check_name(names, 27, "my?sql", 1);
	check_name(names, 27, "my?sql", 1);
	check_name(names, 4294967294, "4294967294", 2);
	check_name(names, 4294967294, "4294967294", 2);
	check_name(names, 0, "0", 3);
	user_names_free(names);
	user_names_free(NULL);
}

static void test_slow(void **state)
{
	struct user_names *names = user_names_new();

	(void)state;
	database = (struct database){ .seconds = 30 };
	check_name(names, 1, "1", 1);
	check_name(names, 2, "2", 1);
	check_name(names, 27, "27", 1);
	check_name(names, 1, "1", 1);
	database.now += 61;
	database.seconds = 0;
	check_name(names, 27, "my?sql", 2);
	check_name(names, 2, "2", 3);
	user_names_free(names);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_once),
		cmocka_unit_test(test_slow),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
