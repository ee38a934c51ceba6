/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the help says, for whoever else prints it: the manual does. */
#ifndef MPTOP_OVERLAY_HELP_H
#define MPTOP_OVERLAY_HELP_H

#include <stdbool.h>
#include <stddef.h>

struct help_line {
	char name[64];
	const char *text; /* NULL: name is a heading */
};

/* The heading of the section @section, NULL after the last. */
const char *help_heading(size_t section);

/* Line @i of the section @section into @line; false after its last. */
bool help_line_of(size_t section, int i, struct help_line *line);

#endif
