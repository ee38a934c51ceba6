/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Bars grow by eighths of a cell. A cell belongs to one series: that of its
 * middle; its pattern shows only where the cell is full.
 */
#include "series_bar.h"

#include <stdio.h>
#include <string.h>

#include "text.h"
#include "units.h"

/* Of a reason's name in the legend. */
#define NAME_MIN_COLS 3
#define NAME_MAX_COLS 20
/* Between two of the legend. */
#define GAP_MIN 2
#define GAP_MAX 3

/* The series at @eighth of a bar: the last one whose top lies above it. */
static int series_at(const int *top, int eighth)
{
	int s = 0;

	while (s < SERIES_COUNT - 1 && top[s] <= eighth)
		s++;
	return s;
}

/* One line of a bar, @eighths high. */
static void put_segment(struct canvas *canvas, struct rect line, int s,
			int eighths)
{
	bool unicode = canvas_unicode(canvas);
	const char *text = series_table[s].letter;
	int i;

	if (unicode)
		text = eighths == 8 ? series_table[s].pattern :
		       canvas_glyph(canvas, GLYPH_BAR_0 + eighths);
	for (i = 0; i < line.cols; i++)
		canvas_put(canvas, line.row, line.col + i, 1,
			   STYLE_SERIES_0 + s, text);
}

bool series_bar_draw(struct canvas *canvas, struct rect area,
		     const int64_t value[SERIES_COUNT], int64_t scale)
{
	int64_t sum = 0;
	int top[SERIES_COUNT];
	int s, row, low, total, full = area.rows * 8;
	struct rect line = area;

	for (s = 0; s < SERIES_COUNT; s++) {
		sum = count_add(sum, value[s]);
		top[s] = (int)((double)sum / (double)scale * full + 0.5);
	}
	total = top[SERIES_COUNT - 1];
	total = total > full ? full : total ? total : sum > 0;
	for (row = 0; row * 8 < total; row++) {
		low = row * 8;
		s = total - low < 8 ? total - low : 8;
		line.row = area.row + area.rows - 1 - row;
		if (canvas_unicode(canvas) || s >= 4 || !row)
			put_segment(canvas, line, series_at(top, low + s / 2),
				    s);
	}
	return total > 0;
}

static void draw_label(struct canvas *canvas, struct rect plot, int64_t value,
		       bool bytes)
{
	char text[UNITS_CAP];

	if (bytes)
		units_bytes(text, sizeof(text), value);
	else
		units_count(text, sizeof(text), value);
	canvas_put_right(canvas, plot.row, plot.col - SERIES_GUTTER,
			 SERIES_GUTTER - 1, STYLE_DIM, text);
}

void series_axis_draw(struct canvas *canvas, struct rect plot, int64_t scale,
		      bool bytes)
{
	const char *line = canvas_glyph(canvas, GLYPH_VLINE);
	int row;

	for (row = 0; row < plot.rows; row++)
		canvas_put(canvas, plot.row + row, plot.col - 1, 1,
			   STYLE_FRAME, line);
	draw_label(canvas, plot, scale, bytes);
	/* The half of 5 is not 2. */
	if (plot.rows < 4 || plot.rows % 2 || scale % 2)
		return;
	plot.row += plot.rows / 2;
	draw_label(canvas, plot, scale / 2, bytes);
}

/* Columns of " NAME FIGURE" with @cols of the name; its bytes to *@n. */
static int legend_cols(const struct series_legend *legend, int s, int cols,
		       size_t *n)
{
	int used;

	*n = text_prefix(legend->name[s], cols, &used);
	return 2 + used + (int)strlen(legend->figure[s]);
}

static bool legend_fits(const struct series_legend *legend, int name, int gap,
			int cols)
{
	int s, used = -gap;
	size_t n;

	for (s = 0; s < SERIES_COUNT; s++)
		if (legend->figure[s][0])
			used += 1 + legend_cols(legend, s, name, &n) + gap;
	return used <= cols;
}

bool series_legend_fits(const struct series_legend *legend, int name,
			int cols)
{
	return legend_fits(legend, name, GAP_MIN, cols);
}

static void legend_put(struct canvas *canvas, struct rect area,
		       const struct series_legend *legend, int s, size_t n)
{
	bool unicode = canvas_unicode(canvas);
	char text[96];

	canvas_put(canvas, area.row, area.col, 1, STYLE_SERIES_0 + s,
		   unicode ? series_table[s].pattern : series_table[s].letter);
	snprintf(text, sizeof(text), " %.*s %s", (int)n, legend->name[s],
		 legend->figure[s]);
	canvas_put(canvas, area.row, area.col + 1, area.cols - 1,
		   STYLE_NORMAL, text);
}

void series_legend_draw(struct canvas *canvas, struct rect area,
			const struct series_legend *legend)
{
	int end = area.col + area.cols;
	int s, cols, gap = GAP_MAX, name = NAME_MAX_COLS;
	size_t n;

	area.col += SERIES_GUTTER;
	if (!legend_fits(legend, name, gap, end - area.col)) {
		area.col -= SERIES_GUTTER - 1;
		gap = GAP_MIN;
	}
	while (name > NAME_MIN_COLS &&
	       !legend_fits(legend, name, gap, end - area.col))
		name--;
	for (s = 0; s < SERIES_COUNT; s++) {
		cols = legend_cols(legend, s, name, &n);
		if (!legend->figure[s][0] || area.col + 1 + cols > end)
			continue;
		area.cols = 1 + cols;
		legend_put(canvas, area, legend, s, n);
		area.col += 1 + cols + gap;
	}
}
