/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The node panel: a line a node, what it holds and what came and went. */
#include "panel.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "amount.h"
#include "column.h"
#include "units.h"

/* A node this full is marked. */
#define FULL_PERCENT 95

/* More than any kernel has; a replayed list can say anything. */
#define CPU_MAX (1L << 20)

/* CPUs in a kernel list "0-3,8"; -1 for what is no list. */
static int64_t cpu_count(const char *list)
{
	int64_t count = 0;
	char *end;
	long first, last;

	while (*list) {
		first = last = strtol(list, &end, 10);
		if (end == list)
			return -1;
		if (*end == '-')
			last = strtol(end + 1, &end, 10);
		if (first < 0 || last < first || last > CPU_MAX)
			return -1;
		count += last - first + 1;
		list = *end == ',' ? end + 1 : end;
		if (*end && *end != ',')
			return -1;
	}
	return count;
}

int64_t panel_nodes_cpus(const struct sample_node *node)
{
	return node->cpu_list ? cpu_count(node->cpu_list) : UNKNOWN;
}

static int64_t used_bytes(const struct sample_node *node)
{
	if (node->mem_total_bytes == UNKNOWN || node->mem_free_bytes == UNKNOWN)
		return UNKNOWN;
	return node->mem_total_bytes - node->mem_free_bytes;
}

static bool is_full(const struct sample_node *node)
{
	int64_t used = used_bytes(node);

	return used != UNKNOWN && node->mem_total_bytes > 0 &&
	       used / FULL_PERCENT >= node->mem_total_bytes / 100;
}

static void cell_id(struct column_cell *cell, const void *item)
{
	const struct sample_node *node = item;

	cell->style = node->allowed == 0 ? STYLE_DIM : STYLE_TITLE;
	snprintf(cell->text, sizeof(cell->text), "%s%d",
		 node->allowed == 0 ? "*" : "", node->id);
}

static void put_count(struct column_cell *cell, int64_t count)
{
	if (count == UNKNOWN || count < 0)
		snprintf(cell->text, sizeof(cell->text), "-");
	else
		snprintf(cell->text, sizeof(cell->text), "%" PRId64, count);
}

static void cell_tier(struct column_cell *cell, const void *item)
{
	put_count(cell, ((const struct sample_node *)item)->tier);
}

static void cell_cpus(struct column_cell *cell, const void *item)
{
	put_count(cell, panel_nodes_cpus(item));
}

static void cell_memory(struct column_cell *cell, const void *item)
{
	const struct sample_node *node = item;
	char used[UNITS_CAP], total[UNITS_CAP];

	units_bytes(used, sizeof(used), used_bytes(node));
	units_bytes(total, sizeof(total), node->mem_total_bytes);
	snprintf(cell->text, sizeof(cell->text), "%s%s/%s",
		 is_full(node) ? "!" : "", used, total);
	if (is_full(node))
		cell->style = STYLE_WARN;
}

static void cell_meter(struct column_cell *cell, const void *item)
{
	const struct sample_node *node = item;

	cell->style = is_full(node) ? STYLE_WARN : STYLE_GOOD;
	column_meter(cell, used_bytes(node), node->mem_total_bytes);
}

static void put_pages(struct column_cell *cell, int64_t pages, int64_t since)
{
	amount_text(cell->text, sizeof(cell->text), cell->facts, pages, since);
	if (!amount_of(cell->facts, pages, since))
		cell->style = STYLE_DIM;
}

static const struct model_node_since *
node_since(const struct column_cell *cell, const struct sample_node *node)
{
	const struct model *model = cell->facts->model;

	return model_since_node(model, node - model_now(model)->nodes);
}

static void cell_in(struct column_cell *cell, const void *item)
{
	const struct sample_node *node = item;

	put_pages(cell, node->in_pages, node_since(cell, node)->in_pages);
}

static void cell_out(struct column_cell *cell, const void *item)
{
	const struct sample_node *node = item;

	put_pages(cell, node->out_pages, node_since(cell, node)->out_pages);
}

static void cell_intra(struct column_cell *cell, const void *item)
{
	const struct sample_node *node = item;

	put_pages(cell, node->intra_pages,
		  node_since(cell, node)->intra_pages);
}

