/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who a process is. While it lives, /proc is asked, which knows of an exec,
 * a change of user or of cgroup; of one that has gone, what the kernel side
 * captured is shown, and what /proc said before. Answers are kept by (pid,
 * start), so that a reused pid gets none of another's names.
 */
#ifndef MPTOP_PROC_H
#define MPTOP_PROC_H

#include <stdbool.h>
#include <stdint.h>

#include "pidns.h"
#include "proc_name.h"
#include "sample.h"

struct proc_table;

/* @ns, which is copied, tells which ids name a process in /proc. */
struct proc_table *proc_table_new(const struct pidns *ns);
void proc_table_free(struct proc_table *table);

struct proc_key {
	int64_t pid;  /* in mptop's pid namespace; 0: it has none there */
	int64_t tgid; /* in the initial one */
	uint64_t start_ns; /* since boot */
};

/* What the kernel side knows of a process. */
struct proc_seen {
	struct proc_key key;
	const char *comm;	/* raw, terminated */
	struct proc_args args;	/* none if they could not be read */
	uint64_t exec;		/* another after each exec; 0: not known */
	uint64_t cgroup_id;	/* on the v2 hierarchy */
	uint64_t memcg_id;	/* of the memory controller; 0: not known */
	uint32_t uid;		/* effective */
	int64_t nspid;		/* as in struct sample_proc */
	bool kernel;		/* a thread of the kernel's own */
};

/*
 * Fills @proc (its id and names; counts stay) for @seen. Asks /proc at the
 * first call of a round, for all at the first of a process, after an exec and
 * now and then.
 */
void proc_describe(struct proc_table *table, const struct proc_seen *seen,
		   struct sample_proc *proc);

/*
 * Is the process still there, and the same one? One that cannot be seen
 * (hidepid, another namespace) is.
 */
bool proc_alive(const struct proc_table *table, const struct proc_key *key);

/*
 * Can proc_alive() ever tell of its end? Not of one without an id in mptop's
 * pid namespace, unless /proc is that of the initial one.
 */
bool proc_is_known(const struct proc_table *table, const struct proc_key *key);

/* As proc_key for one of its threads. */
struct proc_thread {
	int64_t tid;
	int64_t initial_tid;
};

/* Is @thread of process @key still there? */
bool proc_thread_alive(const struct proc_table *table,
		       const struct proc_key *key,
		       const struct proc_thread *thread);

/* Ends a round: entries not described for some rounds are dropped. */
void proc_table_age(struct proc_table *table);

/* Start time in the unit of struct process_id. */
static inline int64_t proc_start_us(uint64_t start_ns)
{
	return start_ns / 1000;
}

static inline struct process_id proc_id(const struct proc_key *key)
{
	return (struct process_id){ key->pid, proc_start_us(key->start_ns) };
}

#endif
