/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The rate panel: pages/s over time, a column an interval, the newest at the
 * right, stacked by reason. Each series has a colour, and for those who see
 * none a pattern, or in ASCII a letter; both hold for good, so that a colour
 * never changes its meaning. The scale is a function of the history alone.
 */
#include "panel.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amount.h"
#include "row_text.h"
#include "series_bar.h"
#include "units.h"

#define TICK_COLS 15
/* Shares give way before names get any shorter. */
#define NAME_SHARE_COLS 8

/* Of all, or of the selected row: these into @mine of MODEL_HISTORY. */
static const struct model_rate *rates_of(const struct screen_facts *facts,
					 struct model_rate *mine, size_t *nr)
{
	struct model_key key;

	if (!facts->row)
		return model_rates(facts->model, nr);
	key = model_row_key(facts->row);
	*nr = model_rates_of(facts->model, facts->view, &key, mine);
	return mine;
}

struct rate_draw {
	const struct screen_facts *facts;
	const struct sample *now;
	struct canvas *canvas;
	struct rect plot;
	const struct model_rate *rates;
	int nr;
	int64_t scale; /* in pages or bytes... */
	int64_t unit;  /* ...of which a page has so many */
	struct series_map map;
};

static void draw_bar(const struct rate_draw *draw, int col,
		     const struct model_rate *rate)
{
	struct rect bar = { draw->plot.row, col, draw->plot.rows, 1 };
	int64_t series[SERIES_COUNT];
	int s;

	series_rates(&draw->map, rate, series);
	for (s = 0; s < SERIES_COUNT; s++)
		if (__builtin_mul_overflow(series[s], draw->unit, &series[s]))
			series[s] = INT64_MAX;
	if (series_bar_draw(draw->canvas, bar, series, draw->scale))
		return;
	canvas_put(draw->canvas, bar.row + bar.rows - 1, col, 1, STYLE_DIM,
		   series_per_second(rate) == UNKNOWN ? "-" : "·");
}

/* Ages of the bars under them, from "now" at the right. */
static void draw_time(const struct rate_draw *draw, int row)
{
	char text[UNITS_CAP + 1], age[UNITS_CAP];
	int64_t age_ns = 0;
	int i, col = draw->plot.col + draw->plot.cols;

	canvas_put_right(draw->canvas, row, col - 5, 5, STYLE_DIM, "now");
	for (i = 1; i < draw->plot.cols && i <= draw->nr; i++) {
		age_ns += draw->rates[draw->nr - i].interval_ns;
		if (i % TICK_COLS || col - i < draw->plot.col + 7)
			continue;
		units_duration(age, sizeof(age),
			       age_ns < 10000000000 ? age_ns :
			       (age_ns + 500000000) / 1000000000 * 1000000000);
		snprintf(text, sizeof(text), "-%s", age);
		canvas_put_right(draw->canvas, row, col - i - 8, 8, STYLE_DIM,
				 text);
	}
}

/* The only reason behind "other", if it is one; it may be unknown itself. */
static const char *other_name(const struct rate_draw *draw)
{
	const char *name = NULL;
	int i, r;

	for (r = 0; r <= SAMPLE_REASON_MAX; r++) {
		if (draw->map.of[r] != SERIES_COUNT - 1)
			continue;
		for (i = 0; i < draw->nr; i++)
			if (draw->rates[i].pages[r] > 0)
				break;
		if (i == draw->nr)
			continue;
		if (name)
			return "other";
		name = r < draw->now->nr_reasons ? draw->now->reasons[r] :
						   "reason unknown";
	}
	return name ? name : "other";
}

/* Pages of each series that shares are of; false: of what is not known. */
static bool share_pages(const struct rate_draw *draw,
			int64_t series[SERIES_COUNT])
{
	const struct model_view *view = draw->facts->view;
	const int64_t *pages = draw->rates[draw->nr - 1].pages;
	int i;

	if (view->since &&
	    (draw->facts->row || model_view_is_restricted(view)))
		return false;
	if (view->since)
		pages = model_since(draw->facts->model)->reason;
	memset(series, 0, SERIES_COUNT * sizeof(*series));
	for (i = 0; i <= SAMPLE_REASON_MAX; i++)
		series[draw->map.of[i]] =
			count_add(series[draw->map.of[i]], pages[i]);
	return true;
}

/* Behind each rate its part of all. */
static void legend_share(const struct rate_draw *draw,
			 struct series_legend *legend)
{
	int64_t series[SERIES_COUNT], sum = 0;
	char percent[UNITS_CAP];
	int s;

