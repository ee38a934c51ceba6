/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One call of the log in full, in lines that fit a width. */
#ifndef MPTOP_CALL_PAGE_H
#define MPTOP_CALL_PAGE_H

#include "model.h"

#define CALL_PAGE_LINES 192
/* Columns of the names before the texts. */
#define CALL_PAGE_NAME 11

struct call_page_line {
	const char *name; /* "" on the further lines of a text */
	char text[400];
};

struct call_page {
	struct call_page_line line[CALL_PAGE_LINES]; /* what is more is cut */
	int nr;
	int cols; /* that a line may take, with its name */
};

/*
 * Fills @page, whose cols are set, from @line: who called when for whom, the
 * arguments as they were at entry, as the kernel copied them and as it used
 * them, what came of it, and in words why nothing did and what its marks say;
 * and where it came from, if that was taken.
 */
void call_page_fill(struct call_page *page, const struct model_log_line *line);

#endif
