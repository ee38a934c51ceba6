/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Columns of a table as rows of a table: name, sizes, what it says, and the
 * function that writes one cell. The process and the node panel are lists of
 * these; help is printed from them.
 */
#ifndef MPTOP_COLUMN_H
#define MPTOP_COLUMN_H

#include "panel.h"

#define COLUMN_MAX 32
#define COLUMN_NO_ORDER (-1)

/* One cell to fill: the item's text and style, at most @width columns. */
struct column_cell {
	const struct screen_facts *facts;
	const struct column *column;
	const struct canvas *canvas; /* whose glyphs may be used */
	int width;
	enum style style;
	char text[512];
};

struct column {
	const char *name;
	const char *key; /* in lists of columns, of those that are chosen */
	const char *help;
	short width;
	short good_width; /* it grows so far before any grows further */
	short max_width;  /* it may grow so far while room is left */
	short priority;	 /* the lowest is left out first; 0: never */
	bool right;	 /* aligned */
	bool summed;	 /* has a meaning in a line of totals */
	bool optional;	 /* left out until it is chosen */
	short index;	 /* among columns that share their functions */
	int order;	 /* enum model_order that sorts by it */
	/* Its name for what is shown now, to cell->text; NULL: .name. */
	void (*title)(const struct column *column, struct column_cell *cell);
	void (*cell)(struct column_cell *cell, const void *item);
};

/*
 * Writes the width of each of the @nr columns of @table (0: left out) for
 * @cols screen columns to @width. The first @skip columns are left out, and
 * then those of the lowest priority; never those of priority 0 or of @order
 * (COLUMN_NO_ORDER: none).
 */
struct column_request {
	const struct column *table;
	int nr;
	int cols;
	int skip;
	int order;
};
void column_fit(const struct column_request *request, int *width);

/* A table being drawn: the columns that fit, at a column of the canvas. */
struct column_table {
	const struct screen_facts *facts;
	struct canvas *canvas;
	struct column_request request;
	int col; /* the column left of it is for a mark */
	bool descending; /* of the sort mark */
	int width[COLUMN_MAX];
};

/* Fills width[] from the request. */
void column_table_fit(struct column_table *table);

/* The line of column names; the sort column is marked. */
void column_table_head(const struct column_table *table, int row);

/* The column of request.table at column @col of the canvas, or -1. */
int column_table_at(const struct column_table *table, int col);

/* One item. */
void column_table_line(const struct column_table *table, int row,
		       const void *item);

/* As column_table_line(), but only of the columns that can be summed. */
void column_table_sum(const struct column_table *table, int row,
		      const void *item);

/* @top bounded so that @visible of @lines lines fill the room. */
int column_top(int top, int lines, int visible);

/* The columns of the process panel; items are struct model_row. */
extern const struct column process_columns[];
extern const int nr_process_columns;

/* The columns of the node panel; items are struct sample_node. */
extern const struct column node_columns[];
extern const int nr_node_columns;

/* A horizontal meter of @part of @whole in cell->width columns. */
void column_meter(struct column_cell *cell, int64_t part, int64_t whole);

#endif
