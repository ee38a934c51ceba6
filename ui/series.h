/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The series of the rate histogram. A reason always has the same colour,
 * pattern and letter, so that none of them ever changes its meaning.
 */
#ifndef MPTOP_SERIES_H
#define MPTOP_SERIES_H

#include "model.h"

/* As many as there are STYLE_SERIES_*; the last takes all other reasons. */
#define SERIES_COUNT 6

struct series {
	const char *reason;  /* NULL: all others */
	const char *pattern; /* of a full cell */
	const char *letter;  /* of a cell in ASCII */
};

extern const struct series series_table[SERIES_COUNT];

/* The series of each reason index; last: reason unknown. */
struct series_map {
	int of[SAMPLE_REASON_MAX + 1];
};

/* For the reasons of @now, which may be NULL. */
struct series_map series_map(const struct sample *now);

/* Pages of all reasons; UNKNOWN if none is known. */
int64_t series_pages(const struct model_rate *rate);

/* The same per second. */
int64_t series_per_second(const struct model_rate *rate);

/* Pages per second of each series; 0 without an interval. */
void series_rates(const struct series_map *map, const struct model_rate *rate,
		  int64_t series[SERIES_COUNT]);

/*
 * The top of an axis of @cols bars for @rates, oldest first. In pages (@unit 1)
 * it is 1, 2 or 5 times a power of ten, in bytes (@unit is those of a page) 1,
 * 2, 5 and so on up to 500 of a binary unit. A function of the history alone,
 * and steady: it grows when a bar would not fit, and shrinks when all would
 * fit with room to spare.
 */
int64_t series_scale(const struct model_rate *rates, int nr, int cols,
		     int64_t unit);

#endif
