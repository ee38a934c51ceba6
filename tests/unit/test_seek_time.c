/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Places in a recording as they are typed. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>

#include "seek_time.h"

#define S INT64_C(1000000000)
#define DAY (86400 * S)

static void right(void **state)
{
	static const struct {
		const char *text;
		struct seek_time time;
	} rows[] = {
		{ "13:04", { SEEK_CLOCK, 47040 * S } },
		{ "13:04:12", { SEEK_CLOCK, 47052 * S } },
		{ " 0:00 ", { SEEK_CLOCK, 0 } },
		{ "23:59:59.5", { SEEK_CLOCK, 86399 * S + S / 2 } },
		{ "+30s", { SEEK_OFFSET, 30 * S } },
		{ "+30", { SEEK_OFFSET, 30 * S } },
		{ "-2m", { SEEK_OFFSET, -120 * S } },
		{ "-2min", { SEEK_OFFSET, -120 * S } },
		{ "+1.5h", { SEEK_OFFSET, 5400 * S } },
		{ "-0s", { SEEK_OFFSET, 0 } },
		{ "50%", { SEEK_PERMILLE, 500 } },
		{ "0%", { SEEK_PERMILLE, 0 } },
		{ "100%", { SEEK_PERMILLE, 1000 } },
		{ "33.3%", { SEEK_PERMILLE, 333 } },
	};
	struct seek_time time;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (seek_time_parse(rows[i].text, &time))
			fail_msg("'%s' is refused", rows[i].text);
		if (time.kind != rows[i].time.kind ||
		    time.value != rows[i].time.value)
			fail_msg("'%s' is %d, %lld", rows[i].text, time.kind,
				 (long long)time.value);
	}
}

static void wrong(void **state)
{
	static const char *const rows[] = {
		"", " ", "x", "13", "13:", ":04", "24:00", "13:60", "13:04:60",
		"13:04:", "13:04:12x", "13:0x", "1 3:04", "+", "-", "+s",
		"+5y", "+1e9s", "++5", "+-5", "+nan", "+inf", "+2000000000",
		"101%", "-1%", "%", "50", "50 %", "0x10%", "nan%",
		"111111111111111111111111111111111111111111111111111111111"
		"1111111111111111111%",
	};
	struct seek_time time;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (seek_time_parse(rows[i], &time) != -EINVAL)
			fail_msg("'%s' is taken", rows[i]);
}

/* Which day a time of day is on. */
static void days(void **state)
{
	const int64_t first = 100 * DAY + 80000 * S, last = 102 * DAY + S;

	(void)state;
	assert_int_equal(seek_clock_ns(80001 * S, first, first, last),
			 100 * DAY + 80001 * S);
	assert_int_equal(seek_clock_ns(5 * S, first, first, last),
			 101 * DAY + 5 * S);
	assert_int_equal(seek_clock_ns(80001 * S, 101 * DAY, first, last),
			 101 * DAY + 80001 * S);
	assert_int_equal(seek_clock_ns(S, last, first, last), last);
	assert_int_equal(seek_clock_ns(5 * S, last, first, last),
			 101 * DAY + 5 * S);
	assert_int_equal(seek_clock_ns(0, first, first, first + 10 * S),
			 INT64_MIN);
	assert_int_equal(seek_clock_ns(S, -DAY / 2, -DAY, 0), -DAY + S);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(right),
		cmocka_unit_test(wrong),
		cmocka_unit_test(days),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
