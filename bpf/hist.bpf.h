/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Durations. User space reads them by epochs: it advances the epoch and then
 * reads all of the one before, counts and maximum, which nobody writes to any
 * more once as many have left it as have entered. So they are of exactly the
 * same durations, and the maximum can be set back.
 *
 * A maximum has no atomic instruction before 5.12, so each writer has a slot
 * for itself while it compares and stores. It needs one only for what is more
 * than the hint, which is always a maximum that some slot has.
 */
#ifndef MPTOP_HIST_BPF_H
#define MPTOP_HIST_BPF_H

#include "state.bpf.h"

struct mptop_hist hists[MPTOP_EPOCHS * MPTOP_HISTS];
struct mptop_epoch epochs[MPTOP_EPOCHS];
__u64 hist_hint[MPTOP_EPOCHS * MPTOP_HISTS];
__u64 hist_max[MPTOP_MAX_SLOTS * MPTOP_EPOCHS * MPTOP_HISTS];
__u32 epoch; /* the current one; user space's */

struct {
	__uint(type, BPF_MAP_TYPE_STACK);
	__uint(max_entries, MPTOP_MAX_SLOTS);
	__type(value, __u32);
} max_free SEC(".maps");

static __always_inline __u32 log2_of(__u64 v)
{
	__u32 r = 0;

	if (v >> 32) {
		v >>= 32;
		r += 32;
	}
	if (v >> 16) {
		v >>= 16;
		r += 16;
	}
	if (v >> 8) {
		v >>= 8;
		r += 8;
	}
	if (v >> 4) {
		v >>= 4;
		r += 4;
	}
	if (v >> 2) {
		v >>= 2;
		r += 2;
	}
	if (v >> 1)
		r += 1;
	return r < MPTOP_LOG2 ? r : MPTOP_LOG2 - 1;
}

static __always_inline struct mptop_epoch *epoch_of(__u32 which)
{
	opaque(which);
	return &epochs[which & (MPTOP_EPOCHS - 1)];
}

/*
 * The epoch to write to, until epoch_leave(). It may have ended before we
 * were seen in it; that it ends twice meanwhile would take an interval.
 */
static __always_inline __u32 epoch_enter(void)
{
	__u32 which = read_once(epoch) & (MPTOP_EPOCHS - 1);

	add(epoch_of(which)->entered, 1);
	if ((read_once(epoch) & (MPTOP_EPOCHS - 1)) == which)
		return which;
	add(epoch_of(which)->left, 1);
	which = read_once(epoch) & (MPTOP_EPOCHS - 1);
	add(epoch_of(which)->entered, 1);
	return which;
}

static __always_inline void epoch_leave(__u32 which)
{
	add(epoch_of(which)->left, 1);
}

static __always_inline void max_add(__u32 which, __u32 hist, __u64 ns)
{
	__u32 slot, at;
	__u64 *max;

	if (ns <= read_once(hist_hint[hist]))
		return;
	if (bpf_map_pop_elem(&max_free, &slot)) {
		add(epoch_of(which)->lost, 1);
		return;
	}
	at = slot * MPTOP_EPOCHS * MPTOP_HISTS + hist;
	opaque(at);
	at &= MPTOP_MAX_SLOTS * MPTOP_EPOCHS * MPTOP_HISTS - 1;
	max = &hist_max[at];
	if (ns > *max)
		*max = ns;
	hist_hint[hist] = *max;
	bpf_map_push_elem(&max_free, &slot, BPF_ANY);
}

/* Counts a duration in histogram @hist of the current epoch. */
static __always_inline void hist_add(__u32 hist, __u64 ns)
{
	__u32 which = epoch_enter();
	__u32 slot = log2_of(ns);

	hist = which * MPTOP_HISTS + (hist & (MPTOP_HISTS - 1));
	opaque(hist);
	hist &= MPTOP_EPOCHS * MPTOP_HISTS - 1;
	opaque(slot);
	if (slot < MPTOP_LOG2)
		add(hists[hist].log2_ns[slot], 1);
	add(hists[hist].sum_ns, ns);
	add(hists[hist].count, 1);
	max_add(which, hist, ns);
	epoch_leave(which);
}

#endif
