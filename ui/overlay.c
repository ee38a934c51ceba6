/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The frame of an overlay and the lines in it. */
#include "overlay.h"

#include <stdio.h>

#include "column.h"
#include "dashboard_state.h"
#include "frame.h"

/* Narrow strips of what is behind it would only confuse. */
#define MARGIN 10

static int min_int(int a, int b)
{
	return a < b ? a : b;
}

int overlay_cols(const struct overlay_ops *overlay, int cols)
{
	return overlay->cols + MARGIN > cols ? cols - 2 : overlay->cols;
}

struct rect overlay_area(const struct dashboard *dashboard, int rows, int cols)
{
	const struct overlay_ops *overlay = dashboard->overlay;
	struct rect area;

	area.rows = min_int(overlay->lines(dashboard), rows - 2);
	area.cols = overlay_cols(overlay, cols);
	area.row = (rows - area.rows) / 2;
	area.col = (cols - area.cols) / 2;
	return area;
}

static void draw_frame(const struct dashboard *dashboard,
		       struct canvas *canvas, struct rect area)
{
	int rows = canvas_rows(canvas), cols = canvas_cols(canvas);
	struct frame *frame = frame_new(rows, cols);
	char more[48];
	int row, used = 1, lines = dashboard->overlay->lines(dashboard);

	for (row = 0; row < area.rows; row++)
		canvas_fill(canvas, area.row + row, area.col, area.cols,
			    STYLE_NORMAL);
	frame_add(frame, area, true);
	frame_draw(frame, canvas);
	frame_free(frame);
	frame_title(canvas, area, STYLE_FOCUS, dashboard->overlay->title);
	row = area.row + area.rows;
	if (lines > area.rows) {
		snprintf(more, sizeof(more), " %d-%d of %d ",
			 dashboard->overlay_state.top + 1,
			 dashboard->overlay_state.top + area.rows, lines);
		used += canvas_put(canvas, row, area.col + used,
				   area.cols - used, STYLE_DIM, more) + 1;
	}
	if (dashboard->overlay->footer)
		canvas_put(canvas, row, area.col + used, area.cols - used,
			   STYLE_KEY, dashboard->overlay->footer);
}

void overlay_draw(const struct dashboard *dashboard, struct canvas *canvas)
{
	const struct overlay_ops *overlay = dashboard->overlay;
	struct rect area = overlay_area(dashboard, canvas_rows(canvas),
					canvas_cols(canvas));
	int lines = overlay->lines(dashboard);
	int top = column_top(dashboard->overlay_state.top, lines, area.rows);
	struct rect line = { area.row, area.col + 1, 1, area.cols - 2 };
	int i;

	draw_frame(dashboard, canvas, area);
	for (i = top; i < lines && i < top + area.rows; i++, line.row++) {
		overlay->draw_line(dashboard, i, canvas, line);
		if (overlay->selects &&
		    i == dashboard->overlay_state.selected)
			canvas_restyle(canvas, line.row, area.col, area.cols,
				       STYLE_SELECTED);
	}
}
