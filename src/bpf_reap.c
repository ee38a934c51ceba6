/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Rows that nobody will count in any more go back to the kernel side's free
 * stacks. This, giving back the row of a call whose thread has gone, and
 * counting what a thread failed to move (source_bpf_flows.c) are all that
 * reads or writes maps by bpf(2) while the probes run, and this only once a
 * quarter of a table is taken: the call makes kprobe programs on its CPU skip
 * for as long as it holds the map's lock.
 *
 * A row goes in two steps. First its key is deleted, so that nothing finds
 * it; some rounds and, if others moved its pages or it may live, seconds later
 * no batch that had found it before is left (the longest seen took 4 s), its
 * last reading has been taken, and it is free. Should a page of the process
 * still move, it gets a new row, whose counts are added to the same process.
 */
#include "bpf_source.h"

#include <string.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "bpf/mptop.skel.h"

/* Rounds without a move before a row may go, and from deletion to reuse... */
#define REAP_ROUNDS 2
/* ...which takes this time at least. */
#define REAP_NS 5000000000LL
/* Rounds without a word of a process after which it may go though it lives. */
#define REAP_UNSEEN 120

static bool is_scarce(uint64_t taken, uint64_t freed, uint64_t rows)
{
	return taken - freed > rows / 4;
}

static bool is_idle(const struct bpf_source *source, unsigned int since)
{
	return source->round - since >= REAP_ROUNDS;
}

/* Only somebody else's batch can outlive a process whose row it has found. */
static bool is_free(const struct bpf_source *source, unsigned int since,
		    int64_t since_ns, bool others)
{
	return is_idle(source, since) &&
	       (!others || source->last_ns - since_ns >= REAP_NS);
}

/* One whose end cannot be seen goes when nothing is heard of it. */
static bool is_forgotten(struct bpf_source *source, uint32_t row,
			 const struct proc_key *key)
{
	struct bpf_proc_before *before = &source->proc[row];

	if (proc_is_known(source->procs, key))
		return false;
	if (before->round > before->heard)
		before->heard = before->round;
	/* Taken since the last reading. */
	if (!before->heard)
		before->heard = source->round;
	if (source->round - before->heard < REAP_UNSEEN)
		return false;
	before->lives = true;
	return true;
}

static void procs_check(struct bpf_source *source)
{
	const struct mptop_proc *procs = source->set.skel->bss->procs;
	struct proc_key key;
	uint32_t row;

	for (row = 0; row < MPTOP_PROCS; row++) {
		source->proc[row].flows = 0;
		key = bpf_proc_key(&procs[row].key);
		if (procs[row].used && !source->proc[row].gone)
			source->proc[row].gone =
				!proc_alive(source->procs, &key) ||
				is_forgotten(source, row, &key);
	}
}

/* The process that a flow names @name, or NULL. */
static struct bpf_proc_before *named(struct bpf_source *source, uint32_t name)
{
	return name && name <= MPTOP_PROCS ? &source->proc[name - 1] : NULL;
}

static bool is_gone(const struct bpf_proc_before *proc)
{
	return proc && proc->gone;
}

/* Can it be in no batch any more? */
static bool has_ended(const struct bpf_proc_before *proc)
{
	return is_gone(proc) && !proc->lives;
}

static void flow_reap(struct bpf_source *source, uint32_t row)
{
	const struct mptop_bpf *skel = source->set.skel;
	struct mptop_flow *flow = &skel->bss->flows[row];
	struct bpf_flow_before *before = &source->flow[row];
	struct bpf_proc_before *owner, *mover;

	if (!flow->used)
		return;
	owner = named(source, flow->key.owner);
	mover = named(source, flow->key.mover);
	if (!before->deleted && (is_gone(owner) || is_gone(mover)) &&
	    is_idle(source, before->moved) &&
	    !bpf_map_delete_elem(bpf_map__fd(skel->maps.flow_index),
				 &flow->key)) {
		before->deleted = source->round;
		before->deleted_ns = source->last_ns;
	}
	if (owner && owner != mover && !has_ended(mover))
		owner->others = true;
	if (!before->deleted) {
		if (owner)
			owner->flows++;
		if (mover)
			mover->flows++;
		return;
	}
	if (!is_free(source, before->deleted, before->deleted_ns,
		     !has_ended(mover)))
		return;
	flow->used = 0;
	memset(before, 0, sizeof(*before));
	if (!bpf_map_update_elem(bpf_map__fd(skel->maps.flow_free), NULL, &row,
				 BPF_ANY))
		source->freed_flows++;
}

static void proc_reap(struct bpf_source *source, uint32_t row)
{
	const struct mptop_bpf *skel = source->set.skel;
	struct mptop_proc *proc = &skel->bss->procs[row];
	struct bpf_proc_before *before = &source->proc[row];

	if (!proc->used || !before->gone || before->flows)
		return;
	if (!before->deleted) {
		if (!bpf_map_delete_elem(bpf_map__fd(skel->maps.proc_index),
					 &proc->key)) {
			before->deleted = source->round;
			before->deleted_ns = source->last_ns;
		}
		return;
	}
	if (!is_free(source, before->deleted, before->deleted_ns,
		     before->others || before->lives))
		return;
	proc->used = 0;
	memset(before, 0, sizeof(*before));
	if (!bpf_map_update_elem(bpf_map__fd(skel->maps.proc_free), NULL, &row,
				 BPF_ANY))
		source->freed_procs++;
}

void bpf_reap(struct bpf_source *source)
{
	const struct mptop_stats *stats = &source->set.skel->bss->stats;
	uint32_t row;

	if (!is_scarce(stats->flow_rows, source->freed_flows, MPTOP_FLOWS) &&
	    !is_scarce(stats->proc_rows, source->freed_procs, MPTOP_PROCS))
		return;
	procs_check(source);
	for (row = 0; row < MPTOP_FLOWS; row++)
		flow_reap(source, row);
	for (row = 0; row < MPTOP_PROCS; row++)
		proc_reap(source, row);
}
