/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The BPF program on the running kernel: chosen, loaded, attached. */
#ifndef MPTOP_BPF_ATTACH_H
#define MPTOP_BPF_ATTACH_H

#include <stdbool.h>
#include <stddef.h>

#include "bpf_facts.h"
#include "hooks.h"

struct mptop_bpf; /* the skeleton */
struct bpf_link;

#define BPF_LINKS_MAX (HOOKS_GROUPS * HOOKS_PER_RUNG)

/* A hook that exists, but that the kernel did not take. */
struct bpf_refusal {
	const struct hook *hook;
	int error; /* errno */
};

struct bpf_program_set {
	struct mptop_bpf *skel;
	struct bpf_facts *facts; /* not owned */
	struct hook_kernel kernel;
	struct hook_plan plan; /* of what is attached */
	const struct hook *hook[BPF_LINKS_MAX]; /* in order of attaching */
	size_t nr_hooks;
	struct bpf_link *link[BPF_LINKS_MAX];
	const struct hook *linked[BPF_LINKS_MAX]; /* by each link */
	size_t nr_links;
	struct bpf_refusal refused[BPF_LINKS_MAX];
	size_t nr_refused;
	int stacks_error; /* errno for which there are none, 0: there are */
};

/*
 * Loads and attaches the best rung of each group that the kernel takes. A
 * hook that it refuses is left out and kept in @set->refused; a rung that
 * needs it gives way to the next. @wanted: what to do without; only that part
 * of it is read. Returns 0, or -errno with the reason in *@error and an empty
 * @set->plan: -EPERM without the privilege, -ENOTSUP where no rung is left.
 */
int bpf_attach(struct bpf_program_set *set, struct bpf_facts *facts,
	       const struct hook_kernel *wanted, char **error);

/*
 * What was refused that somebody would miss, in one line to be freed, or
 * NULL. A symbol with a '.', which no kernel is sure to have, is not missed.
 */
char *bpf_attach_note(const struct bpf_program_set *set);

/* Detaches and unloads. */
void bpf_detach(struct bpf_program_set *set);

#endif
