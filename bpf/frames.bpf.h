/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a thread is in the middle of. The kernel's migrate_pages() opens a
 * frame on its thread and mm_migrate_pages closes it; frames nest, since
 * allocating a destination can compact or demote. Within a frame one folio at
 * a time is moved and then mapped again, so a folio is counted when the next
 * one or the end of its frame shows that no further mapping will come.
 */
#ifndef MPTOP_FRAMES_BPF_H
#define MPTOP_FRAMES_BPF_H

#include "failures.bpf.h"
#include "hist.bpf.h"
#include "proc.bpf.h"

#define FRAMES 4
/* What is done about kernels that do not tell the end, or the reason. */
enum frame_kind {
	FRAME_BATCH,	/* migrate_pages(); mm_migrate_pages ends it */
	FRAME_LOOSE,	/* a folio moved by nobody known */
	FRAME_THP_NUMA, /* a THP alone, moved if it is mapped again */
};

/* Pages, or time of a failed try, after which a running batch's time counts. */
#define STALL_PAGES 256
#define STALL_NS 1000000

struct frame {
	__u64 start_ns;
	__u64 sp;	/* of migrate_pages(), to know a left frame */
	__u64 stall_ns;	/* up to when its time is counted as stall */
	__u64 seen;	/* pages moved so far */
	__u64 stalled;	/* of them, when that was */
	__u64 hugetlb;	/* of them, all but the first of each hugetlb folio */
	__u64 dst;	/* the folio waiting to be counted, 0: none */
	__u64 asked;	/* mm that was asked last to map it again */
	__u64 asked_owner; /* its task, 0: not looked up */
	__u64 mm;	/* that did, 0: none yet */
	__u64 owner;	/* its task, 0: not looked up */
	__u32 pages;
	__u16 src_node;
	__u16 dst_node;
	__u16 shared;	/* a second mm mapped it */
	__u16 guessed;	/* mm was only asked; 2: and so was another */
	__u32 kind;	/* enum frame_kind */
	__u32 reason;
	__u32 folios;	/* those seen */
	__u64 last_mm;	/* whose owner is last_owner */
	__u64 last_task;
	__u32 last_owner;
	__u32 last_row;	/* of last_key, if that is not all zero */
	struct mptop_flow_key last_key;
	struct failures failures;
};

struct thread {
	__u32 depth;
	__u32 mover; /* name_of() its process, 0: not looked up */
	__u32 hashed; /* in the hash, which has no place for idle threads */
	__u32 pad;
	struct frame frame[FRAMES];
};

/*
 * With the task where that is reliable: a look-up takes a third of the hash's
 * time. What cannot be made there, since somebody on this CPU was preempted
 * in the middle of it, is made in the hash.
 */
struct {
	__uint(type, BPF_MAP_TYPE_TASK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct thread);
} task_threads SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, MPTOP_THREADS);
	__type(key, __u32);
	__type(value, struct thread);
} threads SEC(".maps");

/* By thread, where it was last told of an end: for the other copies of it. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, MPTOP_THREADS);
	__type(key, __u32);
	__type(value, __u64);
} ended_batches SEC(".maps");

static struct thread no_thread; /* stays zero; too large for the stack */

static __always_inline struct frame *thread_top(struct thread *thread)
{
	__u32 i = thread->depth - 1;

	if (i >= FRAMES)
		return NULL;
	opaque(i);
	return &thread->frame[i & (FRAMES - 1)];
}

/* The name of the process whose mm waits in @frame, 0: its owner has gone. */
static __always_inline __u32 owner_of(struct frame *frame)
{
	const struct mm_struct *mm = (const void *)frame->mm;
	__u64 task = frame->owner;

	if (!task)
		task = (__u64)BPF_CORE_READ(mm, owner);
	if (!task)
		return 0;
	if (frame->last_mm == frame->mm && frame->last_task == task)
		return frame->last_owner;
	frame->last_mm = frame->mm;
	frame->last_task = task;
	frame->last_owner = name_of((const void *)task);
	return frame->last_owner;
}

/*
 * Where only anonymous mappings are told when they are made again, a folio of
 * a file that one mm alone was asked about is that one's, since it was mapped;
 * of several nobody says which mapped it.
 */
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
	key->kind = MPTOP_UNKNOWN;
	if (frame->guessed > 1)
		return;
	key->owner = owner_of(frame);
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
	frame->asked = 0;
	frame->shared = 0;
	frame->guessed = 0;
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

/* A batch of the call that this thread is in, if any, has ended. */
static __always_inline void frame_of_call(const struct frame *frame)
{
	struct mptop_call *call;

	if (!(call_reasons >> (frame->reason & (MPTOP_REASONS - 1)) & 1))
		return;
	call = call_of_thread();
	if (!call)
		return;
	call->moved_pages += frame->seen;
	call->moved_folios += frame->folios;
}

