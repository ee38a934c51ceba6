/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Details: between which nodes its pages moved. Two matrices, of the window
 * and since the start, beside each other where there is room, else one below
 * the other; a ranked list where there are more nodes than fit.
 */
#include "details.h"

#include <stdio.h>

#include "amount.h"
#include "heat.h"
#include "pair_text.h"
#include "units.h"

#define LABEL_COLS 4
#define CELL_COLS 7
#define GAP 3
/* Lines of a matrix above its rows: what it is, and the nodes. */
#define HEAD_LINES 2
#define LIST_MAX 200

enum block { BLOCK_WINDOW, BLOCK_TOTAL, BLOCKS };

static const char *block_name(const struct details_facts *facts,
			      enum block block, char *dst, size_t cap)
{
	return block == BLOCK_WINDOW ?
		       "in the window" :
		       amount_since_text(dst, cap, facts->screen);
}

static int64_t block_pages(const struct details_pair *pair, enum block block)
{
	return block == BLOCK_WINDOW ? pair->window : pair->total;
}

static int matrix_cols(const struct details_facts *facts)
{
	return LABEL_COLS + facts->details->nr_nodes * CELL_COLS;
}

/* A matrix has no place for a node that is not known. */
static bool is_matrix(const struct details_facts *facts)
{
	const struct model_details *details = facts->details;
	size_t i;

	for (i = 0; i < details->nr_pairs; i++)
		if (details->pairs[i].src == NODE_UNKNOWN ||
		    details->pairs[i].dst == NODE_UNKNOWN)
			return false;
	return matrix_cols(facts) <= facts->cols;
}

static bool is_side_by_side(const struct details_facts *facts)
{
	return 2 * matrix_cols(facts) + GAP <= facts->cols;
}

static int list_lines(const struct details_facts *facts)
{
	size_t nr = facts->details->nr_pairs;

	return nr > LIST_MAX ? LIST_MAX + 2 : (int)nr + 1;
}

static int flow_lines(const struct details_facts *facts)
{
	const struct model_details *details = facts->details;
	int lines = details->nr_nodes + HEAD_LINES;

	if (!details->nr_pairs)
		return 1;
	if (!is_matrix(facts))
		return list_lines(facts);
	return is_side_by_side(facts) ? lines : 2 * lines + 1;
}

static void flow_note(const struct details_facts *facts, char *dst, size_t cap)
{
	(void)facts;
	snprintf(dst, cap, "pages, from ↓ to →");
}

static const struct details_pair *find(const struct model_details *details,
				       int src, int dst)
{
	size_t i;

	for (i = 0; i < details->nr_pairs; i++)
		if (details->pairs[i].src == src &&
		    details->pairs[i].dst == dst)
			return &details->pairs[i];
	return NULL;
}

static int64_t most_pages(const struct model_details *details,
			  enum block block)
{
	int64_t most = 0;
	size_t i;

	for (i = 0; i < details->nr_pairs; i++) {
		const struct details_pair *pair = &details->pairs[i];

		if (pair->src != pair->dst && block_pages(pair, block) > most)
			most = block_pages(pair, block);
	}
	return most;
}

static void draw_cells(const struct details_facts *facts, enum block block,
		       int from, struct canvas *canvas, struct rect area)
{
	const struct model_details *details = facts->details;
	int64_t pages, most = most_pages(details, block);
	char text[UNITS_CAP];
	int to;

	for (to = 0; to < details->nr_nodes; to++) {
		const struct details_pair *pair =
			find(details, details->nodes[from], details->nodes[to]);

		pages = pair ? block_pages(pair, block) : 0;
		units_count(text, sizeof(text), pages);
		canvas_put_right(canvas, area.row,
				 area.col + LABEL_COLS + to * CELL_COLS,
				 CELL_COLS,
				 from == to ? STYLE_DIM :
					      heat_style(pages, most),
				 pages ? text :
					 canvas_glyph(canvas, GLYPH_DOT));
	}
}

static void draw_ids(const struct model_details *details,
		     struct canvas *canvas, struct rect area)
{
	char text[16];
	int to;

	for (to = 0; to < details->nr_nodes; to++) {
		snprintf(text, sizeof(text), "%d", details->nodes[to]);
		canvas_put_right(canvas, area.row,
				 area.col + LABEL_COLS + to * CELL_COLS,
				 CELL_COLS, STYLE_HEADER, text);
	}
}

