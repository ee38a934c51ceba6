/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * /proc/PID of processes that migrate. All that is read is hostile and passes
 * text_clean(). /proc/PID/stat is parsed from its last ')', since a name may
 * hold anything.
 */
#include "proc.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#include <uthash.h>

#include "text.h"
#include "xalloc.h"

#define PROC_TEXT 4096
#define PROC_CMDLINE_COLUMNS 1024
/* Rounds that an entry outlives its last use. */
#define PROC_KEPT 120
/* Rounds after which all of an entry is read again. */
#define PROC_REREAD 8

struct proc_entry {
	struct process_id id;
	char *comm;
	char *cmdline;
	char *user;
	char *cgroup;
	char *container;
	char *vm;
	uint32_t uid;
	uint32_t seen_uid; /* the kernel side's, which may be older */
	unsigned int used; /* round */
	unsigned int read; /* round in which /proc was asked for all */
	UT_hash_handle hh;
};

struct proc_table {
	struct proc_entry *entries;
	unsigned int round;
};

/* Reads all of /proc/PID/@name; the length, or -1. Terminated. */
static ssize_t proc_read(int64_t pid, const char *name, char text[PROC_TEXT])
{
	char path[64];
	ssize_t n;
	int fd;

	snprintf(path, sizeof(path), "/proc/%lld/%s", (long long)pid, name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	n = read(fd, text, PROC_TEXT - 1);
	close(fd);
	if (n >= 0)
		text[n] = '\0';
	return n;
}

/* Field 22 of /proc/PID/stat, in clock ticks since boot; -1 if gone. */
static int64_t proc_start_ticks(int64_t pid)
{
	char text[PROC_TEXT], *field;
	int i;

	if (proc_read(pid, "stat", text) < 0)
		return -1;
	field = strrchr(text, ')');
	for (i = 2; field && i < 22; i++)
		field = strchr(field + 1, ' ');
	return field ? strtoll(field + 1, NULL, 10) : -1;
}

bool proc_alive(int64_t pid, uint64_t start_ns)
{
	static const uint64_t ns_per_s = 1000000000;
	uint64_t tick_ns = ns_per_s / sysconf(_SC_CLK_TCK);

	int64_t ticks = proc_start_ticks(pid);

	/* Not to be seen is not to be gone (hidepid, another namespace). */
	if (ticks < 0)
		return !kill(pid, 0) || errno != ESRCH;
	return ticks == (int64_t)(start_ns / tick_ns);
}

bool proc_thread_alive(int64_t pid, int64_t tid)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%lld/task/%lld", (long long)pid,
		 (long long)tid);
	return !access(path, F_OK) || !kill(tid, 0) || errno != ESRCH;
}

static char *clean_columns(const char *text, size_t n, int columns)
{
	char clean[PROC_TEXT * 4];

	text_clean(clean, sizeof(clean), text, n, columns);
	return xstrdup(clean);
}

static char *cmdline_read(int64_t pid)
{
	char text[PROC_TEXT];
	ssize_t n = proc_read(pid, "cmdline", text);
	ssize_t i;

	while (n > 0 && !text[n - 1])
		n--;
	if (n <= 0)
		return NULL;
	for (i = 0; i < n; i++)
		if (!text[i])
			text[i] = ' ';
	return clean_columns(text, n, PROC_CMDLINE_COLUMNS);
}

/* The path on the v2 hierarchy ("0::"), else that of the memory controller. */
static char *cgroup_read(int64_t pid)
{
	char text[PROC_TEXT], *line, *rest, *path = NULL;

	if (proc_read(pid, "cgroup", text) < 0)
		return NULL;
	for (line = strtok_r(text, "\n", &rest); line;
	     line = strtok_r(NULL, "\n", &rest)) {
		if (!strncmp(line, "0::", 3) && (line[4] || !path))
			path = line + 3;
		else if (strstr(line, ":memory:"))
			path = strstr(line, ":memory:") + strlen(":memory:");
	}
	return path ? clean_columns(path, strlen(path), -1) : NULL;
}

/* The last run of 64 hexadecimal digits is a container id; 12 name it. */
static char *container_of(const char *cgroup)
{
	const char *found = NULL, *p;
	size_t n;

	for (p = cgroup; p && *p; p += n ? n : 1) {
		for (n = 0; isxdigit((unsigned char)p[n]); n++)
			;
		if (n == 64)
			found = p;
	}
	return found ? xstrndup(found, 12) : NULL;
}

/* "qemu-system-x86_64 -name guest=db7,debug-threads=on": "db7". */
static char *vm_of(const char *cmdline)
{
	const char *name;

	if (!cmdline || !strstr(cmdline, "qemu"))
		return NULL;
	name = strstr(cmdline, " -name ");
	if (!name)
		return NULL;
	name += strlen(" -name ");
	if (!strncmp(name, "guest=", 6))
		name += 6;
	return xstrndup(name, strcspn(name, ", "));
}

