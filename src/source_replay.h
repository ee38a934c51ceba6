/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The source that reads a recording: JSON lines of schema mptop/1, from a
 * file or a pipe. It does not pace itself: each read gives the next line.
 */
#ifndef MPTOP_SOURCE_REPLAY_H
#define MPTOP_SOURCE_REPLAY_H

#include <stddef.h>

#include "source.h"

/* Bytes that a line may have. */
#define SOURCE_REPLAY_LINE_MAX ((size_t)64 << 20)

struct source_replay_options {
	const char *path; /* "-": standard input */
};

/*
 * Opens a recording. Returns 0 with *@source, or -errno with *@error, which
 * the caller frees. A line that is not of the schema fails its read with
 * "FILE:LINE: reason".
 */
int source_replay_open(const struct source_replay_options *options,
		       struct source **source, char **error);

/*
 * Writes where the last sample was, "demo.json 12/60", or "demo.json 12" of a
 * stream without a known end, into @dst of @cap bytes. Returns @dst.
 */
char *source_replay_where(const struct source *source, char *dst, size_t cap);

#endif
