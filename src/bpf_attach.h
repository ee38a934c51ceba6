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

struct bpf_program_set {
	struct mptop_bpf *skel;
	struct hook_plan plan; /* of what is attached */
	const struct hook *hook[BPF_LINKS_MAX]; /* of the plan, in its order */
	size_t nr_hooks;
	struct bpf_link *link[BPF_LINKS_MAX];
	size_t nr_links;
	char *note; /* a hook that did not attach, and why; NULL: none */
};

/*
 * Loads and attaches the best rung of each group that the kernel takes, going
 * down the ladder where it refuses. @without: kinds not to use (HOOK_BIT()).
 * Returns 0 or -errno with the reason in *@error: -EPERM without the
 * privilege, -ENOTSUP where no rung is left.
 */
int bpf_attach(struct bpf_program_set *set, struct bpf_facts *facts,
	       unsigned int without, char **error);

/* Detaches and unloads; the note stays and is to be freed. */
void bpf_detach(struct bpf_program_set *set);

#endif
