/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the two halves of the flow panel share: the matrix being drawn. */
#ifndef MPTOP_FLOW_LIST_H
#define MPTOP_FLOW_LIST_H

#include "panel.h"

struct flow_draw {
	const struct screen_facts *facts;
	const struct sample *now;
	const int64_t *matrix;
	struct canvas *canvas;
	struct rect area;
	int nr; /* nodes */
	int cell;
	int64_t most; /* pages of the largest flow */
};

/* Pages from node index @from to @to; UNKNOWN without a matrix. */
int64_t flow_pages(const struct flow_draw *draw, int from, int to);

/* The style of a cell of @pages, by its part of the largest. */
enum style flow_heat(const struct flow_draw *draw, int64_t pages);

/*
 * Draws the flows between nodes into @area, largest first, from the @top'th;
 * if they do not all fit, the last line says how many more there are.
 */
void flow_list_draw(const struct flow_draw *draw, struct rect area, int top);

#endif
