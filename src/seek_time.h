/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A place in a recording as an operator says it. */
#ifndef MPTOP_SEEK_TIME_H
#define MPTOP_SEEK_TIME_H

#include <stdint.h>
#include <time.h>

#define SEEK_TIME_EXPECTED "13:04:12, +30s, -2m, +1h or 50%"

enum seek_kind {
	SEEK_CLOCK,   /* ns since midnight, UTC */
	SEEK_OFFSET,  /* ns from where one is */
	SEEK_PERMILLE, /* of the recording's lines */
};

struct seek_time {
	enum seek_kind kind;
	int64_t value;
};

/*
 * Reads "13:04", "13:04:12", "13:04:12.5", "+30s", "-2m", "+1.5h" or "50%",
 * blanks around it. Returns 0, or -EINVAL for anything else.
 */
int seek_time_parse(const char *text, struct seek_time *time);

/* @time in ns since the epoch; what is beyond int64_t is cut. */
int64_t seek_time_ns(struct timespec time);

/*
 * The moment that SEEK_CLOCK @clock means in a recording from @first to
 * @last: on the day of @now if it lies there, else on the first day on which
 * it does; INT64_MIN if on none. All in ns since the epoch.
 */
int64_t seek_clock_ns(int64_t clock, int64_t now, int64_t first, int64_t last);

#endif
