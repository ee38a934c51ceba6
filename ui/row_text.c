/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Groups in the process panel. */
#include "row_text.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"
#include "xalloc.h"

/* The end of a path tells more than its beginning. */
static const char *last_part(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash && slash[1] ? slash + 1 : path;
}

const char *row_group_name(const struct model_row *row)
{
	if (row->group != GROUP_CGROUP)
		return row->comm;
	if (row->vm && strcmp(row->vm, GROUP_MIXED))
		return row->vm;
	return row->container ? row->container : last_part(row->comm);
}

void row_members_text(struct column_cell *cell, const struct model_row *row)
{
	if (row->group == GROUP_MOVER)
		snprintf(cell->text, sizeof(cell->text), "(%d owner%s)",
			 row->nr_members, row->nr_members == 1 ? "" : "s");
	else
		snprintf(cell->text, sizeof(cell->text), "(%d)",
			 row->nr_members);
}

void row_group_text(struct column_cell *cell, const struct model_row *row)
{
	cell->style = STYLE_TITLE;
	snprintf(cell->text, sizeof(cell->text), "%s%s",
		 !row->nr_members ? " " : row->is_expanded ? "-" : "+",
		 row_group_name(row));
}

void row_indent(struct column_cell *cell, const struct model_row *row)
{
	const char *mark = canvas_unicode(cell->canvas) ?
			   row->is_last ? "\u2514\u2500" : "\u251c\u2500" :
			   row->is_last ? "`-" : "|-";
	size_t length = strlen(mark), room = sizeof(cell->text) - length - 1;

	cell->width += ROW_INDENT;
	memmove(cell->text + length, cell->text,
		strnlen(cell->text, room) + 1);
	cell->text[sizeof(cell->text) - 1] = '\0';
	memcpy(cell->text, mark, length);
}

char *row_title(const struct model_row *row)
{
	const char *kind = row->group == GROUP_OWNER ?
			   "" : model_group_name[row->group];
	const char *blank = kind[0] ? " " : "";

	if (row->id.pid)
		return xasprintf("%s%s%s[%" PRId64 "]", kind, blank, row->comm,
				 row->id.pid);
	return xasprintf("%s%s%s", kind, blank, row_group_name(row));
}

char *row_title_exact(const struct model_row *row)
{
	bool shared = row->group == GROUP_OWNER && row->owner == OWNER_SHARED;
	char *title = row_title(row), *exact;

	exact = xasprintf("%s%s", title, shared ? " (shared)" : "");
	free(title);
	return exact;
}
