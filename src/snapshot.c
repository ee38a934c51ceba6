/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Both files are written under temporary names, synced, and only then get
 * their own; the final names are never opened. The first is taken back if the
 * second cannot have its name.
 */
#define _GNU_SOURCE 1

#include "snapshot.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "xalloc.h"

#define HOST_CAP 65
#define NAME_CAP SNAPSHOT_NAME
/* Names that are tried before giving up. */
#define TRIES 10000

enum part { PART_TEXT, PART_JSON, PART_COUNT };

static const char *const part_suffix[PART_COUNT] = {
	[PART_TEXT] = "txt",
	[PART_JSON] = "json",
};

struct snapshot_job {
	int dir_fd;
	const struct snapshot *snapshot;
	char temporary[PART_COUNT][NAME_CAP]; /* "": there is none */
	char name[PART_COUNT][NAME_CAP];
};

/* A host name can hold nothing that leads out of the directory. */
static void clean_host(char host[HOST_CAP], const char *from)
{
	size_t i;

	if (!from || !*from)
		from = "unknown";
	for (i = 0; i < HOST_CAP - 1 && from[i]; i++) {
		char c = from[i];
		bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			     (c >= '0' && c <= '9') || c == '.' || c == '-' ||
			     c == '_';

		host[i] = plain ? c : '_';
	}
	host[i] = '\0';
}

/* "mptop-db7-20260131T130001Z" into @dst of NAME_CAP bytes. */
static void set_stem(const struct snapshot *snapshot, char dst[NAME_CAP])
{
	char host[HOST_CAP], when[32];
	struct tm tm = { 0 };

	clean_host(host, snapshot->host);
	gmtime_r(&snapshot->time.tv_sec, &tm);
	strftime(when, sizeof(when), "%Y%m%dT%H%M%SZ", &tm);
	snprintf(dst, NAME_CAP, "mptop-%s-%s", host, when);
}

static void set_names(struct snapshot_job *job, int number)
{
	char stem[NAME_CAP];
	int i;

	set_stem(job->snapshot, stem);
	for (i = 0; i < PART_COUNT; i++)
		snprintf(job->name[i], NAME_CAP, "%.120s-%d.%s", stem, number,
			 part_suffix[i]);
}

/* Creates a temporary file of its own; returns its descriptor or -errno. */
static int open_temporary(struct snapshot_job *job, enum part part)
{
	const int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
	char *name = job->temporary[part];
	int i, fd = -1;

	for (i = 0; i < TRIES; i++) {
		snprintf(name, NAME_CAP, ".mptop-%ld-%d.%s.tmp", (long)getpid(),
			 i, part_suffix[part]);
		fd = openat(job->dir_fd, name, flags, 0600);
		if (fd >= 0 || errno != EEXIST)
			break;
	}
	if (fd >= 0)
		return fd;
	*name = '\0';
	return -errno;
}

static int write_content(const struct snapshot *snapshot, enum part part,
			 FILE *out)
{
	errno = 0;
	if (part == PART_JSON)
		return snapshot->write_json(out, snapshot->context);
	return fputs(snapshot->text, out) < 0 ? -errno : 0;
}

static int write_temporary(struct snapshot_job *job, enum part part)
{
	int fd = open_temporary(job, part);
	int error = 0;
	FILE *out;

	if (fd < 0)
		return fd;
	/* The mode is not to depend on the umask. */
	if (fchmod(fd, 0600))
		error = -errno;
	out = fdopen(fd, "w");
	if (!out) {
		error = -errno;
		close(fd);
		return error;
	}
	if (!error)
		error = write_content(job->snapshot, part, out);
	if (fflush(out) && !error)
		error = -errno;
	if (!error && ferror(out))
		error = -EIO;
	if (!error && fsync(fd))
		error = -errno;
	if (fclose(out) && !error)
		error = -errno;
	return error;
}

/* Renames, but never over another file; 0 or -errno. */
static int rename_new(int dir_fd, const char *from, const char *to)
{
	if (!renameat2(dir_fd, from, dir_fd, to, RENAME_NOREPLACE))
		return 0;
	if (errno != EINVAL && errno != ENOSYS)
		return -errno;
	/* This file system does not know that flag. */
	if (linkat(dir_fd, from, dir_fd, to, 0))
		return -errno;
	unlinkat(dir_fd, from, 0);
	return 0;
}

static int publish(struct snapshot_job *job)
{
	int fd = job->dir_fd, error;

	error = rename_new(fd, job->temporary[PART_TEXT], job->name[PART_TEXT]);
	if (error)
		return error;
	error = rename_new(fd, job->temporary[PART_JSON], job->name[PART_JSON]);
	if (!error) {
		fsync(fd);
		return 0;
	}
	if (rename_new(fd, job->name[PART_TEXT], job->temporary[PART_TEXT])) {
		unlinkat(fd, job->name[PART_TEXT], 0);
		*job->temporary[PART_TEXT] = '\0';
		return -EIO;
	}
	return error;
}

static int write_files(struct snapshot_job *job)
{
	int error = -EEXIST;
	int i;

	for (i = 0; i < PART_COUNT; i++) {
		error = write_temporary(job, (enum part)i);
		if (error)
			return error;
	}
	error = -EEXIST;
	for (i = 1; i <= TRIES && error == -EEXIST; i++) {
		set_names(job, i);
		error = publish(job);
	}
	return error;
}

int snapshot_write(int dir_fd, const struct snapshot *snapshot, char **message)
{
	struct snapshot_job job = { .dir_fd = dir_fd, .snapshot = snapshot };
	const char *slash = !strcmp(snapshot->dir, "/") ? "" : "/";
	int error = write_files(&job);
	int i;

	if (!error) {
		*message = xasprintf("%s%s%s", snapshot->dir, slash,
				     job.name[PART_TEXT]);
		return 0;
	}
	for (i = 0; i < PART_COUNT; i++)
		if (*job.temporary[i])
			unlinkat(dir_fd, job.temporary[i], 0);
	*message = xasprintf("cannot write snapshot in %s: %s", snapshot->dir,
			     strerror(-error));
	return error;
}

int snapshot_create(int dir_fd, const struct snapshot *snapshot,
		    char name[SNAPSHOT_NAME])
{
	const int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
	char stem[NAME_CAP];
	int i, fd = -1;

	set_stem(snapshot, stem);
	snprintf(name, NAME_CAP, "%.120s.json", stem);
	for (i = 2; i <= TRIES; i++) {
		fd = openat(dir_fd, name, flags, 0600);
		if (fd >= 0 || errno != EEXIST)
			break;
		snprintf(name, NAME_CAP, "%.120s-r%d.json", stem, i);
	}
	if (fd < 0)
		return -errno;
	/* The mode is not to depend on the umask. */
	if (!fchmod(fd, 0600))
		return fd;
	i = errno;
	close(fd);
	unlinkat(dir_fd, name, 0);
	return -i;
}
