/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Times of day, distances and parts, each with a form of its own. */
#include "seek_time.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NS_PER_S INT64_C(1000000000)
#define DAY_NS (86400 * NS_PER_S)
/* Longer than any recording, and far from overflow. */
#define OFFSET_MAX_S 1e9

/* A number of digits with a point at most; its end to *@end. NaN if none. */
static double plain_number(const char *text, char **end)
{
	size_t digits = strspn(text, "0123456789.");
	double value = strtod(text, end);

	/* strtod() takes more than that. */
	if (!isdigit((unsigned char)*text) || *end != text + digits)
		return NAN;
	return value;
}

static int parse_clock(const char *text, struct seek_time *time)
{
	unsigned int hours, minutes;
	double seconds = 0;
	int used = 0;
	char *end;

	if (!isdigit((unsigned char)*text) ||
	    sscanf(text, "%2u:%2u%n", &hours, &minutes, &used) != 2 ||
	    !isdigit((unsigned char)text[used - 1]))
		return -EINVAL;
	text += used;
	if (*text == ':') {
		seconds = plain_number(text + 1, &end);
		text = end;
	}
	if (*text || hours > 23 || minutes > 59 ||
	    !(seconds >= 0 && seconds < 60))
		return -EINVAL;
	time->kind = SEEK_CLOCK;
	time->value = (hours * 3600 + minutes * 60) * NS_PER_S +
		      (int64_t)(seconds * (double)NS_PER_S + 0.5);
	return 0;
}

static int parse_offset(const char *text, struct seek_time *time)
{
	static const struct {
		const char *unit;
		int seconds;
	} units[] = { { "", 1 },      { "s", 1 },     { "m", 60 },
		      { "min", 60 },  { "h", 3600 },  { "d", 86400 } };
	double value;
	char *end;
	size_t i;

	value = plain_number(text + 1, &end);
	if (isnan(value))
		return -EINVAL;
	for (i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		if (strcmp(units[i].unit, end) != 0)
			continue;
		value *= units[i].seconds;
		if (value > OFFSET_MAX_S)
			return -EINVAL;
		time->kind = SEEK_OFFSET;
		time->value = (int64_t)(value * (double)NS_PER_S + 0.5);
		if (*text == '-')
			time->value = -time->value;
		return 0;
	}
	return -EINVAL;
}

static int parse_percent(const char *text, struct seek_time *time)
{
	char *end;
	double value = plain_number(text, &end);

	if (!(value >= 0 && value <= 100) || strcmp(end, "%") != 0)
		return -EINVAL;
	time->kind = SEEK_PERMILLE;
	time->value = (int64_t)(value * 10 + 0.5);
	return 0;
}

int seek_time_parse(const char *text, struct seek_time *time)
{
	char trimmed[64];
	size_t n;

	text += strspn(text, " ");
	n = strlen(text);
	while (n && text[n - 1] == ' ')
		n--;
	if (!n || n >= sizeof(trimmed))
		return -EINVAL;
	snprintf(trimmed, sizeof(trimmed), "%.*s", (int)n, text);
	if (*trimmed == '+' || *trimmed == '-')
		return parse_offset(trimmed, time);
	if (strchr(trimmed, ':'))
		return parse_clock(trimmed, time);
	return parse_percent(trimmed, time);
}

int64_t seek_time_ns(struct timespec time)
{
	int64_t ns;

	if (__builtin_mul_overflow((int64_t)time.tv_sec, NS_PER_S, &ns) ||
	    __builtin_add_overflow(ns, (int64_t)time.tv_nsec, &ns))
		return time.tv_sec < 0 ? INT64_MIN / 2 : INT64_MAX / 2;
	return ns;
}

static int64_t day_of(int64_t ns)
{
	return ns / DAY_NS - (ns % DAY_NS < 0);
}

int64_t seek_clock_ns(int64_t clock, int64_t now, int64_t first, int64_t last)
{
	int64_t at = day_of(now) * DAY_NS + clock;

	if (at >= first && at <= last)
		return at;
	at = day_of(first) * DAY_NS + clock;
	if (at < first)
		at += DAY_NS;
	return at <= last ? at : INT64_MIN;
}
