/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The logged system calls and their arguments, one row each; and what moves
 * pages likewise without being a call.
 */
#ifndef MPTOP_CALL_H
#define MPTOP_CALL_H

#include <stddef.h>

#include "sample.h"

enum call_arg_kind {
	CALL_ARG_NONE,
	CALL_ARG_NUMBER, /* a JSON number */
	CALL_ARG_TEXT,	 /* node list, flags, address: a JSON string */
};

struct call_arg {
	const char *name;
	enum call_arg_kind kind;
};

struct call {
	const char *name;
	struct call_arg arg[SAMPLE_ARG_MAX]; /* ends with CALL_ARG_NONE */
};

extern const struct call call_table[CALL_COUNT];

/* The call named @name, or -1. */
int call_find(const char *name);

/* As a bit of a set of calls; CALLS_DEFAULT are those logged unasked. */
#define CALL_BIT(call) (1U << (call))
#define CALLS_ALL (CALL_BIT(CALL_COUNT) - 1)
#define CALLS_DEFAULT (CALLS_ALL & ~CALL_BIT(CALL_GET_MEMPOLICY))

/*
 * Write a memory policy's mode with its flags ("MPOL_BIND|MPOL_F_STATIC_NODES")
 * the flags of mbind() and move_pages() ("MPOL_MF_MOVE", "0" for none), and
 * those of get_mempolicy() ("MPOL_F_ADDR") into @dst of @cap bytes; what has
 * no name is in hex. Return @dst.
 */
char *call_mode_format(uint64_t mode, char *dst, size_t cap);
char *call_flags_format(uint64_t flags, char *dst, size_t cap);
char *call_get_flags_format(uint64_t flags, char *dst, size_t cap);

/* May a call of this kind move pages? The others give no process a row. */
bool call_may_move(enum sample_call call);

/*
 * Writes @event as one log line without its time, as strace would:
 * "katalyst[812] migrate_pages(pid=4242 mysqld, 0-1 -> 2) = 17 not moved,
 * 1.46 s, 2031 moved", into @dst of @cap bytes, cut off after a whole
 * character. @caller and @target are the names to show or NULL. With @unicode
 * the arrow is U+2192. Behind the result is what the call did, page statuses,
 * or why it could do nothing; then the marks: "[ia32] [toctou] at entry
 * old_nodes=0 [narrowed] without 3". Values are args, else at_entry, else
 * effective, else "?". Returns @dst.
 */
char *call_format(const struct sample_event *event, const char *caller,
		  const char *target, bool unicode, char *dst, size_t cap);

/* Name of an errno ("EPERM"), or NULL if it has none. */
const char *call_errno_name(int64_t error);

#endif
