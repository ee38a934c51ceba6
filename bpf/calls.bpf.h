/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * System calls: what was asked, what the kernel copied in, what it used and
 * how it ended. A call lives in a row of its own from entry to return, where
 * user space sees it running, and goes to the ring when it is done.
 *
 * The masks are user memory and may change while the call runs, so three are
 * kept: as read at entry here, as get_nodes() copied them, and as
 * do_migrate_pages() used them.
 */
#ifndef MPTOP_CALLS_BPF_H
#define MPTOP_CALLS_BPF_H

#include "pages.bpf.h"

/*
 * Threads whose last call has ended: the other copies of the program that
 * ended it (CALL_EXITS) find no call either, and it was no missed one.
 */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, MPTOP_THREADS);
	__type(key, __u32);
	__type(value, __u32);
} ended SEC(".maps");

static __always_inline struct mptop_call *call_row(__u32 row)
{
	opaque(row);
	return &calls[row & (MPTOP_CALLS - 1)];
}

static __always_inline __u64 *call_entry(__u32 row)
{
	opaque(row);
	return &call_entry_ns[row & (MPTOP_CALLS - 1)];
}

/* The call this thread is in, or NULL. */
static __always_inline struct mptop_call *call_of_thread(void)
{
	__u32 tid = thread_id();
	__u32 *row = bpf_map_lookup_elem(&call_index, &tid);

	return row ? call_row(*row) : NULL;
}

/* One word more: the verifier's idea of a size in bytes is not exact. */
struct mask {
	__u64 bits[MPTOP_MASK_WORDS + 1];
};

/* Stores @bits as @call's mask @which. */
static __always_inline void mask_keep(struct mptop_call *call,
				      enum mptop_mask which,
				      const struct mask *bits)
{
	int i;

	for (i = 0; i < MPTOP_MASK_WORDS; i++) {
		call->word[i].mask[which] = bits->bits[i];
		if (bits->bits[i] && call->words <= i)
			call->words = i + 1;
	}
	call->has |= 1 << which;
}

/*
 * Reads the node mask at @user as get_nodes() would: its @maxnode counts one
 * more than the bits. Returns whether all of it could be read.
 */
static __always_inline bool mask_read_user(struct mask *mask, __u64 user,
					   __u64 maxnode)
{
	__u64 bits = maxnode - 1;
	__u32 bytes, last;

	__builtin_memset(mask, 0, sizeof(*mask));
	if (!user || !maxnode || !bits)
		return true;
	if (bits > MPTOP_MASK_WORDS * 64)
		bits = MPTOP_MASK_WORDS * 64;
	bytes = (bits + 63) / 64 * 8;
	opaque(bytes);
	if (bytes > MPTOP_MASK_WORDS * sizeof(__u64))
		return false;
	if (bpf_probe_read_user(mask, bytes, (void *)user))
		return false;
	last = (bits - 1) / 64;
	opaque(last);
	if (bits % 64 && last < MPTOP_MASK_WORDS)
		mask->bits[last] &= (1ULL << (bits % 64)) - 1;
	return true;
}

/* Reads the kernel's nodemask_t at @nodes as @call's mask @which. */
static __always_inline void mask_read_kernel(struct mptop_call *call,
					     enum mptop_mask which,
					     const void *nodes)
{
	struct mask mask = {};

	if (!bpf_probe_read_kernel(&mask, node_mask_bytes, nodes))
		mask_keep(call, which, &mask);
}

static __always_inline __u32 call_take(__u32 tid)
{
	__u32 *old = bpf_map_lookup_elem(&call_index, &tid);
	__u32 row;

	bpf_map_delete_elem(&ended, &tid);
	if (old) { /* its return was missed */
		add(stats.calls_entered, 1);
		add(stats.calls_lost, 1);
		return *old;
	}
	if (bpf_map_pop_elem(&call_free, &row)) {
		add(stats.lost_events, 1);
		return ROW_NONE;
	}
	if (bpf_map_update_elem(&call_index, &tid, &row, BPF_NOEXIST)) {
		bpf_map_push_elem(&call_free, &row, BPF_ANY);
		add(stats.lost_events, 1);
		return ROW_NONE;
	}
	add(stats.calls_entered, 1);
	return row;
}

