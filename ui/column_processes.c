/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The columns of the process panel, the table last. */
#include "column.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "amount.h"
#include "column_cells.h"
#include "pair_text.h"
#include "row_text.h"
#include "text.h"
#include "units.h"

#define TREND_LEVELS 8

static void put_text(struct column_cell *cell, const char *text)
{
	snprintf(cell->text, sizeof(cell->text), "%s", text ? text : "-");
}

/* @text and then @suffix, which is seen whole if it fits at all. */
static void put_suffixed(struct column_cell *cell, const char *text,
			 const char *suffix)
{
	int room = cell->width - text_width(suffix);

	snprintf(cell->text, sizeof(cell->text), "%.*s%s",
		 (int)text_prefix(text, room > 0 ? room : 0, NULL), text,
		 suffix);
}

static int64_t interval_of(const struct column_cell *cell)
{
	return panel_interval_ns(cell->facts);
}

static void cell_pid(struct column_cell *cell, const void *item)
{
	const struct model_row *row = item;

	if (row->group == GROUP_CGROUP || row->group == GROUP_USER)
		row_members_text(cell, row);
	else if (!row->id.pid)
		put_text(cell, NULL);
	else
		snprintf(cell->text, sizeof(cell->text), "%" PRId64,
			 row->id.pid);
}

static void cell_user(struct column_cell *cell, const void *item)
{
	put_text(cell, ((const struct model_row *)item)->user);
}

/* Behind the name of the machine or container that it runs in. */
static void put_cmdline(struct column_cell *cell, const struct model_row *row)
{
	const char *in = row->vm ? row->vm : row->container;

	snprintf(cell->text, sizeof(cell->text), "%s%s%s%s", in ? in : "",
		 in ? ": " : "",
		 row->owner == OWNER_SHARED ? "(shared) " : "", row->cmdline);
}

static void put_comm(struct column_cell *cell, const struct model_row *row)
{
	cell->style = row->owner == OWNER_PROCESS ? STYLE_TITLE : STYLE_NORMAL;
	if (cell->facts->cmdline && row->cmdline)
		put_cmdline(cell, row);
	else if (row->owner != OWNER_SHARED)
		put_text(cell, row->comm);
	else if (text_width(row->comm) + text_width(" (shared)") <= cell->width)
		put_suffixed(cell, row->comm, " (shared)");
	else
		put_suffixed(cell, row->comm, " (sh)");
}

static void cell_comm(struct column_cell *cell, const void *item)
{
	const struct model_row *row = item;

	if (row->group != GROUP_OWNER) {
		row_group_text(cell, row);
		return;
	}
	if (row->is_member)
		cell->width -= ROW_INDENT;
	put_comm(cell, row);
	if (row->is_member)
		row_indent(cell, row);
}

static void cell_where(struct column_cell *cell, const void *item)
{
	const struct model_row *row = item;

	cell->style = STYLE_DIM;
	/* The name of such a group is the machine's, or the container's. */
	if (row->group == GROUP_CGROUP)
		put_text(cell, row->cgroup);
	else
		put_text(cell, row->vm ? row->vm :
			       row->container ? row->container : row->cgroup);
}

static void cell_mover(struct column_cell *cell, const void *item)
{
	const struct model_row *row = item;
	const char *mover = row->mover_comm ? row->mover_comm : "?";
	char others[16] = "";

	if (row->group == GROUP_MOVER) {
		row_members_text(cell, row);
		return;
	}
	if (row->mover_is_self) {
		mover = "(self)";
		cell->style = STYLE_DIM;
	} else if (!row->nr_movers) {
		put_text(cell, NULL);
		return;
	}
	if (row->nr_movers > 1)
		snprintf(others, sizeof(others), " +%d", row->nr_movers - 1);
	put_suffixed(cell, mover, others);
}

/* "0>1 1>0 +2": the first @shown, and how many more there are. */
static void put_pairs(struct column_cell *cell, const struct model_row *row,
		      int shown)
{
	size_t length = 0;
	char pair[PAIR_CAP];
	int i;

	for (i = 0; i < shown; i++) {
		pair_text(cell->canvas, row->pair[i].src, row->pair[i].dst,
			  pair);
		length += snprintf(cell->text + length,
				   sizeof(cell->text) - length, "%s%s",
				   i ? " " : "", pair);
	}
	if (shown < row->nr_pairs)
		snprintf(cell->text + length, sizeof(cell->text) - length,
			 "%s+%d", shown ? " " : "", row->nr_pairs - shown);
}

/* As many as fit with the number of the others, which is never cut off. */
static void cell_flow(struct column_cell *cell, const void *item)
{
	const struct model_row *row = item;
	int shown = row->nr_pairs < MODEL_ROW_FLOWS ? row->nr_pairs :
						      MODEL_ROW_FLOWS;

	put_text(cell, NULL);
	if (!shown)
		return;
	do
		put_pairs(cell, row, shown);
	while (text_width(cell->text) > cell->width && --shown >= 0);
}

