/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The orders of the rows. What is unknown comes last in both directions, and
 * equal rows by pages, then pid and start: the same rows always stand in the
 * same order.
 */
#define _GNU_SOURCE 1

#include <stdlib.h>
#include <string.h>

#include "model_state.h"

const struct model_order_row model_order_table[ORDER_COUNT] = {
	[ORDER_RATE] = { "rate", "PAGES/S", "pages moved a second", true },
	[ORDER_TOTAL] = { "total", "TOTAL", "pages moved in all", true },
	[ORDER_PID] = { "pid", "PID", "process id of the owner", false },
	[ORDER_COMM] = { "comm", "COMM", "name of the owner", false },
	[ORDER_USER] = { "user", "USER", "user of the owner", false },
	[ORDER_MOVER] = { "mover", "MOVER", "name of who moved them", false },
	[ORDER_FAIL] = { "fail", "FAIL", "pages that failed to move", true },
	[ORDER_STALL] = { "stall", "STALL%", "time spent moving pages", true },
	[ORDER_REASON] = { "reason", "REASON", "why they moved", false },
	[ORDER_BOUNCE] = { "bounce", "BOUNCE%", "part that went to and fro",
			   true },
	[ORDER_DISTANCE] = { "distance", "DIST", "how far they went", true },
};

int model_order_find(const char *name)
{
	int i;

	for (i = 0; i < ORDER_COUNT; i++)
		if (!strcmp(model_order_table[i].name, name))
			return i;
	return -1;
}

/* What an order compares: a number, or a text. */
struct order_key {
	int64_t number;
	const char *text;
	bool known;
};

struct order_by {
	enum model_order order;
	bool descending;
	bool since;
	const struct sample *now;
};

static struct order_key number_key(int64_t number)
{
	return (struct order_key){ .number = number,
				   .known = number != UNKNOWN };
}

static struct order_key text_key(const char *text)
{
	return (struct order_key){ .text = text, .known = text };
}

/* In 1/2^20: finer than what is shown, so that equal ones are rare. */
static struct order_key bounce_key(const struct model_row *row)
{
	if (row->bounce_pages == UNKNOWN || row->crossed_pages <= 0)
		return number_key(UNKNOWN);
	return number_key((int64_t)((double)row->bounce_pages /
				    (double)row->crossed_pages * 0x1p20));
}

static struct order_key since_key(const struct order_by *by,
				  int64_t interval, int64_t since)
{
	return number_key(by->since ? since : interval);
}

static struct order_key order_key(const struct order_by *by,
				  const struct model_row *row)
{
	switch (by->order) {
	case ORDER_TOTAL:
		return number_key(row->total_pages);
	case ORDER_PID:
		return number_key(row->id.pid ? row->id.pid : UNKNOWN);
	case ORDER_COMM:
		return text_key(row->comm);
	case ORDER_USER:
		return text_key(row->user);
	case ORDER_MOVER:
		return text_key(row->mover_comm);
	case ORDER_FAIL:
		return since_key(by, row->failed_pages,
				 row->total_failed_pages);
	case ORDER_STALL:
		return since_key(by, row->stall_ns, row->total_stall_ns);
	case ORDER_BOUNCE:
		return bounce_key(row);
	case ORDER_DISTANCE:
		return since_key(by, row->distance, row->total_distance);
	case ORDER_REASON:
		return text_key(row->reason == REASON_UNKNOWN
					? NULL
					: by->now->reasons[row->reason]);
	default:
		return since_key(by, row->pages, row->total_pages);
	}
}

static int compare_numbers(int64_t a, int64_t b)
{
	return a < b ? -1 : a > b;
}

static int compare_keys(const struct order_by *by, struct order_key a,
			struct order_key b)
{
	int order;

	if (!a.known || !b.known)
		return b.known - a.known;
	order = a.text ? strcmp(a.text, b.text)
		       : compare_numbers(a.number, b.number);
	return by->descending ? -order : order;
}

static int compare_ids(struct process_id a, struct process_id b)
{
	int order = compare_numbers(a.pid, b.pid);

	return order ? order : compare_numbers(a.start_us, b.start_us);
}

/* Groups have no id, but no two of them one name. */
static int compare_names(const char *a, const char *b)
{
	if (!a || !b)
		return (a != NULL) - (b != NULL);
	return strcmp(a, b);
}

static int compare_rows(const void *one, const void *other, void *context)
{
	const struct order_by *by = context;
	const struct model_row *a = one, *b = other;
	int order = compare_keys(by, order_key(by, a), order_key(by, b));

	if (!order)
		order = compare_numbers(b->pages, a->pages);
	if (!order)
		order = compare_numbers(b->total_pages, a->total_pages);
	if (!order)
		order = compare_ids(a->id, b->id);
	if (!order)
		order = (int)a->owner - (int)b->owner;
	if (!order)
		order = compare_ids(a->mover, b->mover);
	return order ? order : compare_names(a->group_name, b->group_name);
}

void rows_sort(struct model_row *rows, size_t nr,
	       const struct model_view *view, const struct sample *now)
{
	struct order_by by = {
		.order = view ? view->order : ORDER_RATE,
		.since = view && view->since,
		.now = now,
	};

	by.descending = model_order_table[by.order].descending !=
			(view && view->reverse);
	if (nr)
		qsort_r(rows, nr, sizeof(*rows), compare_rows, &by);
}
