/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The live source: what the running kernel moves, counted by BPF. */
#ifndef MPTOP_SOURCE_BPF_H
#define MPTOP_SOURCE_BPF_H

#include "source.h"

struct source_bpf_options {
	unsigned int without; /* hook kinds not to use, HOOK_BIT() */
	unsigned int without_groups; /* data not to collect, HOOK_BIT() */
	bool needs_folios;     /* rather fail than count batches alone */
	bool stacks; /* take those of calls */
	int64_t delay_ns;      /* a call running longer is reported */
};

/*
 * Attaches to the running kernel, and opens all that takes rights: they may
 * be dropped then. Returns 0, or -errno with what failed and why in *@error (to
 * be freed): -EPERM if the kernel refuses, -ENOTSUP where it lacks what is
 * needed.
 */
int source_bpf_open(const struct source_bpf_options *options,
		    struct source **source, char **error);

/* What came of the self-test: "passed", or why nothing could be moved. */
const char *source_bpf_selftest(const struct source *source);

/*
 * Why stacks that were asked for are not known in full, to be freed, or NULL:
 * they are, or nobody asked.
 */
char *source_bpf_stacks_lack(const struct source *source);

/*
 * Does bpf(2), which gives rows back while the probes run, work with the
 * rights that are effective now? @source: one that is open.
 */
bool source_bpf_may_call(void *source);

#endif
