/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Samples for tests: built by hand, the same on every run. */
#ifndef MPTOP_TESTS_MAKE_SAMPLE_H
#define MPTOP_TESTS_MAKE_SAMPLE_H

#include "sample.h"

/*
 * A quiet machine "db7" of @nr_nodes nodes, 32 CPUs and 64 GiB each, at
 * 13:00:00 UTC plus @seq seconds; all counters are 0, nothing is lost.
 */
struct sample *make_sample(int nr_nodes, uint64_t seq);

struct make_flow {
	int64_t pid;
	const char *comm;
	int64_t mover; /* 0: the process itself */
	const char *mover_comm;
	int src;
	int dst;
	const char *reason;
	int64_t pages;
};

/*
 * Adds @flow, its processes, and its pages to vmstat; sample_add_up() is the
 * caller's.
 */
void make_flow(struct sample *sample, const struct make_flow *flow);

/* Adds a migrate_pages() call of @caller for @target, and both processes. */
struct sample_event *make_call(struct sample *sample,
			       const struct sample_proc *caller,
			       const struct sample_proc *target);

/* The process @pid, added with user "mysql" if it is not there. */
struct sample_proc *make_proc(struct sample *sample, int64_t pid,
			      const char *comm);

/* A machine at work: several owners, reasons and calls; varies with @seq. */
struct sample *make_busy_sample(int nr_nodes, uint64_t seq);

#endif
