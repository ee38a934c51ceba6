/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The probes of calls: a stub each over the workers in calls.bpf.h. */
#ifndef MPTOP_PROBES_CALLS_BPF_H
#define MPTOP_PROBES_CALLS_BPF_H

#include "calls.bpf.h"

/* migrate_pages(pid, maxnode, old_nodes, new_nodes) */
SEC("?kprobe")
int migrate_pages_enter(struct pt_regs *ctx)
{
	struct mptop_call *call =
		call_begin((void *)PT_REGS_PARM1(ctx), MPTOP_MIGRATE_PAGES);

	if (call) {
		call_entry_mask(call, MPTOP_ENTRY_OLD, call->arg[2],
				call->arg[1]);
		call_entry_mask(call, MPTOP_ENTRY_NEW, call->arg[3],
				call->arg[1]);
	}
	return 0;
}

/* move_pages(pid, count, pages, nodes, status, flags) */
SEC("?kprobe")
int move_pages_enter(struct pt_regs *ctx)
{
	struct mptop_call *call =
		call_begin((void *)PT_REGS_PARM1(ctx), MPTOP_MOVE_PAGES);

	if (call)
		call_entry_nodes(call);
	return 0;
}

/* mbind(start, len, mode, nmask, maxnode, flags) */
SEC("?kprobe")
int mbind_enter(struct pt_regs *ctx)
{
	struct mptop_call *call =
		call_begin((void *)PT_REGS_PARM1(ctx), MPTOP_MBIND);

	if (call)
		call_entry_mask(call, MPTOP_ENTRY_NEW, call->arg[3],
				call->arg[4]);
	return 0;
}

/*
 * The wrapper's argument, by a copy: the verifier of 5.10 does not let it be
 * loaded where BTF has the type of registers as a forward declaration only.
 */
static __always_inline const struct pt_regs *exit_regs(const __u64 *ctx)
{
	const struct pt_regs *regs = NULL;

	bpf_probe_read_kernel(&regs, sizeof(regs), ctx);
	return regs;
}

/*
 * The end of a call. A program that was preempted on a CPU is skipped there
 * until it goes on: with preempt=full one copy lost 71 of 1,280 returns of 64
 * threads. The guard is each program's own, and the first copy that runs ends
 * the call, so a return is lost only if threads were preempted in all four.
 */
#define CALL_EXIT(name, number)                                \
	SEC("?fexit") int name(__u64 *ctx)                     \
	{                                                      \
		if (!call_end(ctx[1]))                         \
			call_missed(exit_regs(ctx), number,    \
				    ctx[1]);                   \
		return 0;                                      \
	}
#define CALL_EXITS(name, number)         \
	CALL_EXIT(name##_exit_1, number) \
	CALL_EXIT(name##_exit_2, number) \
	CALL_EXIT(name##_exit_3, number) \
	CALL_EXIT(name##_exit_4, number)

CALL_EXITS(migrate_pages, MPTOP_MIGRATE_PAGES)
CALL_EXITS(move_pages, MPTOP_MOVE_PAGES)
CALL_EXITS(mbind, MPTOP_MBIND)

/* The last rung for returns: loses some, which calls_lost counts. */
SEC("?kretprobe")
int call_exit_kretprobe(struct pt_regs *ctx)
{
	call_end(PT_REGS_RC(ctx));
	return 0;
}

/* get_nodes(nodes, nmask, maxnode) = ctx[3]; twice for the same reason */
#define COPY_EXIT(name)                                \
	SEC("?fexit") int name(__u64 *ctx)             \
	{                                              \
		if (!(int)ctx[3])                      \
			call_copied((void *)ctx[0]);   \
		return 0;                              \
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

/* security_task_movememory(p): the target, in the initial pid namespace */
SEC("?kprobe")
int target_kprobe(struct pt_regs *ctx)
{
	struct mptop_call *call = call_of_thread();

	if (call)
		call_target(call, (void *)PT_REGS_PARM1(ctx));
	return 0;
}

#endif
