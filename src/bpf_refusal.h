/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the kernel refused, and how it is told (bpf_attach_note() too). */
#ifndef MPTOP_BPF_REFUSAL_H
#define MPTOP_BPF_REFUSAL_H

#include "bpf_attach.h"

bool bpf_is_refused(const struct bpf_program_set *set,
		    const struct hook *hook);

/* Keeps that @hook was refused with the errno @error, once. */
void bpf_refuse(struct bpf_program_set *set, const struct hook *hook,
		int error);

/* What the first of the rungs that are allowed lacks; to be freed. */
char *bpf_no_rung(const struct bpf_program_set *set);

#endif
