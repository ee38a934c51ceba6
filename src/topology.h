/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The machine's NUMA nodes: ids with gaps, CPUs, memory, distances, tiers.
 * topology_numa.c fills it through libnuma, and from sysfs what changes while
 * mptop runs, since libnuma reads the machine once, when it is loaded.
 */
#ifndef MPTOP_TOPOLOGY_H
#define MPTOP_TOPOLOGY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "nodeset.h"
#include "sample.h"

struct topology;

/* Reads the machine. Never NULL: without NUMA there is one node 0. */
struct topology *topology_open(void);
void topology_close(struct topology *topology);

/* Reads again what changes: online nodes, CPUs, memory, tiers. */
void topology_refresh(struct topology *topology);

/* Fills @sample's nodes (without their counts) and distances. */
void topology_fill(const struct topology *topology, struct sample *sample);

/* Nodes that are configured, and those this process may use. */
const struct nodeset *topology_configured(const struct topology *topology);
const struct nodeset *topology_allowed(const struct topology *topology);

#endif
