/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The latency panel: how long migrating calls and kernel batches took, a bar
 * for each power of two of nanoseconds, stacked by reason. One scope after
 * the other where only one fits.
 */
#include "panel.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model_latency.h"
#include "row_text.h"
#include "series_bar.h"
#include "text.h"
#include "units.h"

/* Beside each other two scopes want this much each. */
#define SCOPE_COLS 38
#define BAR_MAX_COLS 4
#define LABEL_COLS 6

static const char *const scope_name[SCOPE_COUNT] = {
	[SCOPE_CALL] = "calls",
	[SCOPE_BATCH] = "batches",
};

struct latency_draw {
	const struct screen_facts *facts;
	struct canvas *canvas;
	struct rect area;
	struct rect plot;
	enum sample_scope scope;
	struct model_latency latency;
	struct series_map map;
	int first; /* bucket */
	int nr;	   /* buckets drawn */
	int bar;   /* columns of one */
	int64_t scale;
};

static int latency_lines(const struct screen_facts *facts)
{
	(void)facts;
	return 0;
}

static int latency_visible(const struct screen_facts *facts, struct rect area)
{
	(void)facts;
	return area.rows;
}

static int latency_want_cols(const struct screen_facts *facts)
{
	(void)facts;
	return 2 * SCOPE_COLS;
}

static int latency_left_max(const struct screen_facts *facts)
{
	(void)facts;
	return SCOPE_COUNT - 1;
}

/* Of a row only the calls are known. */
static enum sample_scope scope_of(const struct screen_facts *facts,
				  const struct panel_state *state)
{
	return state->left > 0 && !facts->row ? SCOPE_BATCH : SCOPE_CALL;
}

static void latency_of(const struct screen_facts *facts,
		       enum sample_scope scope, struct model_latency *latency)
{
	struct model_key key;

	if (!facts->row) {
		model_latency(facts->model, scope, latency);
		return;
	}
	key = model_row_key(facts->row);
	model_latency_of(facts->model, &key, latency);
}

static void latency_subtitle(const struct screen_facts *facts,
			     const struct panel_state *state, char *dst,
			     size_t cap)
{
	struct model_latency latency;
	char window[UNITS_CAP], *row;

	if (facts->row) {
		row = row_title_exact(facts->row);
		snprintf(dst, cap,
			 model_view_is_restricted(facts->view) ?
			 "%s, unfiltered" : "of %s, logged", row);
		free(row);
		return;
	}
	latency_of(facts, scope_of(facts, state), &latency);
	units_duration(window, sizeof(window), latency.window_ns);
	snprintf(dst, cap, "last %s%s", window,
		 model_view_is_restricted(facts->view) ? ", unfiltered" : "");
}

/* "<=2.1ms": not exact, but not longer. */
static void duration_text(char *dst, size_t cap,
			  const struct model_duration *duration)
{
	char text[UNITS_CAP];

	units_duration(text, sizeof(text), duration->ns);
	snprintf(dst, cap, "%s%s",
		 duration->exact || duration->ns == UNKNOWN ? "" : "<=", text);
}

/* One of the figures; the name of the first stays without its count. */
struct figure {
	const char *name;
	char text[UNITS_CAP + 2];
};

/* In order; those that matter least are not the last. */
enum { FIGURE_COUNT, FIGURE_P50, FIGURE_P99, FIGURE_MAX, FIGURES };

static int figures_cols(const struct figure *figure, int first)
{
	int i, cols = (int)strlen(figure[FIGURE_COUNT].name);

	if (!first)
		cols += 1 + text_width(figure[FIGURE_COUNT].text);
	for (i = first > FIGURE_P50 ? first : FIGURE_P50; i < FIGURES; i++)
		cols += 3 + text_width(figure[i].name) +
			text_width(figure[i].text);
	return cols;
}

/* What there is no room for goes: the count, then the median, then p99. */
static void draw_figures(const struct latency_draw *draw)
{
	const struct model_latency *latency = &draw->latency;
	struct figure figure[FIGURES] = {
		{ .name = scope_name[draw->scope] },
		{ .name = "p50" }, { .name = "p99" }, { .name = "max" },
	};
	int i, first = 0, col = draw->area.col + 1;
	int end = draw->area.col + draw->area.cols;

	units_count(figure[FIGURE_COUNT].text, UNITS_CAP, latency->count);
	duration_text(figure[FIGURE_P50].text, UNITS_CAP + 2, &latency->p50);
	duration_text(figure[FIGURE_P99].text, UNITS_CAP + 2, &latency->p99);
	duration_text(figure[FIGURE_MAX].text, UNITS_CAP + 2, &latency->max);
	while (first < FIGURES && figures_cols(figure, first) > end - col)
		first++;
	for (i = 0; i < FIGURES; i++) {
		if (i && i < first)
			continue;
		col += canvas_put(draw->canvas, draw->area.row, col, end - col,
				  STYLE_DIM, figure[i].name) + 1;
		if (i < first) {
			col++;
			continue;
		}
		col += canvas_put(draw->canvas, draw->area.row, col, end - col,
				  STYLE_NORMAL, figure[i].text) + 2;
	}
}

