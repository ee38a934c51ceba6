/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The ladder. What counts pages is a kprobe at entry, which loses nothing;
 * fentry and tp_btf skip where the same program was preempted. The end of a
 * batch is perf's tracepoint for the same reason. Returns of calls come from
 * fexit; a kretprobe loses most of them under load and is the last rung.
 */
#include "hooks.h"

#include <string.h>

#if defined(__aarch64__)
#define SYSCALL(name) "__arm64_sys_" name
#else
#define SYSCALL(name) "__x64_sys_" name
#endif

/* A skipped program of these loses nothing that is counted. */
#define NO_LOSS LOST_COUNT

#define PAGES_RUNG(folio_symbol)                                           \
	{                                                                  \
		.group = HOOKS_PAGES,                                      \
		.gives = {                                                 \
			[PROBE_FOLIOS] = "kprobe",                         \
			[PROBE_REASON] = "kprobe",                         \
			[PROBE_LATENCY] = "kprobe",                        \
			[PROBE_FAILURES] = "tracepoint",                   \
		},                                                         \
		.hook = {                                                  \
			{ HOOK_TRACEPOINT, HOOK_NEEDED, LOST_FOLIOS,       \
			  "batch_end_tp", "migrate/mm_migrate_pages" },    \
			{ HOOK_KPROBE, HOOK_NEEDED, LOST_FOLIOS,           \
			  "batch_begin_kprobe", "migrate_pages" },         \
			{ HOOK_KPROBE, HOOK_NEEDED, LOST_FOLIOS,           \
			  "folio_moved_kprobe", folio_symbol },            \
		},                                                         \
	}

#define FEXIT(need, program, symbol) \
	{ HOOK_FEXIT, need, NO_LOSS, program, symbol }
#define KPROBE(need, loss, program, symbol) \
	{ HOOK_KPROBE, need, loss, program, symbol }
#define KRETPROBE(call)                                                \
	{ HOOK_KRETPROBE, HOOK_NEEDED, LOST_CALLS, "call_exit_kretprobe", \
	  SYSCALL(call) }

/*
 * The first is needed; the others catch what it skips (bpf/mptop.bpf.c), so
 * that what counts as lost is a call found left, not a skip.
 */
#define FEXITS(call)                                          \
	FEXIT(HOOK_NEEDED, call "_exit_1", SYSCALL(call)),    \
		FEXIT(HOOK_SPARE, call "_exit_2", SYSCALL(call)), \
		FEXIT(HOOK_SPARE, call "_exit_3", SYSCALL(call)), \
		FEXIT(HOOK_SPARE, call "_exit_4", SYSCALL(call))

/* After the returns, so that no call begins whose end is not seen. */
#define CALL_ENTRIES                                                       \
	FEXIT(HOOK_OPTIONAL, "get_nodes_exit_1", "get_nodes"),             \
		FEXIT(HOOK_SPARE, "get_nodes_exit_2", "get_nodes"),        \
		KPROBE(HOOK_OPTIONAL, NO_LOSS, "nodes_used_kprobe",        \
		       "do_migrate_pages"),                                \
		KPROBE(HOOK_OPTIONAL, NO_LOSS, "nodes_used_kprobe",        \
		       "do_migrate_pages.part.0"),                         \
		KPROBE(HOOK_OPTIONAL, NO_LOSS, "target_kprobe",            \
		       "security_task_movememory"),                        \
		KPROBE(HOOK_NEEDED, LOST_CALLS, "migrate_pages_enter",     \
		       SYSCALL("migrate_pages")),                          \
		KPROBE(HOOK_NEEDED, LOST_CALLS, "move_pages_enter",        \
		       SYSCALL("move_pages")),                             \
		KPROBE(HOOK_NEEDED, LOST_CALLS, "mbind_enter",             \
		       SYSCALL("mbind"))

static const struct hook_rung hook_rungs[] = {
	/* 5.16 to 5.19 have both symbols, and one calls the other. */
	PAGES_RUNG("folio_migrate_flags"),
	PAGES_RUNG("migrate_page_states"),
	{
		.group = HOOKS_PAGES,
		.gives = {
			[PROBE_REASON] = "tp_btf",
			[PROBE_FAILURES] = "tp_btf",
		},
		.hook = {
			{ HOOK_TP_BTF, HOOK_NEEDED, LOST_FOLIOS,
			  "batch_only_btf", "mm_migrate_pages" },
		},
	},
	{
		.group = HOOKS_OWNER,
		.gives = { [PROBE_OWNER] = "kprobe" },
		.hook = {
			{ HOOK_TRACEPOINT, HOOK_NEEDED, LOST_FLOW_PAGES,
			  "mapping_done_pte", "migrate/remove_migration_pte" },
			{ HOOK_TRACEPOINT, HOOK_OPTIONAL, LOST_FLOW_PAGES,
			  "mapping_done_pmd", "thp/remove_migration_pmd" },
			KPROBE(HOOK_NEEDED, LOST_FLOW_PAGES,
			       "mapping_asked_kprobe", "remove_migration_pte"),
		},
	},
	{
		.group = HOOKS_CALLS,
		.gives = { [PROBE_CALLS] = "kprobe+fexit" },
		.hook = {
			FEXITS("migrate_pages"),
			FEXITS("move_pages"),
			FEXITS("mbind"),
			CALL_ENTRIES,
		},
	},
	{
		.group = HOOKS_CALLS,
		.gives = { [PROBE_CALLS] = "kprobe+kretprobe" },
		.hook = {
			KRETPROBE("migrate_pages"),
			KRETPROBE("move_pages"),
			KRETPROBE("mbind"),
			CALL_ENTRIES,
		},
	},
};

static bool rung_stands(const struct hook_rung *rung, hook_exists exists,
			void *context, unsigned int without)
{
	const struct hook *hook;

	for (hook = rung->hook; hook->kind; hook++) {
		if (hook->need != HOOK_NEEDED)
			continue;
		if (without & HOOK_BIT(hook->kind))
			return false;
		if (!exists(context, hook->kind, hook->symbol))
			return false;
	}
	return true;
}

void hooks_choose(struct hook_plan *plan, hook_exists exists, void *context,
		  unsigned int without)
{
	const struct hook_rung *rung, *pages;
	size_t i;

	memset(plan, 0, sizeof(*plan));
	for (i = 0; i < sizeof(hook_rungs) / sizeof(*hook_rungs); i++) {
		rung = &hook_rungs[i];
		if (!plan->rung[rung->group] &&
		    rung_stands(rung, exists, context, without))
			plan->rung[rung->group] = rung;
	}
	pages = plan->rung[HOOKS_PAGES];
	if (!pages || !pages->gives[PROBE_FOLIOS])
		plan->rung[HOOKS_OWNER] = NULL;
}

const char *hooks_probe(const struct hook_plan *plan, enum sample_probe datum)
{
	int group;

	for (group = 0; group < HOOKS_GROUPS; group++)
		if (plan->rung[group] && plan->rung[group]->gives[datum])
			return plan->rung[group]->gives[datum];
	return NULL;
}

const char *hook_kind_name(enum hook_kind kind)
{
	static const char *const name[HOOK_KIND_COUNT] = {
		[HOOK_NONE] = "none",
		[HOOK_KPROBE] = "kprobe",
		[HOOK_KRETPROBE] = "kretprobe",
		[HOOK_TRACEPOINT] = "tracepoint",
		[HOOK_TP_BTF] = "tp_btf",
		[HOOK_FEXIT] = "fexit",
	};

	return name[kind];
}
