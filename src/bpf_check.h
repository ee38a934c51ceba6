/* SPDX-License-Identifier: GPL-2.0-or-later */
/* --check on the running kernel. */
#ifndef MPTOP_BPF_CHECK_H
#define MPTOP_BPF_CHECK_H

#include <stdio.h>

#include "hooks.h"

enum bpf_check {
	BPF_CHECK_FULL,	     /* pages are counted by BPF */
	BPF_CHECK_PRIVILEGE, /* they would be, with more rights */
	BPF_CHECK_SUPPORT,   /* not on this kernel, or not as asked for */
};

/*
 * Tries every need, attaches what would run and detaches it again, and prints
 * what came of it (check.h). Without rights it prints what it can find out.
 * @wanted: as bpf_attach() takes it.
 */
enum bpf_check bpf_check(FILE *out, const struct hook_kernel *wanted);

#endif
