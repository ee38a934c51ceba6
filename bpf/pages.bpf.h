/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Pages: which folio went from where to where, why, whose it was and who
 * moved it. The kernel's migrate_pages() opens a frame on its thread and
 * mm_migrate_pages closes it; frames nest, since allocating a destination can
 * compact or demote. Within a frame one folio at a time is moved
 * (folio_migrate_flags) and then mapped again (remove_migration_pte), so a
 * folio is counted when the next one or the end of its frame shows that no
 * further mapping will come.
 */
#ifndef MPTOP_PAGES_BPF_H
#define MPTOP_PAGES_BPF_H

#include "state.bpf.h"

#define FRAMES 4
/* Pages after which the time of a running batch is counted. */
#define STALL_PAGES 256

struct frame {
	__u64 start_ns;
	__u64 sp;	/* of migrate_pages(), to know a left frame */
	__u64 stall_ns;	/* up to when its time is counted as stall */
	__u64 seen;	/* pages moved so far */
	__u64 stalled;	/* of them, when that was */
	__u64 dst;	/* the folio waiting to be counted, 0: none */
	__u64 vma;	/* last one asked to map it again */
	__u64 mm;	/* that did, 0: none yet */
	__u32 pages;
	__u16 src_node;
	__u16 dst_node;
	__u32 shared;	/* a second mm mapped it */
	__u32 reason;
	__u64 last_mm;	/* whose owner is last_owner */
	__u64 last_task;
	__u32 last_owner;
	__u32 last_row;	/* of last_key, if that is not all zero */
	struct mptop_flow_key last_key;
};

struct thread {
	__u32 depth;
	__u32 mover; /* name_of() its process */
	struct frame frame[FRAMES];
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, MPTOP_THREADS);
	__type(key, __u32);
	__type(value, struct thread);
} threads SEC(".maps");

static struct thread no_thread; /* stays zero; too large for the stack */

static __always_inline struct frame *thread_top(struct thread *thread)
{
	__u32 i = thread->depth - 1;

	if (i >= FRAMES)
		return NULL;
	opaque(i);
	return &thread->frame[i & (FRAMES - 1)];
}

/* A process' row as flows name it: row + 1, 0 for none, ROW_NONE for no room */
static __always_inline __u32 name_of(const struct task_struct *task)
{
	__u32 row = proc_of(task);

	return row == ROW_NONE ? ROW_NONE : row + 1;
}

static __always_inline bool is_named(__u32 name)
{
	return name && name != ROW_NONE;
}

static __always_inline __u32 owner_of(struct frame *frame, __u64 mm)
{
	const struct mm_struct *address_space = (const void *)mm;
	struct task_struct *task = BPF_CORE_READ(address_space, owner);

	if (!task)
		return 0;
	if (frame->last_mm == mm && frame->last_task == (__u64)task)
		return frame->last_owner;
	frame->last_mm = mm;
	frame->last_task = (__u64)task;
	frame->last_owner = name_of(task);
	return frame->last_owner;
}

static __always_inline void flow_key_of(struct mptop_flow_key *key,
					struct thread *thread,
					struct frame *frame)
{
	key->owner = 0;
	key->mover = thread->mover;
	key->src = frame->src_node;
	key->dst = frame->dst_node;
	key->reason = frame->reason;
	key->kind = has_owner ? MPTOP_UNMAPPED : MPTOP_UNKNOWN;
	if (!frame->mm)
		return;
	key->owner = owner_of(frame, frame->mm);
	key->kind = MPTOP_UNKNOWN;
	if (key->owner)
		key->kind = frame->shared ? MPTOP_SHARED : MPTOP_PROCESS;
}

static __always_inline bool key_equal(const struct mptop_flow_key *a,
				      const struct mptop_flow_key *b)
{
	return a->owner == b->owner && a->mover == b->mover &&
	       a->src == b->src && a->dst == b->dst &&
	       a->reason == b->reason && a->kind == b->kind;
}

/* Counts the folio that waits in @frame. */
static __always_inline void frame_flush(struct thread *thread,
					struct frame *frame)
{
	struct mptop_flow_key key, asked;
	struct mptop_flow *flow;
	__u32 row, pages = frame->pages;

	if (!frame->dst)
		return;
	flow_key_of(&key, thread, frame);
	frame->dst = 0;
	frame->mm = 0;
	frame->vma = 0;
	frame->shared = 0;
	if (frame->last_row != ROW_NONE && key_equal(&key, &frame->last_key)) {
		row = frame->last_row;
	} else {
		asked = key;
		row = flow_of(&key);
		if (row == ROW_NONE) {
			add(stats.lost_folios, 1);
			add(stats.lost_pages, pages);
			return;
		}
		frame->last_key = asked;
		frame->last_row = row;
	}
	flow = flow_row(row);
	add(flow->pages, pages);
	add(flow->folios, 1);
}

/* Ends @frame, whose pages are now in the kernel's own counter. */
static __always_inline void frame_end(struct thread *thread,
				      struct frame *frame, __u64 succeeded)
{
	frame_flush(thread, frame);
	if (succeeded != frame->seen)
		add(stats.nonlru_pages, succeeded - frame->seen);
	add(stats.settled_pages, frame->seen);
}

static __always_inline void failed_add(__u32 mover, __u32 reason, __u64 pages)
{
	struct mptop_flow_key key = {
		.mover = mover,
		.src = MPTOP_NODE_NONE,
		.dst = MPTOP_NODE_NONE,
		.reason = reason,
		.kind = MPTOP_FAILED,
	};
	__u32 row = flow_of(&key);

	add(stats.failed_pages, pages);
	if (row != ROW_NONE)
		add(flow_row(row)->pages, pages);
	if (is_named(mover))
		add(proc_row(mover - 1)->failed_pages, pages);
}

