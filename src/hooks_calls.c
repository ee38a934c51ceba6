/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The ladder of the calls, one for each. An entry is a kprobe, which loses
 * nothing; the return comes from fexit, a kretprobe loses most of them under
 * load and is the last rung.
 */
#include "call.h"
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
#define FEXITS(name, call)                                \
	FEXIT(HOOK_NEEDED, name "_exit_1", call),         \
		FEXIT(HOOK_SPARE, name "_exit_2", call),  \
		FEXIT(HOOK_SPARE, name "_exit_3", call),  \
		FEXIT(HOOK_SPARE, name "_exit_4", call),  \
		FEXIT(HOOK_SPARE, name "_exit_5", call),  \
		FEXIT(HOOK_SPARE, name "_exit_6", call)
#define RUNG_FEXIT(id, name, program, call)                               \
	{                                                                 \
		.group = id,                                              \
		.exact = HOOK_EXACT,                                      \
		.gives = { [PROBE_CALLS] = "kprobe+fexit" },              \
		.hook = {                                                 \
			FEXITS(name, call),                               \
			{ HOOK_KRETPROBE, HOOK_SPARE, NO_LOSS,            \
			  "call_exit_kretprobe", call, 0 },               \
			{ HOOK_KRETPROBE_MULTI, HOOK_SPARE, NO_LOSS,      \
			  "call_exit_multi", call, 0 },                   \
			KPROBE(HOOK_NEEDED, LOST_CALLS, program, call),   \
		},                                                        \
	}
/* Without kprobes; an entry that is skipped is one of a call not logged. */
#define RUNG_FENTRY(id, name, call)                                       \
	{                                                                 \
		.group = id,                                              \
		.exact = HOOK_EXACT_UNPREEMPTED,                          \
		.gives = { [PROBE_CALLS] = "fentry+fexit" },              \
		.hook = {                                                 \
			FEXITS(name, call),                               \
			{ HOOK_KRETPROBE_MULTI, HOOK_SPARE, NO_LOSS,      \
			  "call_exit_multi", call, 0 },                   \
			{ HOOK_FENTRY, HOOK_NEEDED, LOST_CALLS,           \
			  name "_enter_fentry", call, 0 },                \
		},                                                        \
	}
#define RUNG_KRETPROBE(id, program, call)                                 \
	{                                                                 \
		.group = id,                                              \
		.exact = HOOK_INEXACT,                                    \
		.gives = { [PROBE_CALLS] = "kprobe+kretprobe" },          \
		.hook = {                                                 \
			{ HOOK_KRETPROBE, HOOK_NEEDED, LOST_CALLS,        \
			  "call_exit_kretprobe", call, 0 },               \
			KPROBE(HOOK_NEEDED, LOST_CALLS, program, call),   \
		},                                                        \
	}

/*
 * int 0x80 and 32-bit programs come by another entry. Before "mm: simplify
 * compat numa syscalls" and its like some calls had a compat one besides, and
 * which of both is in the table nobody tells: it may be one or the other.
 */
#define RUNG_FEXIT32(id, name, exit, call)                                \
	{                                                                 \
		.group = id,                                              \
		.exact = HOOK_EXACT,                                      \
		.hook = {                                                 \
			FEXIT(HOOK_NEEDED, name exit "1", call),          \
			FEXIT(HOOK_SPARE, name exit "2", call),           \
			KPROBE(HOOK_NEEDED, LOST_CALLS, name "_enter32",  \
			       call),                                     \
		},                                                        \
	}
#if defined(__x86_64__)
#define RUNGS32(id, name)                                                 \
	RUNG_FEXIT32(HOOKS_CALL32 + id, name, "_exit32_",                 \
		     "__ia32_sys_" name),                                 \
	RUNG_KRETPROBE(HOOKS_CALL32 + id, name "_enter32",                \
		       "__ia32_sys_" name),                               \
	RUNG_FEXIT32(HOOKS_COMPAT + id, name, "_exitc_",                  \
		     "__ia32_compat_sys_" name),                          \
	RUNG_KRETPROBE(HOOKS_COMPAT + id, name "_enter32",                \
		       "__ia32_compat_sys_" name),
#else
#define RUNGS32(id, name)
#endif

#define CALL_RUNGS(id, name)                                              \
	RUNG_FEXIT(HOOKS_CALL + id, name, name "_enter", SYSCALL(name)),  \
	RUNG_FENTRY(HOOKS_CALL + id, name, SYSCALL(name)),                \
	RUNG_KRETPROBE(HOOKS_CALL + id, name "_enter", SYSCALL(name)),    \
	RUNGS32(id, name)

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
			KPROBE(HOOK_NEEDED, NO_LOSS, "target_kprobe",
			       "security_task_movememory"),
		},
	},
	{
		.group = HOOKS_MASKS,
		.exact = HOOK_EXACT_UNPREEMPTED,
		.hook = {
			FEXIT(HOOK_OPTIONAL, "get_nodes_exit_1", "get_nodes"),
			FEXIT(HOOK_SPARE, "get_nodes_exit_2", "get_nodes"),
			{ HOOK_FENTRY, HOOK_OPTIONAL, NO_LOSS,
			  "nodes_used_fentry", "do_migrate_pages", 0 },
			{ HOOK_FENTRY, HOOK_NEEDED, NO_LOSS, "target_fentry",
			  "security_task_movememory", 0 },
		},
	},
	/* Without CONFIG_SECURITY nothing tells the target but the masks. */
	{
		.group = HOOKS_MASKS,
		.exact = HOOK_INEXACT,
		.hook = {
			FEXIT(HOOK_OPTIONAL, "get_nodes_exit_1", "get_nodes"),
			FEXIT(HOOK_SPARE, "get_nodes_exit_2", "get_nodes"),
			KPROBE(HOOK_OPTIONAL, NO_LOSS, "nodes_used_kprobe",
			       "do_migrate_pages"),
			KPROBE(HOOK_OPTIONAL, NO_LOSS, "nodes_used_kprobe",
			       "do_migrate_pages.part.0"),
		},
	},
	CALL_RUNGS(CALL_MIGRATE_PAGES, "migrate_pages")
	CALL_RUNGS(CALL_MOVE_PAGES, "move_pages")
	CALL_RUNGS(CALL_MBIND, "mbind")
	CALL_RUNGS(CALL_SET_MEMPOLICY, "set_mempolicy")
	CALL_RUNGS(CALL_SET_MEMPOLICY_HOME_NODE, "set_mempolicy_home_node")
	CALL_RUNGS(CALL_GET_MEMPOLICY, "get_mempolicy")
	{
		.group = HOOKS_CALL + CALL_CPUSET,
		.exact = HOOK_EXACT,
		.gives = { [PROBE_CALLS] = "kprobe+fexit" },
		.hook = {
			FEXIT(HOOK_NEEDED, "cpuset_exit_1",
			      "do_migrate_pages"),
			FEXIT(HOOK_SPARE, "cpuset_exit_2",
			      "do_migrate_pages"),
			KPROBE(HOOK_NEEDED, LOST_CALLS, "cpuset_enter",
			       "do_migrate_pages"),
		},
	},
	{ .hook = { { .kind = HOOK_NONE } } },
};

unsigned int hooks_without_calls(unsigned int calls)
{
	unsigned int others = CALLS_ALL & ~calls;

	return others << HOOKS_CALL | others << HOOKS_CALL32 |
	       others << HOOKS_COMPAT;
}
