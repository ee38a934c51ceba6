/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Cuts the stream into lines. All that is buffered lies between start and end
 * and has been searched for a line's end up to searched.
 */
#include "source_replay.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "reader_json.h"
#include "replay_index.h"
#include "text.h"
#include "xalloc.h"

#define CHUNK 65536
/* Lines of larger files are found when they are needed. */
#define COUNT_MAX ((off_t)256 << 20)

struct source_replay {
	struct source source;
	char *name; /* of the recording, clean */
	int fd;
	bool regular;
	bool at_end; /* of the file */
	char *buffer;
	size_t cap, start, searched, end;
	size_t line;  /* number of the last line taken */
	size_t given; /* samples */
	struct replay_index index; /* of a file */
	struct reader_reasons reasons;
};

static struct source_replay *replay_of(struct source *source)
{
	return (struct source_replay *)source;
}

static int replay_fail(struct source_replay *replay, int code, char *error)
{
	free(replay->source.error);
	replay->source.error = error;
	return code;
}

static int replay_fd(const struct source *source)
{
	const struct source_replay *replay =
		(const struct source_replay *)source;

	return replay->regular ? -1 : replay->fd;
}

static bool is_readable(int fd)
{
	struct pollfd poll_fd = { .fd = fd, .events = POLLIN };

	return poll(&poll_fd, 1, 0) > 0;
}

static void make_room(struct source_replay *replay)
{
	size_t length = replay->end - replay->start;

	if (replay->start) {
		memmove(replay->buffer, replay->buffer + replay->start, length);
		replay->searched -= replay->start;
		replay->start = 0;
		replay->end = length;
	}
	if (replay->cap - length >= CHUNK)
		return;
	replay->cap *= 2;
	replay->buffer = xrealloc(replay->buffer, replay->cap);
}

/* Returns 1 if there is more or the end was found, 0 if not yet, -errno. */
static int fill(struct source_replay *replay)
{
	ssize_t n;

	if (!replay->regular && !is_readable(replay->fd))
		return 0;
	make_room(replay);
	n = read(replay->fd, replay->buffer + replay->end,
		 replay->cap - replay->end);
	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return 0;
	if (n < 0)
		return replay_fail(replay, -errno,
				   xasprintf("cannot read '%s': %s",
					     replay->name, strerror(errno)));
	replay->end += (size_t)n;
	replay->at_end = !n;
	return 1;
}

/*
 * The next line, without its end, of *@n bytes: returns 1, or 0 if there is
 * none yet, -ENODATA, or another -errno.
 */
static int next_line(struct source_replay *replay, const char **text, size_t *n)
{
	char *from, *newline;
	int more = 1;

	for (;;) {
		from = replay->buffer + replay->searched;
		newline = replay->end == replay->searched
				  ? NULL
				  : memchr(from, '\n',
					   replay->end - replay->searched);
		replay->searched = replay->end;
		if (newline || replay->at_end)
			break;
		if (replay->end - replay->start > SOURCE_REPLAY_LINE_MAX)
			return replay_fail(replay, -EFBIG,
					   xasprintf("%s:%zu: line of more "
						     "than 64 MiB",
						     replay->name,
						     replay->line + 1));
		more = fill(replay);
		if (more <= 0)
			return more;
	}
	if (!newline && replay->start == replay->end)
		return -ENODATA;
	*text = replay->buffer + replay->start;
	*n = (size_t)((newline ? newline : replay->buffer + replay->end) -
		      *text);
	replay->start += *n + (newline != NULL);
	replay->searched = replay->start;
	replay->line++;
	return 1;
}

static int end_of_stream(struct source_replay *replay)
{
	if (replay->given)
		return -ENODATA;
	return replay_fail(replay, -EINVAL,
			   xasprintf("'%s' is empty: not a recording of mptop",
				     replay->name));
}

static int replay_read(struct source *source, struct sample **sample)
{
	struct source_replay *replay = replay_of(source);
	size_t n = 0, line = replay->line;
	const char *text = NULL;
	char *error = NULL;
	int got;

	if (source->error)
		return -EINVAL;
	do {
		got = next_line(replay, &text, &n);
		if (got == -ENODATA) {
			replay->line = line; /* blank ones do not count */
			return end_of_stream(replay);
		}
		if (got <= 0)
			return got;
	} while (!n);
	*sample = reader_json(text, n, &replay->reasons, &error);
	if (*sample) {
		replay->given++;
		return 1;
	}
	got = replay_fail(
		replay, -EINVAL,
		xasprintf("%s:%zu: %s", replay->name, replay->line, error));
	free(error);
	return got;
}

