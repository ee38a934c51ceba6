/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is in the way of tracing here, and what to do about it. Pure: from
 * what was tried (bpf_trial.c) to words, by one table of rules. Something is
 * named as the cause only if what it would refuse was refused.
 */
#ifndef MPTOP_OBSTACLE_H
#define MPTOP_OBSTACLE_H

#include <stdbool.h>

/* What counting takes, in the order in which it is needed. */
enum obstacle_need {
	NEED_CAP_BPF,
	NEED_CAP_PERFMON,
	NEED_BTF,     /* /sys/kernel/btf/vmlinux */
	NEED_BPF,     /* bpf(2) gets through to the kernel */
	NEED_MAP,     /* a map, of a page */
	NEED_MEMLOCK, /* one as large as mptop's */
	NEED_RING,
	NEED_PROGRAM, /* a kprobe program that does nothing */
	NEED_READ,    /* one that reads kernel memory */
	NEED_PERF,    /* perf_event_open(2) gets through to the kernel */
	NEED_KPROBE,  /* a probe by it */
	NEED_TRACEFS, /* for what only tracepoints of perf give */
	NEED_COUNT
};

enum obstacle_lockdown {
	LOCKDOWN_UNKNOWN, /* securityfs does not say */
	LOCKDOWN_NONE,
	LOCKDOWN_INTEGRITY,
	LOCKDOWN_CONFIDENTIALITY,
};

#define NEED_UNTRIED (-1)

/* Zeroed: all works. */
struct obstacle_facts {
	/* By need: errno of the try, 0 if it works, or NEED_UNTRIED. */
	int error[NEED_COUNT];
	bool not_split;	     /* the kernel does not know the capabilities */
	bool user_namespace; /* not the initial one */
	bool seccomp;	     /* a filter is on this process */
	bool no_bpf;	     /* the kernel has no bpf(2), whoever calls it */
	enum obstacle_lockdown lockdown;
	bool memlock_limited;
	bool paranoid; /* kernel.perf_event_paranoid is above 2 */
};

struct obstacle {
	char *why;	    /* why the need is not met; to be freed */
	const char *remedy; /* what to do */
	bool is_right;	    /* more rights would do, on this kernel */
};

/* "CAP_BPF", "BTF", ...: for a list of all. */
const char *obstacle_need_name(enum obstacle_need need);

/* Why @need, which has an errno, is not met. */
struct obstacle obstacle_of(const struct obstacle_facts *facts,
			    enum obstacle_need need);

/*
 * The first need that is not met and without which mptop counts nothing, or
 * NEED_COUNT. Those from NEED_PERF on are not among them: other rungs do
 * without.
 */
enum obstacle_need obstacle_first(const struct obstacle_facts *facts);

#endif
