/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The panels: which are shown, where there is room for them. */
#include "overlay.h"

#include <string.h>

#include "dashboard_state.h"
#include "keys.h"

/* The header is no panel that could be missed. */
static enum panel panel_of(int line)
{
	return (enum panel)(PANEL_NODES + line);
}

static int panels_lines(const struct dashboard *dashboard)
{
	(void)dashboard;
	return PANEL_COUNT - PANEL_NODES;
}

static void panels_draw_line(const struct dashboard *dashboard, int line,
			     struct canvas *canvas, struct rect area)
{
	enum panel panel = panel_of(line);
	bool shown = !dashboard->hidden[panel];

	overlay_put_mark(canvas, area, shown);
	canvas_put(canvas, area.row, area.col + 4, 10,
		   shown ? STYLE_KEY : STYLE_NORMAL,
		   panel_table[panel]->title);
	if (shown && dashboard->zoom == LAYOUT_NO_ZOOM &&
	    !dashboard->layout.panel[panel].rows)
		canvas_put(canvas, area.row, area.col + 15, area.cols - 15,
			   STYLE_DIM, "no room");
}

static void panels_toggle(struct dashboard *dashboard)
{
	enum panel panel = panel_of(dashboard->overlay_state.selected);
	bool hidden[PANEL_COUNT];

	memcpy(hidden, dashboard->hidden, sizeof(hidden));
	hidden[panel] = !hidden[panel];
	if (dashboard_set_hidden(dashboard, hidden))
		dashboard_layout(dashboard);
	else
		dashboard_set_status(dashboard, true,
				     "the last panel stays: show another "
				     "before hiding it");
}

static bool panels_key(struct dashboard *dashboard, int key)
{
	switch (key) {
	case ' ':
	case MK_ENTER:
		panels_toggle(dashboard);
		return true;
	case '=':
		memset(dashboard->hidden, 0, sizeof(dashboard->hidden));
		dashboard_layout(dashboard);
		return true;
	case 'p':
		dashboard_open_overlay(dashboard, NULL);
		return true;
	default:
		return false;
	}
}

const struct overlay_ops overlay_panels = {
	.title = "Panels  (p, q close)",
	.footer = "Space shows, hides  = all",
	.cols = 26,
	.selects = true,
	.lines = panels_lines,
	.draw_line = panels_draw_line,
	.key = panels_key,
};
