/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Numbers as an operator reads them, exact at every boundary. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "sample.h"
#include "units.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define S INT64_C(1000000000)

static void test_count(void **state)
{
	static const struct {
		int64_t count;
		const char *text;
	} row[] = {
		{UNKNOWN, "-"},
		{0, "0"},
		{1, "1"},
		{812, "812"},
		{999, "999"},
		{1000, "1.00k"},
		{1004, "1.00k"},
		{1005, "1.01k"},
		{9994, "9.99k"},
		{9995, "10.0k"},
		{9999, "10.0k"},
		{12449, "12.4k"},
		{12450, "12.5k"},
		{99949, "99.9k"},
		{99950, "100k"},
		{999499, "999k"},
		{999500, "1.00M"},
		{1204999, "1.20M"},
		{999499999, "999M"},
		{999500000, "1.00G"},
		{INT64_C(9007199254740992), "9.01P"},
		{INT64_MAX, "9223P"},
		{-1, "-1"},
		{-999, "-999"},
		{-1000, "-1.0k"},
		{-1250, "-1.3k"},
		{-9949, "-9.9k"},
		{-9950, "-10k"},
		{-999500, "-1.0M"},
	};
	char text[UNITS_CAP];

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++)
		assert_string_equal(
			units_count(text, sizeof(text), row[i].count),
			row[i].text);
}

/* Around every power of ten and of two: narrow, and 0 only for 0. */
static void test_count_width(void **state)
{
	char text[UNITS_CAP];

	(void)state;
	for (int64_t power = 1; power < INT64_C(1) << 53; power *= 10) {
		for (int64_t value = power - 60; value < power + 60; value++) {
			units_count(text, sizeof(text), value);
			assert_in_range(strlen(text), 1, 5);
			assert_int_equal(!strcmp(text, "0"), value == 0);
			units_count(text, sizeof(text), -value);
			assert_in_range(strlen(text), 1, 5);
			if (value < 0)
				continue;
			units_bytes(text, sizeof(text), value);
			assert_in_range(strlen(text), 2, 5);
		}
	}
}

/* A larger count never reads as a smaller one. */
static void test_count_order(void **state)
{
	static const char suffix[] = "kMGTP";
	double before = 0;
	char text[UNITS_CAP];

	(void)state;
	for (int64_t value = 0; value < 2100000; value += 7) {
		const char *last;
		double shown;
		int length;

		units_count(text, sizeof(text), value);
		assert_int_equal(sscanf(text, "%lf%n", &shown, &length), 1);
		last = text[length] ? strchr(suffix, text[length]) : NULL;
		for (; last && last >= suffix; last--)
			shown *= 1000;
		assert_true(shown >= before);
		assert_true(shown >= (double)value * 0.995 - 0.5);
		assert_true(shown <= (double)value * 1.005 + 0.5);
		before = shown;
	}
}

static void test_rate(void **state)
{
	static const struct {
		int64_t count;
		int64_t interval_ns;
		const char *text;
	} row[] = {
		{0, S, "0"},
		{3, 10 * S, "0.3"},
		{1, 10 * S, "0.1"},
		{1, 20 * S, "0.1"},
		{1, 21 * S, "<0.1"},
		{1, INT64_MAX, "<0.1"},
		{9, S, "9.0"},
		{994, 100 * S, "9.9"},
		{995, 100 * S, "10"},
		{812, S, "812"},
		{9995, 10 * S, "1.00k"},
		{12400, S, "12.4k"},
		{124495, 10 * S, "12.4k"},
		{124500, 10 * S, "12.5k"},
		{12400, 500000000, "24.8k"},
		{INT64_MAX, 1, "9223P"},
		{UNKNOWN, S, "-"},
		{-5, S, "-"},
		{1, 0, "-"},
		{1, -1, "-"},
		{1, UNKNOWN, "-"},
	};
	char text[UNITS_CAP];

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++)
		assert_string_equal(units_rate(text, sizeof(text),
					       row[i].count,
					       row[i].interval_ns),
				    row[i].text);
}

static void test_bytes(void **state)
{
	static const struct {
		int64_t bytes;
		const char *text;
		const char *mib;
	} row[] = {
		{UNKNOWN, "-", "-"},
		{0, "0B", "0.0"},
		{1, "1B", "<0.1"},
		{512, "512B", "<0.1"},
		{1023, "1023B", "<0.1"},
		{1024, "1.00K", "<0.1"},
		{52428, "51.2K", "<0.1"},
		{52429, "51.2K", "0.1"},
		{419430, "410K", "0.4"},
		{1023 * 1024 + 511, "1023K", "1.0"},
		{1023 * 1024 + 512, "1.00M", "1.0"},
		{INT64_C(64) << 20, "64.0M", "64.0"},
		{INT64_C(123) << 20, "123M", "123.0"},
		{(INT64_C(1000) << 20) - (1 << 17), "1000M", "999.9"},
		{INT64_C(1000) << 20, "1000M", "1000"},
		{INT64_C(99999) << 20, "97.7G", "99999"},
		{INT64_C(100000) << 20, "97.7G", "100k"},
		{INT64_C(3) << 39, "1.50T", "1.57M"},
		{INT64_MAX, "8192P", "8.80T"},
	};
	char text[UNITS_CAP];

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		assert_string_equal(
			units_bytes(text, sizeof(text), row[i].bytes),
			row[i].text);
		assert_string_equal(
			units_mib(text, sizeof(text), row[i].bytes),
			row[i].mib);
	}
	assert_string_equal(units_mib(text, sizeof(text), -1), "-");
}

