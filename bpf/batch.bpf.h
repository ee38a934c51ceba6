/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Batches: their beginning and end, the time they take, what failed in them. */
#ifndef MPTOP_BATCH_BPF_H
#define MPTOP_BATCH_BPF_H

#include "frames.bpf.h"

static __always_inline void batch_begin(__u64 sp, __u32 reason)
{
	struct thread *thread = thread_get();

	if (!thread) {
		add(stats.lost_batches, 1);
		return;
	}
	add(stats.batches, 1);
	frame_push(thread, sp, reason);
}

/* Counts the time since the last call; a nested batch's is in the outer. */
static __always_inline void batch_stall(struct thread *thread,
					struct frame *frame, __u64 now)
{
	__u64 ns = now - frame->stall_ns;

	frame->stall_ns = now;
	frame->stalled = frame->seen;
	if (thread->depth != 1)
		return;
	if (is_named(thread->mover))
		add(proc_row(thread->mover - 1)->stall_ns, ns);
	else
		add(stats.stall_unnamed_ns, ns);
}

static __always_inline void batch_time(struct thread *thread,
				       struct frame *frame)
{
	__u64 now = bpf_ktime_get_ns();

	hist_add(frame->reason & (MPTOP_REASONS - 1), now - frame->start_ns);
	batch_stall(thread, frame, now);
}

/*
 * Is the end of a batch, told at the stack address @at, one that no other
 * copy of the program has seen? Between two ends there a batch begins.
 */
static __always_inline bool end_is_new(__u64 at)
{
	__u32 tid = thread_id();
	__u64 *seen;

	if (!end_has_spares)
		return true;
	seen = bpf_map_lookup_elem(&ended_batches, &tid);
	if (seen && *seen == at)
		return false;
	bpf_map_update_elem(&ended_batches, &tid, &at, BPF_ANY);
	return true;
}

static __always_inline void batch_end(__u64 succeeded, __u64 failed,
				      __u32 mode, __u32 reason)
{
	struct thread *thread = thread_find();
	struct frame *frame = thread ? thread_top(thread) : NULL;
	struct mptop_rest rest = { .pages = failed, .reason = reason };

	if (!thread || !thread->depth) { /* it began before the probes */
		add(stats.nonlru_pages, succeeded);
		if (failed)
			rest.mover = name_of((void *)bpf_get_current_task());
		failures_rest(&rest);
		return;
	}
	rest.mover = thread->mover;
	if (frame) {
		if (frame->kind == FRAME_BATCH)
			batch_time(thread, frame);
		if (failed)
			failures_count(&frame->failures, &rest, mode);
		frame_end(thread, frame, succeeded);
	} else {
		add(stats.nonlru_pages, succeeded);
	}
	failures_rest(&rest);
	thread_pop(thread);
	add(stats.batches_ended, 1);
}

/* The rung without kprobes: all that mm_migrate_pages itself can tell. */
static __always_inline void batch_only(__u64 succeeded, __u64 failed,
				       __u32 reason)
{
	struct mptop_flow_key key = {
		.src = MPTOP_NODE_NONE,
		.dst = MPTOP_NODE_NONE,
		.reason = reason < MPTOP_REASONS ? reason : MPTOP_REASONS - 1,
		.kind = MPTOP_UNKNOWN,
	};
	const struct task_struct *task = (void *)bpf_get_current_task();
	struct mptop_rest rest = { .reason = key.reason };
	__u32 row;

	key.mover = name_of(task);
	/*
	 * A NUMA hint fault moves a page of the task that faults; a kernel
	 * thread has none, and faults on what it has borrowed.
	 */
	if (reason == reason_misplaced && !is_kthread(task)) {
		key.owner = key.mover;
		key.kind = MPTOP_PROCESS;
	}
	if (succeeded) {
		row = flow_of(&key);
		if (row != ROW_NONE)
			add(flow_row(row)->pages, succeeded);
		else
			add(stats.lost_pages, succeeded);
		add(stats.settled_pages, succeeded);
	}
	rest.mover = key.mover;
	if (failed)
		failed_add(&rest, 0, failed);
	add(stats.batches, 1);
	add(stats.batches_ended, 1);
}

#endif
