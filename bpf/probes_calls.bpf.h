/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The probes of calls: a stub each over the workers in calls.bpf.h. NAME is
 * of the native entry, NAME32 of that for int 0x80 and 32-bit programs, whose
 * arguments are in other registers.
 */
#ifndef MPTOP_PROBES_CALLS_BPF_H
#define MPTOP_PROBES_CALLS_BPF_H

#include "statuses.bpf.h"

/* migrate_pages(pid, maxnode, old_nodes, new_nodes) */
static __always_inline void migrate_pages_begin(const void *regs, bool ia32)
{
	struct mptop_call *call = call_begin(regs, MPTOP_MIGRATE_PAGES, ia32);

	if (!call)
		return;
	call_entry_mask(call, MPTOP_ENTRY_OLD, call->arg[2], call->arg[1]);
	call_entry_mask(call, MPTOP_ENTRY_NEW, call->arg[3], call->arg[1]);
}

/* move_pages(pid, count, pages, nodes, status, flags) */
static __always_inline void move_pages_begin(const void *regs, bool ia32)
{
	struct mptop_call *call = call_begin(regs, MPTOP_MOVE_PAGES, ia32);

	if (call)
		call_entry_nodes(call);
}

/* mbind(start, len, mode, nmask, maxnode, flags) */
static __always_inline void mbind_begin(const void *regs, bool ia32)
{
	struct mptop_call *call = call_begin(regs, MPTOP_MBIND, ia32);

	if (call)
		call_entry_mask(call, MPTOP_ENTRY_NEW, call->arg[3],
				call->arg[4]);
}

/* set_mempolicy(mode, nmask, maxnode) */
static __always_inline void set_mempolicy_begin(const void *regs, bool ia32)
{
	struct mptop_call *call = call_begin(regs, MPTOP_SET_MEMPOLICY, ia32);

	if (call)
		call_entry_mask(call, MPTOP_ENTRY_NEW, call->arg[1],
				call->arg[2]);
}

/* set_mempolicy_home_node(start, len, home_node, flags) */
static __always_inline void set_mempolicy_home_node_begin(const void *regs,
							  bool ia32)
{
	call_begin(regs, MPTOP_SET_MEMPOLICY_HOME_NODE, ia32);
}

/* get_mempolicy(mode, nmask, maxnode, addr, flags) */
static __always_inline void get_mempolicy_begin(const void *regs, bool ia32)
{
	call_begin(regs, MPTOP_GET_MEMPOLICY, ia32);
}

/*
 * Argument @i of an fentry or fexit program. Read by a helper: the verifier
 * of 5.10 refuses a pointer to what is no struct, or to one that BTF has only
 * declared.
 */
static __always_inline __u64 traced_arg(const __u64 *ctx, int i)
{
	__u64 value = 0;

	bpf_probe_read_kernel(&value, sizeof(value), ctx + i);
	return value;
}

#define CALL_ENTER(name)                                                     \
	SEC("?kprobe") int name##_enter(struct pt_regs *ctx)                 \
	{                                                                    \
		name##_begin((const void *)PT_REGS_PARM1(ctx), false);       \
		stack_enter(ctx);                                            \
		return 0;                                                    \
	}                                                                    \
	SEC("?kprobe") int name##_enter32(struct pt_regs *ctx)               \
	{                                                                    \
		name##_begin((const void *)PT_REGS_PARM1(ctx), true);        \
		stack_enter(ctx);                                            \
		return 0;                                                    \
	}                                                                    \
	SEC("?fentry") int name##_enter_fentry(__u64 *ctx)                   \
	{                                                                    \
		name##_begin((const void *)traced_arg(ctx, 0), false);       \
		stack_enter(ctx);                                            \
		return 0;                                                    \
	}

CALL_ENTER(migrate_pages)
CALL_ENTER(move_pages)
CALL_ENTER(mbind)
CALL_ENTER(set_mempolicy)
CALL_ENTER(set_mempolicy_home_node)
CALL_ENTER(get_mempolicy)

/* What is in user memory when a call ends. */
static __always_inline void call_outcome(__u32 number, __s64 ret)
{
	struct mptop_call *call;

	if (number != MPTOP_MOVE_PAGES && number != MPTOP_GET_MEMPOLICY)
		return;
	call = call_of_thread();
	if (!call || call->call != number)
		return;
	if (number == MPTOP_MOVE_PAGES)
		call_statuses(call, ret);
	else
		call_results(call, ret);
}

static __always_inline void call_exit(const __u64 *ctx, __u32 number,
				      bool ia32)
{
	call_outcome(number, ctx[1]);
	if (!call_end(ctx[1]))
		call_missed((const void *)traced_arg(ctx, 0), number, ia32,
			    ctx[1]);
}

/*
 * The end of a call. A program that was preempted on a CPU is skipped there
 * until it goes on: with preempt=full one copy lost 71 of 1,280 returns of 64
 * threads. The guard is each program's own, and the first copy that runs ends
 * the call, so a return is lost only if threads were preempted in all six, and
 * the return probes below had no room for it.
 * 32-bit callers are few: for them, in both. EXITC is of the compat entries.
 */
