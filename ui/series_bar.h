/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the rate and the latency histogram draw alike: bars and a legend. */
#ifndef MPTOP_SERIES_BAR_H
#define MPTOP_SERIES_BAR_H

#include "panel.h"
#include "series.h"

/* Columns of an axis' labels, with the line at their right. */
#define SERIES_GUTTER 7

/*
 * A bar over all of @area, stacked from @value; @scale is its full height.
 * What is not 0 shows at least an eighth; returns whether anything does.
 */
bool series_bar_draw(struct canvas *canvas, struct rect area,
		     const int64_t value[SERIES_COUNT], int64_t scale);

/*
 * The axis left of @plot, labelled with @scale and, if it has room, a half,
 * as counts or as @bytes.
 */
void series_axis_draw(struct canvas *canvas, struct rect plot, int64_t scale,
		      bool bytes);

/* The series in sight: names, and figures as text; "" for one not in it. */
struct series_legend {
	const char *name[SERIES_COUNT];
	char figure[SERIES_COUNT][48];
};

/* Does it fit into @cols with @name columns of each name? */
bool series_legend_fits(const struct series_legend *legend, int name,
			int cols);

/*
 * In the first line of @area, as far as it fits. Names give way: a figure
 * that is cut off would be another one.
 */
void series_legend_draw(struct canvas *canvas, struct rect area,
			const struct series_legend *legend);

#endif
