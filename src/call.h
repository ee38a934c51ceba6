/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The logged system calls and their arguments, one row each. */
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

/*
 * Write a memory policy's mode with its flags ("MPOL_BIND|MPOL_F_STATIC_NODES")
 * and the flags of mbind() and move_pages() ("MPOL_MF_MOVE", "0" for none)
 * into @dst of @cap bytes; what has no name is in hex. Return @dst.
 */
char *call_mode_format(uint64_t mode, char *dst, size_t cap);
char *call_flags_format(uint64_t flags, char *dst, size_t cap);

/*
 * Writes @event as one log line without its time, as strace would:
 * "katalyst[812] migrate_pages(pid=4242 mysqld, 0-1 -> 2) = 17 not moved,
 * 1.46 s", into @dst of @cap bytes, cut off after a whole character.
 * @caller and @target are the names to show or NULL. With @unicode the arrow
 * is U+2192. Marks follow: "[toctou] at entry old_nodes=0 [narrowed] without
 * 3". Values are args, else at_entry, else "?". Returns @dst.
 */
char *call_format(const struct sample_event *event, const char *caller,
		  const char *target, bool unicode, char *dst, size_t cap);

/* Name of an errno ("EPERM"), or NULL if it has none. */
const char *call_errno_name(int64_t error);

#endif
