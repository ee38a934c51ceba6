/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Enter on the log: all of one call. It is found again by its number, so that
 * a running one turns done here as well.
 */
#include "overlay.h"

#include "call_page.h"
#include "dashboard_state.h"

static void page_fill(const struct dashboard *dashboard,
		      struct call_page *page)
{
	const struct model *model = dashboard->model;
	size_t i = model_log_find(model, dashboard->log.call);

	page->nr = 0;
	page->cols = overlay_cols(dashboard->overlay, dashboard->cols) - 2;
	if (i < model_log_length(model) &&
	    model_log(model, i)->number == dashboard->log.call)
		call_page_fill(page, model_log(model, i));
}

static int call_lines(const struct dashboard *dashboard)
{
	struct call_page page;

	page_fill(dashboard, &page);
	return page.nr ? page.nr : 1;
}

static void call_draw_line(const struct dashboard *dashboard, int line,
			   struct canvas *canvas, struct rect area)
{
	struct call_page page;

	page_fill(dashboard, &page);
	if (line >= page.nr) {
		canvas_put(canvas, area.row, area.col, area.cols, STYLE_DIM,
			   "this call has left the log");
		return;
	}
	canvas_put(canvas, area.row, area.col, CALL_PAGE_NAME - 1, STYLE_KEY,
		   page.line[line].name);
	canvas_put(canvas, area.row, area.col + CALL_PAGE_NAME,
		   area.cols - CALL_PAGE_NAME, STYLE_NORMAL,
		   page.line[line].text);
}

const struct overlay_ops overlay_call = {
	.title = "Call  (q closes)",
	.cols = 76,
	.lines = call_lines,
	.draw_line = call_draw_line,
};
