/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Rights: what attaching needs, and giving up all of them right after it.
 * Reading counters needs none, since that memory is mapped already; giving
 * back rows (bpf_reap.c) does before Linux 5.19, and is not done there.
 */
#ifndef MPTOP_PRIVILEGE_H
#define MPTOP_PRIVILEGE_H

#include <stdbool.h>

/*
 * Are CAP_BPF and CAP_PERFMON effective, or CAP_SYS_ADMIN, which stood for
 * both before Linux 5.8? If not, *@error (to be freed) says what is needed.
 */
bool privilege_suffices(char **error);

/*
 * Drops every capability, all groups and the user id: to @user (a name or a
 * number), or if NULL to the one that invoked sudo, doas or pkexec, or else
 * to the real user. Sets no_new_privs. Returns 0, or -errno with *@error (to
 * be freed); the program must not go on then.
 */
int privilege_drop(const char *user, char **error);

#endif
