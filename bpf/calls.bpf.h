/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Calls: what was asked, what the kernel copied in, what it used and how it
 * ended. A call lives in a row of its own from entry to return, where
 * user space sees it running, and goes to the ring when it is done.
 *
 * The masks are user memory and may change while the call runs, so three are
 * kept: as read at entry here, as get_nodes() copied them, and as
 * do_migrate_pages() used them.
 */
#ifndef MPTOP_CALLS_BPF_H
#define MPTOP_CALLS_BPF_H

#include "hist.bpf.h"
#include "masks.bpf.h"
#include "proc.bpf.h"
#include "stacks.bpf.h"

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

static __always_inline __u64 *call_entry(__u32 row)
{
	opaque(row);
	return &call_entry_ns[row & (MPTOP_CALLS - 1)];
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
	call->own_tid = task_id(task);
	call->caller_row = proc_calls(task, leader) + 1;
	BPF_CORE_READ_STR_INTO(&call->caller_comm, leader, comm);
	call->caller_uid = BPF_CORE_READ(leader, cred, euid.val);
}

static __always_inline void call_target(struct mptop_call *call,
					const struct task_struct *task)
{
	const struct task_struct *leader = BPF_CORE_READ(task, group_leader);

	proc_key(&call->target, leader);
	call->target_row = proc_of(task) + 1;
	BPF_CORE_READ_STR_INTO(&call->target_comm, leader, comm);
	call->target_uid = BPF_CORE_READ(leader, cred, euid.val);
}

static __always_inline void call_args_native(struct mptop_call *call,
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

/* As SC_IA32_REGS_TO_ARGS() (arch/x86/include/asm/syscall_wrapper.h). */
static __always_inline void call_args_ia32(struct mptop_call *call,
					   const struct pt_regs *regs)
{
#if defined(__TARGET_ARCH_x86)
	call->arg[0] = (__u32)BPF_CORE_READ(regs, bx);
	call->arg[1] = (__u32)BPF_CORE_READ(regs, cx);
	call->arg[2] = (__u32)BPF_CORE_READ(regs, dx);
	call->arg[3] = (__u32)BPF_CORE_READ(regs, si);
	call->arg[4] = (__u32)BPF_CORE_READ(regs, di);
	call->arg[5] = (__u32)BPF_CORE_READ(regs, bp);
#endif
	call->has |= MPTOP_IA32;
}

static __always_inline void call_args(struct mptop_call *call,
				      const struct pt_regs *regs, bool ia32)
{
	if (ia32)
		call_args_ia32(call, regs);
	else
		call_args_native(call, regs);
}

/*
 * The mask at @user when the call begins; MPTOP_ENTRY_OLD or _NEW. @maxnode
 * counts one more than the bits.
 */
static __always_inline void call_entry_mask(struct mptop_call *call,
					    enum mptop_mask which, __u64 user,
					    __u64 maxnode)
{
	struct mask mask;

	if (user && maxnode - 1 > MASK_BITS_MAX)
		return;
	if (mask_read_user(&mask, user, maxnode - 1,
			   ia32_longs && call->has & MPTOP_IA32))
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
	if (bytes > sizeof(call->list.nodes))
		return;
	if (!bpf_probe_read_user(&call->list.nodes, bytes,
				 (void *)call->arg[3]))
		call->has |= MPTOP_HAS_NODES;
	else
		call->has |= MPTOP_UNREADABLE_NEW;
}

/* Starts a call whose arguments are to be filled in. */
static __always_inline struct mptop_call *call_start(__u32 number)
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
	call->moved_pages = 0;
	call->moved_folios = 0;
	call->ret = 0;
	call->end_ns = 0;
	call->target.tgid = 0;
	call->target.start_ns = 0;
	call->tid = thread_id();
	call->call = number;
	call->entry_ns = bpf_ktime_get_ns();
	call_caller(call);
	*call_entry(row) = call->entry_ns;
	return call;
}

/* Starts a system call; the wrapper's one argument is the caller's registers */
static __always_inline struct mptop_call *
call_begin(const struct pt_regs *regs, __u32 number, bool ia32)
{
	struct mptop_call *call = call_start(number);

	if (call)
		call_args(call, regs, ia32);
	return call;
}

/*
 * Is it the old mask of migrate_pages() that was copied from @user? Where the
 * addresses of both are the same, it is the first.
 */
static __always_inline bool copied_old(const struct mptop_call *call,
				       __u64 user)
{
	if (call->call != MPTOP_MIGRATE_PAGES)
		return false;
	if (call->arg[2] != call->arg[3]) {
		if (user == call->arg[2])
			return true;
		if (user == call->arg[3])
			return false;
	}
	return !call->copies;
}