static __always_inline void call_caller(struct mptop_call *call)
{
	struct task_struct *task = (void *)bpf_get_current_task();
	struct task_struct *leader = BPF_CORE_READ(task, group_leader);

	proc_key(&call->caller, leader);
	BPF_CORE_READ_STR_INTO(&call->caller_comm, leader, comm);
	call->caller_uid = BPF_CORE_READ(leader, cred, euid.val);
}

static __always_inline void call_target(struct mptop_call *call,
					const struct task_struct *task)
{
	const struct task_struct *leader = BPF_CORE_READ(task, group_leader);

	proc_key(&call->target, leader);
	BPF_CORE_READ_STR_INTO(&call->target_comm, leader, comm);
	call->target_uid = BPF_CORE_READ(leader, cred, euid.val);
}

static __always_inline void call_args(struct mptop_call *call,
				      const struct pt_regs *regs)
{
	call->arg[0] = PT_REGS_PARM1_CORE_SYSCALL(regs);
	call->arg[1] = PT_REGS_PARM2_CORE_SYSCALL(regs);
	call->arg[2] = PT_REGS_PARM3_CORE_SYSCALL(regs);
	call->arg[3] = PT_REGS_PARM4_CORE_SYSCALL(regs);
	call->arg[4] = PT_REGS_PARM5_CORE_SYSCALL(regs);
#if defined(__TARGET_ARCH_x86)
	call->arg[5] = BPF_CORE_READ(regs, r9);
#else
	call->arg[5] = BPF_CORE_READ(regs, regs[5]);
#endif
}

/* The mask at @user when the call begins; MPTOP_ENTRY_OLD or _NEW. */
static __always_inline void call_entry_mask(struct mptop_call *call,
					    enum mptop_mask which, __u64 user,
					    __u64 maxnode)
{
	struct mask mask;

	if (mask_read_user(&mask, user, maxnode))
		mask_keep(call, which, &mask);
	else
		call->has |= which == MPTOP_ENTRY_OLD ? MPTOP_UNREADABLE_OLD :
							MPTOP_UNREADABLE_NEW;
}

/* The first of the targets that move_pages() is given, one int a page. */
static __always_inline void call_entry_nodes(struct mptop_call *call)
{
	__u64 count = call->arg[1];
	__u32 bytes;

	if (!call->arg[3])
		return;
	if (count > MPTOP_NODES_SHOWN)
		count = MPTOP_NODES_SHOWN;
	bytes = count * sizeof(__s32);
	opaque(bytes);
	if (bytes > sizeof(call->nodes))
		return;
	if (!bpf_probe_read_user(&call->nodes, bytes, (void *)call->arg[3]))
		call->has |= MPTOP_HAS_NODES;
	else
		call->has |= MPTOP_UNREADABLE_NEW;
}

/* Starts a call; the wrapper's one argument is the caller's registers. */
static __always_inline struct mptop_call *
call_begin(const struct pt_regs *regs, __u32 number)
{
	__u32 row = call_take(thread_id());
	struct mptop_call *call;

	if (row == ROW_NONE)
		return NULL;
	call = call_row(row);
	call->has = 0;
	call->copies = 0;
	call->copied = 0;
	call->words = 0;
	call->ret = 0;
	call->end_ns = 0;
	call->target.tgid = 0;
	call->target.start_ns = 0;
	call->tid = thread_id();
	call->call = number;
	call->entry_ns = bpf_ktime_get_ns();
	call_caller(call);
	call_args(call, regs);
	*call_entry(row) = call->entry_ns;
	return call;
}

