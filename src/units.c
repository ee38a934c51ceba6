/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Numbers for people. Counts and bytes are rounded in integers, so that the
 * boundaries are exact; nothing here depends on the locale.
 */
#include "units.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "sample.h"

#define NS_PER_S INT64_C(1000000000)
/* Above this a JSON number may lose its last digit. */
#define UNITS_MAX (INT64_C(1) << 53)

/* A sequence of units, each @base times the one before; ends with NULL. */
struct units_scale {
	uint64_t base;
	const char *suffix[8];
};

/* The largest int64_t is 9223P or 8192P: still five columns. */
static const struct units_scale units_decimal = {
	1000, {"", "k", "M", "G", "T", "P"},
};
static const struct units_scale units_binary = {
	1024, {"B", "K", "M", "G", "T", "P"},
};

static char *units_unknown(char *dst, size_t cap)
{
	snprintf(dst, cap, "-");
	return dst;
}

/* @value / @unit * 10^@decimals, rounded half up; @unit is at most 2^50. */
static uint64_t units_divide(uint64_t value, uint64_t unit, int decimals)
{
	uint64_t power = decimals == 2 ? 100 : decimals == 1 ? 10 : 1;

	return value / unit * power +
	       (value % unit * power + unit / 2) / unit;
}

/* Writes @digits, a number with @decimals of them behind the point. */
static void units_put(char *dst, size_t cap, uint64_t digits, int decimals,
		      const char *suffix)
{
	uint64_t power = decimals == 2 ? 100 : 10;

	if (!decimals)
		snprintf(dst, cap, "%llu%s", (unsigned long long)digits,
			 suffix);
	else
		snprintf(dst, cap, "%llu.%0*llu%s",
			 (unsigned long long)(digits / power), decimals,
			 (unsigned long long)(digits % power), suffix);
}

/*
 * Writes @value in the first unit of @scale that holds it with as many
 * decimals as @digits leaves, at most two.
 */
static void units_scaled(char *dst, size_t cap, uint64_t value,
			 const struct units_scale *scale, int digits)
{
	uint64_t limit = digits == 3 ? 1000 : 100;
	uint64_t unit = 1;
	uint64_t shown = value;
	int decimals = 0;
	size_t i = 0;

	while (shown >= scale->base && scale->suffix[i + 1]) {
		unit *= scale->base;
		i++;
		decimals = digits - 1;
		shown = units_divide(value, unit, decimals);
		while (decimals && shown >= limit)
			shown = units_divide(value, unit, --decimals);
	}
	units_put(dst, cap, shown, decimals, scale->suffix[i]);
}

/* As units_scaled(), with a sign if need be: one digit less, same width. */
static char *units_signed(char *dst, size_t cap, int64_t value,
			  const struct units_scale *scale)
{
	if (value == UNKNOWN)
		return units_unknown(dst, cap);
	if (value >= 0) {
		units_scaled(dst, cap, (uint64_t)value, scale, 3);
	} else if (cap) {
		snprintf(dst, cap, "-");
		units_scaled(dst + 1, cap - 1, -(uint64_t)value, scale, 2);
	}
	return dst;
}

char *units_count(char *dst, size_t cap, int64_t count)
{
	return units_signed(dst, cap, count, &units_decimal);
}

char *units_bytes(char *dst, size_t cap, int64_t bytes)
{
	return units_signed(dst, cap, bytes, &units_binary);
}

char *units_rate(char *dst, size_t cap, int64_t count, int64_t interval_ns)
{
	double rate = (double)count * NS_PER_S / (double)interval_ns;
	uint64_t tenths;

	if (count < 0 || interval_ns <= 0)
		return units_unknown(dst, cap);
	if (rate >= (double)INT64_MAX)
		return units_count(dst, cap, INT64_MAX);
	/* From 1000 on units_count() rounds; rounding twice would be wrong. */
	if (rate >= 1000)
		return units_count(dst, cap, (int64_t)rate);
	if (rate >= 9.95)
		return units_count(dst, cap, (int64_t)(rate + 0.5));
	tenths = (uint64_t)(rate * 10 + 0.5);
	if (!count)
		snprintf(dst, cap, "0");
	else if (!tenths)
		snprintf(dst, cap, "<0.1");
	else
		units_put(dst, cap, tenths, 1, "");
	return dst;
}

char *units_mib(char *dst, size_t cap, int64_t bytes)
{
	uint64_t tenths = units_divide((uint64_t)bytes, 1 << 20, 1);

	if (bytes < 0)
		return units_unknown(dst, cap);
	if (bytes && !tenths)
		snprintf(dst, cap, "<0.1");
	else if (tenths < 10000)
		units_put(dst, cap, tenths, 1, "");
	else
		units_put(dst, cap, units_divide((uint64_t)bytes, 1 << 20, 0),
			  0, "");
	/* No column holds more than five digits. */
	if (tenths >= 1000000)
		units_count(dst, cap, (int64_t)(tenths / 10));
	return dst;
}

