/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sums by owner, and the one copy of a text. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>

#include "intern.h"
#include "tally.h"

/* Each of 50 owners with 400 kinds of things, three times over. */
static void sums(void **state)
{
	static const char owners[50];
	struct tally tally = { 0 };
	uint64_t what;
	int round, i;

	(void)state;
	for (round = 0; round < 3; round++)
		for (i = 0; i < 50; i++)
			for (what = 0; what < 400; what++)
				tally_at(&tally, &owners[i], what << 40)
					->all += i + (int64_t)what;
	assert_int_equal(tally.nr, 50 * 400);
	for (i = 0; i < 50; i++)
		for (what = 0; what < 400; what++)
			assert_int_equal(
				tally_at(&tally, &owners[i], what << 40)->all,
				3 * (i + (int64_t)what));
	assert_int_equal(tally.nr, 50 * 400);
	assert_ptr_equal(tally.entry[399].owner, &owners[0]);
	assert_ptr_equal(tally.entry[400].owner, &owners[1]);
	tally_clear(&tally);
	assert_int_equal(tally.nr, 0);
	assert_int_equal(tally_at(&tally, &owners[7], 1)->all, 0);
	assert_int_equal(tally.nr, 1);
	tally_free(&tally);
	tally_free(&tally);
}

static void texts(void **state)
{
	struct intern intern = { NULL };
	char again[] = "one";
	const char *one = intern_get(&intern, "one");
	const char *held = NULL;

	(void)state;
	assert_null(intern_get(&intern, NULL));
	assert_ptr_not_equal(one, again);
	assert_ptr_equal(intern_get(&intern, again), one);
	assert_ptr_not_equal(intern_get(&intern, ""), one);
	intern_set(&intern, &held, "one");
	assert_ptr_equal(held, one);
	intern_put(&intern, one);
	intern_put(&intern, one);
	/* Still held. */
	assert_string_equal(held, "one");
	intern_set(&intern, &held, "two");
	assert_string_equal(held, "two");
	intern_set(&intern, &held, "");
	intern_set(&intern, &held, NULL);
	assert_null(held);
	intern_put(&intern, NULL);
	intern_put(&intern, intern_get(&intern, ""));
	assert_non_null(intern.texts);
	one = intern_get(&intern, "");
	intern_put(&intern, one);
	intern_put(&intern, one);
	assert_null(intern.texts);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sums),
		cmocka_unit_test(texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