static char *user_of(uint32_t uid)
{
	struct passwd *entry = getpwuid(uid);

	return entry ? text_clean_dup(entry->pw_name) : xasprintf("%u", uid);
}

static struct proc_entry *entry_add(struct proc_table *table,
				    const struct proc_seen *seen)
{
	struct proc_entry *entry = xcalloc(1, sizeof(*entry));

	entry->id.pid = seen->pid;
	entry->id.start_us = proc_start_us(seen->start_ns);
	entry->read = table->round;
	entry->uid = seen->uid;
	entry->seen_uid = seen->uid;
	entry->user = user_of(seen->uid);
	entry->comm = text_clean_dup(seen->comm);
	if (proc_alive(seen->pid, seen->start_ns)) {
		entry->cmdline = cmdline_read(seen->pid);
		entry->cgroup = cgroup_read(seen->pid);
		entry->container = container_of(entry->cgroup);
		entry->vm = vm_of(entry->cmdline);
	}
	HASH_ADD(hh, table->entries, id, sizeof(entry->id), entry);
	return entry;
}

static void entry_free(struct proc_entry *entry)
{
	free(entry->comm);
	free(entry->cmdline);
	free(entry->user);
	free(entry->cgroup);
	free(entry->container);
	free(entry->vm);
	free(entry);
}

static void take(char **held, char *text)
{
	if (!text)
		return;
	free(*held);
	*held = text;
}

/* The effective one; what it was if it cannot be told. */
static uint32_t uid_read(int64_t pid, uint32_t uid)
{
	char text[PROC_TEXT];
	unsigned int effective;
	const char *line;

	if (proc_read(pid, "status", text) <= 0)
		return uid;
	line = strstr(text, "\nUid:");
	if (!line || sscanf(line, "\nUid: %*u %u", &effective) != 1)
		return uid;
	return effective;
}

/* All that can change in a life: exec, setuid, another cgroup. */
static void entry_reread(struct proc_entry *entry)
{
	uint32_t uid = uid_read(entry->id.pid, entry->uid);

	if (uid != entry->uid) {
		entry->uid = uid;
		take(&entry->user, user_of(uid));
	}
	take(&entry->cmdline, cmdline_read(entry->id.pid));
	take(&entry->cgroup, cgroup_read(entry->id.pid));
	free(entry->container);
	entry->container = container_of(entry->cgroup);
	take(&entry->vm, vm_of(entry->cmdline));
}

/* An exec shows in the name; what does not show is asked for at times. */
static void entry_refresh(struct proc_table *table, struct proc_entry *entry,
			  const struct proc_seen *seen)
{
	char text[PROC_TEXT];
	ssize_t n = proc_read(seen->pid, "comm", text);
	char *comm;
	bool changed;

	if (n <= 0 || !proc_alive(seen->pid, seen->start_ns))
		return;
	comm = clean_columns(text, n - 1, -1);
	changed = strcmp(comm, entry->comm);
	take(&entry->comm, comm);
	if (!changed && seen->uid == entry->seen_uid &&
	    table->round - entry->read < PROC_REREAD)
		return;
	entry->read = table->round;
	entry->seen_uid = seen->uid;
	entry_reread(entry);
}

static char *dup_or_null(const char *text)
{
	return text ? xstrdup(text) : NULL;
}

void proc_describe(struct proc_table *table, const struct proc_seen *seen,
		   struct sample_proc *proc)
{
	struct process_id id = { seen->pid, proc_start_us(seen->start_ns) };
	struct proc_entry *entry;

	HASH_FIND(hh, table->entries, &id, sizeof(id), entry);
	if (!entry)
		entry = entry_add(table, seen);
	else if (entry->used != table->round)
		entry_refresh(table, entry, seen);
	entry->used = table->round;
	proc->id = id;
	proc->uid = entry->uid;
	proc->comm = xstrdup(entry->comm);
	proc->cmdline = dup_or_null(entry->cmdline);
	proc->user = dup_or_null(entry->user);
	proc->cgroup = dup_or_null(entry->cgroup);
	proc->container = dup_or_null(entry->container);
	proc->vm = dup_or_null(entry->vm);
	proc->nspid = UNKNOWN;
}

struct proc_table *proc_table_new(void)
{
	return xcalloc(1, sizeof(struct proc_table));
}

static void table_drop(struct proc_table *table, unsigned int kept)
{
	struct proc_entry *entry, *next;

	HASH_ITER(hh, table->entries, entry, next) {
		if (table->round - entry->used < kept)
			continue;
		HASH_DEL(table->entries, entry);
		entry_free(entry);
	}
}

void proc_table_age(struct proc_table *table)
{
	table->round++;
	table_drop(table, PROC_KEPT);
}

void proc_table_free(struct proc_table *table)
{
	if (!table)
		return;
	table_drop(table, 0);
	free(table);
}
