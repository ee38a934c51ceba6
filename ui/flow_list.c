/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The largest flows as a list, and what it leaves out as a line. */
#include "flow_list.h"

#include <stdio.h>
#include <stdlib.h>

#include "amount.h"
#include "column.h"
#include "units.h"
#include "xalloc.h"

struct flow_pair {
	int from;
	int to;
	int64_t pages;
};

static int pair_compare(const void *a, const void *b)
{
	const struct flow_pair *x = a, *y = b;

	if (x->pages != y->pages)
		return x->pages < y->pages ? 1 : -1;
	return x->from != y->from ? x->from - y->from : x->to - y->to;
}

static struct flow_pair *ranked_pairs(const struct flow_draw *draw, int *nr)
{
	struct flow_pair *pairs =
		xcalloc((size_t)draw->nr * draw->nr + 1, sizeof(*pairs));
	int from, to;

	*nr = 0;
	for (from = 0; from < draw->nr; from++)
		for (to = 0; to < draw->nr; to++)
			if (from != to && flow_pages(draw, from, to) > 0)
				pairs[(*nr)++] = (struct flow_pair){
					from, to, flow_pages(draw, from, to),
				};
	qsort(pairs, *nr, sizeof(*pairs), pair_compare);
	return pairs;
}

static void draw_pair(const struct flow_draw *draw, struct rect line,
		      const struct flow_pair *pair)
{
	const struct sample *now = draw->now;
	struct column_cell meter = { .canvas = draw->canvas };
	char text[64], rate[UNITS_CAP];
	int used, distance;

	snprintf(text, sizeof(text), "%3d%s%d", now->nodes[pair->from].id,
		 canvas_glyph(draw->canvas, GLYPH_ARROW),
		 now->nodes[pair->to].id);
	canvas_put(draw->canvas, line.row, line.col, line.cols, STYLE_NORMAL,
		   text);
	amount_text(rate, sizeof(rate), draw->facts, pair->pages,
		    pair->pages);
	canvas_put_right(draw->canvas, line.row, line.col + 8, 6,
			 flow_heat(draw, pair->pages), rate);
	used = 15;
	if (now->distance) {
		distance = now->distance[pair->from * draw->nr + pair->to];
		if (distance > 0)
			snprintf(text, sizeof(text), "d%d", distance);
		else
			snprintf(text, sizeof(text), "d-");
		canvas_put_right(draw->canvas, line.row, line.col + used, 4,
				 STYLE_DIM, text);
		used += 5;
	}
	meter.width = line.cols - used;
	if (meter.width > 24)
		meter.width = 24;
	if (meter.width < 3)
		return;
	column_meter(&meter, pair->pages, draw->most);
	canvas_put(draw->canvas, line.row, line.col + used, meter.width,
		   STYLE_GOOD, meter.text);
}

static void draw_rest(const struct flow_draw *draw, struct rect line,
		      const struct flow_pair *pairs, int nr)
{
	char text[64], rate[UNITS_CAP];
	int64_t rest = 0;
	int i;

	for (i = 0; i < nr; i++)
		rest = count_add(rest, pairs[i].pages);
	amount_text(rate, sizeof(rate), draw->facts, rest, rest);
	snprintf(text, sizeof(text), "%d more, %s %s", nr, rate,
		 amount_unit(draw->facts));
	canvas_put(draw->canvas, line.row, line.col + 1, line.cols - 1,
		   STYLE_WARN, text);
}

void flow_list_draw(const struct flow_draw *draw, struct rect area, int top)
{
	int i, nr, rows = area.rows - 1;
	struct flow_pair *pairs = ranked_pairs(draw, &nr);
	struct rect line = { .row = area.row + 1, .col = area.col, .rows = 1,
			     .cols = area.cols };

	canvas_put(draw->canvas, area.row, area.col + 1, area.cols - 1,
		   STYLE_DIM, nr ? "largest flows" :
		   flow_pages(draw, 0, 0) == UNKNOWN ?
		   "- (nodes of flows are unknown)" : "no flows");
	top = column_top(top, nr, rows);
	for (i = top; i < nr && rows > 0; i++, rows--, line.row++) {
		if (rows == 1 && i + 1 < nr) {
			draw_rest(draw, line, pairs + i, nr - i);
			break;
		}
		draw_pair(draw, line, &pairs[i]);
	}
	free(pairs);
}
