/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The probes of pages: a stub each over the workers in pages.bpf.h. What has
 * several kinds of hook is there once for each; a number at the end is a
 * copy, for what the first one is skipped at.
 */
#ifndef MPTOP_PROBES_PAGES_BPF_H
#define MPTOP_PROBES_PAGES_BPF_H

#include "pages.bpf.h"

/* migrate_pages(from, get_new, put_new, private, mode, reason, ...) */
SEC("?kprobe")
int batch_begin_kprobe(struct pt_regs *ctx)
{
	batch_begin(PT_REGS_SP(ctx), KERNEL_PARM6(ctx));
	return 0;
}

/* mm_migrate_pages_start(mode, reason); its arguments are on the stack */
SEC("?tp_btf/mm_migrate_pages_start")
int batch_begin_btf(__u64 *ctx)
{
	batch_begin((__u64)ctx, ctx[1]);
	return 0;
}

SEC("?tp/migrate/mm_migrate_pages")
int batch_end_tp(struct trace_event_raw_mm_migrate_pages *ctx)
{
	batch_end(ctx->succeeded, ctx->failed, ctx->reason);
	return 0;
}

/*
 * mm_migrate_pages(succeeded, failed, ..., reason): it grew from 4 to 7 and 8
 * values (5.10, 6.8), and user space tells where the reason is.
 */
static __always_inline __u32 end_reason(const __u64 *ctx)
{
	__u32 reason = MPTOP_REASONS - 1;

	/* One load each: no program may add to its context's address. */
	if (tp_arg_reason == 3) {
		reason = ctx[3];
		opaque(reason);
	} else if (tp_arg_reason == 6) {
		reason = ctx[6];
		opaque(reason);
	} else if (tp_arg_reason == 7) {
		reason = ctx[7];
		opaque(reason);
	}
	return reason;
}

#define BATCH_END_BTF(n)                                            \
	SEC("?tp_btf/mm_migrate_pages")                             \
	int batch_end_btf_##n(__u64 *ctx)                           \
	{                                                           \
		if (end_is_new((__u64)ctx))                         \
			batch_end(ctx[0], ctx[1], end_reason(ctx)); \
		return 0;                                           \
	}

BATCH_END_BTF(1)
BATCH_END_BTF(2)
BATCH_END_BTF(3)

SEC("?tp_btf/mm_migrate_pages")
int batch_only_btf(__u64 *ctx)
{
	batch_only(ctx[0], ctx[1], end_reason(ctx));
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
