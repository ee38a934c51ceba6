/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The probes of pages: a stub each over the workers in batch,
 * pages and thp.bpf.h. What has several kinds of hook is there once for each;
 * a number at the end is a copy, for what the first one is skipped at.
 */
#ifndef MPTOP_PROBES_PAGES_BPF_H
#define MPTOP_PROBES_PAGES_BPF_H

#include "stacks.bpf.h"
#include "thp.bpf.h"

/* migrate_pages(from, get_new, put_new, private, mode, reason, ...) */
SEC("?kprobe")
int batch_begin_kprobe(struct pt_regs *ctx)
{
	batch_begin(PT_REGS_SP(ctx), KERNEL_PARM6(ctx));
	stack_batch(ctx, KERNEL_PARM6(ctx));
	return 0;
}

/* mm_migrate_pages_start(mode, reason); its arguments are on the stack */
SEC("?tp_btf/mm_migrate_pages_start")
int batch_begin_btf(__u64 *ctx)
{
	batch_begin((__u64)ctx, ctx[1]);
	stack_batch(ctx, ctx[1]);
	return 0;
}

SEC("?tp/migrate/mm_migrate_pages")
int batch_end_tp(struct trace_event_raw_mm_migrate_pages *ctx)
{
	if (bpf_core_field_exists(ctx->thp_split) && ctx->thp_split)
		add(stats.thp_split, ctx->thp_split);
	if (bpf_core_field_exists(ctx->large_folio_split) &&
	    ctx->large_folio_split)
		add(stats.large_folio_split, ctx->large_folio_split);
	batch_end(ctx->succeeded, ctx->failed, ctx->mode,
		  kernel_event_reason(ctx));
	return 0;
}

/*
 * mm_migrate_pages(succeeded, failed, ..., mode, reason): it grew from 4 to 7
 * and 8 values (5.10, 6.8), and user space tells where the reason is.
 */
struct end_tail {
	__u32 mode;
	__u32 reason;
	__u64 thp_split;
	__u64 large_folio_split;
};

/* One load each: no program may add to its context's address. */
#define END_TAIL(at)                     \
	do {                             \
		tail->mode = ctx[at - 1]; \
		opaque(tail->mode);      \
		tail->reason = ctx[at];  \
		opaque(tail->reason);    \
	} while (0)

static __always_inline void end_read(const __u64 *ctx, struct end_tail *tail)
{
	tail->mode = ~0U; /* not MIGRATE_ASYNC, which is 0 */
	tail->reason = MPTOP_REASONS - 1;
	tail->thp_split = 0;
	tail->large_folio_split = 0;
	if (tp_arg_reason == 3) {
		END_TAIL(3);
	} else if (tp_arg_reason == 6) {
		END_TAIL(6);
		tail->thp_split = ctx[4];
	} else if (tp_arg_reason == 7) {
		END_TAIL(7);
		tail->thp_split = ctx[4];
		tail->large_folio_split = ctx[5];
	}
	if (tail->thp_split)
		add(stats.thp_split, tail->thp_split);
	if (tail->large_folio_split)
		add(stats.large_folio_split, tail->large_folio_split);
}

#define BATCH_END_BTF(n)                                                  \
	SEC("?tp_btf/mm_migrate_pages")                                   \
	int batch_end_btf_##n(__u64 *ctx)                                 \
	{                                                                 \
		struct end_tail tail;                                     \
                                                                          \
		if (!end_is_new((__u64)ctx))                              \
			return 0;                                         \
		end_read(ctx, &tail);                                     \
		batch_end(ctx[0], ctx[1], tail.mode, tail.reason);        \
		return 0;                                                 \
	}

BATCH_END_BTF(1)
BATCH_END_BTF(2)
BATCH_END_BTF(3)

SEC("?tp_btf/mm_migrate_pages")
int batch_only_btf(__u64 *ctx)
{
	struct end_tail tail;

	end_read(ctx, &tail);
	batch_only(ctx[0], ctx[1], tail.reason);
	return 0;
}

/* migrate_pages(from, ...) = what follows its 6 or 7 arguments */
static __always_inline int return_read(const __u64 *ctx)
{
	__u64 ret;

	if (batch_args > 6) {
		ret = ctx[7];
		opaque(ret);
	} else {
		ret = ctx[6];
		opaque(ret);
	}
	return (int)ret;
}

