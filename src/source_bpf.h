/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The live source: what the running kernel moves, counted by BPF. */
#ifndef MPTOP_SOURCE_BPF_H
#define MPTOP_SOURCE_BPF_H

#include "source.h"

struct source_bpf_options {
	unsigned int without; /* hook kinds not to use, HOOK_BIT() */
	unsigned int without_groups; /* data not to collect, HOOK_BIT() */
	int64_t delay_ns;     /* a call running longer is reported */
};

/*
 * Attaches to the running kernel. Returns 0, or -errno with what failed, why
 * and what to do in *@error (to be freed): -EPERM without the privilege,
 * -ENOTSUP where this kernel lacks what is needed.
 */
int source_bpf_open(const struct source_bpf_options *options,
		    struct source **source, char **error);

#endif