#define CALL_EXIT(name, number, ia32)             \
	SEC("?fexit") int name(__u64 *ctx)        \
	{                                         \
		call_exit(ctx, number, ia32);     \
		return 0;                         \
	}
#define CALL_EXITS(name, number)                   \
	CALL_EXIT(name##_exit_1, number, false)    \
	CALL_EXIT(name##_exit_2, number, false)    \
	CALL_EXIT(name##_exit_3, number, false)    \
	CALL_EXIT(name##_exit_4, number, false)    \
	CALL_EXIT(name##_exit_5, number, false)    \
	CALL_EXIT(name##_exit_6, number, false)    \
	CALL_EXIT(name##_exit32_1, number, true)   \
	CALL_EXIT(name##_exit32_2, number, true)   \
	CALL_EXIT(name##_exitc_1, number, true)    \
	CALL_EXIT(name##_exitc_2, number, true)

CALL_EXITS(migrate_pages, MPTOP_MIGRATE_PAGES)
CALL_EXITS(move_pages, MPTOP_MOVE_PAGES)
CALL_EXITS(mbind, MPTOP_MBIND)
CALL_EXITS(set_mempolicy, MPTOP_SET_MEMPOLICY)
CALL_EXITS(set_mempolicy_home_node, MPTOP_SET_MEMPOLICY_HOME_NODE)
CALL_EXITS(get_mempolicy, MPTOP_GET_MEMPOLICY)

static __always_inline void call_returned(__s64 ret)
{
	call_outcome(MPTOP_MOVE_PAGES, ret);
	call_outcome(MPTOP_GET_MEMPOLICY, ret);
	call_end(ret);
}

/*
 * The last rung for returns: loses some, which calls_lost counts. As a spare
 * it ends nearly all of the few that are skipped in all the others.
 */
SEC("?kretprobe")
int call_exit_kretprobe(struct pt_regs *ctx)
{
	call_returned(PT_REGS_RC(ctx));
	return 0;
}

/*
 * A spare that nothing preempts. Since "fprobe: Rewrite fprobe on
 * function-graph tracer" (v6.14) each thread has a stack for its returns, and
 * none is left out; before, as many threads as a kretprobe's may be in calls.
 */
SEC("?kretprobe.multi")
int call_exit_multi(struct pt_regs *ctx)
{
	call_returned(PT_REGS_RC(ctx));
	return 0;
}

/* do_migrate_pages(mm, from, to, flags) = ctx[4], by a kworker */
SEC("?kprobe")
int cpuset_enter(struct pt_regs *ctx)
{
	if (cpuset_begin((void *)PT_REGS_PARM1(ctx),
			 (void *)PT_REGS_PARM2(ctx),
			 (void *)PT_REGS_PARM3(ctx)))
		stack_enter(ctx);
	return 0;
}

#define CPUSET_EXIT(name)                                      \
	SEC("?fexit") int name(__u64 *ctx)                     \
	{                                                      \
		struct mptop_call *call = call_of_thread();    \
                                                               \
		if (call && call->call == MPTOP_CPUSET)        \
			call_end((int)ctx[4]);                 \
		return 0;                                      \
	}

CPUSET_EXIT(cpuset_exit_1)
CPUSET_EXIT(cpuset_exit_2)

/* get_nodes(nodes, nmask, maxnode) = ctx[3]; twice for the same reason */
#define COPY_EXIT(name)                                        \
	SEC("?fexit") int name(__u64 *ctx)                     \
	{                                                      \
		if (!(int)ctx[3])                              \
			call_copied((void *)traced_arg(ctx, 0), \
				    traced_arg(ctx, 1));        \
		return 0;                                      \
	}

COPY_EXIT(get_nodes_exit_1)
COPY_EXIT(get_nodes_exit_2)

/* do_migrate_pages(mm, from, to, flags), also as .part.N */
SEC("?kprobe")
int nodes_used_kprobe(struct pt_regs *ctx)
{
	call_used((void *)PT_REGS_PARM1(ctx), (void *)PT_REGS_PARM2(ctx),
		  (void *)PT_REGS_PARM3(ctx));
	return 0;
}

SEC("?fentry")
int nodes_used_fentry(__u64 *ctx)
{
	call_used((void *)traced_arg(ctx, 0), (void *)traced_arg(ctx, 1),
		  (void *)traced_arg(ctx, 2));
	return 0;
}

static __always_inline void target_seen(const void *task)
{
	struct mptop_call *call = call_of_thread();

	if (call)
		call_target(call, task);
}

/* security_task_movememory(p): the target, in the initial pid namespace */
SEC("?kprobe")
int target_kprobe(struct pt_regs *ctx)
{
	target_seen((void *)PT_REGS_PARM1(ctx));
	return 0;
}

SEC("?fentry")
int target_fentry(__u64 *ctx)
{
	target_seen((void *)traced_arg(ctx, 0));
	return 0;
}

#endif