static void cell_rate(struct column_cell *cell, const void *item)
{
	const struct model_row *row = item;

	amount_text(cell->text, sizeof(cell->text), cell->facts, row->pages,
		    row->total_pages);
	cell->style = amount_of(cell->facts, row->pages, row->total_pages) ?
		      STYLE_TITLE : STYLE_DIM;
}

static void cell_mib(struct column_cell *cell, const void *item)
{
	const struct model_row *row = item;

	int64_t since = amount_bytes(cell->facts, row->total_pages);

	units_mib(cell->text, sizeof(cell->text),
		  amount_of(cell->facts,
			    panel_bytes_of(cell->facts, row->pages), since));
	if (!amount_of(cell->facts, row->pages, row->total_pages))
		cell->style = STYLE_DIM;
}

static void cell_total(struct column_cell *cell, const void *item)
{
	amount_count_text(cell->text, sizeof(cell->text), cell->facts,
			  ((const struct model_row *)item)->total_pages);
}

static void cell_fail(struct column_cell *cell, const void *item)
{
	const struct model_row *row = item;
	int64_t failed = amount_of(cell->facts, row->failed_pages,
				   row->total_failed_pages);

	units_count(cell->text, sizeof(cell->text), failed);
	cell->style = failed > 0 ? STYLE_WARN : STYLE_DIM;
}

static void put_stall_since(struct column_cell *cell,
			    const struct model_row *row)
{
	units_duration(cell->text, sizeof(cell->text), row->total_stall_ns);
	if (!row->total_stall_ns)
		put_text(cell, "0");
	cell->style = row->total_stall_ns > 0 ? STYLE_NORMAL : STYLE_DIM;
}

/* Thread time by wall time: several threads make more than 100. */
static void cell_stall(struct column_cell *cell, const void *item)
{
	const struct model_row *row = item;
	int64_t interval_ns = interval_of(cell);
	double percent;

	if (cell->facts->view->since) {
		put_stall_since(cell, row);
		return;
	}
	cell->style = STYLE_DIM;
	if (row->stall_ns == UNKNOWN || interval_ns <= 0) {
		put_text(cell, NULL);
		return;
	}
	percent = 100.0 * (double)row->stall_ns / (double)interval_ns;
	if (row->stall_ns > 0 && percent < 0.05)
		put_text(cell, "<0.1");
	else
		snprintf(cell->text, sizeof(cell->text), "%.*f",
			 percent < 1000 ? 1 : 0, percent);
	if (row->stall_ns > 0)
		cell->style = percent >= 10 ? STYLE_WARN : STYLE_NORMAL;
}

static void cell_reason(struct column_cell *cell, const void *item)
{
	const struct model_row *row = item;
	const struct sample *now = model_now(cell->facts->model);

	if (row->running) {
		cell->style = STYLE_WARN;
		snprintf(cell->text, sizeof(cell->text), "running %s",
			 row->running);
		return;
	}
	put_text(cell, now ? sample_reason_name(now, row->reason) : NULL);
}

/* Zero is the lowest bar, no data a blank. */
static void cell_trend(struct column_cell *cell, const void *item)
{
	const struct model_row *row = item;
	int64_t most = 1;
	int i, level;

	cell->style = STYLE_SERIES_0;
	cell->text[0] = '\0';
	for (i = 0; i < MODEL_TREND; i++)
		if (row->trend[i] > most)
			most = row->trend[i];
	for (i = 0; i < MODEL_TREND; i++) {
		level = 0;
		if (row->trend[i] != UNKNOWN)
			level = 1 + (int)(((double)row->trend[i] *
					   (TREND_LEVELS - 1) + most - 1) /
					  (double)most);
		strcat(cell->text, canvas_glyph(cell->canvas,
						GLYPH_BAR_0 + level));
	}
}

#define PAIR_COLUMN(n) \
	{ .name = "FLOW" #n, .key = "flow" #n, .optional = true, \
	  .help = "a pair of nodes, of the four largest in 60 intervals", \
	  .width = 7, .priority = 45, .right = true, .summed = true, \
	  .index = (n) - 1, .order = COLUMN_NO_ORDER, .cell = cell_pair, \
	  .title = title_pair }

