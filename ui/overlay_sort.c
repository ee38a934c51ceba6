/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The list of sort orders, printed from model_order_table. */
#include "overlay.h"

#include "dashboard_state.h"

static int sort_lines(const struct dashboard *dashboard)
{
	(void)dashboard;
	return ORDER_COUNT;
}

static int sort_start(struct dashboard *dashboard)
{
	return (int)dashboard->view.order;
}

static void sort_draw_line(const struct dashboard *dashboard, int line,
			   struct canvas *canvas, struct rect area)
{
	const struct model_order_row *order = &model_order_table[line];
	bool current = line == (int)dashboard->view.order;

	canvas_put(canvas, area.row, area.col, 1, STYLE_KEY,
		   !current ? " " :
		   canvas_glyph(canvas, order->descending !=
				dashboard->view.reverse ? GLYPH_DOWN :
							  GLYPH_UP));
	canvas_put(canvas, area.row, area.col + 2, 9,
		   current ? STYLE_KEY : STYLE_NORMAL, order->column);
	canvas_put(canvas, area.row, area.col + 12, area.cols - 12, STYLE_DIM,
		   order->help);
}

static void sort_choose(struct dashboard *dashboard, int line)
{
	dashboard_set_order(dashboard, (enum model_order)line);
}

const struct overlay_ops overlay_sort = {
	.title = "Sort by  (Enter, q closes)",
	.cols = 46,
	.selects = true,
	.lines = sort_lines,
	.start = sort_start,
	.draw_line = sort_draw_line,
	.choose = sort_choose,
};
