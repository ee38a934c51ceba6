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

/* How many newlines are at the end of the file, backwards in @chunk. */
static size_t newlines_at_end(const struct replay_index *index, int fd,
			      char *chunk)
{
	off_t end = index->scanned;
	size_t lines = 0;
	ssize_t n;

	while (end) {
		n = end < CHUNK ? (ssize_t)end : CHUNK;
		if (pread(fd, chunk, (size_t)n, end - n) != n)
			break;
		end -= n;
		for (; n && chunk[n - 1] == '\n'; n--)
			lines++;
		if (n)
			break;
	}
	return lines;
}

/* The end of the file was found: the first newline ends the last line. */
static void index_complete(struct replay_index *index, int fd, char *chunk)
{
	size_t blank = newlines_at_end(index, fd, chunk);

	index->complete = true;
	if (blank && (off_t)blank == index->scanned)
		index->nr = 0;
	else if (blank)
		index->nr -= blank - 1;
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
			index_complete(index, fd, chunk);
	}
	free(chunk);
	return n < 0 ? -errno : 0;
}

void replay_index_free(struct replay_index *index)
{
	free(index->start);
}