/* A duration of a minute or more, cut off as a clock does. */
static void units_clock(char *dst, size_t cap, int64_t seconds)
{
	long long minutes = seconds / 60;

	if (minutes < 60)
		snprintf(dst, cap, "%lldm%02lds", minutes,
			 (long)(seconds % 60));
	else if (minutes < 24 * 60)
		snprintf(dst, cap, "%lldh%02lldm", minutes / 60, minutes % 60);
	else
		snprintf(dst, cap, "%lldd", minutes / (24 * 60));
}

/* Cuts zeros off the decimals of @dst, a number without a suffix. */
static void units_trim(char *dst)
{
	size_t n = strlen(dst);

	if (!strchr(dst, '.'))
		return;
	while (dst[n - 1] == '0')
		n--;
	if (dst[n - 1] == '.')
		n--;
	dst[n] = '\0';
}

char *units_duration(char *dst, size_t cap, int64_t ns)
{
	static const char *const suffix[] = {"ns", "us", "ms", "s"};
	char digits[UNITS_CAP];
	uint64_t unit = 1;
	size_t i = 0;

	if (ns < 0)
		return units_unknown(dst, cap);
	/* From here on one decimal would round up to a whole minute. */
	if (ns >= 60 * NS_PER_S - NS_PER_S / 20) {
		units_clock(dst, cap, ns < 60 * NS_PER_S ? 60 : ns / NS_PER_S);
		return dst;
	}
	/* The next unit once this one would need a fourth digit. */
	while (i < 3 && units_divide((uint64_t)ns, unit, 0) >= 1000) {
		unit *= 1000;
		i++;
	}
	for (int decimals = 2; decimals >= 0; decimals--) {
		uint64_t shown = units_divide((uint64_t)ns, unit, decimals);

		units_put(digits, sizeof(digits), shown, decimals, "");
		if (shown < 1000)
			break;
	}
	units_trim(digits);
	snprintf(dst, cap, "%s%s", digits, suffix[i]);
	return dst;
}

char *units_percent(char *dst, size_t cap, int64_t part, int64_t whole)
{
	double percent = 100.0 * (double)part / (double)whole;

	if (part < 0 || whole <= 0)
		return units_unknown(dst, cap);
	if (!part)
		snprintf(dst, cap, "0%%");
	else if (percent < 0.1)
		snprintf(dst, cap, "<0.1%%");
	else if (percent < 9.95)
		units_put(dst, cap, (uint64_t)(percent * 10 + 0.5), 1, "%");
	else if (part < whole && percent >= 99.5)
		snprintf(dst, cap, ">99%%");
	else if (percent >= 999.5)
		snprintf(dst, cap, ">999%%");
	else
		units_put(dst, cap, (uint64_t)(percent + 0.5), 0, "%");
	return dst;
}

int64_t units_scale_125(int64_t value)
{
	static const int step[] = {1, 2, 5};

	int64_t power = 1;

	for (;; power *= 10) {
		for (size_t i = 0; i < 3; i++) {
			if (step[i] * power >= value)
				return step[i] * power;
		}
		if (power > INT64_MAX / 10)
			return INT64_MAX;
	}
}

int64_t units_scale_bytes(int64_t bytes)
{
	int64_t unit, step;

	for (unit = 1; unit <= INT64_C(1) << 50; unit *= 1024) {
		step = units_scale_125(bytes / unit + (bytes % unit > 0));
		if (step <= 500)
			return step * unit;
	}
	return INT64_MAX;
}

/* The suffix @text may end in, as a power of ten; -1 for anything else. */
static int units_suffix(const char *text)
{
	static const struct {
		const char *text;
		int power;
	} suffix[] = {{"", 0}, {"k", 3}, {"M", 6}, {"G", 9}};

	for (size_t i = 0; i < sizeof(suffix) / sizeof(suffix[0]); i++) {
		if (!strcmp(text, suffix[i].text))
			return suffix[i].power;
	}
	return -1;
}

static bool units_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Appends digit @digit to *@value; beyond UNITS_MAX it stays at more. */
static void units_shift(int64_t *value, int digit)
{
	if (*value <= UNITS_MAX)
		*value = *value * 10 + digit;
}

int units_parse(const char *text, int64_t *value)
{
	int64_t read = 0;
	int decimals = 0;
	int power;

	if (!units_is_digit(*text))
		return -EINVAL;
	for (; units_is_digit(*text); text++)
		units_shift(&read, *text - '0');
	if (*text == '.') {
		for (text++; units_is_digit(*text); text++, decimals++)
			units_shift(&read, *text - '0');
		if (!decimals)
			return -EINVAL;
	}
	power = units_suffix(text);
	if (power < decimals)
		return -EINVAL;
	for (; power > decimals; power--)
		units_shift(&read, 0);
	if (read > UNITS_MAX)
		return -ERANGE;
	*value = read;
	return 0;
}
