/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the header says of the view: each restriction, however it was set. */
#include "header_items.h"

#include "text.h"

/* More of a text is cut off: the header has other things to say. */
#define FILTER_COLS 40
#define NAME_COLS 24

static void add_cut(struct header_line *line, const char *what,
		    const char *text, int cols)
{
	bool fits = text_width(text) <= cols;

	header_add(PLACE(line, HEADER_KEEP, 2, STYLE_WARN), "%s %.*s%s", what,
		   (int)text_prefix(text, cols, NULL), text,
		   fits ? "" : "...");
}

static const char *name(const char *text)
{
	return text[0] ? text : "unknown";
}

void header_view(const struct screen_facts *facts, struct header_line *line)
{
	static const char *const roles[] = {
		[NODE_EITHER] = "node", [NODE_FROM] = "from node",
		[NODE_TO] = "to node",
	};
	const struct model_view *view = facts->view;

	if (view->node != NODE_UNKNOWN)
		header_add(PLACE(line, HEADER_KEEP, 2, STYLE_WARN), "%s %d",
			   roles[view->node_role], view->node);
	if (view->user)
		add_cut(line, "user", name(view->user), NAME_COLS);
	if (view->reason)
		add_cut(line, "reason", name(view->reason), NAME_COLS);
	if (view->only)
		add_cut(line, "only", facts->only_text, NAME_COLS);
	if (facts->filter_text[0])
		add_cut(line, "filter:", facts->filter_text, FILTER_COLS);
}
