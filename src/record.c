/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "options.h"
#include "writer_json.h"
#include "xalloc.h"

/* Can what is called @path make way? Better said now than hours later. */
static int can_make_way(const char *path, char **error)
{
	char *copy = xstrdup(path), *dir = dirname(copy);
	int ret = 0;

	if (faccessat(AT_FDCWD, dir, W_OK | X_OK, AT_EACCESS)) {
		ret = -errno;
		*error = xasprintf("cannot begin a new '%s' when it is large: "
				   "'%s': %s; record elsewhere, or without "
				   "--record-max", path, dir, strerror(-ret));
	}
	free(copy);
	return ret;
}

static int not_regular(const char *path, char **error)
{
	*error = xasprintf("cannot begin a new '%s' when it is large: it is no "
			   "regular file; record elsewhere, or without "
			   "--record-max", path);
	return -EINVAL;
}

/* A FIFO that nobody reads has to be refused, not waited for. */
static int open_bounded(struct record *record, const char *path, char **error)
{
	struct stat file;
	char *unused = NULL;
	int ret;

	if (!stat(path, &file) && !S_ISREG(file.st_mode))
		return not_regular(path, error);
	ret = can_make_way(path, error);
	if (ret)
		return ret;
	ret = output_open(&record->output, path, O_NONBLOCK, error);
	if (ret || (!fstat(fileno(record->output.file), &file) &&
		    S_ISREG(file.st_mode)))
		return ret;
	output_close(&record->output, &unused);
	free(unused);
	return not_regular(path, error);
}

/* Is @path, if there is one, the file that we record to? */
static bool is_same(const struct record *record, const char *path)
{
	struct stat ours, other;

	return path && !fstat(fileno(record->output.file), &ours) &&
	       S_ISREG(ours.st_mode) && !stat(path, &other) &&
	       ours.st_dev == other.st_dev && ours.st_ino == other.st_ino;
}

/* What is read from, or written to by another, is no place for it. */
static int not_shared(struct record *record, const struct options *options,
		      char **error)
{
	const char *other = is_same(record, options->replay) ? "--replay" :
			    is_same(record, options->output) ? "--output" :
							       NULL;
	char *unused = NULL;

	if (!other)
		return 0;
	*error = xasprintf("cannot record to '%s': it is the file of %s",
			   record->output.name, other);
	output_close(&record->output, &unused);
	free(unused);
	return -EINVAL;
}

int record_open(struct record *record, const struct options *options,
		char **error)
{
	int ret;

	*record = (struct record){ .max = options->record_max,
				   .keep = options->record_keep };
	if (record->keep < 0)
		record->keep = 1;
	ret = record->max ?
		      open_bounded(record, options->record, error) :
		      output_open(&record->output, options->record, 0, error);
	return ret ? ret : not_shared(record, options, error);
}

/* FILE.@n, or FILE itself. */
static char *older_name(const struct record *record, int64_t n)
{
	return n ? xasprintf("%s.%lld", record->output.name, (long long)n) :
		   xstrdup(record->output.name);
}

/* To rename one of two links to the same file does nothing. */
static int rename_link(const char *from, const char *to)
{
	struct stat a, b;

	if (!lstat(from, &a) && !lstat(to, &b) && a.st_dev == b.st_dev &&
	    a.st_ino == b.st_ino)
		return unlink(from);
	return rename(from, to);
}

/* Moves the @n-th older file on; one that is missing need not. */
static int move_on(const struct record *record, int64_t n, char **error)
{
	char *from = older_name(record, n), *to = older_name(record, n + 1);
	int ret = rename_link(from, to) && errno != ENOENT ? -errno : 0;

	if (ret)
		*error = xasprintf("cannot rename '%s' to '%s': %s", from, to,
				   strerror(-ret));
	free(from);
	free(to);
	return ret;
}

/* The first of the older files that is missing, or the last. */
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

static int make_way(const struct record *record, char **error)
{
	int64_t n;
	int ret = 0;

	if (!record->keep) {
		ret = unlink(record->output.name) && errno != ENOENT ? -errno :
								       0;
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
	return ret ? ret : output_open(&record->output, path, O_EXCL, error);
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
