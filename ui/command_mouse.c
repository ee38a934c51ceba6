/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Commands of the mouse, at dashboard->mouse_row and mouse_col. */
#include "command_run.h"
#include "dashboard_state.h"
#include "keys.h"

/* Lines that a step of the wheel moves by. */
#define WHEEL_LINES 3

static bool is_at(const struct dashboard *dashboard, struct rect area)
{
	return dashboard->mouse_row >= area.row &&
	       dashboard->mouse_row < area.row + area.rows &&
	       dashboard->mouse_col >= area.col &&
	       dashboard->mouse_col < area.col + area.cols;
}

/* The panel there, its title included; PANEL_HEADER: none that has focus. */
static enum panel panel_at(const struct dashboard *dashboard)
{
	struct rect area;
	int i;

	for (i = PANEL_COUNT - 1; i > PANEL_HEADER; i--) {
		area = dashboard->layout.panel[i];
		if (!area.rows)
			continue;
		area.row--;
		area.rows++;
		if (is_at(dashboard, area))
			break;
	}
	return i;
}

/* False: not on a line of the overlay. */
static bool overlay_click(struct dashboard *dashboard)
{
	const struct panel_state *state = &dashboard->overlay_state;
	struct rect area = overlay_area(dashboard, dashboard->rows,
					dashboard->cols);

	if (!is_at(dashboard, area))
		return false;
	if (dashboard->overlay->selects)
		dashboard_move(dashboard, state->top + dashboard->mouse_row -
					  area.row - state->selected);
	return true;
}

static void head_click(struct dashboard *dashboard, enum panel which)
{
	const struct panel_ops *ops = panel_table[which];
	struct screen_facts facts = dashboard_facts(dashboard);
	int order = ops->head_order ?
			    ops->head_order(&facts, &dashboard->panel[which],
					    dashboard->layout.panel[which],
					    dashboard->mouse_col) :
			    -1;

	if (order < 0)
		return;
	if (order == (int)dashboard->view.order)
		run_reverse(dashboard, 'R');
	else
		dashboard_set_order(dashboard, (enum model_order)order);
}

/* False: not on a line of a panel that selects. */
static bool panel_click(struct dashboard *dashboard)
{
	enum panel which = panel_at(dashboard);
	const struct panel_ops *ops = panel_table[which];
	struct screen_facts facts = dashboard_facts(dashboard);
	const struct panel_state *state = &dashboard->panel[which];
	struct rect area = dashboard->layout.panel[which];
	int line = dashboard->mouse_row - area.row - ops->head_rows;

	if (which == PANEL_HEADER)
		return false;
	dashboard_set_focus(dashboard, which);
	if (line < 0 && dashboard->mouse_row >= area.row)
		head_click(dashboard, which);
	if (!ops->selects || line < 0 ||
	    line >= dashboard_visible(dashboard, which))
		return false;
	line = which == PANEL_LOG ?
		       panel_log_line_at(&facts, state, area.rows, line) :
		       state->top + line;
	if (line >= ops->lines(&facts))
		return false;
	dashboard_move(dashboard, line - state->selected);
	return true;
}

void run_click(struct dashboard *dashboard, int key)
{
	(void)key;
	if (dashboard->overlay)
		overlay_click(dashboard);
	else
		panel_click(dashboard);
}

/* On what a click would select, as Enter. */
void run_double_click(struct dashboard *dashboard, int key)
{
	(void)key;
	if (dashboard->overlay ? overlay_click(dashboard) :
				 panel_click(dashboard))
		dashboard_key(dashboard, MK_ENTER);
}

/* What is under the pointer moves, the focus stays. */
void run_wheel(struct dashboard *dashboard, int key)
{
	int lines = key == MK_WHEEL_UP ? -WHEEL_LINES : WHEEL_LINES;
	enum panel focus = dashboard->focus, which = panel_at(dashboard);

	if (!dashboard->overlay && which == PANEL_HEADER)
		return;
	if (!dashboard->overlay)
		dashboard->focus = which;
	dashboard_move(dashboard, lines);
	dashboard->focus = focus;
}
