/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The live source's rows: flows, failures and the processes they name. */
#include "bpf_source.h"

#include <errno.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "bpf/mptop.skel.h"
#include "clock.h"

/* Rests that are looked at in an interval; more wait for the next. */
#define RESTS 16
/* After which one that waits is counted. */
#define REST_NS 1000000000LL

static enum sample_owner owner_of_kind(uint16_t kind)
{
	static const enum sample_owner owner[] = {
		[MPTOP_PROCESS] = OWNER_PROCESS,
		[MPTOP_SHARED] = OWNER_SHARED,
		[MPTOP_UNMAPPED] = OWNER_UNMAPPED,
		[MPTOP_UNKNOWN] = OWNER_UNKNOWN,
		[MPTOP_OVERFLOW] = OWNER_OVERFLOW,
	};

	return kind <= MPTOP_OVERFLOW ? owner[kind] : OWNER_UNKNOWN;
}

static int node_of_row(uint16_t node)
{
	return node == MPTOP_NODE_NONE ? NODE_UNKNOWN : node;
}

static int reason_of_row(const struct sample *sample, uint16_t reason)
{
	return reason < sample->nr_reasons ? reason : REASON_UNKNOWN;
}

static struct process_id process_of(struct bpf_source *source, uint32_t row,
				    struct sample *sample)
{
	static const struct process_id none = { 0, UNKNOWN };

	if (!row || row > MPTOP_PROCS)
		return none;
	return bpf_source_proc(source, row - 1, sample);
}

static void failure_add(struct bpf_source *source, struct sample *sample,
			const struct mptop_flow_key *key, uint64_t pages)
{
	struct sample_failure *failure = sample_add_failure(sample);

	failure->process = process_of(source, key->owner, sample);
	failure->mover = process_of(source, key->mover, sample);
	failure->reason = reason_of_row(sample, key->reason);
	failure->error = key->src ? key->src : UNKNOWN;
	failure->pages = pages;
}

static void flow_add(struct bpf_source *source, struct sample *sample,
		     const struct mptop_flow_key *key,
		     const struct bpf_flow_before *moved)
{
	struct sample_flow *flow = sample_add_flow(sample);

	flow->owner = owner_of_kind(key->kind);
	flow->process = process_of(source, key->owner, sample);
	flow->mover = process_of(source, key->mover, sample);
	flow->src = node_of_row(key->src);
	flow->dst = node_of_row(key->dst);
	flow->reason = reason_of_row(sample, key->reason);
	flow->pages = moved->pages;
	flow->folios = UNKNOWN;
	if (hooks_probe(&source->set.plan, PROBE_FOLIOS))
		flow->folios = moved->folios;
	if (flow->owner == OWNER_OVERFLOW)
		source->overflow_pages += moved->pages;
}

static void row_read(struct bpf_source *source, struct sample *sample,
		     uint32_t row)
{
	struct mptop_flow *flow = &source->set.skel->bss->flows[row];
	struct bpf_flow_before *before = &source->flow[row];
	struct bpf_flow_before now, moved;

	if (!bpf_read_once(flow->used))
		return;
	now.pages = bpf_read_once(flow->pages);
	now.folios = bpf_read_once(flow->folios);
	moved.pages = now.pages - before->pages;
	moved.folios = now.folios - before->folios;
	if (!moved.pages)
		return;
	before->pages = now.pages;
	before->folios = now.folios;
	before->moved = source->round;
	if (flow->key.kind == MPTOP_FAILED)
		failure_add(source, sample, &flow->key, moved.pages);
	else
		flow_add(source, sample, &flow->key, &moved);
}

static uint32_t at_most(uint64_t value, uint32_t limit)
{
	return value < limit ? value : limit;
}

/* Who stalled, or failed, in a batch that moved nothing. */
static void proc_read(struct bpf_source *source, struct sample *sample,
		      uint32_t row)
{
	const struct mptop_proc *proc = &source->set.skel->bss->procs[row];
	const struct bpf_proc_before *before = &source->proc[row];

	if (!bpf_read_once(proc->used) ||
	    (bpf_read_once(proc->stall_ns) == before->stall_ns &&
	     bpf_read_once(proc->failed_pages) == before->failed_pages))
		return;
	bpf_source_proc(source, row, sample);
}

