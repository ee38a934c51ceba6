/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A path is first resolved to a descriptor that can do nothing (O_PATH), and
 * opened by that once it is known to be harmless.
 */
#include "symbols_open.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "text.h"
#include "xalloc.h"

/* Programs are smaller, even with all that is for debuggers. */
#define FILE_BYTES_MAX (16LL << 30)

/* File systems that need nobody else to answer. */
static const char *const local_types[] = {
	"bcachefs", "btrfs", "erofs",  "ext2",	   "ext3",  "ext4", "f2fs",
	"iso9660",  "jfs",   "overlay", "ramfs",   "reiserfs", "rootfs",
	"squashfs", "tmpfs", "ubifs",  "xfs",	   "zfs",
};

static bool is_local(const char *type)
{
	size_t i;

	for (i = 0; i < sizeof(local_types) / sizeof(*local_types); i++)
		if (!strcmp(type, local_types[i]))
			return true;
	return false;
}

/* Is @path at or below @mount? */
static bool is_below(const char *path, const char *mount)
{
	size_t n = strlen(mount);

	if (!strcmp(mount, "/"))
		return true;
	return !strncmp(path, mount, n) && (path[n] == '/' || !path[n]);
}

/* Where a line of mountinfo mounts what; both to be freed, or false. */
static bool mount_read(const char *line, char **mount, char **type)
{
	const char *dash = strstr(line, " - ");
	char *escaped;

	if (!dash || sscanf(dash, " - %ms", type) != 1)
		return false;
	if (sscanf(line, "%*s %*s %*s %*s %ms", &escaped) != 1) {
		free(*type);
		return false;
	}
	*mount = text_unescape(escaped);
	free(escaped);
	return true;
}

/* Is the file system that @path is on, by its name, one of local_types? */
static bool is_on_local(const char *mounts, const char *path)
{
	FILE *file = fopen(mounts, "re");
	char *line = NULL, *mount, *type;
	size_t room = 0, longest = 0, n;
	bool local = false;

	if (!file)
		return false;
	while (getline(&line, &room, file) > 0) {
		if (!mount_read(line, &mount, &type))
			continue;
		n = strlen(mount);
		/* A later one of the same place is on top. */
		if (is_below(path, mount) && n >= longest) {
			longest = n;
			local = is_local(type);
		}
		free(mount);
		free(type);
	}
	free(line);
	fclose(file);
	return local;
}

/* Opens for reading what @path, which is closed, stands for. */
static int reopen(int path, uid_t owner)
{
	char name[64];
	struct stat stat;
	int fd = -EACCES;

	if (fstat(path, &stat))
		fd = -errno;
	else if (!S_ISREG(stat.st_mode) || stat.st_size > FILE_BYTES_MAX)
		fd = -EINVAL;
	else if (!stat.st_uid || stat.st_uid == owner) {
		snprintf(name, sizeof(name), "/proc/self/fd/%d", path);
		/* Nonblocking: its owner may hold a lease on it. */
		fd = open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
		if (fd < 0)
			fd = -errno;
	}
	close(path);
	return fd;
}

int symbols_open_system(const char *path)
{
	int fd = open(path, O_PATH | O_CLOEXEC);

	return fd < 0 ? -errno : reopen(fd, 0);
}

static int resolve(const char *path)
{
	struct open_how how = {
		.flags = O_PATH | O_CLOEXEC,
		.resolve = RESOLVE_NO_SYMLINKS,
	};
	long fd = syscall(SYS_openat2, AT_FDCWD, path, &how, sizeof(how));

	return fd < 0 ? -errno : (int)fd;
}

/* Which of the directories that are links to /usr's today @path begins with. */
static bool is_merged(const char *path)
{
	return !strncmp(path, "/bin/", 5) || !strncmp(path, "/lib", 4) ||
	       !strncmp(path, "/sbin/", 6);
}

int symbols_open_by(const char *mounts, const char *path, uid_t owner)
{
	char *merged = NULL;
	int fd;

	/* Without "..", a path is below what it begins with. */
	if (path[0] != '/' || strstr(path, "/.."))
		return -EINVAL;
	if (!is_on_local(mounts, path))
		return -EXDEV;
	fd = resolve(path);
	if (fd == -ELOOP && is_merged(path)) {
		merged = xasprintf("/usr%s", path);
		fd = is_on_local(mounts, merged) ? resolve(merged) : -EXDEV;
		free(merged);
	}
	return fd < 0 ? fd : reopen(fd, owner);
}

int symbols_open_foreign(const char *path, uid_t owner)
{
	return symbols_open_by("/proc/self/mountinfo", path, owner);
}