static __always_inline __u32 thread_id(void)
{
	return (__u32)bpf_get_current_pid_tgid();
}

static __always_inline struct thread *thread_get(__u32 tid)
{
	struct thread *thread = bpf_map_lookup_elem(&threads, &tid);

	if (thread)
		return thread;
	bpf_map_update_elem(&threads, &tid, &no_thread, BPF_NOEXIST);
	thread = bpf_map_lookup_elem(&threads, &tid);
	if (!thread)
		return NULL;
	thread->mover = name_of((void *)bpf_get_current_task());
	return thread;
}

/*
 * The stack grows down, so an open frame below us was left. Its end was
 * missed, or (sp 0) what it saw belongs to no batch at all, as device memory
 * does, and is not in the kernel's counter either.
 */
static __always_inline void frame_left(struct thread *thread,
				       struct frame *frame)
{
	frame_end(thread, frame, frame->sp ? frame->seen : 0);
	if (frame->sp)
		add(stats.lost_batches, 1);
	thread->depth--;
}

static __always_inline struct frame *frame_push(struct thread *thread,
						__u64 sp, __u32 reason)
{
	struct frame *frame = thread_top(thread);

	if (frame && frame->sp <= sp)
		frame_left(thread, frame);
	thread->depth++;
	frame = thread_top(thread);
	if (!frame)
		return NULL;
	__builtin_memset(frame, 0, sizeof(*frame));
	frame->sp = sp;
	frame->reason = reason < MPTOP_REASONS ? reason : MPTOP_REASONS - 1;
	frame->last_row = ROW_NONE;
	frame->start_ns = bpf_ktime_get_ns();
	frame->stall_ns = frame->start_ns;
	return frame;
}

static __always_inline void batch_begin(__u64 sp, __u32 reason)
{
	struct thread *thread = thread_get(thread_id());

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
	add(stats.stall_ns, ns);
	if (is_named(thread->mover))
		add(proc_row(thread->mover - 1)->stall_ns, ns);
}

static __always_inline void batch_time(struct thread *thread,
				       struct frame *frame)
{
	__u64 now = bpf_ktime_get_ns();
	__u32 reason = frame->reason;

	opaque(reason);
	hist_add(&batch_hist[reason & (MPTOP_REASONS - 1)],
		 now - frame->start_ns);
	batch_stall(thread, frame, now);
}

static __always_inline void batch_end(__u64 succeeded, __u64 failed,
				      __u32 reason)
{
	__u32 tid = thread_id();
	struct thread *thread = bpf_map_lookup_elem(&threads, &tid);
	struct frame *frame;

	if (!thread) { /* entered before the probes; nothing of it seen */
		add(stats.nonlru_pages, succeeded);
		return;
	}
	frame = thread_top(thread);
	if (frame) {
		if (frame->sp)
			batch_time(thread, frame);
		frame_end(thread, frame, succeeded);
	} else {
		add(stats.nonlru_pages, succeeded);
	}
	if (failed)
		failed_add(thread->mover, reason & (MPTOP_REASONS - 1), failed);
	if (thread->depth)
		thread->depth--;
	if (!thread->depth)
		bpf_map_delete_elem(&threads, &tid);
	add(stats.batches_ended, 1);
}

static __always_inline __u16 node_of(unsigned long flags)
{
	return flags >> node_shift & node_mask;
}

static __always_inline void folio_moved(__u64 dst, __u64 src)
{
	unsigned long src_flags = kernel_page_flags((void *)src);
	__u32 pages = kernel_folio_pages((void *)src, src_flags);
	struct thread *thread = thread_get(thread_id());
	struct frame *frame = NULL;

	if (thread) {
		frame = thread_top(thread);
		/* Moved by a batch that began before the probes, or by none. */
		if (!frame && !thread->depth)
			frame = frame_push(thread, 0, MPTOP_REASONS - 1);
	}
	if (!frame) {
		add(stats.lost_folios, 1);
		return;
	}
	frame_flush(thread, frame);
	frame->dst = dst;
	frame->pages = pages;
	frame->src_node = node_of(src_flags);
	frame->dst_node = node_of(kernel_page_flags((void *)dst));
	frame->seen += pages;
	/* A batch can take seconds: its stall is not to come all at its end. */
	if (frame->sp && frame->seen - frame->stalled >= STALL_PAGES)
		batch_stall(thread, frame, bpf_ktime_get_ns());
}

static __always_inline struct frame *frame_of_thread(void)
{
	__u32 tid = thread_id();
	struct thread *thread = bpf_map_lookup_elem(&threads, &tid);

	return thread ? thread_top(thread) : NULL;
}

/* rmap asks @vma to map @dst again; it may turn out not to have it. */
static __always_inline void mapping_asked(__u64 dst, __u64 vma)
{
	struct frame *frame = frame_of_thread();

	if (frame)
		frame->vma = frame->dst == dst ? vma : 0;
}

/* It did: that vma's mm is an owner. */
static __always_inline void mapping_done(void)
{
	struct frame *frame = frame_of_thread();
	const struct vm_area_struct *vma;
	__u64 mm;

	if (!frame || !frame->vma)
		return;
	vma = (const void *)frame->vma;
	mm = (__u64)BPF_CORE_READ(vma, vm_mm);
	if (!frame->mm)
		frame->mm = mm;
	else if (frame->mm != mm)
		frame->shared = 1;
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
	__u32 row;

	key.mover = name_of((void *)bpf_get_current_task());
	/* A NUMA hint fault moves a page of the task that faults. */
	if (reason == reason_misplaced) {
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
	if (failed)
		failed_add(key.mover, key.reason, failed);
	add(stats.batches, 1);
	add(stats.batches_ended, 1);
}

#endif
