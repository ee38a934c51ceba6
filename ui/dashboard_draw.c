/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The picture: panels and their frames from the model, or frozen, then what
 * is always live: the pause counter, an overlay and the last line.
 */
#include <stdio.h>

#include "dashboard_state.h"
#include "footer.h"
#include "frame.h"
#include "text.h"

#define TITLE_CAP 128

struct screen_facts dashboard_facts(const struct dashboard *dashboard)
{
	return (struct screen_facts){
		.model = dashboard->model,
		.view = &dashboard->view,
		.columns = &dashboard->columns,
		.bytes = dashboard->bytes,
		.cmdline = dashboard->cmdline,
		.filter_text = dashboard->shown_filter,
		.only_text = dashboard->only_text,
		.row = dashboard->of_row ? dashboard_row(dashboard) : NULL,
		.tags = &dashboard->tags,
		.follows = dashboard->follow.nr,
		.follows_shown = dashboard->follow_shown,
		.search = dashboard->log.search,
		.version = dashboard->version,
		.paused = dashboard->paused,
		.paused_ns = dashboard->now_ns - dashboard->paused_at_ns,
		.delay_ns = dashboard->delay_ns,
		.ended = dashboard->ended,
		.replay = dashboard->replay,
		.recording = dashboard->recording,
	};
}

static void draw_title(const struct dashboard *dashboard, enum panel which,
		       struct canvas *canvas)
{
	const struct panel_ops *ops = panel_table[which];
	struct screen_facts facts = dashboard_facts(dashboard);
	struct rect area = dashboard->layout.panel[which];
	enum style style = which == dashboard->focus ? STYLE_FOCUS :
						       STYLE_TITLE;
	char title[TITLE_CAP], subtitle[TITLE_CAP];
	int used;

	snprintf(title, sizeof(title), "%d %s", which + 1, ops->title);
	used = frame_title(canvas, area, style, title);
	if (!ops->subtitle)
		return;
	ops->subtitle(&facts, &dashboard->panel[which], subtitle,
		      sizeof(subtitle));
	area.col += used;
	area.cols -= used;
	frame_title(canvas, area, STYLE_DIM, subtitle);
}

static void draw_frames(const struct dashboard *dashboard,
			struct canvas *canvas)
{
	const struct rect *area = dashboard->layout.panel;
	struct frame *frame = frame_new(dashboard->rows, dashboard->cols);
	int i;

	for (i = PANEL_NODES; i < PANEL_COUNT; i++)
		if (area[i].rows)
			frame_add(frame, area[i],
				  i == (int)dashboard->focus);
	frame_draw(frame, canvas);
	frame_free(frame);
	for (i = PANEL_NODES; i < PANEL_COUNT; i++)
		if (area[i].rows)
			draw_title(dashboard, i, canvas);
}

static void draw_panels(const struct dashboard *dashboard,
			struct canvas *canvas)
{
	struct screen_facts facts = dashboard_facts(dashboard);
	int i;

	draw_frames(dashboard, canvas);
	for (i = 0; i < PANEL_COUNT; i++)
		if (dashboard->layout.panel[i].rows)
			panel_table[i]->draw(&facts, &dashboard->panel[i],
					     i == (int)dashboard->focus,
					     canvas,
					     dashboard->layout.panel[i]);
}

static void draw_frozen(struct dashboard *dashboard, struct canvas *canvas)
{
	if (!dashboard->frozen) {
		dashboard->frozen = canvas_new(dashboard->rows,
					       dashboard->cols);
		canvas_set_unicode(dashboard->frozen, canvas_unicode(canvas));
		draw_panels(dashboard, dashboard->frozen);
	}
	canvas_copy(canvas, dashboard->frozen);
}

static void draw_status(const struct dashboard *dashboard,
			struct canvas *canvas)
{
	int row = dashboard->rows - 1;
	enum style style = dashboard->status_is_error ? STYLE_BAD :
							STYLE_TITLE;

	canvas_fill(canvas, row, 0, dashboard->cols, STYLE_NORMAL);
	canvas_put(canvas, row, 1, dashboard->cols - 1, style,
		   dashboard->status);
}

static void draw_last_line(const struct dashboard *dashboard,
			   struct canvas *canvas)
{
	if (dashboard->prompt_kind)
		prompt_draw(&dashboard->prompt, dashboard->prompt_kind,
			    canvas, dashboard->rows - 1);
	else if (dashboard->status)
		draw_status(dashboard, canvas);
	else
		footer_draw(dashboard, canvas);
}

/* In as many words as there is room for. */
static void draw_too_small(struct canvas *canvas)
{
	static const char *const before[] = { "mptop: too small (", "needs ",
					      "" };
	static const char *const after[] = { ")", "", "" };
	char text[48];
	size_t i;

	for (i = 0; i < sizeof(before) / sizeof(before[0]); i++) {
		snprintf(text, sizeof(text), "%s%dx%d%s", before[i],
			 LAYOUT_MIN_ROWS, LAYOUT_MIN_COLS, after[i]);
		if (text_width(text) <= canvas_cols(canvas))
			break;
	}
	canvas_put(canvas, 0, 0, canvas_cols(canvas), STYLE_NORMAL, text);
}

void dashboard_draw(struct dashboard *dashboard, struct canvas *canvas)
{
	struct screen_facts facts;

	dashboard->rows = canvas_rows(canvas);
	dashboard->cols = canvas_cols(canvas);
	dashboard->unicode = canvas_unicode(canvas);
	canvas_clear(canvas);
	dashboard_layout(dashboard);
	if (dashboard->layout.too_small) {
		draw_too_small(canvas);
		return;
	}
	facts = dashboard_facts(dashboard);
	if (dashboard_is_frozen(dashboard))
		draw_frozen(dashboard, canvas);
	else
		draw_panels(dashboard, canvas);
	panel_header_draw_pause(&facts, canvas,
				dashboard->layout.panel[PANEL_HEADER]);
	if (dashboard->overlay)
		overlay_draw(dashboard, canvas);
	draw_last_line(dashboard, canvas);
}