/* get_nodes() has filled @nodes from @user: the kernel's own copy. */
static __always_inline void call_copied(const void *nodes, __u64 user)
{
	struct mptop_call *call = call_of_thread();

	if (!call || call->copied == (__u64)nodes)
		return;
	call->copied = (__u64)nodes;
	if (copied_old(call, user))
		mask_read_kernel(call, MPTOP_COPY_OLD, nodes);
	else if (mask_read_kernel(call, MPTOP_COPY_NEW, nodes))
		mask_denied(call);
	call->copies++;
}

static __always_inline void call_use(struct mptop_call *call,
				     const struct mm_struct *mm,
				     const void *from, const void *to)
{
	const struct task_struct *owner;

	mask_read_kernel(call, MPTOP_USED_OLD, from);
	mask_read_kernel(call, MPTOP_USED_NEW, to);
	owner = BPF_CORE_READ(mm, owner);
	if (owner && !call->target.tgid)
		call_target(call, owner);
}

static __always_inline void call_used(const struct mm_struct *mm,
				      const void *from, const void *to)
{
	struct mptop_call *call = call_of_thread();

	if (call && call->call == MPTOP_MIGRATE_PAGES)
		call_use(call, mm, from, to);
}

/*
 * do_migrate_pages() in no system call: the cpuset's kworker, once for each
 * process (cpuset_migrate_mm_workfn()). False: it is in one.
 */
static __always_inline bool cpuset_begin(const struct mm_struct *mm,
					 const void *from, const void *to)
{
	struct task_struct *task = (void *)bpf_get_current_task();
	struct mptop_call *call;

	if (!is_kthread(task))
		return false;
	call = call_start(MPTOP_CPUSET);
	if (!call)
		return false;
	call_use(call, mm, from, to);
	return true;
}

/* What get_mempolicy() has written. */
static __always_inline void call_results(struct mptop_call *call, __s64 ret)
{
	__u64 maxnode = call->arg[2];
	struct mask mask;

	if (ret)
		return;
	if (call->arg[0] &&
	    !bpf_probe_read_user(&call->mode, sizeof(call->mode),
				 (void *)call->arg[0]))
		call->has |= MPTOP_HAS_MODE;
	if (call->arg[1] && maxnode && maxnode - 1 <= MASK_BITS_MAX &&
	    mask_read_user(&mask, call->arg[1], maxnode - 1,
			   call->has & MPTOP_IA32))
		mask_keep(call, MPTOP_COPY_NEW, &mask);
}

/*
 * Without a wake-up, unless the ring fills: user space looks each interval,
 * and the wake-up's interrupt would preempt the program right here.
 */
static __always_inline void call_emit(struct mptop_call *call, __u32 row)
{
	__u64 waiting = bpf_ringbuf_query(&ring, BPF_RB_AVAIL_DATA);
	__u64 flags = waiting < RING_BYTES / 4 ? BPF_RB_NO_WAKEUP : 0;
	__u32 words = call->words, size;
	__u64 bytes;
	struct mptop_stacked *stacked = stack_emit(call, row, &bytes);

	if (stacked) {
		if (bpf_ringbuf_output(&ring, stacked, bytes, flags))
			add(stats.lost_events, 1);
		return;
	}
	opaque(words);
	words &= 2 * MPTOP_MASK_WORDS - 1; /* for the verifier only */
	size = offsetof(struct mptop_call, word) +
	       words * sizeof(struct mptop_mask_word);
	if (call->call == MPTOP_MOVE_PAGES)
		size = offsetof(struct mptop_call, list) +
		       sizeof(struct mptop_page_list);
	if (bpf_ringbuf_output(&ring, call, size, flags))
		add(stats.lost_events, 1);
}

/* What is known of such a call; its masks are not. */
#define MISSED_BYTES offsetof(struct mptop_call, word)

/* Returns from a call whose entry was not seen: it began before the probes. */
static __always_inline void call_missed(const struct pt_regs *regs,
					__u32 number, bool ia32, __s64 ret)
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
	call_args(call, regs, ia32);
	bpf_ringbuf_submit(call, BPF_RB_NO_WAKEUP);
}

#define MPOL_MF_MOVES (1 << 1 | 1 << 2) /* include/uapi/linux/mempolicy.h */

/* Others ask where pages are, or say where the next ones go. */
static __always_inline bool call_moves(const struct mptop_call *call)
{
	if (call->call == MPTOP_MOVE_PAGES)
		return call->arg[3];
	if (call->call == MPTOP_MBIND)
		return call->arg[5] & MPOL_MF_MOVES;
	return call->call == MPTOP_MIGRATE_PAGES;
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
	if (call_moves(call))
		hist_add(MPTOP_REASONS + number,
			 call->end_ns - call->entry_ns);
	call_emit(call, row);
	*call_entry(row) = 0;
	bpf_map_update_elem(&ended, &tid, &tid, BPF_ANY);
	bpf_map_delete_elem(&call_index, &tid);
	bpf_map_push_elem(&call_free, &row, BPF_ANY);
	return true;
}

#endif