static void replay_close(struct source *source)
{
	struct source_replay *replay = replay_of(source);

	if (replay->fd > STDERR_FILENO)
		close(replay->fd);
	reader_reasons_clear(&replay->reasons);
	replay_index_free(&replay->index);
	free(replay->buffer);
	free(replay->name);
	free(source->error);
	free(replay);
}

static const struct source_ops replay_ops = {
	.name = "replay",
	.fd = replay_fd,
	.read = replay_read,
	.close = replay_close,
};

/* 0, or why @fd cannot be a recording. */
static int check(struct source_replay *replay)
{
	struct stat stat;

	if (fstat(replay->fd, &stat))
		return -errno;
	if (S_ISDIR(stat.st_mode))
		return -EISDIR;
	replay->regular = S_ISREG(stat.st_mode);
	if (replay->regular && !stat.st_size)
		return -ENODATA;
	if (replay->regular && stat.st_size <= COUNT_MAX)
		return replay_index_grow(&replay->index, replay->fd, SIZE_MAX);
	return 0;
}

static char *explain(const char *name, int code)
{
	if (code == -ENODATA)
		return xasprintf("'%s' is empty: not a recording of mptop",
				 name);
	return xasprintf("cannot replay '%s': %s", name, strerror(-code));
}

int source_replay_open(const struct source_replay_options *options,
		       struct source **source, char **error)
{
	struct source_replay *replay = xcalloc(1, sizeof(*replay));
	bool is_stdin = !strcmp(options->path, "-");
	int code = 0;

	replay->source.ops = &replay_ops;
	replay->cap = CHUNK;
	replay->buffer = xmalloc(replay->cap);
	replay->name =
		text_clean_dup(is_stdin ? "standard input" : options->path);
	replay->fd =
		is_stdin ? STDIN_FILENO
			 : open(options->path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (replay->fd < 0)
		code = -errno;
	else
		code = check(replay);
	if (!code) {
		*source = &replay->source;
		return 0;
	}
	*error = explain(replay->name, code);
	replay_close(&replay->source);
	return code;
}

char *source_replay_where(const struct source *source, char *dst, size_t cap)
{
	const struct source_replay *replay =
		(const struct source_replay *)source;

	const char *slash = strrchr(replay->name, '/');
	const char *file = slash && slash[1] ? slash + 1 : replay->name;

	if (replay->index.complete)
		snprintf(dst, cap, "%s %zu/%zu", file, replay->line,
			 replay->index.nr);
	else
		snprintf(dst, cap, "%s %zu", file, replay->line);
	return dst;
}

bool source_replay_seeks(const struct source *source)
{
	return ((const struct source_replay *)source)->regular;
}

size_t source_replay_line(const struct source *source)
{
	return ((const struct source_replay *)source)->line;
}

size_t source_replay_lines(struct source *source)
{
	struct source_replay *replay = replay_of(source);

	if (!replay->regular)
		return 0;
	replay_index_grow(&replay->index, replay->fd, SIZE_MAX);
	return replay->index.nr;
}

int64_t source_replay_bytes(struct source *source, size_t from, size_t to)
{
	const struct replay_index *index = &replay_of(source)->index;

	replay_index_grow(&replay_of(source)->index, replay_of(source)->fd,
			  to);
	return from >= 1 && from <= to && to <= index->nr ?
		       index->start[to - 1] - index->start[from - 1] :
		       UNKNOWN;
}

int source_replay_seek(struct source *source, size_t line)
{
	struct source_replay *replay = replay_of(source);
	off_t start;

	if (!replay->regular)
		return -ESPIPE;
	replay_index_grow(&replay->index, replay->fd, line);
	if (line < 1 || line > replay->index.nr + 1)
		return -ERANGE;
	start = line > replay->index.nr ? replay->index.scanned :
					  replay->index.start[line - 1];
	if (lseek(replay->fd, start, SEEK_SET) < 0)
		return -errno;
	replay->start = replay->searched = replay->end = 0;
	replay->at_end = false;
	replay->line = line - 1;
	/* What was wrong with another line is no matter any more. */
	free(source->error);
	source->error = NULL;
	return 0;
}
