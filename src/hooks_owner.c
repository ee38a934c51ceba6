/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The ladder of the owner. remove_migration_pte() is asked for each vma that
 * may map the folio again; which of them does is said by its tracepoint
 * (5.19 and later), before that for anonymous memory by
 * page_add_anon_rmap(page, vma, ...).
 */
#include "hooks.h"

#include "bpf/mptop.h"

#define OWNER(kind, need, program, symbol) \
	{ kind, need, LOST_FLOW_PAGES, program, symbol, 0 }

#define ASKED "remove_migration_pte"
#define DONE_TRACEPOINTS                                                \
	OWNER(HOOK_TRACEPOINT, HOOK_NEEDED, "mapping_done_pte",         \
	      "migrate/remove_migration_pte"),                          \
	OWNER(HOOK_TRACEPOINT, HOOK_OPTIONAL, "mapping_done_pmd",       \
	      "thp/remove_migration_pmd")
#define DONE_BTF                                                        \
	OWNER(HOOK_TP_BTF, HOOK_NEEDED, "mapping_done_pte_btf_1",       \
	      "remove_migration_pte"),                                  \
	OWNER(HOOK_TP_BTF, HOOK_OPTIONAL, "mapping_done_pmd_btf_1",     \
	      "remove_migration_pmd"),                                  \
	OWNER(HOOK_TP_BTF, HOOK_SPARE, "mapping_done_pte_btf_2",        \
	      "remove_migration_pte"),                                  \
	OWNER(HOOK_TP_BTF, HOOK_SPARE, "mapping_done_pmd_btf_2",        \
	      "remove_migration_pmd")
#define DONE_ANON(kind, program)                                        \
	OWNER(kind, HOOK_NEEDED, program, "page_add_anon_rmap"),        \
	OWNER(kind, HOOK_OPTIONAL, program, "hugepage_add_anon_rmap")

#define RUNG(exactness, name, ...)                      \
	{                                               \
		.group = HOOKS_OWNER,                   \
		.exact = exactness,                     \
		.gives = { [PROBE_OWNER] = name },      \
		.hook = { __VA_ARGS__ },                \
	}

const struct hook_rung hook_rungs_owner[] = {
	RUNG(HOOK_EXACT_UNPREEMPTED, "fentry", DONE_BTF,
	     OWNER(HOOK_FENTRY, HOOK_NEEDED, "mapping_asked_fentry", ASKED)),
	RUNG(HOOK_EXACT, "kprobe.multi", DONE_TRACEPOINTS,
	     { HOOK_KPROBE_MULTI, HOOK_NEEDED, LOST_FLOW_PAGES, "entry_multi",
	       ASKED, MPTOP_MAPPING_ASKED }),
	RUNG(HOOK_EXACT, "kprobe", DONE_TRACEPOINTS,
	     OWNER(HOOK_KPROBE, HOOK_NEEDED, "mapping_asked_kprobe", ASKED)),
	RUNG(HOOK_EXACT, "kprobe",
	     DONE_ANON(HOOK_KPROBE, "mapping_anon_kprobe"),
	     OWNER(HOOK_KPROBE, HOOK_NEEDED, "mapping_asked_kprobe", ASKED)),
	RUNG(HOOK_SPARED, "kprobe.multi", DONE_BTF,
	     { HOOK_KPROBE_MULTI, HOOK_NEEDED, LOST_FLOW_PAGES, "entry_multi",
	       ASKED, MPTOP_MAPPING_ASKED }),
	RUNG(HOOK_SPARED, "kprobe", DONE_BTF,
	     OWNER(HOOK_KPROBE, HOOK_NEEDED, "mapping_asked_kprobe", ASKED)),
	{ .hook = { { .kind = HOOK_NONE } } },
};
