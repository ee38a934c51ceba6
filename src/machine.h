/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What every live source tells of the machine, whatever counts its pages:
 * who it is, how it is set, its nodes, and what mptop itself costs.
 */
#ifndef MPTOP_MACHINE_H
#define MPTOP_MACHINE_H

#include <stdint.h>

#include "sample.h"
#include "topology.h"

struct machine {
	struct sample_host host;
	struct topology *topology;
	int64_t cpu_ns; /* of this process when last told */
};

void machine_open(struct machine *machine);

/* Frees what @machine holds; a zeroed one holds nothing. */
void machine_close(struct machine *machine);

/*
 * Fills what @sample says of the machine now: its time, uptime, host, config,
 * nodes and distances. No rights are needed.
 */
void machine_fill(struct machine *machine, struct sample *sample);

/* Fills what this process cost since the last time; call it last. */
void machine_fill_self(struct machine *machine, struct sample *sample);

#endif
