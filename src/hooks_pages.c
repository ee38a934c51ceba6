/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The ladder of the pages: folios with their nodes, and the batches they are
 * moved in. Where the kernel cannot preempt, fentry and tp_btf are as exact as
 * kprobes and cost half; the end of a batch is hooked before its beginning.
 */
#include "hooks.h"

#include "bpf/mptop.h"

#define FOLIOS(kind)                 \
	[PROBE_FOLIOS] = kind,       \
	[PROBE_REASON] = kind,       \
	[PROBE_LATENCY] = kind

/* Where both exist (5.16 to 5.19) one calls the other: the newer is hooked. */
#define NEW_FOLIO "folio_migrate_flags"
#define OLD_FOLIO "migrate_page_states"

#define END_TRACEPOINT                                     \
	{ HOOK_TRACEPOINT, HOOK_NEEDED, LOST_FOLIOS,       \
	  "batch_end_tp", "migrate/mm_migrate_pages", 0 }
#define END_BTF(need, n)                                   \
	{ HOOK_TP_BTF, need, LOST_FOLIOS, "batch_end_btf_" n, \
	  "mm_migrate_pages", 0 }
#define END_BTF_ALL                   \
	END_BTF(HOOK_NEEDED, "1"),    \
	END_BTF(HOOK_SPARE, "2"),     \
	END_BTF(HOOK_SPARE, "3")
#define BEGIN_BTF                                          \
	{ HOOK_TP_BTF, HOOK_NEEDED, LOST_FOLIOS,           \
	  "batch_begin_btf", "mm_migrate_pages_start", 0 }
#define BEGIN_KPROBE                                       \
	{ HOOK_KPROBE, HOOK_NEEDED, LOST_FOLIOS,           \
	  "batch_begin_kprobe", "migrate_pages", 0 }
#define MOVED_KPROBE(symbol)                               \
	{ HOOK_KPROBE, HOOK_NEEDED, LOST_FOLIOS,           \
	  "folio_moved_kprobe", symbol, 0 }
#define MOVED_FENTRY(symbol)                               \
	{ HOOK_FENTRY, HOOK_NEEDED, LOST_FOLIOS,           \
	  "folio_moved_fentry", symbol, 0 }
#define MULTI(point, symbol)                               \
	{ HOOK_KPROBE_MULTI, HOOK_NEEDED, LOST_FOLIOS,     \
	  "entry_multi", symbol, point }

/*
 * Up to 5.13 a NUMA hint fault moves a THP outside of migrate_pages(). Its
 * return is only asked for what failed, so a missed one loses no page.
 */
#define THP_NUMA "migrate_misplaced_transhuge_page"
#define THP_HOOKS                                              \
	{ HOOK_KRETPROBE, HOOK_OPTIONAL, LOST_COUNT,           \
	  "thp_numa_end_kretprobe", THP_NUMA, 0 },             \
	{ HOOK_KPROBE, HOOK_OPTIONAL, LOST_FOLIOS,             \
	  "thp_numa_begin_kprobe", THP_NUMA, 0 }

const struct hook_rung hook_rungs_pages[] = {
	{
		.group = HOOKS_PAGES,
		.exact = HOOK_EXACT_UNPREEMPTED,
		.gives = { FOLIOS("fentry"), [PROBE_FAILURES] = "tp_btf" },
		.hook = { END_BTF_ALL, BEGIN_BTF, MOVED_FENTRY(NEW_FOLIO) },
	},
	{
		.group = HOOKS_PAGES,
		.exact = HOOK_EXACT_UNPREEMPTED,
		.gives = { FOLIOS("fentry"), [PROBE_FAILURES] = "tp_btf" },
		.hook = { END_BTF_ALL, THP_HOOKS, BEGIN_KPROBE,
			  MOVED_FENTRY(OLD_FOLIO) },
	},
	{
		.group = HOOKS_PAGES,
		.exact = HOOK_EXACT,
		.gives = { FOLIOS("kprobe.multi"),
			   [PROBE_FAILURES] = "tracepoint" },
		.hook = { END_TRACEPOINT,
			  MULTI(MPTOP_BATCH_BEGIN, "migrate_pages"),
			  MULTI(MPTOP_FOLIO_MOVED, NEW_FOLIO) },
	},
	{
		.group = HOOKS_PAGES,
		.exact = HOOK_EXACT,
		.gives = { FOLIOS("kprobe"), [PROBE_FAILURES] = "tracepoint" },
		.hook = { END_TRACEPOINT, BEGIN_KPROBE,
			  MOVED_KPROBE(NEW_FOLIO) },
	},
	{
		.group = HOOKS_PAGES,
		.exact = HOOK_EXACT,
		.gives = { FOLIOS("kprobe"), [PROBE_FAILURES] = "tracepoint" },
		.hook = { END_TRACEPOINT, THP_HOOKS, BEGIN_KPROBE,
			  MOVED_KPROBE(OLD_FOLIO) },
	},
	/*
	 * Without tracefs, which CAP_BPF and CAP_PERFMON do not open, and
	 * without perf_event_open(2), which Debian refuses to them.
	 */
	{
		.group = HOOKS_PAGES,
		.exact = HOOK_SPARED,
		.gives = { FOLIOS("kprobe.multi"),
			   [PROBE_FAILURES] = "tp_btf" },
		.hook = { END_BTF_ALL,
			  MULTI(MPTOP_BATCH_BEGIN, "migrate_pages"),
			  MULTI(MPTOP_FOLIO_MOVED, NEW_FOLIO) },
	},
	{
		.group = HOOKS_PAGES,
		.exact = HOOK_SPARED,
		.gives = { FOLIOS("kprobe"), [PROBE_FAILURES] = "tp_btf" },
		.hook = { END_BTF_ALL, BEGIN_KPROBE, MOVED_KPROBE(NEW_FOLIO) },
	},
	{
		.group = HOOKS_PAGES,
		.exact = HOOK_SPARED,
		.gives = { FOLIOS("kprobe"), [PROBE_FAILURES] = "tp_btf" },
		.hook = { END_BTF_ALL, THP_HOOKS, BEGIN_KPROBE,
			  MOVED_KPROBE(OLD_FOLIO) },
	},
	{
		.group = HOOKS_PAGES,
		.exact = HOOK_INEXACT,
		.gives = { [PROBE_REASON] = "tp_btf",
			   [PROBE_FAILURES] = "tp_btf" },
		.hook = { { HOOK_TP_BTF, HOOK_NEEDED, LOST_FOLIOS,
			    "batch_only_btf", "mm_migrate_pages", 0 } },
	},
	{ .hook = { { .kind = HOOK_NONE } } },
};
