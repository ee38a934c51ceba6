/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Times as numbers. */
#ifndef MPTOP_CLOCK_H
#define MPTOP_CLOCK_H

#include <stdint.h>
#include <time.h>

/* Nanoseconds of @clock. */
static inline int64_t clock_ns(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

#endif