/*
 * Ends @frame, whose pages are now in the kernel's own counter. That counted
 * each hugetlb folio as one until 5d39a7ebc8be ("mm: migrate: correct the
 * hugetlb migration stats", 5.17); one that counts base pages cannot have
 * fewer than were seen.
 */
static __always_inline void frame_end(struct thread *thread,
				      struct frame *frame, __u64 succeeded)
{
	frame_flush(thread, frame);
	if (succeeded < frame->seen && frame->hugetlb) {
		add(stats.uncounted_pages, frame->hugetlb);
		succeeded += frame->hugetlb;
	}
	if (succeeded != frame->seen)
		add(stats.nonlru_pages, succeeded - frame->seen);
	add(stats.settled_pages, frame->seen);
	frame_of_call(frame);
}

/* This thread's state, or NULL. */
static __always_inline struct thread *thread_find(void)
{
	struct thread *thread;
	__u32 tid;

	if (has_task_storage) {
		thread = bpf_task_storage_get(&task_threads,
					      bpf_get_current_task_btf(), NULL,
					      0);
		if (thread)
			return thread;
	}
	tid = thread_id();
	return bpf_map_lookup_elem(&threads, &tid);
}

static __always_inline struct thread *thread_make(void)
{
	struct thread *thread;
	__u32 tid;

	if (has_task_storage) {
		thread = bpf_task_storage_get(&task_threads,
					      bpf_get_current_task_btf(), NULL,
					      BPF_LOCAL_STORAGE_GET_F_CREATE);
		if (thread)
			return thread;
	}
	tid = thread_id();
	bpf_map_update_elem(&threads, &tid, &no_thread, BPF_NOEXIST);
	thread = bpf_map_lookup_elem(&threads, &tid);
	if (thread)
		thread->hashed = 1;
	return thread;
}

/* The same, made on first sight; NULL if there is no room. */
static __always_inline struct thread *thread_get(void)
{
	struct thread *thread = thread_find();

	if (!thread)
		thread = thread_make();
	if (thread && !is_named(thread->mover))
		thread->mover = name_of((void *)bpf_get_current_task());
	return thread;
}

/* Leaves the innermost frame. */
static __always_inline void thread_pop(struct thread *thread)
{
	__u32 tid;

	if (thread->depth)
		thread->depth--;
	if (thread->depth || !thread->hashed)
		return;
	tid = thread_id();
	bpf_map_delete_elem(&threads, &tid);
}

/*
 * @frame's THP was not moved. The kernel counts it as failed unless it was
 * copied by then and its page table had changed (out_unlock in
 * migrate_misplaced_transhuge_page(), 5.10).
 */
static __always_inline void thp_failed(struct thread *thread,
				       struct frame *frame)
{
	struct mptop_rest failed = { .mover = thread->mover,
				      .reason = frame->reason };

	if (!frame->dst)
		failed_add(&failed, 0, frame->pages);
	frame->dst = 0;
	add(stats.batches_ended, 1);
}

/*
 * The stack grows down, so an open frame below us was left. Its end was
 * missed, or what it saw belongs to no batch at all, as device memory does,
 * and is not in the kernel's counter either. A THP that nobody mapped again
 * was not moved.
 */
static __always_inline void frame_left(struct thread *thread,
				       struct frame *frame)
{
	if (frame->kind == FRAME_THP_NUMA) {
		thp_failed(thread, frame);
		thread->depth--;
		return;
	}
	frame_end(thread, frame,
		  frame->kind == FRAME_BATCH ? frame->seen : 0);
	if (frame->kind == FRAME_BATCH)
		add(stats.lost_batches, 1);
	thread->depth--;
}

/* Leaves all frames that are not above @sp; those not kept had no end either */
static __always_inline void frames_left(struct thread *thread, __u64 sp)
{
	struct frame *frame;
	int i;

	if (thread->depth > FRAMES && thread->frame[FRAMES - 1].sp <= sp) {
		add(stats.lost_batches, thread->depth - FRAMES);
		thread->depth = FRAMES;
	}
#pragma clang loop unroll(disable)
	for (i = 0; i < FRAMES; i++) {
		frame = thread_top(thread);
		if (!frame || frame->sp > sp)
			return;
		frame_left(thread, frame);
	}
}

static __always_inline struct frame *frame_push(struct thread *thread,
						__u64 sp, __u32 reason)
{
	struct frame *frame;
	__u32 tid;

	failures_left();
	frames_left(thread, sp);
	if (end_has_spares) {
		tid = thread_id();
		bpf_map_delete_elem(&ended_batches, &tid);
	}
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

#endif
