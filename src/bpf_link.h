/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How one hook is attached. */
#ifndef MPTOP_BPF_LINK_H
#define MPTOP_BPF_LINK_H

#include "bpf_attach.h"

struct bpf_program;

/*
 * The link of hook @i of @set, by the loaded @program; for one of kind
 * HOOK_KPROBE_MULTI the link of that one and all of its kind after it.
 * NULL with errno if the kernel refuses.
 */
struct bpf_link *bpf_link_of(const struct bpf_program_set *set, size_t i,
			     struct bpf_program *program);

#endif
