/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Processes that migrate. An entry's names are all of one moment of its life:
 * either of /proc, or of the kernel side, which saw it later than /proc did.
 */
#include "proc.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <uthash.h>

#include "cgroup_paths.h"
#include "procfs.h"
#include "text.h"
#include "user_names.h"
#include "xalloc.h"

#define PROC_CMDLINE_COLUMNS 1024
/* Rounds that an entry outlives its last use. */
#define PROC_KEPT 120
/* Rounds after which all of an entry is read again. */
#define PROC_REREAD 8

#define COMM_BYTES 16 /* TASK_COMM_LEN */

/* What changes in a life, as the kernel side has captured it. */
struct proc_moment {
	char comm[COMM_BYTES]; /* zeros behind it */
	uint64_t exec;
	uint64_t cgroup_id;
	uint64_t memcg_id;
	uint64_t uid; /* as wide, so without padding */
};

struct proc_entry {
	struct process_id id;
	struct proc_moment moment;
	char *comm; /* NULL in a new entry */
	char *cmdline;
	char *user;
	char *cgroup;
	char *container;
	char *vm;
	uint32_t uid;
	unsigned int used; /* round */
	unsigned int read; /* round in which all was asked for */
	UT_hash_handle hh;
};

struct proc_table {
	struct proc_entry *entries;
	struct user_names *users;
	struct cgroup_paths *cgroups;
	struct pidns ns;
	unsigned int round;
};

/* The id by which /proc has the process, 0 if by none. */
static int64_t id_in_proc(const struct proc_table *table, int64_t own,
			  int64_t initial)
{
	if (table->ns.proc == PIDNS_PROC_OWN)
		return own;
	return table->ns.proc == PIDNS_PROC_INITIAL ? initial : 0;
}

static enum procfs_state process_open(const struct proc_table *table,
				      const struct proc_key *key, int *dir)
{
	int64_t id = id_in_proc(table, key->pid, key->tgid);

	*dir = -1;
	return id ? procfs_open(id, key->start_ns, dir) : PROCFS_HIDDEN;
}

bool proc_alive(const struct proc_table *table, const struct proc_key *key)
{
	enum procfs_state state;
	int dir;

	state = process_open(table, key, &dir);
	if (dir >= 0)
		close(dir);
	if (state == PROCFS_HIDDEN && key->pid)
		return !kill(key->pid, 0) || errno != ESRCH;
	return state != PROCFS_OTHER;
}

bool proc_is_known(const struct proc_table *table, const struct proc_key *key)
{
	return key->pid || id_in_proc(table, key->pid, key->tgid);
}

bool proc_thread_alive(const struct proc_table *table,
		       const struct proc_key *key,
		       const struct proc_thread *thread)
{
	int64_t pid = id_in_proc(table, key->pid, key->tgid);
	int64_t tid = id_in_proc(table, thread->tid, thread->initial_tid);
	char path[64];

	snprintf(path, sizeof(path), "/proc/%lld/task/%lld", (long long)pid,
		 (long long)tid);
	if (tid && !access(path, F_OK))
		return true;
	return !thread->tid || !kill(thread->tid, 0) || errno != ESRCH;
}

static void take(char **held, char *text)
{
	free(*held);
	*held = text;
}

static char *cmdline_of(const struct proc_args *args)
{
	char *text = proc_args_text(args);

	if (text)
		text[text_prefix(text, PROC_CMDLINE_COLUMNS, NULL)] = '\0';
	return text;
}

/* As procfs_cgroup() chooses; NULL if it is not known. */
static char *cgroup_of_ids(struct proc_table *table,
			   const struct proc_moment *moment)
{
	const char *path = cgroup_path(table->cgroups, CGROUP_V2,
				       moment->cgroup_id);
	char *v2 = path ? xstrdup(path) : NULL;

	if (v2 && strcmp(v2, "/"))
		return v2;
	path = cgroup_path(table->cgroups, CGROUP_MEMORY, moment->memcg_id);
	if (!path)
		return v2;
	free(v2);
	return xstrdup(path);
}

static void entry_set_uid(struct proc_table *table, struct proc_entry *entry,
			  uint32_t uid)
{
	if (entry->user && entry->uid == uid)
		return;
	entry->uid = uid;
	take(&entry->user, user_name(table->users, uid));
}

/* What follows from the other names. */
static void entry_derive(struct proc_entry *entry, const struct proc_args *args)
{
	take(&entry->cmdline, cmdline_of(args));
	take(&entry->container, proc_container_name(entry->cgroup));
	take(&entry->vm, proc_vm_name(entry->comm, args, entry->cgroup));
}

