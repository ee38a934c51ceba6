/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The log panel: a line a system call, the newest last. */
#include "panel.h"

#include <stdio.h>
#include <time.h>

#include "call.h"
#include "column.h"
#include "text.h"

#define TIME_COLS 12
#define LINE_CAP 1024
/* How far a line can be scrolled sideways. */
#define LEFT_MAX 400

static int log_lines(const struct screen_facts *facts)
{
	return (int)model_log_length(facts->model);
}

static int log_visible(const struct screen_facts *facts, struct rect area)
{
	(void)facts;
	return area.rows;
}

static int log_left_max(const struct screen_facts *facts)
{
	(void)facts;
	return LEFT_MAX;
}

static void log_subtitle(const struct screen_facts *facts,
			 const struct panel_state *state, char *dst,
			 size_t cap)
{
	int lines = log_lines(facts);

	if (state->follow)
		snprintf(dst, cap, "UTC, %d call%s", lines,
			 lines == 1 ? "" : "s");
	else
		snprintf(dst, cap, "UTC, from %d of %d, G follows",
			 lines ? state->top + 1 : 0, lines);
}

static void time_format(const struct timespec *time, char *dst, size_t cap)
{
	struct tm tm;

	if (!gmtime_r(&time->tv_sec, &tm))
		snprintf(dst, cap, "-");
	else
		snprintf(dst, cap, "%02d:%02d:%02d.%03d", tm.tm_hour,
			 tm.tm_min, tm.tm_sec,
			 (int)(time->tv_nsec / 1000000) % 1000);
}

static enum style line_style(const struct sample_event *event)
{
	if (event->phase == PHASE_RUNNING)
		return STYLE_WARN;
	if (event->marks & (MARK_TOCTOU | MARK_NARROWED))
		return STYLE_WARN;
	if (event->error != UNKNOWN && event->error > 0)
		return STYLE_WARN;
	return STYLE_NORMAL;
}

static void draw_line(struct canvas *canvas, struct rect line,
		      const struct model_log_line *entry, int left)
{
	char time[32], text[LINE_CAP];
	size_t skip;

	time_format(&entry->event.time, time, sizeof(time));
	canvas_put(canvas, line.row, line.col, TIME_COLS, STYLE_DIM, time);
	call_format(&entry->event, entry->caller_comm, entry->target_comm,
		    canvas_unicode(canvas), text, sizeof(text));
	skip = text_prefix(text, left, NULL);
	canvas_put(canvas, line.row, line.col + TIME_COLS + 1,
		   line.cols - TIME_COLS - 1, line_style(&entry->event),
		   text + skip);
}

static const char *nothing_text(const struct screen_facts *facts)
{
	const struct sample *now = model_now(facts->model);

	if (now && !now->probe[PROBE_CALLS])
		return "calls cannot be traced here";
	return facts->filter_text[0] ? "no call matches" : "no calls yet";
}

static void log_draw(const struct screen_facts *facts,
		     const struct panel_state *state, bool focused,
		     struct canvas *canvas, struct rect area)
{
	int lines = log_lines(facts);
	int top = column_top(state->follow ? lines : state->top, lines,
			     area.rows);
	struct rect line = { area.row, area.col + 1, 1, area.cols - 1 };
	int i;

	(void)focused;
	for (i = top; i < lines && i < top + area.rows; i++, line.row++)
		draw_line(canvas, line, model_log(facts->model, i),
			  state->left);
	if (!lines)
		canvas_put(canvas, line.row, line.col, line.cols, STYLE_DIM,
			   nothing_text(facts));
}

const struct panel_ops panel_log = {
	.name = "log",
	.title = "Log",
	.min_rows = 1,
	.min_cols = 28,
	.lines = log_lines,
	.visible = log_visible,
	.left_max = log_left_max,
	.subtitle = log_subtitle,
	.draw = log_draw,
};
