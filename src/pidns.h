/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * mptop's own pid namespace. The ids shown are of it; the kernel side knows
 * those of the initial one, too, and /proc has those of the namespace that it
 * was mounted in, which may be a third.
 */
#ifndef MPTOP_PIDNS_H
#define MPTOP_PIDNS_H

#include <stdbool.h>
#include <stdint.h>

/* Whose ids /proc has. */
enum pidns_proc {
	PIDNS_PROC_OWN,
	PIDNS_PROC_INITIAL,
	PIDNS_PROC_OTHER, /* neither: /proc names nobody that we know */
};

struct pidns {
	uint32_t inum; /* its inode number, 0 if it is the initial one */
	enum pidns_proc proc;
};

void pidns_read(struct pidns *ns);

/*
 * The number of ids in the line NSpid of @status, the text of a
 * /proc/PID/status: one for each namespace from that of /proc on down to the
 * process' own (proc(5)); 1 without the line, which Linux 4.1 added.
 */
int pidns_levels(const char *status);

#endif