static void test_duration(void **state)
{
	static const struct {
		int64_t ns;
		const char *text;
	} row[] = {
		{UNKNOWN, "-"},
		{-1, "-"},
		{0, "0ns"},
		{812, "812ns"},
		{999, "999ns"},
		{1000, "1us"},
		{1500, "1.5us"},
		{1995, "2us"},
		{84000000, "84ms"},
		{84300000, "84.3ms"},
		{999499, "999us"},
		{999500, "1ms"},
		{1460000000, "1.46s"},
		{1464999999, "1.46s"},
		{1465000000, "1.47s"},
		{10 * S, "10s"},
		{59949999999, "59.9s"},
		{59950000000, "1m00s"},
		{60 * S, "1m00s"},
		{185 * S, "3m05s"},
		{3600 * S - 1, "59m59s"},
		{3600 * S, "1h00m"},
		{7800 * S, "2h10m"},
		{86400 * S - 1, "23h59m"},
		{86400 * S, "1d"},
		{41 * 86400 * S + 5, "41d"},
		{INT64_MAX, "106751d"},
	};
	char text[UNITS_CAP];

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++)
		assert_string_equal(
			units_duration(text, sizeof(text), row[i].ns),
			row[i].text);
}

static void test_percent(void **state)
{
	static const struct {
		int64_t part;
		int64_t whole;
		const char *text;
	} row[] = {
		{0, 100, "0%"},
		{62, 100, "62%"},
		{31, 1000, "3.1%"},
		{1, 1000, "0.1%"},
		{99, 100000, "<0.1%"},
		{1, INT64_MAX, "<0.1%"},
		{9949, 100000, "9.9%"},
		{9950, 100000, "10%"},
		{125, 1000, "13%"},
		{994, 1000, "99%"},
		{995, 1000, ">99%"},
		{999999, 1000000, ">99%"},
		{7, 7, "100%"},
		{3, 2, "150%"},
		{INT64_MAX, 1, ">999%"},
		{UNKNOWN, 100, "-"},
		{5, UNKNOWN, "-"},
		{5, 0, "-"},
		{0, 0, "-"},
		{-5, 10, "-"},
	};
	char text[UNITS_CAP];

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++)
		assert_string_equal(units_percent(text, sizeof(text),
						  row[i].part, row[i].whole),
				    row[i].text);
}

static void test_scale(void **state)
{
	static const int64_t row[][2] = {
		{UNKNOWN, 1},
		{0, 1},
		{1, 1},
		{2, 2},
		{3, 5},
		{5, 5},
		{6, 10},
		{11, 20},
		{21, 50},
		{51, 100},
		{INT64_C(5000000000000000000), INT64_C(5000000000000000000)},
		{INT64_C(5000000000000000001), INT64_MAX},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++)
		assert_true(units_scale_125(row[i][0]) == row[i][1]);
}

static void test_scale_bytes(void **state)
{
	static const int64_t row[][2] = {
		{UNKNOWN, 1},
		{0, 1},
		{3, 5},
		{500, 500},
		{501, 1024},
		{1025, 2048},
		{500 << 10, 500 << 10},
		{(500 << 10) + 1, 1 << 20},
		{INT64_C(500) << 50, INT64_C(500) << 50},
		{(INT64_C(500) << 50) + 1, INT64_MAX},
		{INT64_MAX - 1, INT64_MAX},
		{INT64_MAX, INT64_MAX},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++)
		assert_true(units_scale_bytes(row[i][0]) == row[i][1]);
}

static void test_parse(void **state)
{
	static const struct {
		const char *text;
		int result;
		int64_t value;
	} row[] = {
		{"0", 0, 0},
		{"42", 0, 42},
		{"10k", 0, 10000},
		{"1.5k", 0, 1500},
		{"12.4M", 0, 12400000},
		{"2G", 0, 2000000000},
		{"9007199254740992", 0, INT64_C(9007199254740992)},
		{"9007199254740993", -ERANGE, -7},
		{"9007200G", -ERANGE, -7},
		{"99999999999999999999999999999999", -ERANGE, -7},
		{"", -EINVAL, -7},
		{"k", -EINVAL, -7},
		{"-1", -EINVAL, -7},
		{"+1", -EINVAL, -7},
		{" 1", -EINVAL, -7},
		{"1 ", -EINVAL, -7},
		{"1K", -EINVAL, -7},
		{"1kk", -EINVAL, -7},
		{"1.5", -EINVAL, -7},
		{"1.k", -EINVAL, -7},
		{".5k", -EINVAL, -7},
		{"1.2345k", -EINVAL, -7},
		{"0x10", -EINVAL, -7},
		{"1e3", -EINVAL, -7},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		int64_t value = -7;

		assert_int_equal(units_parse(row[i].text, &value),
				 row[i].result);
		assert_true(value == row[i].value);
	}
}

/* Too small a buffer cuts, but never writes beyond its end. */
static void test_small_buffers(void **state)
{
	(void)state;
	for (size_t cap = 0; cap <= 6; cap++) {
		char text[8];

		memset(text, '#', sizeof(text));
		units_count(text, cap, -123456);
		units_count(text, cap, 123456);
		units_rate(text, cap, 12345, S);
		units_bytes(text, cap, 123456);
		units_mib(text, cap, 123456);
		units_duration(text, cap, 185 * S);
		units_percent(text, cap, 1, 3);
		assert_int_equal(text[cap], '#');
		if (cap)
			assert_non_null(memchr(text, 0, cap));
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_count),
		cmocka_unit_test(test_count_width),
		cmocka_unit_test(test_count_order),
		cmocka_unit_test(test_rate),
		cmocka_unit_test(test_bytes),
		cmocka_unit_test(test_duration),
		cmocka_unit_test(test_percent),
		cmocka_unit_test(test_scale),
		cmocka_unit_test(test_scale_bytes),
		cmocka_unit_test(test_parse),
		cmocka_unit_test(test_small_buffers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
