/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What keys do: one row a command. Key handling, help and footer are printed
 * from this table; a command that is not here does not exist.
 */
#ifndef MPTOP_COMMAND_H
#define MPTOP_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#define COMMAND_KEYS 7

struct dashboard;

enum command_where {
	IN_OVERLAY = 1 << 0,   /* works while an overlay is open */
	WHILE_PAUSED = 1 << 1, /* works on a frozen picture */
	EVERYWHERE = IN_OVERLAY | WHILE_PAUSED,
	ONLY_IN_DETAILS = 1 << 2, /* works while Details is open alone */
	LABEL_IN_OVERLAY = 1 << 3, /* in the footer of an overlay alone */
	IN_DETAILS = 1 << 4, /* works while Details is open, too */
};

struct command {
	int keys[COMMAND_KEYS]; /* ends with 0 */
	const char *help;
	const char *label; /* in the footer, NULL: not there */
	int rank;	   /* the lowest leaves the footer first */
	unsigned int where;
	void (*run)(struct dashboard *dashboard, int key);
};

extern const struct command command_table[];
extern const int nr_commands;

/* Does it work with what is open in @dashboard? */
bool command_works(const struct command *command,
		   const struct dashboard *dashboard);

/* The command of @key, or NULL. */
const struct command *command_find(int key);

/* The keys of @command with blanks between; "1-7" for a range of digits. */
char *command_keys_text(const struct command *command, char *dst, size_t cap);

#endif
