/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lists of columns: their text, its errors, showing, leaving out, moving. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "column_choice.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static void assert_text(const struct column_choice *choice, const char *wanted)
{
	char *text = column_choice_text(choice);

	assert_string_equal(text, wanted);
	free(text);
}

static struct column_choice parse(const char *text)
{
	struct column_choice choice;
	char error[512] = "";

	if (column_choice_parse(&choice, text, error, sizeof(error)))
		fail_msg("%s: %s", text, error);
	return choice;
}

static int place_of(const struct column_choice *choice, const char *key)
{
	int i;

	for (i = 0; i < nr_process_columns; i++)
		if (!strcmp(process_columns[choice->column[i]].key, key))
			return i;
	fail_msg("no column %s", key);
	return -1;
}

/* Each has a name that a list can have, and one sentence of help. */
static void table(void **state)
{
	int i, j;

	(void)state;
	assert_in_range(nr_process_columns, 13, COLUMN_MAX);
	for (i = 0; i < nr_process_columns; i++) {
		const struct column *column = &process_columns[i];

		assert_non_null(column->name);
		assert_non_null(column->help);
		assert_int_equal(strcspn(column->key, ", \t"),
				 strlen(column->key));
		for (j = 0; j < i; j++)
			assert_string_not_equal(column->key,
						process_columns[j].key);
	}
}

static void text(void **state)
{
	static const char *const same[] = {
		"pid", "comm,pid", "where,rate,trend,pid,user",
	};
	struct column_choice choice;
	char *by_default;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(same); i++) {
		choice = parse(same[i]);
		assert_text(&choice, same[i]);
	}
	choice = parse(" pid , comm\t,rate ");
	assert_text(&choice, "pid,comm,rate");
	choice = column_choice_default();
	by_default = column_choice_text(&choice);
	choice = parse("default");
	assert_text(&choice, by_default);
	choice = parse(by_default);
	assert_text(&choice, by_default);
	free(by_default);
}

static void errors(void **state)
{
	static const char *const rows[][2] = {
		{ "pid,nosuch", "unknown column 'nosuch'; expected pid, " },
		{ "PID", "unknown column 'PID'" },
		{ "pi", "unknown column 'pi'" },
		{ "pidd", "unknown column 'pidd'" },
		{ "", "a column has no name" },
		{ "pid,", "a column has no name" },
		{ ",pid", "a column has no name" },
		{ "pid,,comm", "a column has no name" },
		{ "pid,comm,pid", "column 'pid' is there twice" },
		{ "pid comm", "expected a comma after column 'pid'" },
		{ "default,pid", "unknown column 'default'" },
	};
	struct column_choice choice = parse("comm,pid");
	char error[512], small[8];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		assert_int_equal(column_choice_parse(&choice, rows[i][0],
						     error, sizeof(error)),
				 -EINVAL);
		if (strncmp(error, rows[i][1], strlen(rows[i][1])))
			fail_msg("%s: %s", rows[i][0], error);
		assert_text(&choice, "comm,pid");
	}
	column_choice_parse(&choice, "nosuch", small, sizeof(small));
	assert_string_equal(small, "unknown");
}

static void toggle(void **state)
{
	struct column_choice choice = parse("comm,pid");

	(void)state;
	assert_true(column_choice_toggle(&choice, place_of(&choice, "user")));
	assert_text(&choice, "comm,pid,user");
	assert_true(column_choice_toggle(&choice, place_of(&choice, "pid")));
	assert_true(column_choice_toggle(&choice, place_of(&choice, "comm")));
	assert_false(column_choice_toggle(&choice, place_of(&choice, "user")));
	assert_text(&choice, "user");
}

static void swap(void **state)
{
	struct column_choice choice = parse("comm,pid,rate");
	int place = place_of(&choice, "comm");

	(void)state;
	while (place + 1 < nr_process_columns)
		column_choice_swap(&choice, place++);
	assert_text(&choice, "pid,rate,comm");
	column_choice_swap(&choice, place);
	assert_text(&choice, "pid,rate,comm");
	column_choice_toggle(&choice, place);
	assert_text(&choice, "pid,rate");
	column_choice_toggle(&choice, place);
	assert_text(&choice, "pid,rate,comm");
}

static void fill(void **state)
{
	struct column_choice choice = parse("comm,rate");
	struct column columns[COLUMN_MAX];

	(void)state;
	assert_int_equal(column_choice_fill(&choice, ORDER_RATE, columns), 2);
	assert_string_equal(columns[0].key, "comm");
	assert_string_equal(columns[1].key, "rate");
	assert_int_equal(column_choice_fill(&choice, ORDER_PID, columns), 3);
	assert_string_equal(columns[2].key, "pid");
	assert_int_equal(column_choice_fill(&choice, COLUMN_NO_ORDER, columns),
			 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(table), cmocka_unit_test(text),
		cmocka_unit_test(errors), cmocka_unit_test(toggle),
		cmocka_unit_test(swap), cmocka_unit_test(fill),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
