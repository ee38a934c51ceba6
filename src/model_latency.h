/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How long migrating took: the durations of one scope over the window, by
 * power of two and by reason, and what can be said of their percentiles.
 * Pure; what a const model gives here is computed anew each time.
 */
#ifndef MPTOP_MODEL_LATENCY_H
#define MPTOP_MODEL_LATENCY_H

#include "model.h"

/* Intervals that are added up, if the window has as many. */
#define MODEL_LATENCY_INTERVALS MODEL_ROW_AGE

/*
 * A duration; UNKNOWN possible. One that is not exact is an upper bound: all
 * that is known is the bucket, so it is this much or less.
 */
struct model_duration {
	int64_t ns;
	bool exact;
};

struct model_latency {
	int64_t window_ns; /* the intervals that are added up; UNKNOWN: none */
	int64_t count;	   /* UNKNOWN: no durations on this rung */
	int64_t sum_ns;
	struct model_duration p50; /* UNKNOWN if count is 0 or UNKNOWN */
	struct model_duration p99;
	struct model_duration max;
	/* By reason (last: unknown) those in [2^i, 2^(i+1)) at [i]. */
	int64_t log2_ns[SAMPLE_REASON_MAX + 1][SAMPLE_LOG2_MAX];
};

/* Durations of @scope in the last MODEL_LATENCY_INTERVALS, of everybody. */
void model_latency(const struct model *model, enum sample_scope scope,
		   struct model_latency *latency);

/*
 * Durations of the logged calls that the processes of the row @key made, or
 * that moved their pages; of a mover's, those that it made. It is those in
 * the log, so window_ns is UNKNOWN and the percentiles are exact. Pages that
 * are no process's have no calls: their count is UNKNOWN.
 */
void model_latency_of(const struct model *model, const struct model_key *key,
		      struct model_latency *latency);

/*
 * The smallest duration that @percent of all are not longer than, by
 * latency->log2_ns and ->max; for max.ns UNKNOWN by the first alone.
 */
struct model_duration latency_percentile(const struct model_latency *latency,
					 int percent);

/* Of all reasons. */
int64_t latency_bucket(const struct model_latency *latency, int i);

#endif
