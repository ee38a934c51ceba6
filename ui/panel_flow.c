/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The flow panel: the matrix of nodes if all of it fits, else a ranked list
 * of the largest flows with the number that it leaves out. Moves that stay on
 * a node are on the diagonal, dimmed, and never ranked.
 */
#include "panel.h"

#include <stdio.h>

#include "amount.h"
#include "flow_list.h"
#include "heat.h"
#include "units.h"

#define LABEL_COLS 4
#define CELL_MIN_COLS 6
#define CELL_MAX_COLS 8
#define LIST_MIN_COLS 30
#define GAP 3

static int flow_nodes(const struct screen_facts *facts)
{
	const struct sample *now = model_now(facts->model);

	return now ? (int)now->nr_nodes : 0;
}

static int flow_lines(const struct screen_facts *facts)
{
	return flow_nodes(facts);
}

static int flow_visible(const struct screen_facts *facts, struct rect area)
{
	(void)facts;
	return area.rows > 1 ? area.rows - 1 : 0;
}

static int flow_want_cols(const struct screen_facts *facts)
{
	return LABEL_COLS + flow_nodes(facts) * CELL_MIN_COLS + 1;
}

int64_t flow_pages(const struct flow_draw *draw, int from, int to)
{
	if (draw->facts->view->since)
		return model_since_flow(draw->facts->model, (size_t)from,
					(size_t)to);
	/* Without moves the matrix is 0, also where none could be seen. */
	if (!draw->matrix || draw->now->nodes[from].out_pages == UNKNOWN)
		return UNKNOWN;
	return draw->matrix[from * draw->nr + to];
}

static int64_t flow_most(const struct flow_draw *draw)
{
	int from, to;
	int64_t most = 0;

	for (from = 0; from < draw->nr; from++)
		for (to = 0; to < draw->nr; to++)
			if (from != to && flow_pages(draw, from, to) > most)
				most = flow_pages(draw, from, to);
	return most;
}

enum style flow_heat(const struct flow_draw *draw, int64_t pages)
{
	return heat_style(pages, draw->most);
}

static void draw_node_id(const struct flow_draw *draw, int row, int col,
			 int width, int node)
{
	char text[16];

	snprintf(text, sizeof(text), "%d", draw->now->nodes[node].id);
	canvas_put_right(draw->canvas, row, col, width, STYLE_HEADER, text);
}

static void draw_cell(const struct flow_draw *draw, int from, int to)
{
	int64_t pages = flow_pages(draw, from, to);
	int row = draw->area.row + 1 + from;
	int col = draw->area.col + LABEL_COLS + to * draw->cell;
	enum style style = from == to ? STYLE_DIM : flow_heat(draw, pages);
	const char *dot = canvas_glyph(draw->canvas, GLYPH_DOT);
	char text[UNITS_CAP];

	amount_text(text, sizeof(text), draw->facts, pages, pages);
	canvas_put_right(draw->canvas, row, col, draw->cell, style,
			 pages == 0 ? dot : text);
}

static void draw_matrix(const struct flow_draw *draw)
{
	int from, to;

	canvas_put(draw->canvas, draw->area.row, draw->area.col + 1, 3,
		   STYLE_DIM, "↓ →");
	for (to = 0; to < draw->nr; to++)
		draw_node_id(draw, draw->area.row,
			     draw->area.col + LABEL_COLS + to * draw->cell,
			     draw->cell, to);
	for (from = 0; from < draw->nr; from++) {
		draw_node_id(draw, draw->area.row + 1 + from, draw->area.col,
			     LABEL_COLS - 1, from);
		for (to = 0; to < draw->nr; to++)
			draw_cell(draw, from, to);
	}
}

static int distance_width(const struct flow_draw *draw)
{
	int i;

	for (i = 0; i < draw->nr * draw->nr; i++)
		if (draw->now->distance[i] > 99)
			return 4;
	return 3;
}

/* At the right of the matrix; returns the columns used, 0 without room. */
static int draw_distances(const struct flow_draw *draw, int col, int cols)
{
	int from, to, distance, width, need;
	char text[16];

	if (!draw->now->distance)
		return 0;
	width = distance_width(draw);
	need = draw->nr * width;
	if (need > cols)
		return 0;
	if (need < (int)sizeof("distance"))
		need = sizeof("distance");
	canvas_put(draw->canvas, draw->area.row, col + 1, cols - 1, STYLE_DIM,
		   "distance");
	for (from = 0; from < draw->nr; from++)
		for (to = 0; to < draw->nr; to++) {
			distance = draw->now->distance[from * draw->nr + to];
			snprintf(text, sizeof(text), "%d", distance);
			canvas_put_right(draw->canvas,
					 draw->area.row + 1 + from,
					 col + to * width, width, STYLE_DIM,
					 distance > 0 ? text : "-");
		}
	return need;
}

static void flow_draw(const struct screen_facts *facts,
		      const struct panel_state *state, bool focused,
		      struct canvas *canvas, struct rect area)
{
	struct flow_draw draw = {
		.facts = facts,
		.now = model_now(facts->model),
		.matrix = model_matrix(facts->model),
		.canvas = canvas,
		.area = area,
		.nr = flow_nodes(facts),
	};
	struct rect rest = area;
	int used;

	(void)focused;
	if (!draw.nr) {
		canvas_put(canvas, area.row, area.col + 1, area.cols - 1,
			   STYLE_DIM, "-");
		return;
	}
	draw.most = flow_most(&draw);
	if (draw.nr + 1 > area.rows || flow_want_cols(facts) > area.cols) {
		flow_list_draw(&draw, area, state->top);
		return;
	}
	draw.cell = (area.cols * 2 / 3 - LABEL_COLS) / draw.nr;
	draw.cell = draw.cell > CELL_MAX_COLS ? CELL_MAX_COLS :
		    draw.cell < CELL_MIN_COLS ? CELL_MIN_COLS : draw.cell;
	draw_matrix(&draw);
	used = LABEL_COLS + draw.nr * draw.cell;
	if (used + GAP + draw.nr * 4 <= area.cols)
		used += GAP;
	used += draw_distances(&draw, area.col + used, area.cols - used);
	rest.col += used + GAP;
	rest.cols -= used + GAP;
	if (rest.cols >= LIST_MIN_COLS)
		flow_list_draw(&draw, rest, 0);
}

static void flow_subtitle(const struct screen_facts *facts,
			  const struct panel_state *state, char *dst,
			  size_t cap)
{
	(void)state;
	/* Counts since the start are not kept for every filter. */
	snprintf(dst, cap, "%s, from ↓ to →%s", amount_unit(facts),
		 facts->view->since && model_view_is_restricted(facts->view) ?
		 ", unfiltered" : "");
}

const struct panel_ops panel_flow = {
	.name = "flow",
	.title = "Flow",
	.min_rows = 2,
	.min_cols = 28,
	.lines = flow_lines,
	.visible = flow_visible,
	.want_cols = flow_want_cols,
	.subtitle = flow_subtitle,
	.draw = flow_draw,
};
