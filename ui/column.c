/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which columns fit, and how wide: one rule for every table. */
#include "column.h"

#include <stdio.h>
#include <string.h>

static int total_width(const struct column_request *request, const int *width)
{
	int i, total = -1;

	for (i = 0; i < request->nr; i++)
		if (width[i])
			total += width[i] + 1;
	return total;
}

static bool is_kept(const struct column_request *request, int i)
{
	const struct column *column = &request->table[i];

	return !column->priority || (request->order != COLUMN_NO_ORDER &&
				     column->order == request->order);
}

/* The column to give up next, or -1. */
static int least_column(const struct column_request *request, const int *width)
{
	int i, least = -1;

	for (i = 0; i < request->nr; i++) {
		if (!width[i] || is_kept(request, i))
			continue;
		if (least < 0 || request->table[i].priority <
				 request->table[least].priority)
			least = i;
	}
	return least;
}

/* Every column in turn, one by one, up to its good or its largest width. */
static void columns_grow(const struct column_request *request, int *width,
			 bool to_max)
{
	int spare = request->cols - total_width(request, width);
	int i, given = 1, most;

	while (spare > 0 && given) {
		given = 0;
		for (i = 0; i < request->nr && spare > 0; i++) {
			most = to_max ? request->table[i].max_width :
					request->table[i].good_width;
			if (!width[i] || width[i] >= most)
				continue;
			width[i]++;
			spare--;
			given++;
		}
	}
}

void column_fit(const struct column_request *request, int *width)
{
	int i, least, skip = request->skip;

	for (i = 0; i < request->nr; i++) {
		width[i] = request->table[i].width;
		if (skip > 0 && !is_kept(request, i)) {
			width[i] = 0;
			skip--;
		}
	}
	while (total_width(request, width) > request->cols) {
		least = least_column(request, width);
		if (least < 0)
			break;
		width[least] = 0;
	}
	columns_grow(request, width, false);
	columns_grow(request, width, true);
}

void column_meter(struct column_cell *cell, int64_t part, int64_t whole)
{
	int i, eighths, level;

	cell->text[0] = '\0';
	if (part == UNKNOWN || whole == UNKNOWN || whole <= 0)
		return;
	part = part < 0 ? 0 : part > whole ? whole : part;
	eighths = (int)((double)part / (double)whole * cell->width * 8 + 0.5);
	for (i = 0; i < cell->width; i++, eighths -= 8) {
		level = eighths < 0 ? 0 : eighths > 8 ? 8 : eighths;
		strcat(cell->text,
		       canvas_glyph(cell->canvas, GLYPH_METER_0 + level));
	}
}

void column_table_fit(struct column_table *table)
{
	column_fit(&table->request, table->width);
}

static void put_aligned(const struct column_table *table, int row, int col,
			const struct column_cell *cell, bool right)
{
	if (right)
		canvas_put_right(table->canvas, row, col, cell->width,
				 cell->style, cell->text);
	else
		canvas_put(table->canvas, row, col, cell->width, cell->style,
			   cell->text);
}

void column_table_head(const struct column_table *table, int row)
{
	const struct column_request *request = &table->request;
	struct column_cell cell = {
		.facts = table->facts,
		.canvas = table->canvas,
	};
	const char *mark = canvas_glyph(table->canvas,
					table->descending ? GLYPH_DOWN :
							    GLYPH_UP);
	const struct column *column;
	int i, col = table->col + 1;
	bool sorted;

	for (i = 0; i < request->nr; i++) {
		column = &request->table[i];
		cell.width = table->width[i];
		if (!cell.width)
			continue;
		sorted = column->order != COLUMN_NO_ORDER &&
			 column->order == request->order;
		cell.style = sorted ? STYLE_FOCUS : STYLE_HEADER;
		snprintf(cell.text, sizeof(cell.text), "%s", column->name);
		if (column->title)
			column->title(column, &cell);
		if (sorted)
			strcat(cell.text, mark);
		put_aligned(table, row, col, &cell, column->right);
		col += cell.width + 1;
	}
}

int column_table_at(const struct column_table *table, int col)
{
	int i, start = table->col + 1;

	for (i = 0; i < table->request.nr; i++) {
		if (!table->width[i])
			continue;
		/* The blank behind it is its own. */
		if (col >= start && col <= start + table->width[i])
			return i;
		start += table->width[i] + 1;
	}
	return -1;
}

static void put_line(const struct column_table *table, int row,
		     const void *item, bool summed)
{
	const struct column_request *request = &table->request;
	struct column_cell cell = {
		.facts = table->facts,
		.canvas = table->canvas,
	};
	int i, col = table->col + 1;

	for (i = 0; i < request->nr; i++) {
		cell.width = table->width[i];
		if (!cell.width)
			continue;
		cell.style = STYLE_NORMAL;
		cell.column = &request->table[i];
		if (!summed || request->table[i].summed) {
			request->table[i].cell(&cell, item);
			put_aligned(table, row, col, &cell,
				    request->table[i].right);
		}
		col += cell.width + 1;
	}
}

void column_table_line(const struct column_table *table, int row,
		       const void *item)
{
	put_line(table, row, item, false);
}

void column_table_sum(const struct column_table *table, int row,
		      const void *item)
{
	put_line(table, row, item, true);
}

int column_top(int top, int lines, int visible)
{
	if (top > lines - visible)
		top = lines - visible;
	return top > 0 ? top : 0;
}
