/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Paths of cgroups by id, for processes that /proc never told about. A
 * cgroup's id is the inode number of its directory (kernfs_ino() of
 * linux/kernfs.h, whole since Linux 5.5 where an ino_t has 64 bits), and no
 * other cgroup of its hierarchy gets it again. So the mount is walked, and
 * what was found once stays known when the cgroup has gone.
 */
#ifndef MPTOP_CGROUP_PATHS_H
#define MPTOP_CGROUP_PATHS_H

#include <stdint.h>

enum cgroup_tree {
	CGROUP_V2,
	CGROUP_MEMORY, /* the v1 hierarchy of the memory controller */
	CGROUP_TREES
};

struct cgroup_paths;

/*
 * Reads where the hierarchies are from @mountinfo, "/proc/self/mountinfo" but
 * for tests, and walks them once.
 */
struct cgroup_paths *cgroup_paths_new(const char *mountinfo);
void cgroup_paths_free(struct cgroup_paths *paths);

/*
 * The path of cgroup @id as /proc/PID/cgroup would have it, clean; NULL if it
 * is not known: no such mount, removed before it was seen, or beyond what is
 * walked. Owned by @paths, until the next call of a function here. The first
 * unknown id after cgroup_paths_age() makes it walk again.
 */
const char *cgroup_path(struct cgroup_paths *paths, enum cgroup_tree tree,
			uint64_t id);

/* Ends an interval. */
void cgroup_paths_age(struct cgroup_paths *paths);

#endif