	if (!draw->nr || !share_pages(draw, series))
		return;
	for (s = 0; s < SERIES_COUNT; s++)
		sum = count_add(sum, series[s]);
	for (s = 0; s < SERIES_COUNT && sum > 0; s++) {
		if (!legend->figure[s][0])
			continue;
		units_percent(percent, sizeof(percent), series[s], sum);
		strcat(legend->figure[s], " ");
		strcat(legend->figure[s], percent);
	}
}

static void legend_fill(const struct rate_draw *draw,
			struct series_legend *legend)
{
	int64_t last[SERIES_COUNT] = { 0 };
	bool shown[SERIES_COUNT] = { false };
	int s, i;

	for (i = 0; i < draw->nr; i++) {
		series_rates(&draw->map, &draw->rates[i], last);
		for (s = 0; s < SERIES_COUNT; s++)
			shown[s] |= last[s] > 0;
	}
	for (s = 0; s < SERIES_COUNT; s++) {
		legend->figure[s][0] = '\0';
		legend->name[s] = series_table[s].reason ?
				  series_table[s].reason : other_name(draw);
		if (draw->nr &&
		    series_per_second(&draw->rates[draw->nr - 1]) == UNKNOWN)
			last[s] = UNKNOWN;
		if (shown[s])
			amount_count_text(legend->figure[s], UNITS_CAP,
					  draw->facts, last[s]);
	}
}

static void draw_legend(const struct rate_draw *draw, struct rect area)
{
	struct series_legend legend;

	legend_fill(draw, &legend);
	legend_share(draw, &legend);
	if (!series_legend_fits(&legend, NAME_SHARE_COLS, area.cols - 1))
		legend_fill(draw, &legend);
	series_legend_draw(draw->canvas, area, &legend);
}

static int rate_lines(const struct screen_facts *facts)
{
	(void)facts;
	return 0;
}

static int rate_visible(const struct screen_facts *facts, struct rect area)
{
	(void)facts;
	return area.rows;
}

static void rate_subtitle(const struct screen_facts *facts,
			  const struct panel_state *state, char *dst,
			  size_t cap)
{
	struct model_rate mine[MODEL_HISTORY];
	const struct model_rate *rates;
	char text[UNITS_CAP], since[32];
	bool shares = facts->view->since && !facts->row;
	char *row = facts->row ? row_title_exact(facts->row) : NULL;
	size_t nr;

	(void)state;
	rates = rates_of(facts, mine, &nr);
	amount_count_text(text, sizeof(text), facts,
			  nr ? series_per_second(&rates[nr - 1]) : UNKNOWN);
	snprintf(dst, cap, "%s%s%s by reason, now %s%s%s",
		 amount_rate_unit(facts), row ? " of " : "", row ? row : "",
		 text, shares ? ", shares " : "",
		 shares ? amount_since_text(since, sizeof(since), facts) : "");
	free(row);
}

static void panel_draw(const struct screen_facts *facts,
		      const struct panel_state *state, bool focused,
		      struct canvas *canvas, struct rect area)
{
	bool legend = area.rows >= 3, time = area.rows >= 2;
	struct rate_draw draw = {
		.facts = facts,
		.now = model_now(facts->model),
		.canvas = canvas,
		.plot = { area.row + legend, area.col + SERIES_GUTTER,
			  area.rows - legend - time,
			  area.cols - SERIES_GUTTER },
	};
	struct model_rate mine[MODEL_HISTORY];
	size_t nr;
	int i;

	(void)state;
	(void)focused;
	draw.rates = rates_of(facts, mine, &nr);
	draw.nr = (int)nr;
	draw.unit = facts->bytes ? amount_bytes(facts, 1) : 1;
	if (draw.unit == UNKNOWN) {
		canvas_put(canvas, area.row, area.col + 1, area.cols - 1,
			   STYLE_DIM, "- (the page size is not known)");
		return;
	}
	draw.scale = series_scale(draw.rates, draw.nr, draw.plot.cols,
				  draw.unit);
	draw.map = series_map(draw.now);
	series_axis_draw(canvas, draw.plot, draw.scale, facts->bytes);
	for (i = 1; i <= draw.nr && i <= draw.plot.cols; i++)
		draw_bar(&draw, draw.plot.col + draw.plot.cols - i,
			 &draw.rates[draw.nr - i]);
	if (time)
		draw_time(&draw, area.row + area.rows - 1);
	if (legend && draw.now)
		draw_legend(&draw, area);
}

const struct panel_ops panel_rate = {
	.name = "rate",
	.title = "Rate",
	.min_rows = 3,
	.min_cols = 28,
	.lines = rate_lines,
	.visible = rate_visible,
	.subtitle = rate_subtitle,
	.draw = panel_draw,
};
