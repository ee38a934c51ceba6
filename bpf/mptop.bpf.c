/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The probes: one stub each over the workers in pages.bpf.h and calls.bpf.h.
 * Which of them run, and on which symbol, is decided in user space
 * (src/hooks.c); none is loaded on its own account.
 */
#include "calls.bpf.h"

/* migrate_pages(from, get_new, put_new, private, mode, reason, ...) */
SEC("?kprobe")
int batch_begin_kprobe(struct pt_regs *ctx)
{
	batch_begin(PT_REGS_SP(ctx), KERNEL_PARM6(ctx));
	return 0;
}

SEC("?tp/migrate/mm_migrate_pages")
int batch_end_tp(struct trace_event_raw_mm_migrate_pages *ctx)
{
	batch_end(ctx->succeeded, ctx->failed, ctx->reason);
	return 0;
}

/*
 * The payload grew from 4 to 7 and 8 values (5.10, 6.8): user space tells
 * where the reason is.
 */
SEC("?tp_btf/mm_migrate_pages")
int batch_only_btf(__u64 *ctx)
{
	if (tp_arg_reason == 3)
		batch_only(ctx[0], ctx[1], ctx[3]);
	else if (tp_arg_reason == 6)
		batch_only(ctx[0], ctx[1], ctx[6]);
	else if (tp_arg_reason == 7)
		batch_only(ctx[0], ctx[1], ctx[7]);
	return 0;
}

/* folio_migrate_flags(newfolio, folio), migrate_page_states(new, old) */
SEC("?kprobe")
int folio_moved_kprobe(struct pt_regs *ctx)
{
	folio_moved(PT_REGS_PARM1(ctx), PT_REGS_PARM2(ctx));
	return 0;
}

/* remove_migration_pte(dst, vma, address, src) */
SEC("?kprobe")
int mapping_asked_kprobe(struct pt_regs *ctx)
{
	mapping_asked(PT_REGS_PARM1(ctx), PT_REGS_PARM2(ctx));
	return 0;
}

SEC("?tp/migrate/remove_migration_pte")
int mapping_done_pte(void *ctx)
{
	mapping_done();
	return 0;
}

SEC("?tp/thp/remove_migration_pmd")
int mapping_done_pmd(void *ctx)
{
	mapping_done();
	return 0;
}

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
 * The end of a call. A program that was preempted on a CPU is skipped there
 * until it goes on: with preempt=full one copy lost 71 of 1,280 returns of 64
 * threads. The guard is each program's own, and the first copy that runs ends
 * the call, so a return is lost only if threads were preempted in all four.
 */
#define CALL_EXIT(name, number)                                            \
	SEC("?fexit") int name(__u64 *ctx)                                 \
	{                                                                  \
		if (!call_end(ctx[1]))                                     \
			call_missed((const void *)ctx[0], number, ctx[1]); \
		return 0;                                                  \
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

char LICENSE[] SEC("license") = "GPL";
