/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The header: who this is, whether the numbers can be trusted, and the state
 * that decides an incident. Each line is a list of items that give way by
 * priority when it does not fit; header_items.c says what they are. Zoomed,
 * the panel lists every counter behind the trust line.
 */
#include "panel.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "header_items.h"
#include "layout.h"
#include "text.h"
#include "units.h"

/* "PAUSED 999m59s" and a blank before it. */
#define PAUSE_COLS 15
#define DETAIL_COLS 38

static int items_width(const struct header_line *line)
{
	int i, width = 0;

	for (i = 0; i < line->nr; i++)
		width += text_width(line->item[i].text) + line->item[i].gap;
	return width;
}

/* The item of the lowest priority, HEADER_KEEP for none; returns that. */
static int items_least(const struct header_line *line, int *least)
{
	int i, priority = HEADER_KEEP;

	for (i = 0; i < line->nr; i++) {
		if (line->item[i].priority >= priority)
			continue;
		priority = line->item[i].priority;
		*least = i;
	}
	return priority;
}

static void items_drop(struct header_line *line, int i)
{
	memmove(&line->item[i], &line->item[i + 1],
		(line->nr - i - 1) * sizeof(line->item[0]));
	line->nr--;
}

/* Leaves out the items of the lowest priority until the rest fits. */
static void items_fit(struct header_line *left, struct header_line *right,
		      int cols)
{
	int i = 0, j = 0, of_left, of_right;

	while (items_width(left) + items_width(right) + (right->nr > 0) >
	       cols) {
		of_left = items_least(left, &i);
		of_right = items_least(right, &j);
		if (of_left == HEADER_KEEP && of_right == HEADER_KEEP)
			return;
		if (of_left < of_right)
			items_drop(left, i);
		else
			items_drop(right, j);
	}
}

static int items_kept_width(const struct header_line *line)
{
	int i, width = 0;

	for (i = 0; i < line->nr; i++)
		if (line->item[i].priority == HEADER_KEEP)
			width += text_width(line->item[i].text) +
				 line->item[i].gap;
	return width;
}

/*
 * Moves what must be said, but finds no room in @cols beside @left, to @spill:
 * the right end of another line.
 */
static void items_spill(const struct header_line *left,
			struct header_line *right, int cols,
			struct header_line *spill)
{
	int i = 0, room = cols - items_kept_width(left) - 1;

	while (i < right->nr && items_kept_width(right) > room) {
		if (right->item[i].priority != HEADER_KEEP) {
			i++;
			continue;
		}
		spill->item[spill->nr] = right->item[i];
		spill->item[spill->nr].gap = spill->nr ? 2 : 0;
		spill->nr++;
		items_drop(right, i);
	}
}

static int items_put(const struct header_line *line, struct canvas *canvas,
		     struct rect area)
{
	int i, col = area.col;

	for (i = 0; i < line->nr && col < area.col + area.cols; i++) {
		if (i)
			col += line->item[i].gap;
		col += canvas_put(canvas, area.row, col,
				  area.col + area.cols - col,
				  line->item[i].style, line->item[i].text);
	}
	return col - area.col;
}

/* @left from the left, @right at the right end, which it is sure to have. */
static void draw_line(struct canvas *canvas, struct rect area,
		      struct header_line *left, struct header_line *right)
{
	struct rect end = area;
	int width;

	items_fit(left, right, area.cols);
	width = items_width(right);
	if (width > area.cols)
		width = area.cols;
	end.col = area.col + area.cols - width;
	end.cols = width;
	items_put(right, canvas, end);
	area.cols -= width + (width > 0);
	items_put(left, canvas, area);
}

static void draw_lines(const struct screen_facts *facts,
		       struct canvas *canvas, struct rect area)
{
	struct header_line identity = { 0 }, trust = { 0 }, state = { 0 };
	struct header_line flags = { 0 }, modes = { 0 }, spill = { 0 };
	struct rect flagged = area;
	bool wide = area.cols >= LAYOUT_WIDE_COLS;

	header_identity(facts, &identity, !wide && area.rows < 3);
	header_trust(facts, wide || area.rows < 3 ? &identity : &trust);
	if (wide)
		header_self(facts, &identity);
	header_modes(facts, area.rows >= 3 ? &modes : &state);
	header_state(facts, &state);
	header_flags(facts, &flags);
	/* Room that panel_header_draw_pause() draws in. */
	flagged.cols -= facts->paused ? PAUSE_COLS : 0;
	items_spill(area.rows >= 3 ? &identity : &state, &flags, flagged.cols,
		    &spill);
	if (area.rows >= 3) {
		draw_line(canvas, flagged, &identity, &flags);
		area.row++;
		draw_line(canvas, area, &trust, &modes);
		area.row++;
		draw_line(canvas, area, &state, &spill);
		return;
	}
	draw_line(canvas, area, &identity, &spill);
	flagged.row++;
	draw_line(canvas, flagged, &state, &flags);
}

