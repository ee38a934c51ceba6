/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which probe goes where. Pure: a table of rungs for each group of data, best
 * first, and a choice by what exists on the running kernel, never by version.
 */
#ifndef MPTOP_HOOKS_H
#define MPTOP_HOOKS_H

#include <stdbool.h>
#include <stddef.h>

#include "sample.h"

enum hook_kind {
	HOOK_NONE,
	HOOK_KPROBE,
	HOOK_KRETPROBE,
	HOOK_TRACEPOINT, /* perf's, by tracefs: "migrate/mm_migrate_pages" */
	HOOK_TP_BTF,	 /* "mm_migrate_pages" */
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
	 * while another one, or a bpf(2) call, holds the CPU.
	 */
	enum sample_lost skipped;
	const char *program;
	const char *symbol;
};

enum hook_group { HOOKS_PAGES, HOOKS_OWNER, HOOKS_CALLS, HOOKS_GROUPS };

#define HOOKS_PER_RUNG 24

/* Hooks that work together; the rung falls if one of them is missing. */
struct hook_rung {
	enum hook_group group;
	const char *gives[PROBE_COUNT]; /* kind by datum, for the header */
	struct hook hook[HOOKS_PER_RUNG]; /* ends with HOOK_NONE */
};

/* Does @symbol exist for a hook of @kind? */
typedef bool (*hook_exists)(void *context, enum hook_kind kind,
			    const char *symbol);

/* The rung chosen for each group; NULL where the kernel has none. */
struct hook_plan {
	const struct hook_rung *rung[HOOKS_GROUPS];
};

/* As a bit of hooks_choose()'s @without. */
#define HOOK_BIT(kind) (1U << (kind))

/*
 * Fills @plan with the first rung of each group whose hooks all exist; rungs
 * that use a kind of @without are passed over. Owner probes need the folio
 * probes, so HOOKS_OWNER is NULL where HOOKS_PAGES tells no folios.
 */
void hooks_choose(struct hook_plan *plan, hook_exists exists, void *context,
		  unsigned int without);

/* Name of the hook that gives @datum by @plan, or NULL. */
const char *hooks_probe(const struct hook_plan *plan, enum sample_probe datum);

/* "kprobe", "fexit", ... */
const char *hook_kind_name(enum hook_kind kind);

#endif
