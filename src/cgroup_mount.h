/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where the cgroup hierarchies are mounted: mountinfo of proc(5), parsed. */
#ifndef MPTOP_CGROUP_MOUNT_H
#define MPTOP_CGROUP_MOUNT_H

#include <stdbool.h>

#include "cgroup_paths.h"

struct cgroup_mount {
	enum cgroup_tree tree;
	char *root; /* the cgroup that is mounted: "/" but in containers */
	char *point;
};

/*
 * Reads @line, which is changed; false if it is no mount of interest. The
 * strings are to be freed.
 */
bool cgroup_mount_parse(char *line, struct cgroup_mount *mount);

#endif
