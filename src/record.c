/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "writer_json.h"
#include "xalloc.h"

int record_open(struct record *record, const char *path, char **error)
{
	struct stat file;
	int ret = output_open(&record->output, path, error);

	if (ret || !record->max)
		return ret;
	if (!fstat(fileno(record->output.file), &file) &&
	    S_ISREG(file.st_mode))
		return 0;
	*error = xasprintf("cannot begin a new '%s' when it is large: it is "
			   "no regular file; leave out --record-max", path);
	return -EINVAL;
}

/* FILE.@n, or FILE itself. */
static char *older_name(const struct record *record, int64_t n)
{
	return n ? xasprintf("%s.%lld", record->output.name, (long long)n) :
		   xstrdup(record->output.name);
}

/* Moves the @n-th older file one further; one that is missing may be. */
static int move_on(const struct record *record, int64_t n, char **error)
{
	char *from = older_name(record, n), *to = older_name(record, n + 1);
	int ret = rename(from, to) && (errno != ENOENT || !n) ? -errno : 0;

	if (ret)
		*error = xasprintf("cannot rename '%s' to '%s': %s", from, to,
				   strerror(-ret));
	free(from);
	free(to);
	return ret;
}

/* The last of an unbroken row of older files, or keep. */
static int64_t last_older(const struct record *record)
{
	struct stat file;
	int64_t n;
	char *name;
	int ret;

	for (n = 1; n < record->keep; n++) {
		name = older_name(record, n);
		ret = lstat(name, &file);
		free(name);
		if (ret)
			break;
	}
	return n;
}

/* Has somebody taken the file away? Then its name is free. */
static bool is_gone(const struct record *record)
{
	struct stat ours, named;

	return !fstat(fileno(record->output.file), &ours) &&
	       (lstat(record->output.name, &named) ||
		ours.st_ino != named.st_ino || ours.st_dev != named.st_dev);
}

static int make_way(const struct record *record, char **error)
{
	int64_t n;
	int ret = 0;

	if (is_gone(record))
		return 0;
	if (!record->keep) {
		ret = unlink(record->output.name) ? -errno : 0;
		if (ret)
			*error = xasprintf("cannot remove '%s': %s",
					   record->output.name,
					   strerror(-ret));
		return ret;
	}
	for (n = last_older(record); n-- > 0 && !ret;)
		ret = move_on(record, n, error);
	return ret;
}

static int begin_anew(struct record *record, char **error)
{
	const char *path = record->output.name;
	int ret = make_way(record, error);

	if (!ret)
		ret = output_close(&record->output, error);
	return ret ? ret : record_open(record, path, error);
}

/* All lines before are there: each is flushed. */
static bool is_large(const struct record *record)
{
	struct stat file;

	return record->max && !fstat(fileno(record->output.file), &file) &&
	       file.st_size >= record->max;
}

int record_line(struct record *record, const struct sample *sample,
		char **error)
{
	int ret;

	if (is_large(record)) {
		ret = begin_anew(record, error);
		if (ret)
			return ret;
	}
	ret = writer_json_line(sample, record->output.file);
	if (ret)
		*error = output_error(&record->output, ret);
	return ret;
}
