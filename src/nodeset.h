/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A set of NUMA node ids, and its text form "0-3,6" as the kernel and strace
 * write it. Node ids are sparse: a set says which exist, never how many.
 */
#ifndef MPTOP_NODESET_H
#define MPTOP_NODESET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* MAX_NUMNODES of the largest distribution kernels (CONFIG_NODES_SHIFT=10). */
#define NODESET_MAX 1024
#define NODESET_WORDS (NODESET_MAX / 64)

struct nodeset {
	uint64_t bits[NODESET_WORDS];
};

/* Adds @node; ids outside 0..NODESET_MAX-1 are ignored. */
void nodeset_add(struct nodeset *set, int node);

bool nodeset_has(const struct nodeset *set, int node);

bool nodeset_is_empty(const struct nodeset *set);

/*
 * Writes @set as "0-3,6" ("" if empty) into @dst of @cap bytes, always
 * terminated; a list that does not fit ends in "...". Returns @dst.
 */
char *nodeset_format(const struct nodeset *set, char *dst, size_t cap);

/*
 * Reads "0-3,6" into @set, "" as the empty set. Returns 0, or -EINVAL for
 * text that is no list of ids and rising ranges below NODESET_MAX; *@bad is
 * then the offset of the first character that does not fit (@bad may be
 * NULL), and @set stays as it was.
 */
int nodeset_parse(const char *text, struct nodeset *set, size_t *bad);

#endif