/* Of a process that is open in /proc as @dir; its comm is known. */
static void entry_read(struct proc_table *table, struct proc_entry *entry,
		       const struct proc_seen *seen, int dir)
{
	char text[PROCFS_TEXT], *cgroup = procfs_cgroup(dir);
	struct proc_args args = procfs_args(dir, text);
	int64_t uid = procfs_uid(dir);

	if (!cgroup)
		cgroup = cgroup_of_ids(table, &entry->moment);
	take(&entry->cgroup, cgroup);
	entry_set_uid(table, entry, uid < 0 ? seen->uid : uid);
	entry_derive(entry, args.n ? &args : &seen->args);
	entry->read = table->round;
}

/* Of a process that has gone, or that /proc does not show. */
static void entry_capture(struct proc_table *table, struct proc_entry *entry,
			  const struct proc_seen *seen)
{
	take(&entry->comm, text_clean_dup(seen->comm));
	take(&entry->cgroup, cgroup_of_ids(table, &entry->moment));
	entry_set_uid(table, entry, seen->uid);
	entry_derive(entry, &seen->args);
}

/* Notes @seen's moment; is it another than the last one, or the first? */
static bool entry_moves_on(struct proc_entry *entry,
			   const struct proc_seen *seen)
{
	struct proc_moment was = entry->moment;

	/* A call's target without a row: less than is known. */
	if (entry->comm && !seen->exec)
		return false;
	entry->moment = (struct proc_moment){
		.exec = seen->exec,
		.cgroup_id = seen->cgroup_id,
		.memcg_id = seen->memcg_id,
		.uid = seen->uid,
	};
	strncpy(entry->moment.comm, seen->comm, COMM_BYTES - 1);
	return !entry->comm || memcmp(&was, &entry->moment, sizeof(was));
}

/* Takes its comm; is it another one? A worker's says what it just does. */
static bool entry_read_comm(struct proc_entry *entry,
			    const struct proc_seen *seen, int dir)
{
	char *comm = procfs_comm(dir);
	bool changed;

	if (!comm)
		comm = text_clean_dup(seen->comm);
	changed = !entry->comm || strcmp(entry->comm, comm);
	take(&entry->comm, comm);
	return changed && !seen->kernel;
}

static void entry_refresh(struct proc_table *table, struct proc_entry *entry,
			  const struct proc_seen *seen)
{
	bool changed = entry_moves_on(entry, seen);
	int dir;

	if (process_open(table, &seen->key, &dir) == PROCFS_SAME) {
		changed |= entry_read_comm(entry, seen, dir);
		if (changed || table->round - entry->read >= PROC_REREAD)
			entry_read(table, entry, seen, dir);
		close(dir);
	} else if (changed) {
		entry_capture(table, entry, seen);
	}
}

void proc_describe(struct proc_table *table, const struct proc_seen *seen,
		   struct sample_proc *proc)
{
	struct process_id id = proc_id(&seen->key);
	struct proc_entry *entry;

	HASH_FIND(hh, table->entries, &id, sizeof(id), entry);
	if (!entry) {
		entry = xcalloc(1, sizeof(*entry));
		entry->id = id;
		HASH_ADD(hh, table->entries, id, sizeof(entry->id), entry);
	}
	if (!entry->comm || entry->used != table->round)
		entry_refresh(table, entry, seen);
	entry->used = table->round;
	proc->id = id;
	proc->uid = entry->uid;
	proc->comm = xstrdup(entry->comm);
	/* Clean already, and a NULL stays one. */
	proc->cmdline = text_clean_dup(entry->cmdline);
	proc->user = text_clean_dup(entry->user);
	proc->cgroup = text_clean_dup(entry->cgroup);
	proc->container = text_clean_dup(entry->container);
	proc->vm = text_clean_dup(entry->vm);
	proc->nspid = seen->nspid;
}

struct proc_table *proc_table_new(const struct pidns *ns)
{
	struct proc_table *table = xcalloc(1, sizeof(*table));

	table->ns = *ns;
	table->users = user_names_new();
	table->cgroups = cgroup_paths_new("/proc/self/mountinfo");
	return table;
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
	cgroup_paths_age(table->cgroups);
	table_drop(table, PROC_KEPT);
}

void proc_table_free(struct proc_table *table)
{
	if (!table)
		return;
	table_drop(table, 0);
	cgroup_paths_free(table->cgroups);
	user_names_free(table->users);
	free(table);
}
