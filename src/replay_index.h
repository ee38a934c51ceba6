/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where the lines of a recording begin, found as far as they are needed. */
#ifndef MPTOP_REPLAY_INDEX_H
#define MPTOP_REPLAY_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* Empty when zeroed. */
struct replay_index {
	off_t *start; /* of line i + 1 */
	size_t nr;
	size_t cap;
	off_t scanned; /* bytes that were searched */
	bool complete; /* to the end of the file */
};

/*
 * Finds the lines of the regular file @fd until there are @lines of them or
 * no more; SIZE_MAX finds all. Blank ones at the end are none. Returns 0 or
 * -errno.
 */
int replay_index_grow(struct replay_index *index, int fd, size_t lines);

void replay_index_free(struct replay_index *index);

#endif
