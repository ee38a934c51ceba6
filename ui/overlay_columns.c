/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The columns of the process panel: which are shown, and in what order. */
#include "overlay.h"

#include "dashboard_state.h"
#include "keys.h"

static int columns_lines(const struct dashboard *dashboard)
{
	(void)dashboard;
	return nr_process_columns;
}

static void columns_draw_line(const struct dashboard *dashboard, int line,
			      struct canvas *canvas, struct rect area)
{
	const struct column_choice *choice = &dashboard->columns;
	const struct column *column = &process_columns[choice->column[line]];
	bool shown = choice->shown[line];

	overlay_put_mark(canvas, area, shown);
	canvas_put(canvas, area.row, area.col + 4, 9,
		   shown ? STYLE_KEY : STYLE_NORMAL, column->name);
	canvas_put(canvas, area.row, area.col + 14, area.cols - 14, STYLE_DIM,
		   column->help);
}

static void columns_toggle(struct dashboard *dashboard, int line)
{
	if (!column_choice_toggle(&dashboard->columns, line))
		dashboard_set_status(dashboard, true,
				     "the last column stays: show another "
				     "before leaving it out");
	dashboard_look(dashboard);
}

/* The selection goes with the column. */
static void columns_move(struct dashboard *dashboard, int step)
{
	int line = dashboard->overlay_state.selected;

	if (step < 0 ? line > 0 : line + 1 < nr_process_columns)
		column_choice_swap(&dashboard->columns,
				   step < 0 ? line - 1 : line);
	dashboard_move(dashboard, step);
}

static bool columns_key(struct dashboard *dashboard, int key)
{
	switch (key) {
	case ' ':
	case MK_ENTER:
		columns_toggle(dashboard, dashboard->overlay_state.selected);
		return true;
	case '<':
	case MK_LEFT:
		columns_move(dashboard, -1);
		return true;
	case '>':
	case MK_RIGHT:
		columns_move(dashboard, 1);
		return true;
	case '=':
		dashboard->columns = column_choice_default();
		dashboard_look(dashboard);
		return true;
	case 'o':
		dashboard_open_overlay(dashboard, NULL);
		return true;
	default:
		return false;
	}
}

const struct overlay_ops overlay_columns = {
	.title = "Columns  (o, q close)",
	.footer = "Space shows, hides  < > move  = defaults",
	.cols = 70,
	.selects = true,
	.lines = columns_lines,
	.draw_line = columns_draw_line,
	.key = columns_key,
};