/* Its row may be another process' by now: then nobody's. */
static uint32_t rest_mover(const struct bpf_source *source,
			   const struct mptop_rest *rest)
{
	const struct mptop_proc *proc;

	if (!rest->mover || rest->mover > MPTOP_PROCS)
		return 0;
	proc = &source->set.skel->bss->procs[rest->mover - 1];
	return proc->used && proc->key.start_ns == rest->start_ns ?
		       rest->mover :
		       0;
}

/*
 * Takes the rest of thread @tid. It waits for a return for less than a us, or,
 * if that was skipped, for the thread's next batch, which may never come; who
 * deletes it counts it. A return that comes later yet adds no errno.
 */
static bool rest_take(int fd, uint32_t tid, struct mptop_rest *rest)
{
	if (bpf_map_lookup_elem(fd, &tid, rest) ||
	    clock_ns(CLOCK_MONOTONIC) - (int64_t)rest->ended_ns < REST_NS)
		return false;
	/* In one, since 5.14: it may have become another meanwhile. */
	return !bpf_map_lookup_and_delete_elem(fd, &tid, rest) ||
	       (errno != ENOENT && !bpf_map_delete_elem(fd, &tid));
}

/*
 * Counts the rest that thread @tid left: its mover is in the sample, with the
 * failed pages that are in its row, and this is not among them.
 */
static void rest_count(struct bpf_source *source, struct sample *sample,
		       uint32_t tid)
{
	int fd = bpf_map__fd(source->set.skel->maps.failed_rests);
	struct mptop_flow_key key = { .dst = MPTOP_NODE_NONE,
				      .kind = MPTOP_FAILED };
	const struct sample_proc *mover;
	struct mptop_rest rest;

	if (!rest_take(fd, tid, &rest))
		return;
	__atomic_fetch_sub(&source->set.skel->bss->nr_failed_rests, 1,
			   __ATOMIC_SEQ_CST);
	key.mover = rest_mover(source, &rest);
	key.reason = rest.reason;
	failure_add(source, sample, &key, rest.pages);
	mover = sample_find_proc(
		sample, sample->failures[sample->nr_failures - 1].mover);
	if (mover)
		sample->procs[mover - sample->procs].failed_pages +=
			rest.pages;
}

/*
 * To list the threads makes no probe skip, and more is asked only of some, if
 * there were any at the last reading, too.
 */
static void rests_read(struct bpf_source *source, struct sample *sample)
{
	const struct mptop_bpf *skel = source->set.skel;
	int fd = bpf_map__fd(skel->maps.failed_rests);
	bool before = source->rests;
	uint32_t waiting[RESTS], tid = 0;
	int i, n = 0;

	source->rests = bpf_read_once(skel->bss->nr_failed_rests) != 0;
	if (!source->rests || !before || bpf_map_get_next_key(fd, NULL, &tid))
		return;
	while (n < RESTS) {
		waiting[n++] = tid;
		if (bpf_map_get_next_key(fd, &tid, &tid))
			break;
	}
	for (i = 0; i < n; i++)
		rest_count(source, sample, waiting[i]);
}

/* Rows are taken from the lowest up; a racing taker may skip a few. */
#define ROWS_SKIPPED 256

void bpf_source_flows(struct bpf_source *source, struct sample *sample)
{
	const struct mptop_stats *stats = &source->set.skel->bss->stats;
	uint32_t flows = at_most(stats->flow_rows + ROWS_SKIPPED, MPTOP_FLOWS);
	uint32_t overflows = at_most(stats->overflow_rows + ROWS_SKIPPED,
				     MPTOP_OVERFLOWS);
	uint32_t procs = at_most(stats->proc_rows + ROWS_SKIPPED, MPTOP_PROCS);
	uint32_t row;

	for (row = 0; row < flows; row++)
		row_read(source, sample, row);
	for (row = MPTOP_FLOWS; row < MPTOP_FLOWS + overflows; row++)
		row_read(source, sample, row);
	for (row = 0; row < procs; row++)
		proc_read(source, sample, row);
	rests_read(source, sample);
}
