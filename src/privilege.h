/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Rights: what attaching needs, and giving them up right after it. Whatever
 * takes rights to open, map or read (probes, maps, the fdinfo of programs,
 * /proc/kallsyms) is opened by the source's opening function, before the drop;
 * nothing is opened with rights later.
 *
 * What is kept: nothing, if the map calls that give back rows (bpf_reap.c)
 * work without rights, as they do since Linux 5.19 (c8644cd0efe7, "bpf: refine
 * kernel.unprivileged_bpf_disabled behaviour") and before it where the sysctl
 * kernel.unprivileged_bpf_disabled is 0. Elsewhere CAP_BPF alone: it lets
 * nobody attach a probe, read kernel memory or another's map, which take
 * CAP_PERFMON or CAP_SYS_ADMIN as well. Whether it is needed is tried, not
 * guessed from a version. If CAP_BPF itself is not held (only CAP_SYS_ADMIN,
 * or Linux before 5.8, which has no CAP_BPF), nothing is kept and rows are not
 * given back: when they run out, pages are counted by nodes and reason alone.
 */
#ifndef MPTOP_PRIVILEGE_H
#define MPTOP_PRIVILEGE_H

#include <stdbool.h>

enum privilege_right {
	RIGHT_BPF,
	RIGHT_PERFMON,
	RIGHT_SYS_ADMIN,
	RIGHT_SYS_PTRACE,
	RIGHT_COUNT
};

/* Is @right effective? One that the kernel does not know is not. */
bool privilege_has(enum privilege_right right);

/* Does the kernel know CAP_BPF and CAP_PERFMON, as it does since 5.8? */
bool privilege_is_split(void);

/*
 * Are CAP_BPF and CAP_PERFMON effective, or CAP_SYS_ADMIN, which stands for
 * both? If not, *@error (to be freed) says what is needed.
 */
bool privilege_suffices(char **error);

/*
 * Does @works(@context) fail while CAP_BPF and CAP_SYS_ADMIN are put aside?
 * 1 or 0, and they are effective again; -EPERM if they cannot be had back.
 */
int privilege_is_needed(bool (*works)(void *context), void *context);

#define RIGHT_BIT(right) (1U << (right))

/*
 * Drops every capability but those of @keep, RIGHT_BIT() of each, that are held
 * (CAP_SYS_PTRACE is for --details=numa-maps alone); all
 * groups, but those of a user who runs mptop with capabilities alone (they are
 * the user's own, and root's to clear); and the user id: to
 * @user (a name or a number), or if NULL to the one that invoked
 * sudo, doas or pkexec, or else to the real user. Sets
 * no_new_privs. Returns 0, or -errno with *@error (to be freed); the program
 * must not go on then.
 */
int privilege_drop(const char *user, unsigned int keep, char **error);

#endif
