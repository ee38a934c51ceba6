/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The tables that the BPF program takes rows of. */
#ifndef MPTOP_BPF_TABLES_H
#define MPTOP_BPF_TABLES_H

struct mptop_bpf;

/*
 * Fills the stacks of free rows of the loaded @skel, so that the first row is
 * taken first. Before anything is attached. Returns 0 or -errno.
 */
int bpf_tables_fill(struct mptop_bpf *skel);

#endif
