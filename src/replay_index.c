/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Every byte is searched once; a line without an end counts only once it is
 * known to be the last, and nothing follows a last newline. Blank lines are
 * lines, so that numbers are the file's, but for those at its end.
 */
#include "replay_index.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "xalloc.h"

#define CHUNK 262144

static void index_add(struct replay_index *index, off_t start)
{
	if (index->nr == index->cap) {
		index->cap = index->cap ? index->cap * 2 : 256;
		index->start = xreallocarray(index->start, index->cap,
					     sizeof(*index->start));
	}
	index->start[index->nr++] = start;
}

/* A line begins behind each newline that something follows. */
static void index_chunk(struct replay_index *index, const char *chunk,
			size_t n, bool *at_start)
{
	const char *from = chunk, *newline;

	while (from < chunk + n) {
		if (*at_start)
			index_add(index, index->scanned + (from - chunk));
		*at_start = false;
		newline = memchr(from, '\n', n - (size_t)(from - chunk));
		if (!newline)
			break;
		*at_start = true;
		from = newline + 1;
	}
	index->scanned += (off_t)n;
}

/* The end of the file was found. */
static void index_complete(struct replay_index *index, int fd)
{
	off_t end = index->scanned, start;
	char byte;

	index->complete = true;
	while (index->nr) {
		start = index->start[index->nr - 1];
		if (end - start != 1 || pread(fd, &byte, 1, start) != 1 ||
		    byte != '\n')
			break;
		end = start;
		index->nr--;
	}
}

int replay_index_grow(struct replay_index *index, int fd, size_t lines)
{
	char *chunk = xmalloc(CHUNK), last = '\n';
	bool at_start;
	ssize_t n = 1;

	if (index->scanned &&
	    pread(fd, &last, 1, index->scanned - 1) != 1)
		last = '\n';
	at_start = last == '\n';
	while (!index->complete && index->nr < lines) {
		n = pread(fd, chunk, CHUNK, index->scanned);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			break;
		index_chunk(index, chunk, (size_t)n, &at_start);
		if (!n)
			index_complete(index, fd);
	}
	free(chunk);
	return n < 0 ? -errno : 0;
}

void replay_index_free(struct replay_index *index)
{
	free(index->start);
}