const struct column process_columns[] = {
	{ .name = "PID", .key = "pid",
	  .help = "process that owns the pages; (n): of n in a group",
	  .width = 7, .right = true, .order = ORDER_PID, .cell = cell_pid },
	{ .name = "USER", .key = "user", .help = "its user",
	  .width = 8, .priority = 40, .order = ORDER_USER,
	  .cell = cell_user },
	{ .name = "COMM", .key = "comm",
	  .help = "name, by c command; (shared), (sh): not its alone",
	  .width = 9, .good_width = 13, .max_width = 20,
	  .order = ORDER_COMM, .cell = cell_comm, .title = title_comm },
	{ .name = "MOVER", .key = "mover",
	  .help = "who moved most: (self), another, (n owners) of one",
	  .width = 10, .max_width = 20, .priority = 70, .order = ORDER_MOVER,
	  .cell = cell_mover },
	{ .name = "FLOW", .key = "flow",
	  .help = "from and to which nodes, largest first",
	  .width = 10, .max_width = 22, .priority = 80,
	  .order = COLUMN_NO_ORDER, .cell = cell_flow },
	PAIR_COLUMN(1), PAIR_COLUMN(2), PAIR_COLUMN(3), PAIR_COLUMN(4),
	{ .name = "PAGES/S", .key = "rate",
	  .help = "pages moved per second, by a since the start",
	  .width = 8, .priority = 90, .right = true, .summed = true,
	  .order = ORDER_RATE, .cell = cell_rate, .title = title_rate },
	{ .name = "MiB/S", .key = "mib", .help = "the same in MiB",
	  .width = 6, .max_width = 7, .priority = 50, .right = true,
	  .summed = true, .order = COLUMN_NO_ORDER, .cell = cell_mib,
	  .title = title_slashed },
	{ .name = "TOTAL", .key = "total",
	  .help = "pages moved since the start, or since 0",
	  .width = 6, .max_width = 7, .priority = 10, .right = true,
	  .summed = true, .order = ORDER_TOTAL, .cell = cell_total },
	{ .name = "SHARE", .key = "share", .optional = true,
	  .help = "part of all pages that moved",
	  .width = 6, .priority = 48, .right = true, .summed = true,
	  .order = COLUMN_NO_ORDER, .cell = cell_share },
	{ .name = "FOLIOS/S", .key = "folios", .optional = true,
	  .help = "folios moved per second: large ones hold many pages",
	  .width = 8, .priority = 42, .right = true, .summed = true,
	  .order = COLUMN_NO_ORDER, .cell = cell_folios,
	  .title = title_slashed },
	{ .name = "FAIL", .key = "fail",
	  .help = "pages not moved, in the last interval",
	  .width = 5, .max_width = 6, .priority = 60, .right = true,
	  .summed = true, .order = ORDER_FAIL, .cell = cell_fail },
	{ .name = "STALL%", .key = "stall",
	  .help = "thread time spent moving: 3 threads at it are 300",
	  .width = 7, .priority = 55, .right = true, .summed = true,
	  .order = ORDER_STALL, .cell = cell_stall, .title = title_stall },
	{ .name = "BOUNCE%", .key = "bounce", .optional = true,
	  .help = "of its pages between nodes, those that went and came",
	  .width = 8, .priority = 58, .right = true, .summed = true,
	  .order = ORDER_BOUNCE, .cell = cell_bounce },
	{ .name = "DIST/S", .key = "dist", .optional = true,
	  .help = "how far they moved: pages x (node distance - 10)",
	  .width = 7, .priority = 46, .right = true, .summed = true,
	  .order = ORDER_DISTANCE, .cell = cell_distance,
	  .title = title_slashed },
	{ .name = "REASON", .key = "reason",
	  .help = "why most of them moved, or the running call",
	  .width = 10, .good_width = 14, .max_width = 22, .priority = 65,
	  .order = ORDER_REASON, .cell = cell_reason },
	{ .name = "TREND", .key = "trend",
	  .help = "pages of the last intervals",
	  .width = MODEL_TREND, .priority = 30, .order = COLUMN_NO_ORDER,
	  .cell = cell_trend },
	{ .name = "WHERE", .key = "where",
	  .help = "virtual machine, container or cgroup",
	  .width = 16, .max_width = 40, .priority = 5,
	  .order = COLUMN_NO_ORDER, .cell = cell_where },
	{ .name = "CGROUP", .key = "cgroup", .optional = true,
	  .help = "its cgroup",
	  .width = 16, .max_width = 60, .priority = 4,
	  .order = COLUMN_NO_ORDER, .cell = cell_cgroup },
	{ .name = "CONTAINER", .key = "container", .optional = true,
	  .help = "its container, by name or the id's first 12 digits",
	  .width = 12, .max_width = 24, .priority = 7,
	  .order = COLUMN_NO_ORDER, .cell = cell_container },
	{ .name = "VM", .key = "vm", .optional = true,
	  .help = "the name of the virtual machine that it is",
	  .width = 12, .max_width = 24, .priority = 6,
	  .order = COLUMN_NO_ORDER, .cell = cell_vm },
};

const int nr_process_columns =
	sizeof(process_columns) / sizeof(process_columns[0]);
