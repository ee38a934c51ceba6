/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Details: how long its calls took. The log has the duration of each, so that
 * percentiles are exact; then a line for each power of two of nanoseconds,
 * from the first in use to the last.
 */
#include "details.h"

#include <stdio.h>

#include "units.h"

#define RANGE_COLS 20
#define COUNT_COLS 8

struct buckets {
	int first;
	int last; /* before first: none */
	int64_t most;
};

static struct buckets buckets_of(const struct model_latency *latency)
{
	struct buckets buckets = { SAMPLE_LOG2_MAX, -1, 0 };
	int64_t count;
	int i;

	for (i = 0; i < SAMPLE_LOG2_MAX; i++) {
		count = latency_bucket(latency, i);
		if (!count)
			continue;
		buckets.first = i < buckets.first ? i : buckets.first;
		buckets.last = i;
		buckets.most = count > buckets.most ? count : buckets.most;
	}
	return buckets;
}

static int latency_lines(const struct details_facts *facts)
{
	struct buckets buckets = buckets_of(&facts->details->latency);

	return buckets.last < 0 ? 1 : 2 + buckets.last - buckets.first;
}

static void summary_text(const struct model_latency *latency, char *dst,
			 size_t cap)
{
	char p50[UNITS_CAP], p99[UNITS_CAP], max[UNITS_CAP], sum[UNITS_CAP];
	char count[UNITS_CAP];

	if (latency->count == UNKNOWN) {
		snprintf(dst, cap, "- (only of processes, where it is seen)");
		return;
	}
	if (!latency->count) {
		snprintf(dst, cap, "none that could move pages is in the log");
		return;
	}
	units_count(count, sizeof(count), latency->count);
	units_duration(p50, sizeof(p50), latency->p50.ns);
	units_duration(p99, sizeof(p99), latency->p99.ns);
	units_duration(max, sizeof(max), latency->max.ns);
	units_duration(sum, sizeof(sum), latency->sum_ns);
	snprintf(dst, cap, "%s calls, p50 %s, p99 %s, max %s, %s in all",
		 count, p50, p99, max, sum);
}

/* The upper edge of the last bucket is more than a duration can be. */
static void range_text(int bucket, char *dst, size_t cap)
{
	char from[UNITS_CAP], to[UNITS_CAP];

	units_duration(from, sizeof(from), bucket ? INT64_C(1) << bucket : 0);
	if (bucket >= 62) {
		snprintf(dst, cap, "%s or more", from);
		return;
	}
	units_duration(to, sizeof(to), INT64_C(1) << (bucket + 1));
	snprintf(dst, cap, "%s to %s", from, to);
}

static void draw_bucket(const struct model_latency *latency, int bucket,
			int64_t most, struct canvas *canvas, struct rect area)
{
	int64_t count = latency_bucket(latency, bucket);
	char text[2 * UNITS_CAP + 8];

	range_text(bucket, text, sizeof(text));
	canvas_put(canvas, area.row, area.col, RANGE_COLS, STYLE_NORMAL, text);
	area.col += RANGE_COLS;
	area.cols -= RANGE_COLS;
	units_count(text, sizeof(text), count);
	canvas_put_right(canvas, area.row, area.col, COUNT_COLS, STYLE_TITLE,
			 text);
	area.col += COUNT_COLS + 2;
	area.cols -= COUNT_COLS + 2;
	details_put_meter(canvas, area, count, most);
}

static void latency_draw_line(const struct details_facts *facts, int line,
			      struct canvas *canvas, struct rect area)
{
	const struct model_latency *latency = &facts->details->latency;
	struct buckets buckets;
	char text[160];

	if (line) {
		buckets = buckets_of(latency);
		draw_bucket(latency, buckets.first + line - 1, buckets.most,
			    canvas, area);
		return;
	}
	summary_text(latency, text, sizeof(text));
	canvas_put(canvas, area.row, area.col, area.cols,
		   latency->count > 0 ? STYLE_NORMAL : STYLE_DIM, text);
}

static void latency_note(const struct details_facts *facts, char *dst,
			 size_t cap)
{
	(void)facts;
	snprintf(dst, cap, "in the log, that it made or that moved its pages");
}

const struct details_section details_latency = {
	.name = "Latency of calls",
	.note = latency_note,
	.lines = latency_lines,
	.draw_line = latency_draw_line,
};
