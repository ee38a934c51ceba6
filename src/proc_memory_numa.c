/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files of cgroup v2 and of /proc/PID. */
#include "proc_memory_numa.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cgroup_mount.h"
#include "clock.h"
#include "procfs.h"
#include "xalloc.h"

/* 1,024 nodes with 40 lines of 20 digits each are less. */
#define STAT_MAX (1 << 20)

static enum procfs_state process_open(const struct pidns *ns,
				      struct process_id id, int *dir)
{
	if (ns->proc != PIDNS_PROC_OWN)
		return PROCFS_HIDDEN;
	return procfs_open(id.pid, (uint64_t)id.start_us * 1000, dir);
}

enum proc_life proc_life(const struct pidns *ns, struct process_id id)
{
	enum procfs_state state;
	int dir;

	if (id.pid <= 0 || id.start_us == UNKNOWN)
		return LIFE_UNKNOWN;
	state = process_open(ns, id, &dir);
	if (state == PROCFS_SAME) {
		close(dir);
		return LIFE_RUNS;
	}
	if (state == PROCFS_OTHER || state == PROCFS_ENDED)
		return LIFE_ENDED;
	/* It may only be hidden; but then there is someone to signal. */
	return kill((pid_t)id.pid, 0) && errno == ESRCH ? LIFE_ENDED :
							  LIFE_UNKNOWN;
}

/* The mount of the v2 hierarchy, or false. */
static bool find_mount(const char *mountinfo, struct cgroup_mount *mount)
{
	FILE *file = fopen(mountinfo, "re");
	char *line = NULL;
	size_t cap = 0;
	bool found = false;

	while (file && !found && getline(&line, &cap, file) > 0) {
		if (!cgroup_mount_parse(line, mount))
			continue;
		found = mount->tree == CGROUP_V2;
		if (!found) {
			free(mount->root);
			free(mount->point);
		}
	}
	free(line);
	if (file)
		fclose(file);
	return found;
}

/* Below the cgroup that is mounted, or NULL: it is not in sight. */
static const char *below(const char *root, const char *cgroup)
{
	size_t n = strcmp(root, "/") ? strlen(root) : 0;

	if (cgroup[0] != '/' || strstr(cgroup, "/..") ||
	    strncmp(root, cgroup, n) || (cgroup[n] && cgroup[n] != '/'))
		return NULL;
	return cgroup + n;
}

static char *read_all(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	char *text;
	size_t length = 0;
	ssize_t n;

	if (fd < 0)
		return NULL;
	text = xmalloc(STAT_MAX);
	do {
		n = read(fd, text + length, STAT_MAX - 1 - length);
		length += n > 0 ? (size_t)n : 0;
	} while (n > 0);
	close(fd);
	text[length] = '\0';
	/* With no room left it may go on. */
	if (!n && length < STAT_MAX - 1)
		return text;
	free(text);
	return NULL;
}

static const char *stat_read(const struct cgroup_mount *mount,
			     const char *cgroup, struct numa_memory *memory)
{
	const char *path = below(mount->root, cgroup);
	char *file, *text;
	bool found;

	if (!path)
		return "its cgroup is outside of the mounted hierarchy";
	file = xasprintf("%s%s/memory.numa_stat", mount->point, path);
	text = read_all(file);
	free(file);
	if (!text)
		return "its cgroup has no memory.numa_stat that can be read";
	found = numa_stat_parse(text, memory);
	free(text);
	return found ? NULL : "its memory.numa_stat has another form";
}

const char *cgroup_memory_read(const char *mountinfo, const char *cgroup,
			       struct numa_memory *memory)
{
	struct cgroup_mount mount;
	const char *why;

	if (!cgroup)
		return "its cgroup is not known";
	if (!find_mount(mountinfo, &mount))
		return "cgroup v2 is not mounted";
	why = stat_read(&mount, cgroup, memory);
	free(mount.root);
	free(mount.point);
	return why;
}

/*
 * Of a memory that has gone since it was opened, by exec or the end of the
 * process, the kernel says no more than of one that ends there.
 */
static bool is_there(int fd)
{
	char byte;

	return pread(fd, &byte, 1, 0) == 1;
}

/* The kernel makes a page of text at each read: that is where to stop. */
static const char *maps_read(int fd, struct numa_memory *memory,
			     const char **cut_off)
{
	FILE *file = fdopen(fd, "r");
	int64_t end_ns = clock_ns(CLOCK_MONOTONIC) + NUMA_MAPS_NS;
	char *line = NULL;
	size_t cap = 0, lines = 0;

	if (!file) {
		close(fd);
		return "out of descriptors";
	}
	*cut_off = NULL;
	while (!*cut_off && getline(&line, &cap, file) > 0) {
		numa_maps_line(line, memory);
		lines++;
		if (clock_ns(CLOCK_MONOTONIC) > end_ns)
			*cut_off = "it took too long";
	}
	/* A kernel thread has none from the beginning. */
	if (!*cut_off && lines && !is_there(fd))
		*cut_off = "it has gone";
	free(line);
	fclose(file);
	return NULL;
}

const char *numa_maps_read(const struct pidns *ns, struct process_id id,
			   struct numa_memory *memory, const char **cut_off)
{
	int dir, fd;

	if (id.pid <= 0 || id.start_us == UNKNOWN)
		return "it has no id in mptop's pid namespace";
	if (ns->proc != PIDNS_PROC_OWN)
		return "/proc is of another pid namespace than mptop's";
	if (process_open(ns, id, &dir) != PROCFS_SAME)
		return "it has ended, or may not be seen";
	fd = openat(dir, "numa_maps", O_RDONLY | O_CLOEXEC);
	close(dir);
	if (fd >= 0)
		return maps_read(fd, memory, cut_off);
	if (errno == ENOENT)
		return "this kernel has no numa_maps";
	return "it may not be read: another user's, and CAP_SYS_PTRACE is "
	       "not held";
}