static void draw_block(const struct details_facts *facts, enum block block,
		       int line, struct canvas *canvas, struct rect area)
{
	const struct model_details *details = facts->details;
	char text[UNITS_CAP];

	if (line < 0 || line >= details->nr_nodes + HEAD_LINES)
		return;
	if (!line) {
		canvas_put(canvas, area.row, area.col + LABEL_COLS,
			   area.cols - LABEL_COLS, STYLE_DIM,
			   block_name(facts, block, text, sizeof(text)));
		return;
	}
	if (line == 1) {
		draw_ids(details, canvas, area);
		return;
	}
	line -= HEAD_LINES;
	snprintf(text, sizeof(text), "%d", details->nodes[line]);
	canvas_put_right(canvas, area.row, area.col, LABEL_COLS - 1,
			 STYLE_HEADER, text);
	draw_cells(facts, block, line, canvas, area);
}

static void draw_matrices(const struct details_facts *facts, int line,
			  struct canvas *canvas, struct rect area)
{
	int lines = facts->details->nr_nodes + HEAD_LINES;

	draw_block(facts, BLOCK_WINDOW, line, canvas, area);
	if (!is_side_by_side(facts)) {
		draw_block(facts, BLOCK_TOTAL, line - lines - 1, canvas, area);
		return;
	}
	area.col += matrix_cols(facts) + GAP;
	area.cols -= matrix_cols(facts) + GAP;
	draw_block(facts, BLOCK_TOTAL, line, canvas, area);
}

/* What the list has no line for. */
static void draw_rest(const struct model_details *details,
		      struct canvas *canvas, struct rect area)
{
	int64_t window = 0;
	char text[64], pages[UNITS_CAP];
	size_t i;

	for (i = LIST_MAX; i < details->nr_pairs; i++)
		window = count_add(window, details->pairs[i].window);
	units_count(pages, sizeof(pages), window);
	snprintf(text, sizeof(text), "%zu more, %s pages in the window",
		 details->nr_pairs - LIST_MAX, pages);
	canvas_put(canvas, area.row, area.col + 1, area.cols - 1, STYLE_WARN,
		   text);
}

static void draw_listed(const struct details_facts *facts, int line,
			struct canvas *canvas, struct rect area)
{
	const struct model_details *details = facts->details;
	const struct details_pair *pair;
	char nodes[PAIR_CAP], pages[UNITS_CAP];
	int i;

	if (!line) {
		canvas_put(canvas, area.row, area.col, area.cols, STYLE_HEADER,
			   "  FLOW       WINDOW");
		canvas_put_right(canvas, area.row, area.col + 20, 15,
				 STYLE_HEADER,
				 block_name(facts, BLOCK_TOTAL, pages,
					    sizeof(pages)));
		return;
	}
	if (--line == LIST_MAX) {
		draw_rest(details, canvas, area);
		return;
	}
	pair = &details->pairs[line];
	pair_text(canvas, pair->src, pair->dst, nodes);
	canvas_put(canvas, area.row, area.col + 2, 10, STYLE_NORMAL, nodes);
	for (i = BLOCK_WINDOW; i < BLOCKS; i++)
		canvas_put_right(canvas, area.row, area.col + 12 + i * 16, 7,
				 pair->src == pair->dst ?
				 STYLE_DIM :
				 heat_style(block_pages(pair, i),
					    most_pages(details, i)),
				 units_count(pages, sizeof(pages),
					     block_pages(pair, i)));
}

static void flow_draw_line(const struct details_facts *facts, int line,
			   struct canvas *canvas, struct rect area)
{
	const struct model_details *details = facts->details;

	if (!details->nr_pairs)
		canvas_put(canvas, area.row, area.col, area.cols, STYLE_DIM,
			   details->knows_flows ?
			   "none of its pages moved" :
			   "- (no hook tells whose pages move)");
	else if (is_matrix(facts))
		draw_matrices(facts, line, canvas, area);
	else
		draw_listed(facts, line, canvas, area);
}

const struct details_section details_flow = {
	.name = "Flow",
	.note = flow_note,
	.lines = flow_lines,
	.draw_line = flow_draw_line,
};
