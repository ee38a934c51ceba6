/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One process in /proc. It is opened once, and what is read through the open
 * directory is of that process or fails: a later one of the same pid never
 * answers (the directory stands for the kernel's struct pid).
 */
#ifndef MPTOP_PROCFS_H
#define MPTOP_PROCFS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "proc_name.h"

/* As much of a file as is read. */
#define PROCFS_TEXT 4096

enum procfs_state {
	PROCFS_SAME,
	PROCFS_ENDED,  /* a zombie, or one whose first thread has ended */
	PROCFS_OTHER,  /* gone: the pid is another's now */
	PROCFS_HIDDEN, /* gone, or not to be seen (hidepid, namespaces) */
};

/*
 * Opens process @pid if it began at @start_ns since boot, to the clock tick,
 * which is all that /proc tells: a directory in *@dir, to be closed. Not
 * PROCFS_SAME: -1 there.
 */
enum procfs_state procfs_open(int64_t pid, uint64_t start_ns, int *dir);

/* Reads file @name of @dir; the length, or -1. Terminated. */
ssize_t procfs_read(int dir, const char *name, char text[PROCFS_TEXT]);

/* Clean text to be freed, NULL if it cannot be read or is empty. */
char *procfs_comm(int dir);

/* On the v2 hierarchy, or if that is its root that of the memory controller. */
char *procfs_cgroup(int dir);

/* The arguments, in @text. */
struct proc_args procfs_args(int dir, char text[PROCFS_TEXT]);

/* The effective user id, or -1. */
int64_t procfs_uid(int dir);

#endif
