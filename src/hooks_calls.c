/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The ladder of the calls, one for each. An entry is a kprobe, which loses
 * nothing; the return comes from fexit, a kretprobe loses most of them under
 * load and is the last rung.
 */
#include "hooks.h"

#if defined(__aarch64__)
#define SYSCALL(name) "__arm64_sys_" name
#else
#define SYSCALL(name) "__x64_sys_" name
#endif

/* A skipped program of these loses nothing that is counted. */
#define NO_LOSS LOST_COUNT

#define FEXIT(need, program, symbol) \
	{ HOOK_FEXIT, need, NO_LOSS, program, symbol, 0 }
#define KPROBE(need, loss, program, symbol) \
	{ HOOK_KPROBE, need, loss, program, symbol, 0 }

/*
 * The first is needed; the others catch what it skips (probes_calls.bpf.h), so
 * that what counts as lost is a call found left, not a skip. The entry comes
 * after the return, so that no call begins whose end is not seen.
 */
#define CALL_RUNGS(id, name)                                              \
	{                                                                 \
		.group = HOOKS_CALL + id,                                 \
		.exact = HOOK_EXACT,                                      \
		.gives = { [PROBE_CALLS] = "kprobe+fexit" },              \
		.hook = {                                                 \
			FEXIT(HOOK_NEEDED, name "_exit_1", SYSCALL(name)), \
			FEXIT(HOOK_SPARE, name "_exit_2", SYSCALL(name)), \
			FEXIT(HOOK_SPARE, name "_exit_3", SYSCALL(name)), \
			FEXIT(HOOK_SPARE, name "_exit_4", SYSCALL(name)), \
			KPROBE(HOOK_NEEDED, LOST_CALLS, name "_enter",    \
			       SYSCALL(name)),                            \
		},                                                        \
	},                                                                \
	{                                                                 \
		.group = HOOKS_CALL + id,                                 \
		.exact = HOOK_INEXACT,                                    \
		.gives = { [PROBE_CALLS] = "kprobe+kretprobe" },          \
		.hook = {                                                 \
			{ HOOK_KRETPROBE, HOOK_NEEDED, LOST_CALLS,        \
			  "call_exit_kretprobe", SYSCALL(name), 0 },      \
			KPROBE(HOOK_NEEDED, LOST_CALLS, name "_enter",    \
			       SYSCALL(name)),                            \
		},                                                        \
	}

const struct hook_rung hook_rungs_calls[] = {
	{
		.group = HOOKS_MASKS,
		.exact = HOOK_EXACT,
		.hook = {
			FEXIT(HOOK_OPTIONAL, "get_nodes_exit_1", "get_nodes"),
			FEXIT(HOOK_SPARE, "get_nodes_exit_2", "get_nodes"),
			KPROBE(HOOK_OPTIONAL, NO_LOSS, "nodes_used_kprobe",
			       "do_migrate_pages"),
			/* gcc's partial copy, which 5.10's call uses */
			KPROBE(HOOK_OPTIONAL, NO_LOSS, "nodes_used_kprobe",
			       "do_migrate_pages.part.0"),
			KPROBE(HOOK_OPTIONAL, NO_LOSS, "target_kprobe",
			       "security_task_movememory"),
		},
	},
	CALL_RUNGS(CALL_MIGRATE_PAGES, "migrate_pages"),
	CALL_RUNGS(CALL_MOVE_PAGES, "move_pages"),
	CALL_RUNGS(CALL_MBIND, "mbind"),
	{ .hook = { { .kind = HOOK_NONE } } },
};
