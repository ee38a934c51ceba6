/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The live source from within: shared by the source_bpf*.c files only. */
#ifndef MPTOP_BPF_SOURCE_H
#define MPTOP_BPF_SOURCE_H

#include <stdint.h>

#include "bpf/mptop.h"
#include "bpf_attach.h"
#include "bpf_misses.h"
#include "machine.h"
#include "proc.h"
#include "source_bpf.h"

struct ring_buffer;
struct symbols;

/*
 * Log records as the ring had them, each behind its size, until the next
 * sample takes them.
 */
struct bpf_call_list {
	char *bytes;
	size_t used;
	size_t room;
	uint64_t lost; /* of the interval */
};

/* Counters of one moment that belong together. */
struct bpf_moment {
	int64_t settled;
	int64_t nonlru;
	int64_t uncounted;
	int64_t vmstat[VMSTAT_COUNT];
};

/* What was read of a flow's row before; counters there only grow. */
struct bpf_flow_before {
	uint64_t pages;
	uint64_t folios;
	unsigned int moved;   /* round of its last change */
	unsigned int deleted; /* round in which its key went; 0: it is there */
	int64_t deleted_ns;
};

struct bpf_proc_before {
	uint64_t stall_ns;
	uint64_t failed_pages;
	unsigned int round; /* in which the sample has it already */
	unsigned int deleted; /* as of a flow */
	int64_t deleted_ns;
	unsigned int flows; /* undeleted ones that name it; by bpf_reap() */
	unsigned int heard; /* round; of one that cannot be seen, when scarce */
	bool gone;
	bool lives; /* for all that is known, and yet gone */
	bool others; /* somebody else moved pages of it */
};

struct bpf_source {
	struct source base;
	struct bpf_facts facts;
	struct bpf_program_set set;
	struct bpf_misses misses;
	struct ring_buffer *ring;
	struct machine machine;
	struct proc_table *procs;
	bool pidns; /* we are in a pid namespace of our own */
	int vmstat_fd;
	int64_t delay_ns;
	int64_t self_pid;     /* mptop's, whose own calls are not logged */
	const char *selftest; /* "passed", or why there was none */

	uint64_t seq;
	unsigned int round;
	int64_t last_ns; /* CLOCK_MONOTONIC of the last reading */
	int64_t seen; /* pages in all rows at the last reading */
	int64_t in_flight;
	struct bpf_moment moment;
	struct mptop_stats stats;
	int64_t overflow_pages;
	struct bpf_flow_before *flow;
	struct bpf_proc_before *proc;
	struct mptop_hist hist[MPTOP_EPOCHS * MPTOP_HISTS];
	struct bpf_call_list calls;
	const struct mptop_stacked *stacks; /* by call row; NULL: not taken */
	struct symbols *symbols;	    /* NULL likewise */
	int64_t skipped[LOST_COUNT]; /* by the kernel, in this interval */
	uint64_t dead_calls; /* found without a thread, in this interval */
	uint64_t freed_flows; /* rows given back so far */
	uint64_t freed_procs;
	bool rests; /* the last reading had rests of failed batches, too */
};

/* Memory that the kernel side writes: read each word once. */
#define bpf_read_once(x) (*(const volatile __typeof__(x) *)&(x))

/* source_bpf_flows.c: rows of the interval; sets @sample's sum.pages. */
void bpf_source_flows(struct bpf_source *source, struct sample *sample);

/*
 * bpf_proc.c. Adds the process of row @row to @sample once and returns its
 * id. A name that is being replaced is left out of it: the ids never change.
 */
struct process_id bpf_source_proc(struct bpf_source *source, uint32_t row,
				  struct sample *sample);

/* A process' ids and start, as the kernel side has them. */
struct proc_key bpf_proc_key(const struct mptop_proc_key *key);

/* source_bpf_sums.c: where the counting began, once the probes are there. */
void bpf_source_start(struct bpf_source *source);

/*
 * source_bpf_selftest.c: moves a page of mptop's own, right after
 * bpf_source_start(), and looks whether it is counted right. 0 if so, or if
 * nothing can be moved (source->selftest says why), else -ENOTSUP and *@error.
 */
int bpf_source_selftest(struct bpf_source *source, char **error);

/* The counters of now, with the kernel's beside them... */
void bpf_source_moment(struct bpf_source *source, struct bpf_moment *moment);

/*
 * ...and what they say since the last reading: @sample's sums, once its flows
 * are in, and its losses. @now is read before the flows.
 */
void bpf_source_sums(struct bpf_source *source, struct sample *sample,
		     const struct mptop_stats *now,
		     const struct bpf_moment *moment);
void bpf_source_lost(struct bpf_source *source, struct sample *sample,
		     const struct mptop_stats *now);

/* source_bpf_calls.c: the log of the interval and calls in progress. */
void bpf_source_calls(struct bpf_source *source, struct sample *sample);

/*
 * source_bpf_stacks.c: opens what stacks take, if the programs take any.
 * Returns 0, or -errno and why in *@error.
 */
int bpf_source_stacks_open(struct bpf_source *source, char **error);
void bpf_source_stacks_close(struct bpf_source *source);

/* Gives @event the stack of @record, if it has one. */
void bpf_source_stack(struct bpf_source *source, const struct sample *sample,
		      const struct mptop_stacked *record,
		      struct sample_event *event);

/*
 * source_bpf_latency.c: ends the epoch of durations (bpf/hist.bpf.h) and adds
 * its histograms. One that somebody still writes to is left as it is, and all
 * of it comes when it ends the next time, two intervals later.
 */
void bpf_source_latency(struct bpf_source *source, struct sample *sample);

/*
 * bpf_reap.c: when rows grow scarce, frees those of processes that have gone,
 * after their last reading.
 */
void bpf_reap(struct bpf_source *source);

/* The ring's callback; @context is the source. */
int bpf_source_call(void *context, void *data, size_t size);

#endif
