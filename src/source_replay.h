/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The source that reads a recording: JSON lines of schema mptop/1, from a
 * file or a pipe. It does not pace itself: each read gives the next line.
 */
#ifndef MPTOP_SOURCE_REPLAY_H
#define MPTOP_SOURCE_REPLAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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

/* Can it go to any line? A stream cannot. */
bool source_replay_seeks(const struct source *source);

/* The number of the line that was read last, from 1; 0 before the first. */
size_t source_replay_line(const struct source *source);

/* Lines there are, without blank ones at the end; 0 of a stream. */
size_t source_replay_lines(struct source *source);

/* Bytes from the start of line @from to that of @to; UNKNOWN if not there. */
int64_t source_replay_bytes(struct source *source, size_t from, size_t to);

/*
 * Lets the next read give line @line, or be at the end behind the last one.
 * Returns 0, -ESPIPE for a stream,
 * -ERANGE for a line that is not there, or another -errno.
 */
int source_replay_seek(struct source *source, size_t line);

#endif
