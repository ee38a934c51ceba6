/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The file of settings, written: its directory is opened without following a
 * link, a temporary file beside it gets its name when it is complete.
 */
#include "config_save.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "config.h"
#include "xalloc.h"

/* Makes the directories above @path that are missing. */
static int directories_make(char *path)
{
	char *slash = path;
	int error = 0;

	while (!error && (slash = strchr(slash + 1, '/'))) {
		*slash = '\0';
		if (mkdir(path, 0700) && errno != EEXIST)
			error = -errno;
		*slash = '/';
	}
	return error == -EROFS || error == -EACCES ? 0 : error;
}

/* Of @path, whose part behind the last slash goes to *@name. */
static int directory_open(char *path, const char **name)
{
	char *slash = strrchr(path, '/');
	int fd, error;

	*name = slash ? slash + 1 : path;
	if (!slash || slash == path)
		return open(slash ? "/" : ".",
			    O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	error = directories_make(path);
	if (error)
		return error;
	*slash = '\0';
	fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	*slash = '/';
	return fd < 0 ? -errno : fd;
}

/* All of the file, "" if there is none; NULL with errno. */
static char *old_text(int dir_fd, const char *name)
{
	int fd = openat(dir_fd, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC |
				      O_NONBLOCK | O_NOCTTY);
	char *text = xcalloc(1, CONFIG_MAX + 1);
	struct stat status;
	ssize_t n = 0;

	if (fd < 0 && errno == ENOENT)
		return text;
	if (fd >= 0 && !fstat(fd, &status)) {
		if (!S_ISREG(status.st_mode))
			errno = EINVAL;
		else if (status.st_size > CONFIG_MAX)
			errno = EFBIG;
		else
			n = pread(fd, text, CONFIG_MAX, 0);
		if (S_ISREG(status.st_mode) && n == status.st_size &&
		    strlen(text) == (size_t)n) {
			close(fd);
			return text;
		}
		if (n > 0)
			errno = EINVAL;
	}
	n = errno;
	if (fd >= 0)
		close(fd);
	free(text);
	errno = (int)n;
	return NULL;
}

static int file_write(int fd, const char *text)
{
	size_t length = strlen(text);
	ssize_t n;

	if (fchmod(fd, 0600))
		return -errno;
	while (length) {
		n = write(fd, text, length);
		if (n < 0 && errno != EINTR)
			return -errno;
		if (n > 0) {
			text += n;
			length -= n;
		}
	}
	return fsync(fd) ? -errno : 0;
}

static int file_replace(int dir_fd, const char *name, const char *text)
{
	char *temporary = xasprintf(".%s.%ld.tmp", name, (long)getpid());
	int error, fd;

	/* Left behind by one of the same id that was killed. */
	unlinkat(dir_fd, temporary, 0);
	fd = openat(dir_fd, temporary,
		    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	error = fd < 0 ? -errno : file_write(fd, text);
	if (fd >= 0 && close(fd) && !error)
		error = -errno;
	if (!error && renameat(dir_fd, temporary, dir_fd, name))
		error = -errno;
	if (error && fd >= 0)
		unlinkat(dir_fd, temporary, 0);
	/* The new name is to survive as well; old file systems refuse. */
	if (!error)
		fsync(dir_fd);
	free(temporary);
	return error;
}

static char *why(const char *path, int error)
{
	const char *text = error == -ELOOP ?
		"it is a link, which is not followed" :
			   error == -ENOTDIR ?
		"its directory is a link or none" :
			   error == -EFBIG ? "it is larger than 64 kB" :
			   error == -EINVAL ? "it is no text file" :
			   strerror(-error);

	return xasprintf("cannot save settings to '%s': %s", path, text);
}

int config_save(const char *path, const struct config_pair *pairs, size_t nr,
		char **message)
{
	char *copy = xstrdup(path), *text = NULL, *edited;
	const char *name;
	int error = 0, dir_fd = directory_open(copy, &name);

	if (dir_fd < 0) {
		error = dir_fd == -1 ? -errno : dir_fd;
	} else {
		text = old_text(dir_fd, name);
		if (!text)
			error = -errno;
	}
	if (!error) {
		edited = config_edit(text, pairs, nr);
		error = file_replace(dir_fd, name, edited);
		free(edited);
	}
	*message = error ? why(path, error) :
			   xasprintf("settings saved to %s", path);
	if (dir_fd >= 0)
		close(dir_fd);
	free(text);
	free(copy);
	return error;
}
