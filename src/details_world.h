/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What Details show of a process that is in no sample: asked for while they
 * are open, and handed back by who may ask the machine.
 */
#ifndef MPTOP_DETAILS_WORLD_H
#define MPTOP_DETAILS_WORLD_H

#include <stdbool.h>

#include "proc_numa.h"

enum proc_life { LIFE_UNKNOWN, LIFE_RUNS, LIFE_ENDED };

struct details_memory {
	bool is_known;
	const char *cut_off; /* why reading it was; not owned; NULL: all */
	const char *why_not; /* not owned; NULL: not read yet */
	struct numa_memory numa;
};

struct details_world {
	enum proc_life life;
	struct details_memory cgroup;
	struct details_memory maps;
};

#endif
