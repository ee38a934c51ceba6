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

void overlay_put_mark(struct canvas *canvas, struct rect area, bool on)
{
	canvas_put(canvas, area.row, area.col, 3, STYLE_KEY,
		   on ? "[x]" : "[ ]");
}

int overlay_cols(const struct overlay_ops *overlay, int cols)
{
	return overlay->cols + MARGIN > cols ? cols - 2 : overlay->cols;
}

struct rect overlay_area(const struct dashboard *dashboard, int rows, int cols)
{
	const struct overlay_ops *overlay = dashboard->overlay;
	struct rect area;

	if (overlay->cols == OVERLAY_FULL)
		return (struct rect){ 1, 1, rows - 2, cols - 2 };
	area.rows = min_int(overlay->lines(dashboard), rows - 2);
	area.cols = overlay_cols(overlay, cols);
	area.row = (rows - area.rows) / 2;
	area.col = (cols - area.cols) / 2;
	return area;
}

/* The title, and what part of the lines is to be seen if not all are. */
static void draw_title(const struct dashboard *dashboard,
		       struct canvas *canvas, struct rect area, int top)
{
	const struct overlay_ops *overlay = dashboard->overlay;
	int lines = overlay->lines(dashboard);
	char text[128] = "";
	int used;

	used = frame_title(canvas, area, STYLE_FOCUS, overlay->title);
	if (overlay->subtitle)
		overlay->subtitle(dashboard, text, sizeof(text));
	area.col += used;
	area.cols -= used;
	used = text[0] ? frame_title(canvas, area, STYLE_TITLE, text) : 0;
	area.col += used;
	area.cols -= used;
	if (lines <= area.rows)
		return;
	snprintf(text, sizeof(text), "%d-%d of %d", top + 1, top + area.rows,
		 lines);
	frame_title(canvas, area, STYLE_DIM, text);
}

static void draw_frame(struct canvas *canvas, struct rect area)
{
	struct frame *frame =
		frame_new(canvas_rows(canvas), canvas_cols(canvas));
	int row;

	for (row = 0; row < area.rows; row++)
		canvas_fill(canvas, area.row + row, area.col, area.cols,
			    STYLE_NORMAL);
	frame_add(frame, area, true);
	frame_draw(frame, canvas);
	frame_free(frame);
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

	draw_frame(canvas, area);
	draw_title(dashboard, canvas, area, top);
	for (i = top; i < lines && i < top + area.rows; i++, line.row++) {
		overlay->draw_line(dashboard, i, canvas, line);
		if (overlay->selects &&
		    i == dashboard->overlay_state.selected)
			canvas_restyle(canvas, line.row, area.col, area.cols,
				       STYLE_SELECTED);
	}
}
