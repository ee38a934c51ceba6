/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who a pid is: what /proc and the user database tell beside what the kernel
 * side captured. Answers are kept by (pid, start), so that a process that has
 * gone keeps its names and a reused pid gets none of another's.
 */
#ifndef MPTOP_PROC_H
#define MPTOP_PROC_H

#include <stdbool.h>
#include <stdint.h>

#include "sample.h"

struct proc_table;

struct proc_table *proc_table_new(void);
void proc_table_free(struct proc_table *table);

/* What the kernel side knows of a process. */
struct proc_seen {
	int64_t pid;
	uint64_t start_ns; /* since boot */
	const char *comm;  /* raw, terminated */
	uint32_t uid;
};

/*
 * Fills @proc (its id and names; counts stay) for @seen. Asks /proc at the
 * first call for a process, and now and then again: a process may exec, change
 * its user or be moved to another cgroup.
 */
void proc_describe(struct proc_table *table, const struct proc_seen *seen,
		   struct sample_proc *proc);

/* Is the process still there, and the same one? */
bool proc_alive(int64_t pid, uint64_t start_ns);

/* Is thread @tid of process @pid still there? */
bool proc_thread_alive(int64_t pid, int64_t tid);

/* Ends a round: entries not described for some rounds are dropped. */
void proc_table_age(struct proc_table *table);

/* Start time in the unit of struct process_id. */
static inline int64_t proc_start_us(uint64_t start_ns)
{
	return start_ns / 1000;
}

#endif
