/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which probe goes where. Pure: a table of rungs for each group of data, and a
 * choice by what exists on the running kernel, never by version: the cheapest
 * of the exact rungs, or else the first that stands.
 */
#ifndef MPTOP_HOOKS_H
#define MPTOP_HOOKS_H

#include <stdbool.h>
#include <stddef.h>

#include "sample.h"

enum hook_kind {
	HOOK_NONE,
	HOOK_KPROBE,
	HOOK_KPROBE_MULTI, /* all of them in one link */
	HOOK_KRETPROBE,
	HOOK_KRETPROBE_MULTI, /* a link each */
	HOOK_TRACEPOINT, /* perf's, by tracefs: "migrate/mm_migrate_pages" */
	HOOK_TP_BTF,	 /* "mm_migrate_pages" */
	HOOK_FENTRY,
	HOOK_FEXIT,
	HOOK_KIND_COUNT
};

enum hook_need {
	HOOK_NEEDED,
	HOOK_OPTIONAL, /* the rung stands without it */
	HOOK_SPARE,    /* likewise, and of no use if the kernel is not
			  preemptible: catches what another one skips */
};

/* One BPF program of bpf/mptop.bpf.c on one kernel symbol. */
struct hook {
	enum hook_kind kind;
	enum hook_need need;
	/*
	 * What is lost each time the kernel skips the program, as it does
	 * while another one, or a bpf(2) call, holds the CPU. LOST_COUNT:
	 * nothing.
	 */
	enum sample_lost skipped;
	const char *program;
	const char *symbol;
	unsigned int point; /* of HOOK_KPROBE_MULTI: enum mptop_point */
};

enum hook_group {
	HOOKS_PAGES, /* folios, nodes, reasons, batches */
	HOOKS_OWNER,
	HOOKS_TRIES,   /* the errno of each folio; costs every move */
	HOOKS_RETURNS, /* the errno of a batch */
	HOOKS_MASKS, /* what the kernel made of a call's arguments */
	HOOKS_CALL,  /* and as many as there are calls: enum sample_call */
	HOOKS_CALL32 = HOOKS_CALL + CALL_COUNT, /* likewise, 32-bit entries */
	HOOKS_COMPAT = HOOKS_CALL32 + CALL_COUNT, /* likewise, where older */
	HOOKS_GROUPS = HOOKS_COMPAT + CALL_COUNT
};

#define HOOKS_PER_RUNG 16

/*
 * A program of the kinds fentry, fexit, tp_btf is skipped on a CPU on which
 * it was preempted; kprobes and perf's tracepoints never are.
 */
enum hook_exact {
	HOOK_EXACT,
	HOOK_EXACT_UNPREEMPTED, /* if the kernel cannot preempt */
	HOOK_SPARED, /* likewise; else only what has spare copies may skip */
	HOOK_INEXACT
};

/* Hooks that work together; the rung falls if one it needs is missing. */
struct hook_rung {
	enum hook_group group;
	enum hook_exact exact;
	const char *gives[PROBE_COUNT]; /* kind by datum, for the header */
	struct hook hook[HOOKS_PER_RUNG]; /* ends with HOOK_NONE */
};

/* The rungs, cheapest first within a group; each ends with an empty one. */
extern const struct hook_rung hook_rungs_pages[]; /* hooks_pages.c */
extern const struct hook_rung hook_rungs_owner[]; /* hooks_owner.c */
extern const struct hook_rung hook_rungs_failures[]; /* hooks_failures.c */
extern const struct hook_rung hook_rungs_calls[]; /* hooks_calls.c */

#define HOOK_TABLES 4

/* All of them. */
extern const struct hook_rung *const hook_tables[HOOK_TABLES];

/* As a bit of a set of kinds, of groups. */
#define HOOK_BIT(kind) (1U << (kind))

/* All that are kprobes, or kprobe.multi. */
#define HOOK_KPROBES                                         \
	(HOOK_BIT(HOOK_KPROBE) | HOOK_BIT(HOOK_KRETPROBE) |  \
	 HOOK_BIT(HOOK_KPROBE_MULTI) | HOOK_BIT(HOOK_KRETPROBE_MULTI))

/* The running kernel, as far as the choice depends on it. */
struct hook_kernel {
	/* Does what @hook wants exist, and was it not refused? */
	bool (*has)(void *context, const struct hook *hook);
	void *context;
	bool preemptible;
	unsigned int without;	     /* kinds not to use */
	unsigned int without_groups; /* data not to collect */
	bool needs_folios;	     /* no rung that counts batches alone */
	bool stacks;		     /* programs take those of calls */
};

/* The rung chosen for each group; NULL where there is none. */
struct hook_plan {
	const struct hook_rung *rung[HOOKS_GROUPS];
};

/* The first hook that @rung needs and @kernel lacks; NULL: it stands. */
const struct hook *hooks_lacks(const struct hook_rung *rung,
			       const struct hook_kernel *kernel);

/*
 * Fills @plan: of each group's rungs that stand the first of those that lose
 * least on @kernel. Owner and failure probes need the folio probes, so
 * they are NULL where HOOKS_PAGES tells no folios; masks are of calls.
 */
void hooks_choose(struct hook_plan *plan, const struct hook_kernel *kernel);

/* Is @hook, of a rung that was chosen, of use on @kernel? */
bool hook_wanted(const struct hook *hook, const struct hook_kernel *kernel);

/* Is @rung exact on @kernel? */
bool hook_rung_is_exact(const struct hook_rung *rung,
			const struct hook_kernel *kernel);

/* Name of the hook that gives @datum by @plan, or NULL. */
const char *hooks_probe(const struct hook_plan *plan, enum sample_probe datum);

/* The groups, by HOOK_BIT(), of calls that are not in @calls (CALL_BIT()). */
unsigned int hooks_without_calls(unsigned int calls);

/* "kprobe", "fexit", ... */
const char *hook_kind_name(enum hook_kind kind);

#endif