/* get_nodes() has filled @nodes: the kernel's own copy of a mask. */
static __always_inline void call_copied(const void *nodes)
{
	struct mptop_call *call = call_of_thread();

	if (!call || call->copied == (__u64)nodes)
		return;
	call->copied = (__u64)nodes;
	if (call->call == MPTOP_MIGRATE_PAGES && !call->copies)
		mask_read_kernel(call, MPTOP_COPY_OLD, nodes);
	else
		mask_read_kernel(call, MPTOP_COPY_NEW, nodes);
	call->copies++;
}

static __always_inline void call_used(const struct mm_struct *mm,
				      const void *from, const void *to)
{
	struct mptop_call *call = call_of_thread();
	const struct task_struct *owner;

	if (!call || call->call != MPTOP_MIGRATE_PAGES)
		return;
	mask_read_kernel(call, MPTOP_USED_OLD, from);
	mask_read_kernel(call, MPTOP_USED_NEW, to);
	owner = BPF_CORE_READ(mm, owner);
	if (owner && !call->target.tgid)
		call_target(call, owner);
}

/*
 * Without a wake-up, unless the ring fills: user space looks each interval,
 * and the wake-up's interrupt would preempt the program right here.
 */
static __always_inline void call_emit(struct mptop_call *call)
{
	__u64 waiting = bpf_ringbuf_query(&ring, BPF_RB_AVAIL_DATA);
	__u64 flags = waiting < RING_BYTES / 4 ? BPF_RB_NO_WAKEUP : 0;
	__u32 words = call->words, size;

	opaque(words);
	words &= 2 * MPTOP_MASK_WORDS - 1; /* for the verifier only */
	size = offsetof(struct mptop_call, word) +
	       words * sizeof(struct mptop_mask_word);
	if (bpf_ringbuf_output(&ring, call, size, flags))
		add(stats.lost_events, 1);
}

/* What is known of such a call; its masks are not. */
#define MISSED_BYTES offsetof(struct mptop_call, nodes)

/* Returns from a call whose entry was not seen: it began before the probes. */
static __always_inline void call_missed(const struct pt_regs *regs,
					__u32 number, __s64 ret)
{
	__u32 tid = thread_id();
	struct mptop_call *call;

	if (bpf_map_lookup_elem(&ended, &tid))
		return;
	bpf_map_update_elem(&ended, &tid, &tid, BPF_ANY);
	call = bpf_ringbuf_reserve(&ring, MISSED_BYTES, 0);
	if (!call) {
		add(stats.lost_events, 1);
		return;
	}
	__builtin_memset(call, 0, MISSED_BYTES);
	call->end_ns = bpf_ktime_get_ns();
	call->ret = ret;
	call->has = MPTOP_HAS_RET;
	call->tid = tid;
	call->call = number;
	call_caller(call);
	call_args(call, regs);
	bpf_ringbuf_submit(call, BPF_RB_NO_WAKEUP);
}

/* Returns false if no call of this thread is known. */
static __always_inline bool call_end(__s64 ret)
{
	__u32 tid = thread_id();
	__u32 *found = bpf_map_lookup_elem(&call_index, &tid);
	struct mptop_call *call;
	__u32 row, number;

	if (!found)
		return false;
	add(stats.calls_returned, 1);
	row = *found;
	call = call_row(row);
	call->ret = ret;
	call->has |= MPTOP_HAS_RET;
	call->end_ns = bpf_ktime_get_ns();
	number = call->call;
	opaque(number);
	hist_add(&call_hist[number & (MPTOP_CALL_HISTS - 1)],
		 call->end_ns - call->entry_ns);
	call_emit(call);
	*call_entry(row) = 0;
	bpf_map_update_elem(&ended, &tid, &tid, BPF_ANY);
	bpf_map_delete_elem(&call_index, &tid);
	bpf_map_push_elem(&call_free, &row, BPF_ANY);
	return true;
}

#endif
