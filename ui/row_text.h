/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What cells of groups and of their members say beside what all rows do. */
#ifndef MPTOP_ROW_TEXT_H
#define MPTOP_ROW_TEXT_H

#include "column.h"

/* Columns that a member's name is indented by. */
#define ROW_INDENT 2

/* A cgroup's by its machine or container, or by the end of its path. */
const char *row_group_name(const struct model_row *row);

/* "mysqld[4242]", "mover kswapd0[61]", "cgroup mysqld.service"; free() it. */
char *row_title(const struct model_row *row);

/* The same, but shared pages are told from the process's own; free() it. */
char *row_title_exact(const struct model_row *row);

/* The name of group @row, with + or - for what can be done to it. */
void row_group_text(struct column_cell *cell, const struct model_row *row);

/* How many members group @row has: where others have a pid, or a mover. */
void row_members_text(struct column_cell *cell, const struct model_row *row);

/* Indents the text of @cell, made ROW_INDENT narrower, and widens it again. */
void row_indent(struct column_cell *cell, const struct model_row *row);

#endif
