/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Cells of the process panel that are left out until they are chosen. */
#include "column_cells.h"

#include <stdio.h>
#include <string.h>

#include "amount.h"
#include "units.h"

/* So much of a process' pages going back and forth is worth a look. */
#define BOUNCE_WARN_PERCENT 20

static void put(struct column_cell *cell, const char *text)
{
	snprintf(cell->text, sizeof(cell->text), "%s", text ? text : "-");
}

void cell_folios(struct column_cell *cell, const void *item)
{
	const struct model_row *row = item;

	if (cell->facts->view->since)
		units_count(cell->text, sizeof(cell->text),
			    row->total_folios);
	else
		panel_rate_text(cell->text, sizeof(cell->text), row->folios,
				panel_interval_ns(cell->facts));
}

void cell_distance(struct column_cell *cell, const void *item)
{
	const struct model_row *row = item;

	if (cell->facts->view->since)
		units_count(cell->text, sizeof(cell->text),
			    row->total_distance);
	else
		panel_rate_text(cell->text, sizeof(cell->text), row->distance,
				panel_interval_ns(cell->facts));
}

void cell_bounce(struct column_cell *cell, const void *item)
{
	const struct model_row *row = item;

	units_percent(cell->text, sizeof(cell->text), row->bounce_pages,
		      row->crossed_pages);
	if (row->bounce_pages > 0 &&
	    (double)row->bounce_pages * 100 >=
		    (double)row->crossed_pages * BOUNCE_WARN_PERCENT)
		cell->style = STYLE_WARN;
}

void cell_share(struct column_cell *cell, const void *item)
{
	const struct model_row *row = item;
	const struct sample *now = model_now(cell->facts->model);

	units_percent(cell->text, sizeof(cell->text),
		      amount_of(cell->facts, row->pages, row->total_pages),
		      amount_of(cell->facts, now ? now->sum.pages : UNKNOWN,
				model_since(cell->facts->model)->pages));
}

void cell_cgroup(struct column_cell *cell, const void *item)
{
	put(cell, ((const struct model_row *)item)->cgroup);
}

void cell_container(struct column_cell *cell, const void *item)
{
	put(cell, ((const struct model_row *)item)->container);
}

void cell_vm(struct column_cell *cell, const void *item)
{
	put(cell, ((const struct model_row *)item)->vm);
}

/* The column's pair of nodes, or NULL if there are not so many. */
static const struct model_pair *pair_of(const struct column *column,
					const struct screen_facts *facts)
{
	int nr;
	const struct model_pair *pairs = model_top_pairs(facts->model, &nr);

	return column->index < nr ? &pairs[column->index] : NULL;
}

void cell_pair(struct column_cell *cell, const void *item)
{
	const struct model_row *row = item;

	if (!pair_of(cell->column, cell->facts)) {
		put(cell, "");
		return;
	}
	amount_rate_text(cell->text, sizeof(cell->text), cell->facts,
			 row->flow[cell->column->index],
			 panel_interval_ns(cell->facts));
	if (row->flow[cell->column->index] <= 0)
		cell->style = STYLE_DIM;
}

/* It stays a rate, which is to be seen where all others are not. */
void title_pair(const struct column *column, struct column_cell *cell)
{
	const struct model_pair *pair = pair_of(column, cell->facts);

	if (!pair)
		put(cell, column->name);
	else
		snprintf(cell->text, sizeof(cell->text), "%d%s%d%s",
			 pair->src, canvas_glyph(cell->canvas, GLYPH_ARROW),
			 pair->dst, cell->facts->view->since ? "/s" : "");
}

void title_rate(const struct column *column, struct column_cell *cell)
{
	static const char *const names[2][2] = { { "PAGES/S", "PAGES" },
						 { "BYTES/S", "BYTES" } };

	(void)column;
	put(cell, names[cell->facts->bytes][cell->facts->view->since]);
}

void title_slashed(const struct column *column, struct column_cell *cell)
{
	const char *slash = strchr(column->name, '/');

	put(cell, column->name);
	if (cell->facts->view->since && slash)
		cell->text[slash - column->name] = '\0';
}

void title_stall(const struct column *column, struct column_cell *cell)
{
	put(cell, cell->facts->view->since ? "STALL" : column->name);
}

void title_comm(const struct column *column, struct column_cell *cell)
{
	put(cell, cell->facts->cmdline ? "COMMAND" : column->name);
}
