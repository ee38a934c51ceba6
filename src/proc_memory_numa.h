/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reads what proc_numa.h parses. What each costs is bounded: a memory.numa_stat
 * by its size; numa_maps, for which the kernel walks all page tables, by time.
 */
#ifndef MPTOP_PROC_MEMORY_NUMA_H
#define MPTOP_PROC_MEMORY_NUMA_H

#include <stdint.h>

#include "details_world.h"
#include "pidns.h"
#include "sample.h"

/* A numa_maps is read no longer than this. */
#define NUMA_MAPS_NS (INT64_C(300) * 1000 * 1000)

/*
 * Is process @id there? Of one whose first thread has ended it is not known,
 * and with a /proc of another namespace than @ns only whether it has ended.
 */
enum proc_life proc_life(const struct pidns *ns, struct process_id id);

/*
 * Adds the memory of @cgroup, a path as in struct sample_proc, on the v2
 * hierarchy that @mountinfo ("/proc/self/mountinfo" but for tests) names.
 * Returns NULL, or why it is not known.
 */
const char *cgroup_memory_read(const char *mountinfo, const char *cgroup,
			       struct numa_memory *memory);

/*
 * Adds the memory of process @id; *@cut_off is why that is not all of it, or
 * NULL. Returns NULL, or why it is not known.
 */
const char *numa_maps_read(const struct pidns *ns, struct process_id id,
			   struct numa_memory *memory, const char **cut_off);

#endif