static int nodes_lines(const struct screen_facts *facts)
{
	const struct sample *now = model_now(facts->model);

	return now ? (int)now->nr_nodes : 0;
}

static int nodes_visible(const struct screen_facts *facts, struct rect area)
{
	(void)facts;
	return area.rows > 1 ? area.rows - 1 : 0;
}

static int nodes_want_cols(const struct screen_facts *facts)
{
	(void)facts;
	return 58;
}

static void nodes_subtitle(const struct screen_facts *facts,
			   const struct panel_state *state, char *dst,
			   size_t cap)
{
	const struct sample *now = model_now(facts->model);
	bool denied = false;
	size_t i;

	(void)state;
	for (i = 0; now && i < now->nr_nodes; i++)
		denied |= now->nodes[i].allowed == 0;
	/* What a view restricts are flows, not what a node has. */
	snprintf(dst, cap, "%s%s%s", amount_unit(facts),
		 model_view_is_restricted(facts->view) ? ", unfiltered" : "",
		 denied ? ", * not allowed to mptop" : "");
}

static void nodes_draw(const struct screen_facts *facts,
		       const struct panel_state *state, bool focused,
		       struct canvas *canvas, struct rect area)
{
	const struct sample *now = model_now(facts->model);
	struct column_table table = {
		.facts = facts,
		.canvas = canvas,
		.request = {
			.table = node_columns,
			.nr = nr_node_columns,
			.cols = area.cols - 1,
			.order = COLUMN_NO_ORDER,
		},
		.col = area.col,
	};
	int i, top;

	(void)focused;
	column_table_fit(&table);
	column_table_head(&table, area.row);
	if (!now) {
		canvas_put(canvas, area.row + 1, area.col + 1, area.cols - 1,
			   STYLE_DIM, "-");
		return;
	}
	top = column_top(state->top, (int)now->nr_nodes, area.rows - 1);
	for (i = 0; i < area.rows - 1 && top + i < (int)now->nr_nodes; i++)
		column_table_line(&table, area.row + 1 + i,
				  &now->nodes[top + i]);
}

const struct column node_columns[] = {
	{ .name = "id", .help = "node", .width = 3, .right = true,
	  .order = COLUMN_NO_ORDER, .cell = cell_id },
	{ .name = "tier", .help = "memory tier of the kernel", .width = 4,
	  .priority = 2, .right = true, .order = COLUMN_NO_ORDER,
	  .cell = cell_tier },
	{ .name = "cpus", .help = "CPUs", .width = 4, .priority = 3,
	  .right = true, .order = COLUMN_NO_ORDER, .cell = cell_cpus },
	{ .name = "used/total", .help = "memory in use and in all",
	  .width = 12, .max_width = 13, .priority = 7, .right = true,
	  .order = COLUMN_NO_ORDER, .cell = cell_memory },
	{ .name = "", .help = "the same as a meter", .width = 4,
	  .good_width = 8, .max_width = 24, .priority = 1,
	  .order = COLUMN_NO_ORDER, .cell = cell_meter },
	{ .name = "in", .help = "pages from other nodes", .width = 5,
	  .max_width = 7, .priority = 8, .right = true,
	  .order = COLUMN_NO_ORDER, .cell = cell_in },
	{ .name = "out", .help = "pages to other nodes", .width = 5,
	  .max_width = 7, .priority = 9, .right = true,
	  .order = COLUMN_NO_ORDER, .cell = cell_out },
	{ .name = "intra", .help = "pages that moved, but stayed on the node",
	  .width = 5, .max_width = 7, .priority = 4, .right = true,
	  .order = COLUMN_NO_ORDER, .cell = cell_intra },
};

const int nr_node_columns = sizeof(node_columns) / sizeof(node_columns[0]);

const struct panel_ops panel_nodes = {
	.name = "nodes",
	.title = "Nodes",
	.min_rows = 2,
	.min_cols = 28,
	.lines = nodes_lines,
	.visible = nodes_visible,
	.want_cols = nodes_want_cols,
	.subtitle = nodes_subtitle,
	.draw = nodes_draw,
};
