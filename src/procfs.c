/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * /proc/PID. All that is read is hostile; /proc/PID/stat is parsed from its
 * last ')', since a name may hold anything.
 */
#include "procfs.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "text.h"
#include "xalloc.h"

ssize_t procfs_read(int dir, const char *name, char text[PROCFS_TEXT])
{
	int fd = openat(dir, name, O_RDONLY | O_CLOEXEC);
	ssize_t n;

	text[0] = '\0';
	if (fd < 0)
		return -1;
	n = read(fd, text, PROCFS_TEXT - 1);
	close(fd);
	if (n >= 0)
		text[n] = '\0';
	return n;
}

/* What /proc/PID/stat says: fields 3 and 22. */
struct stat_fields {
	char state;
	int64_t start_ticks; /* since boot */
};

static bool stat_read(int dir, struct stat_fields *stat)
{
	char text[PROCFS_TEXT], *field;
	int i;

	if (procfs_read(dir, "stat", text) <= 0)
		return false;
	field = strrchr(text, ')');
	if (!field || field[1] != ' ')
		return false;
	stat->state = field[2];
	for (i = 2; field && i < 22; i++)
		field = strchr(field + 1, ' ');
	if (!field)
		return false;
	stat->start_ticks = strtoll(field + 1, NULL, 10);
	return true;
}

static enum procfs_state state_of(int dir, uint64_t start_ns)
{
	static const uint64_t ns_per_s = 1000000000;
	uint64_t tick_ns = ns_per_s / sysconf(_SC_CLK_TCK);
	struct stat_fields stat;

	if (!stat_read(dir, &stat))
		return PROCFS_HIDDEN;
	if (stat.start_ticks != (int64_t)(start_ns / tick_ns))
		return PROCFS_OTHER;
	return strchr("ZXx", stat.state) ? PROCFS_ENDED : PROCFS_SAME;
}

enum procfs_state procfs_open(int64_t pid, uint64_t start_ns, int *dir)
{
	enum procfs_state state;
	char path[64];

	snprintf(path, sizeof(path), "/proc/%lld", (long long)pid);
	*dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (*dir < 0)
		return PROCFS_HIDDEN;
	state = state_of(*dir, start_ns);
	if (state == PROCFS_SAME)
		return state;
	close(*dir);
	*dir = -1;
	return state;
}

static char *clean(const char *text, size_t n)
{
	char line[PROCFS_TEXT * 4];

	text_clean(line, sizeof(line), text, n, -1);
	return *line ? xstrdup(line) : NULL;
}

char *procfs_comm(int dir)
{
	char text[PROCFS_TEXT];
	ssize_t n = procfs_read(dir, "comm", text);

	return n > 1 ? clean(text, n - 1) : NULL;
}

char *procfs_cgroup(int dir)
{
	char text[PROCFS_TEXT], *line, *rest, *path = NULL;

	if (procfs_read(dir, "cgroup", text) < 0)
		return NULL;
	for (line = strtok_r(text, "\n", &rest); line;
	     line = strtok_r(NULL, "\n", &rest)) {
		if (!strncmp(line, "0::", 3) && (line[4] || !path))
			path = line + 3;
		else if (strstr(line, ":memory:"))
			path = strstr(line, ":memory:") + strlen(":memory:");
	}
	return path ? clean(path, strlen(path)) : NULL;
}

struct proc_args procfs_args(int dir, char text[PROCFS_TEXT])
{
	ssize_t n = procfs_read(dir, "cmdline", text);

	return (struct proc_args){ text, n > 0 ? n : 0, n == PROCFS_TEXT - 1 };
}

int64_t procfs_uid(int dir)
{
	char text[PROCFS_TEXT];
	unsigned int uid;
	const char *line;

	if (procfs_read(dir, "status", text) <= 0)
		return -1;
	line = strstr(text, "\nUid:");
	if (!line || sscanf(line, "\nUid: %*u %u", &uid) != 1)
		return -1;
	return uid;
}
