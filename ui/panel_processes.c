/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The process panel: a line an owner of pages, and their total. */
#include "panel.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "amount.h"
#include "column_choice.h"

/* With fewer lines the total gives way to a process. */
#define TOTAL_MIN_ROWS 5
#define COMMAND_MIN_COLS 20
#define COMMAND_GOOD_COLS 30
#define COMMAND_MAX_COLS 100

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

struct subtitle {
	char *dst;
	size_t cap;
	size_t length;
};

static void say(struct subtitle *subtitle, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static void say(struct subtitle *subtitle, const char *format, ...)
{
	size_t room = subtitle->cap - subtitle->length;
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(subtitle->dst + subtitle->length, room, format, args);
	va_end(args);
	if (n > 0)
		subtitle->length += (size_t)n < room ? (size_t)n : room - 1;
}

static const char *order_help(const struct screen_facts *facts,
			      const struct model_order_row *order)
{
	if (facts->view->since && order == &model_order_table[ORDER_RATE])
		return "pages moved";
	return order->help;
}

/* What changes the rows comes first: on a small screen the end is cut off. */
static void processes_subtitle(const struct screen_facts *facts,
			       const struct panel_state *state, char *dst,
			       size_t cap)
{
	const struct model_view *view = facts->view;
	const struct model_order_row *order = &model_order_table[view->order];
	struct subtitle subtitle = { .dst = dst, .cap = cap };
	size_t hidden = model_hidden(facts->model);
	int64_t dropped = model_since(facts->model)->dropped;
	int lines = processes_lines(facts);
	char since[32];

	if (view->group == GROUP_OWNER)
		say(&subtitle, "by %s", order_help(facts, order));
	else
		say(&subtitle, "by %s, by %s",
		    model_group_name[view->group], order->column);
	if (view->reverse)
		say(&subtitle, ", reversed");
	if (view->since)
		say(&subtitle, ", %s",
		    amount_since_text(since, sizeof(since), facts));
	if (view->since && dropped)
		say(&subtitle, ", %" PRId64 " dropped", dropped);
	if (facts->follows)
		say(&subtitle, ", FOLLOW%s",
		    facts->follows_shown ? "" : " (not shown)");
	if (view->hide_idle)
		say(&subtitle, ", %zu idle hidden",
		    model_hidden_idle(facts->model));
	if (lines)
		say(&subtitle, ", %d of %d", state->selected + 1, lines);
	if (hidden)
		say(&subtitle, ", %zu hidden", hidden);
}

static void draw_total(const struct column_table *table, int row)
{
	canvas_put(table->canvas, row, table->col + 1, table->request.cols,
		   STYLE_DIM, "  total");
	column_table_sum(table, row, model_total(table->facts->model));
}

/* What stands left of a row: it is tagged, or a call of it is running. */
static void draw_mark(const struct column_table *table, int row,
		      const struct model_row *item)
{
	struct model_key tag;

	if (row_keys_tag(item, &tag) &&
	    row_keys_has(table->facts->tags, &tag)) {
		canvas_restyle(table->canvas, row, table->col + 1,
			       table->request.cols, STYLE_KEY);
		canvas_put(table->canvas, row, table->col, 1, STYLE_KEY, "#");
	} else if (item->running) {
		canvas_put(table->canvas, row, table->col, 1, STYLE_WARN, "*");
	}
}

static const char *nothing_text(const struct model *model)
{
	const struct sample *now = model_now(model);

	return !now ? "waiting for the first interval" :
	       !now->probe[PROBE_OWNER] ? "- (no hook tells whose pages move)" :
	       model_hidden_idle(model) ? "all rows are idle; i shows them" :
	       model_hidden(model) ?
	       "no process matches; = clears the filter" :
	       "nothing has moved yet";
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
		draw_mark(table, row, &rows[i]);
		if (focused && i == state->selected)
			canvas_restyle(table->canvas, row, area.col, area.cols,
				       STYLE_SELECTED);
	}
	if (!nr)
		canvas_put(table->canvas, row, area.col + 1, area.cols - 1,
			   STYLE_DIM, nothing_text(table->facts->model));
	if (area.rows >= TOTAL_MIN_ROWS && nr)
		draw_total(table, area.row + area.rows - 1);
}

/* A command line is worth more room than a name. */
static void widen_commands(const struct screen_facts *facts,
			   struct column *columns, int nr)
{
	int i;

	for (i = 0; i < nr && facts->cmdline; i++) {
		if (columns[i].order != ORDER_COMM)
			continue;
		columns[i].width = COMMAND_MIN_COLS;
		columns[i].good_width = COMMAND_GOOD_COLS;
		columns[i].max_width = COMMAND_MAX_COLS;
	}
}

/* As it is drawn in @area, its columns in @columns, which holds COLUMN_MAX. */
static struct column_table processes_table(const struct screen_facts *facts,
					   const struct panel_state *state,
					   struct rect area,
					   struct column *columns)
{
	const struct model_view *view = facts->view;
	struct column_table table = {
		.facts = facts,
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

	widen_commands(facts, columns, table.request.nr);
	column_table_fit(&table);
	return table;
}

static int processes_head_order(const struct screen_facts *facts,
				const struct panel_state *state,
				struct rect area, int col)
{
	struct column columns[COLUMN_MAX];
	struct column_table table =
		processes_table(facts, state, area, columns);
	int i = column_table_at(&table, col);

	return i < 0 ? COLUMN_NO_ORDER : columns[i].order;
}

static void processes_draw(const struct screen_facts *facts,
			   const struct panel_state *state, bool focused,
			   struct canvas *canvas, struct rect area)
{
	struct column columns[COLUMN_MAX];
	struct column_table table =
		processes_table(facts, state, area, columns);

	table.canvas = canvas;
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
	.head_rows = 1,
	.head_order = processes_head_order,
	.draw = processes_draw,
};