/* The lines above the details of a zoomed header. */
static int line_rows(struct rect area)
{
	if (area.rows <= 3)
		return area.rows;
	return area.cols >= LAYOUT_WIDE_COLS ? 2 : 3;
}

void panel_header_draw_pause(const struct screen_facts *facts,
			     struct canvas *canvas, struct rect area)
{
	int row = line_rows(area) == 3 ? area.row : area.row + 1;
	int col = area.col + area.cols - PAUSE_COLS;
	char text[UNITS_CAP + 16], duration[UNITS_CAP];

	if (!facts->paused || area.rows < 2)
		return;
	/* Whole seconds: tenths would only flicker. */
	units_duration(duration, sizeof(duration),
		       facts->paused_ns / 1000000000 * 1000000000);
	if (facts->paused_ns < 1000000000)
		snprintf(duration, sizeof(duration), "0s");
	snprintf(text, sizeof(text), " PAUSED %s ", duration);
	canvas_fill(canvas, row, col, PAUSE_COLS, STYLE_NORMAL);
	canvas_put_right(canvas, row, col, PAUSE_COLS, STYLE_SELECTED, text);
}

struct detail {
	struct canvas *canvas;
	struct rect area;
	int next;
};

static void put_detail(struct detail *detail, const char *name,
		       const char *value)
{
	int columns = detail->area.cols / DETAIL_COLS;
	int row, col, width = DETAIL_COLS - 2;

	if (columns < 1)
		columns = 1;
	row = detail->area.row + detail->next / columns;
	col = detail->area.col + detail->next % columns * DETAIL_COLS;
	detail->next++;
	if (row >= detail->area.row + detail->area.rows)
		return;
	canvas_put(detail->canvas, row, col, width, STYLE_DIM, name);
	canvas_put_right(detail->canvas, row, col, width, STYLE_NORMAL, value);
}

static void next_line(struct detail *detail, const char *title)
{
	int columns = detail->area.cols / DETAIL_COLS;

	detail->area.row += 1 + (columns ? (detail->next + columns - 1) /
					   columns : detail->next);
	detail->area.rows = canvas_rows(detail->canvas) - 1 -
			    detail->area.row - 1;
	detail->next = 0;
	if (detail->area.rows > 0)
		canvas_put(detail->canvas, detail->area.row,
			   detail->area.col, detail->area.cols, STYLE_TITLE,
			   title);
	detail->area.row++;
}

static void put_count(struct detail *detail, const char *name, int64_t count)
{
	char text[UNITS_CAP];

	units_count(text, sizeof(text), count);
	put_detail(detail, name, text);
}

static void draw_details(const struct screen_facts *facts,
			 struct canvas *canvas, struct rect area)
{
	const struct sample *now = model_now(facts->model);
	struct model_totals totals = model_totals(facts->model);
	struct detail detail = { .canvas = canvas, .area = area };
	int i;

	detail.area.col += 1;
	detail.area.cols -= 2;
	next_line(&detail, "Since the start: seen - in flight + non-LRU "
			   "- hugetlb = vmstat");
	put_count(&detail, "seen pages", totals.pages);
	put_count(&detail, "in flight now", totals.in_flight_pages);
	put_count(&detail, "non-LRU pages", totals.nonlru_pages);
	put_count(&detail, "hugetlb beyond vmstat",
		  totals.hugetlb_uncounted_pages);
	put_count(&detail, "vmstat pgmigrate_success", totals.vmstat_pages);
	put_count(&detail, "unexplained", totals.unexplained_pages);
	for (i = 0; i < LOST_COUNT; i++)
		put_count(&detail, header_lost_name(i), totals.lost[i]);
	if (!now)
		return;
	next_line(&detail, "Hooks");
	for (i = 0; i < PROBE_COUNT; i++)
		put_detail(&detail, sample_probe_name[i],
			   now->probe[i] ? now->probe[i] : "-");
	next_line(&detail, "Kernel counters, last interval");
	for (i = 0; i < VMSTAT_COUNT; i++)
		put_count(&detail, sample_vmstat_name[i], now->vmstat[i]);
}

static int header_lines(const struct screen_facts *facts)
{
	(void)facts;
	return 0;
}

static int header_visible(const struct screen_facts *facts, struct rect area)
{
	(void)facts;
	return area.rows;
}

static void header_draw(const struct screen_facts *facts,
			const struct panel_state *state, bool focused,
			struct canvas *canvas, struct rect area)
{
	struct rect lines = area;

	(void)state;
	(void)focused;
	lines.rows = line_rows(area);
	draw_lines(facts, canvas, lines);
	if (lines.rows == area.rows)
		return;
	area.row += lines.rows;
	area.rows -= lines.rows;
	draw_details(facts, canvas, area);
}

const struct panel_ops panel_header = {
	.name = "header",
	.title = "Trust",
	.min_rows = 2,
	.min_cols = 30,
	.lines = header_lines,
	.visible = header_visible,
	.draw = header_draw,
};
