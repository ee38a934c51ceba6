/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The last rung of the ladder: the kernel's own counters and the topology.
 * It needs no rights, no BPF and no BTF; what moved whose pages from where to
 * where is unknown, and so is every loss.
 */
#ifndef MPTOP_SOURCE_VMSTAT_H
#define MPTOP_SOURCE_VMSTAT_H

#include "source.h"

/*
 * Opens /proc/vmstat. @note: what to tell the operator at start, one line, or
 * NULL; taken over in any case. Returns 0, or -errno with the reason in
 * *@error (to be freed).
 */
int source_vmstat_open(char *note, struct source **source, char **error);

#endif