/* The buckets in use, and more where there is room. */
static void choose_buckets(struct latency_draw *draw)
{
	int i, first = SAMPLE_LOG2_MAX, last = -1, room = draw->plot.cols;
	int64_t most = 1;

	for (i = 0; i < SAMPLE_LOG2_MAX; i++) {
		if (!latency_bucket(&draw->latency, i))
			continue;
		first = i < first ? i : first;
		last = i;
		if (latency_bucket(&draw->latency, i) > most)
			most = latency_bucket(&draw->latency, i);
	}
	draw->scale = units_scale_125(most);
	draw->nr = last - first + 1;
	draw->bar = room / draw->nr;
	draw->bar = draw->bar > BAR_MAX_COLS ? BAR_MAX_COLS :
		    draw->bar < 1 ? 1 : draw->bar;
	if (draw->nr * draw->bar > room)
		first = last + 1 - room;
	draw->nr = room / draw->bar;
	first -= (draw->nr - (last - first + 1)) / 2;
	first = first + draw->nr > SAMPLE_LOG2_MAX ?
		SAMPLE_LOG2_MAX - draw->nr : first;
	draw->first = first < 0 ? 0 : first;
}

static void draw_bars(const struct latency_draw *draw)
{
	struct rect bar = draw->plot;
	int64_t value[SERIES_COUNT];
	int i, r;

	bar.cols = draw->bar;
	for (i = draw->first; i < draw->first + draw->nr; i++) {
		if (i >= SAMPLE_LOG2_MAX)
			break;
		memset(value, 0, sizeof(value));
		for (r = 0; r <= SAMPLE_REASON_MAX; r++)
			value[draw->map.of[r]] =
				count_add(value[draw->map.of[r]],
					  draw->latency.log2_ns[r][i]);
		series_bar_draw(draw->canvas, bar, value, draw->scale);
		bar.col += draw->bar;
	}
}

/* Columns from the lower edge of bucket 0 to @ns, in 1/256 of a bucket. */
static int position(const struct latency_draw *draw, int64_t ns)
{
	int log2 = 63 - __builtin_clzll((unsigned long long)ns);
	int64_t below = ((ns - ((int64_t)1 << log2)) * 256) >> log2;

	return (int)((((int64_t)log2 - draw->first) * 256 + below) *
		     draw->bar / 256);
}

/* A decade lies where it is within its bucket; labels do not touch. */
static void draw_decades(const struct latency_draw *draw, int row)
{
	int64_t ns;
	int col, end = 0;
	char text[UNITS_CAP];

	for (ns = 1; ns <= INT64_MAX / 10; ns *= 10) {
		col = position(draw, ns);
		if (col < end || col + LABEL_COLS > draw->plot.cols)
			continue;
		units_duration(text, sizeof(text), ns);
		end = col + 1 +
		      canvas_put(draw->canvas, row, draw->plot.col + col,
				 LABEL_COLS, STYLE_DIM, text);
	}
}

static const char *none_text(const struct latency_draw *draw)
{
	const struct sample *now = model_now(draw->facts->model);

	if (draw->latency.count != UNKNOWN)
		return draw->facts->row ? "none in the log" :
					  "none in this time";
	return draw->facts->row && now && now->probe[PROBE_CALLS] ?
	       "unknown: no process, no calls" : "unknown: not measured here";
}

static void draw_none(const struct latency_draw *draw)
{
	canvas_put(draw->canvas, draw->area.row + 1, draw->area.col + 1,
		   draw->area.cols - 1, STYLE_DIM, none_text(draw));
}

static void draw_scope(struct latency_draw *draw)
{
	latency_of(draw->facts, draw->scope, &draw->latency);
	draw_figures(draw);
	if (draw->area.rows < 3)
		return;
	draw->plot = (struct rect){
		draw->area.row + 1, draw->area.col + SERIES_GUTTER,
		draw->area.rows - 2, draw->area.cols - SERIES_GUTTER,
	};
	if (draw->latency.count == UNKNOWN || !draw->latency.count) {
		draw_none(draw);
		return;
	}
	choose_buckets(draw);
	series_axis_draw(draw->canvas, draw->plot, draw->scale, false);
	draw_bars(draw);
	draw_decades(draw, draw->area.row + draw->area.rows - 1);
}

static void panel_draw(const struct screen_facts *facts,
		       const struct panel_state *state, bool focused,
		       struct canvas *canvas, struct rect area)
{
	struct latency_draw draw = {
		.facts = facts,
		.canvas = canvas,
		.area = area,
		.map = series_map(model_now(facts->model)),
		.scope = scope_of(facts, state),
	};
	int half = area.cols / 2;

	(void)focused;
	if (half < SCOPE_COLS || facts->row) {
		draw_scope(&draw);
		return;
	}
	draw.area.cols = half;
	draw.scope = SCOPE_CALL;
	draw_scope(&draw);
	draw.area.col += half;
	draw.area.cols = area.cols - half;
	draw.scope = SCOPE_BATCH;
	draw_scope(&draw);
}

const struct panel_ops panel_latency = {
	.name = "latency",
	.title = "Latency",
	.min_rows = 3,
	.min_cols = 28,
	.lines = latency_lines,
	.visible = latency_visible,
	.want_cols = latency_want_cols,
	.left_max = latency_left_max,
	.subtitle = latency_subtitle,
	.draw = panel_draw,
};