#define BATCH_RETURN(name)                                              \
	SEC("?fexit")                                                   \
	int name(__u64 *ctx)                                            \
	{                                                               \
		failures_return((const void *)ctx[0], return_read(ctx)); \
		return 0;                                               \
	}

BATCH_RETURN(batch_return_1)
BATCH_RETURN(batch_return_2)

/* move_to_new_folio(dst, src, mode) = ctx[3]; before 5.19 with pages */
SEC("?fexit")
int folio_failed_exit(__u64 *ctx)
{
	int ret = ctx[3];

	if (ret < 0)
		folio_failed(ctx[1], ctx[2], -ret);
	return 0;
}

/* folio_migrate_flags(newfolio, folio), migrate_page_states(new, old) */
SEC("?kprobe")
int folio_moved_kprobe(struct pt_regs *ctx)
{
	folio_moved((void *)PT_REGS_PARM1(ctx), (void *)PT_REGS_PARM2(ctx),
		    false);
	return 0;
}

SEC("?fentry")
int folio_moved_fentry(__u64 *ctx)
{
	folio_moved((void *)ctx[0], (void *)ctx[1], true);
	return 0;
}

/* remove_migration_pte(dst, vma, address, src) */
SEC("?kprobe")
int mapping_asked_kprobe(struct pt_regs *ctx)
{
	mapping_asked((void *)PT_REGS_PARM1(ctx), (void *)PT_REGS_PARM2(ctx),
		      false);
	return 0;
}

SEC("?fentry")
int mapping_asked_fentry(__u64 *ctx)
{
	mapping_asked((void *)ctx[0], (void *)ctx[1], true);
	return 0;
}

#define MAPPING_DONE(section, name) \
	SEC(section)                \
	int name(void *ctx)         \
	{                           \
		mapping_done();     \
		return 0;           \
	}

MAPPING_DONE("?tp/migrate/remove_migration_pte", mapping_done_pte)
MAPPING_DONE("?tp/thp/remove_migration_pmd", mapping_done_pmd)
MAPPING_DONE("?tp_btf/remove_migration_pte", mapping_done_pte_btf_1)
MAPPING_DONE("?tp_btf/remove_migration_pmd", mapping_done_pmd_btf_1)
MAPPING_DONE("?tp_btf/remove_migration_pte", mapping_done_pte_btf_2)
MAPPING_DONE("?tp_btf/remove_migration_pmd", mapping_done_pmd_btf_2)

/* page_add_anon_rmap(page, vma, ...), hugepage_add_anon_rmap(page, vma, ...) */
SEC("?kprobe")
int mapping_anon_kprobe(struct pt_regs *ctx)
{
	mapping_anon((void *)PT_REGS_PARM1(ctx), (void *)PT_REGS_PARM2(ctx));
	return 0;
}

/* migrate_misplaced_transhuge_page(mm, vma, pmd, entry, address, page, node) */
SEC("?kprobe")
int thp_numa_begin_kprobe(struct pt_regs *ctx)
{
	thp_begin(PT_REGS_SP(ctx), (void *)KERNEL_PARM6(ctx));
	return 0;
}

SEC("?kretprobe")
int thp_numa_end_kretprobe(struct pt_regs *ctx)
{
	thp_end();
	return 0;
}

/* All that is hooked at an entry, by one link; the cookie says which it is. */
SEC("?kprobe.multi")
int entry_multi(struct pt_regs *ctx)
{
	switch (bpf_get_attach_cookie(ctx)) {
	case MPTOP_BATCH_BEGIN:
		batch_begin(PT_REGS_SP(ctx), KERNEL_PARM6(ctx));
		stack_batch(ctx, KERNEL_PARM6(ctx));
		break;
	case MPTOP_FOLIO_MOVED:
		folio_moved((void *)PT_REGS_PARM1(ctx),
			    (void *)PT_REGS_PARM2(ctx), false);
		break;
	case MPTOP_MAPPING_ASKED:
		mapping_asked((void *)PT_REGS_PARM1(ctx),
			      (void *)PT_REGS_PARM2(ctx), false);
		break;
	}
	return 0;
}

#endif
