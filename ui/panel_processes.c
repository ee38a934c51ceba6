/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The process panel: a line an owner of pages, and their total. */
#include "panel.h"

#include <stdio.h>

#include "column_choice.h"

/* With fewer lines the total gives way to a process. */
#define TOTAL_MIN_ROWS 5

static int processes_lines(const struct screen_facts *facts)
{
	size_t nr;

	model_rows(facts->model, &nr);
	return (int)nr;
}

static int processes_visible(const struct screen_facts *facts,
			     struct rect area)
{
	int rows = area.rows - (area.rows >= TOTAL_MIN_ROWS ? 2 : 1);

	(void)facts;
	return rows > 0 ? rows : 0;
}

static int processes_left_max(const struct screen_facts *facts)
{
	struct column columns[COLUMN_MAX];
	int nr = column_choice_fill(facts->columns, facts->view->order,
				    columns);
	int i, droppable = 0;

	for (i = 0; i < nr; i++)
		droppable += columns[i].priority > 0;
	return droppable > 0 ? droppable - 1 : 0;
}

static void processes_subtitle(const struct screen_facts *facts,
			       const struct panel_state *state, char *dst,
			       size_t cap)
{
	const struct model_view *view = facts->view;
	const struct model_order_row *order = &model_order_table[view->order];
	int lines = processes_lines(facts);
	size_t hidden = model_hidden(facts->model);
	int n;

	n = snprintf(dst, cap, "by %s%s", order->help,
		     view->reverse ? ", reversed" : "");
	if (lines && n > 0 && (size_t)n < cap)
		n += snprintf(dst + n, cap - n, ", %d of %d",
			      state->selected + 1, lines);
	if (hidden && n > 0 && (size_t)n < cap)
		snprintf(dst + n, cap - n, ", %zu hidden", hidden);
}

/* Only processes have failures and stalls; what has none adds nothing. */
static int64_t add_own(int64_t sum, const struct model_row *row, int64_t part)
{
	if (part == UNKNOWN && row->owner != OWNER_PROCESS)
		return sum;
	return count_add(sum, part);
}

static struct model_row rows_total(const struct model_row *rows, size_t nr)
{
	struct model_row total = { .comm = "total" };
	size_t i;

	for (i = 0; i < nr; i++) {
		total.pages = count_add(total.pages, rows[i].pages);
		total.total_pages = count_add(total.total_pages,
					      rows[i].total_pages);
		total.failed_pages = add_own(total.failed_pages, &rows[i],
					     rows[i].failed_pages);
		total.stall_ns = add_own(total.stall_ns, &rows[i],
					 rows[i].stall_ns);
	}
	return total;
}

static void draw_total(const struct column_table *table, int row,
		       const struct model_row *rows, size_t nr)
{
	struct model_row total = rows_total(rows, nr);

	canvas_put(table->canvas, row, table->col + 1, table->request.cols,
		   STYLE_DIM, "  total");
	column_table_sum(table, row, &total);
}

static void draw_rows(const struct column_table *table,
		      const struct panel_state *state, bool focused,
		      struct rect area)
{
	size_t nr;
	const struct model_row *rows = model_rows(table->facts->model, &nr);
	int visible = processes_visible(table->facts, area);
	int i, top = column_top(state->top, (int)nr, visible);
	int row = area.row + 1;

	for (i = top; i < top + visible && i < (int)nr; i++, row++) {
		column_table_line(table, row, &rows[i]);
		if (rows[i].running)
			canvas_put(table->canvas, row, area.col, 1, STYLE_WARN,
				   "*");
		if (focused && i == state->selected)
			canvas_restyle(table->canvas, row, area.col, area.cols,
				       STYLE_SELECTED);
	}
	if (!nr)
		canvas_put(table->canvas, row, area.col + 1, area.cols - 1,
			   STYLE_DIM,
			   !model_now(table->facts->model) ?
			   "waiting for the first interval" :
			   model_hidden(table->facts->model) ?
			   "no process matches; = clears the filter" :
			   "nothing has moved yet");
	if (area.rows >= TOTAL_MIN_ROWS && nr)
		draw_total(table, area.row + area.rows - 1, rows, nr);
}

static void processes_draw(const struct screen_facts *facts,
			   const struct panel_state *state, bool focused,
			   struct canvas *canvas, struct rect area)
{
	const struct model_view *view = facts->view;
	struct column columns[COLUMN_MAX];
	struct column_table table = {
		.facts = facts,
		.canvas = canvas,
		.request = {
			.table = columns,
			.nr = column_choice_fill(facts->columns, view->order,
						 columns),
			.cols = area.cols - 1,
			.skip = state->left,
			.order = view->order,
		},
		.col = area.col,
		.descending = model_order_table[view->order].descending !=
			      view->reverse,
	};

	column_table_fit(&table);
	column_table_head(&table, area.row);
	draw_rows(&table, state, focused, area);
}

const struct panel_ops panel_processes = {
	.name = "processes",
	.title = "Processes",
	.min_rows = 2,
	.min_cols = 28,
	.selects = true,
	.lines = processes_lines,
	.visible = processes_visible,
	.left_max = processes_left_max,
	.subtitle = processes_subtitle,
	.draw = processes_draw,
};
