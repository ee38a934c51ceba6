/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The log panel: a line a system call, the newest last. */
#include "panel.h"

#include <stdio.h>
#include <string.h>

#include "column.h"
#include "log_line.h"
#include "text.h"

/* Calls in progress take at most this part of the panel from the newest. */
#define PINNED_SHARE 3
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
	char running[40] = "";
	size_t nr;

	model_log_running(facts->model, &nr);
	if (nr)
		snprintf(running, sizeof(running), ", %zu running", nr);
	if (state->follow || !lines)
		snprintf(dst, cap, "UTC, %d call%s%s", lines,
			 lines == 1 ? "" : "s", running);
	else
		snprintf(dst, cap, "UTC, %d of %d%s, G follows",
			 state->selected + 1, lines, running);
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

/* One line being drawn: its text, and which part of it is seen. */
struct drawn_line {
	struct canvas *canvas;
	struct rect area;
	char text[LOG_LINE_CAP];
	size_t skip;	 /* bytes of the call that are scrolled away */
	int skip_cols; /* their columns */
};

/* Columns of the first @bytes of the line. */
static int columns_of(struct drawn_line *line, size_t bytes)
{
	char cut = line->text[bytes];
	int columns;

	line->text[bytes] = '\0';
	columns = text_width(line->text);
	line->text[bytes] = cut;
	return columns;
}

/* Marks the columns @from to @to of the line where they are seen. */
static void mark_match(const struct drawn_line *line, int from, int to)
{
	int end = line->area.cols, time_end = LOG_TIME_COLS;

	if (from < time_end)
		canvas_restyle(line->canvas, line->area.row,
			       line->area.col + from,
			       (to < time_end ? to : time_end) - from,
			       STYLE_MATCH);
	from -= line->skip_cols;
	to -= line->skip_cols;
	if (from < time_end)
		from = time_end;
	if (to > end)
		to = end;
	if (from < to)
		canvas_restyle(line->canvas, line->area.row,
			       line->area.col + from, to - from, STYLE_MATCH);
}

static void mark_matches(struct drawn_line *line, const char *search)
{
	char pattern[LOG_LINE_CAP];
	const char *match = line->text;
	size_t at, n;

	log_line_pattern(search, canvas_unicode(line->canvas), pattern,
			 sizeof(pattern));
	n = strlen(pattern);
	while (n && (match = text_search(match, pattern))) {
		at = (size_t)(match - line->text);
		mark_match(line, columns_of(line, at),
			   columns_of(line, at + n));
		match += n;
	}
}

static void put_line(struct drawn_line *line, const struct sample_event *event)
{
	const char *call = line->text + LOG_TIME_COLS + line->skip;
	int time_cols = line->area.cols < LOG_TIME_COLS ? line->area.cols :
							  LOG_TIME_COLS;

	canvas_put(line->canvas, line->area.row, line->area.col, time_cols,
		   STYLE_DIM, line->text);
	canvas_put(line->canvas, line->area.row,
		   line->area.col + LOG_TIME_COLS,
		   line->area.cols - LOG_TIME_COLS, line_style(event), call);
}

/* Where the lines of the panel are, and which of them is the selected one. */
struct log_drawing {
	const struct screen_facts *facts;
	const struct panel_state *state;
	struct canvas *canvas;
	bool focused;
};

static void draw_line(const struct log_drawing *drawing, struct rect area,
		      int i, enum glyph mark)
{
	const struct model_log_line *entry =
		model_log(drawing->facts->model, (size_t)i);
	struct drawn_line line = {
		.canvas = drawing->canvas,
		.area = { area.row, area.col + 1, 1, area.cols - 1 },
	};

	log_line_text(entry, canvas_unicode(drawing->canvas), line.text,
		      sizeof(line.text));
	line.skip = text_prefix(line.text + LOG_TIME_COLS,
				drawing->state->left, &line.skip_cols);
	put_line(&line, &entry->event);
	if (mark != GLYPH_COUNT)
		canvas_put(drawing->canvas, area.row, area.col, 1, STYLE_WARN,
			   canvas_glyph(drawing->canvas, mark));
	else if (entry->event.phase == PHASE_RUNNING)
		canvas_put(drawing->canvas, area.row, area.col, 1, STYLE_WARN,
			   "*");
	if (drawing->focused && i == drawing->state->selected)
		canvas_restyle(drawing->canvas, area.row, area.col, area.cols,
			       STYLE_SELECTED);
	mark_matches(&line, drawing->facts->search);
}

static const char *nothing_text(const struct screen_facts *facts)
{
	const struct sample *now = model_now(facts->model);
	const struct model_view *view = facts->view;

	if (now && !now->probe[PROBE_CALLS])
		return "calls cannot be traced here";
	return facts->filter_text[0] || view->user || view->reason ||
	       view->only ? "no call matches" : "no calls yet";
}

/*
 * While the log follows, calls in progress that have left it stay in view, on
 * the first of its lines.
 */
static int pinned_lines(const struct screen_facts *facts, int rows)
{
	size_t nr;
	const uint32_t *running = model_log_running(facts->model, &nr);
	int top = column_top(log_lines(facts), log_lines(facts), rows);
	int pinned = 0;

	while (pinned < (int)nr && pinned < rows / PINNED_SHARE &&
	       (int)running[pinned] < top + pinned)
		pinned++;
	return pinned;
}

int panel_log_line_at(const struct screen_facts *facts,
		      const struct panel_state *state, int rows, int row)
{
	size_t nr;

	if (state->follow && row < pinned_lines(facts, rows))
		return (int)model_log_running(facts->model, &nr)[row];
	return state->top + row;
}

static void log_draw(const struct screen_facts *facts,
		     const struct panel_state *state, bool focused,
		     struct canvas *canvas, struct rect area)
{
	const struct log_drawing drawing = { facts, state, canvas, focused };
	int lines = log_lines(facts);
	int pinned = state->follow ? pinned_lines(facts, area.rows) : 0;
	int top = column_top(state->follow ? lines : state->top, lines,
			     area.rows);
	struct rect line = { area.row, area.col, 1, area.cols };
	const uint32_t *running;
	size_t nr;
	int i;

	running = model_log_running(facts->model, &nr);
	for (i = 0; i < pinned; i++, line.row++)
		draw_line(&drawing, line, (int)running[i], GLYPH_UP);
	for (i = top + pinned; i < lines && i < top + area.rows;
	     i++, line.row++)
		draw_line(&drawing, line, i, GLYPH_COUNT);
	if (!lines)
		canvas_put(canvas, line.row, line.col + 1, line.cols - 1,
			   STYLE_DIM, nothing_text(facts));
}

const struct panel_ops panel_log = {
	.name = "log",
	.title = "Log",
	.min_rows = 1,
	.min_cols = 28,
	.selects = true,
	.lines = log_lines,
	.visible = log_visible,
	.left_max = log_left_max,
	.subtitle = log_subtitle,
	.draw = log_draw,
};
