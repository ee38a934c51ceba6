/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The rows of a look. Flows are first summed up by (owner, mover), (owner,
 * nodes) and (owner, reason) in one tally; rows_finish() then picks the
 * largest of each for its row. Which is the largest never depends on the order
 * in which they came.
 */
#include <stdlib.h>
#include <string.h>

#include "model_state.h"
#include "xalloc.h"

/* What an entry of the tally sums up: the top bits of its key. */
enum sum_kind {
	SUM_MOVER = 1, /* pointer to the mover */
	SUM_PAIR,      /* source and destination */
	SUM_REASON,
	SUM_SHIFT = 62
};

/* The largest so far, beside those that the row itself has. */
struct row_best {
	int64_t mover_pages;
	int64_t reason_pages;
	int64_t pair_all[MODEL_ROW_FLOWS]; /* of all intervals */
};

static void rows_grow(struct look *look)
{
	look->rows_cap = look->rows_cap ? look->rows_cap * 2 : 64;
	look->rows =
		xreallocarray(look->rows, look->rows_cap, sizeof(*look->rows));
	look->row_owner = xreallocarray(look->row_owner, look->rows_cap,
					sizeof(*look->row_owner));
}

void rows_add_owner(struct look *look, struct owner *owner)
{
	if (!owner || owner->row >= 0)
		return;
	if (look->nr_rows == look->rows_cap)
		rows_grow(look);
	owner->row = (int)look->nr_rows++;
	look->row_owner[owner->row] = owner;
	look->rows[owner->row] = (struct model_row){ .reason = REASON_UNKNOWN };
}

static void sum(struct look *look, const struct flow_count *count,
		enum sum_kind kind, uint64_t what)
{
	struct tally_entry *entry = tally_at(
		&look->tally, count->owner, (uint64_t)kind << SUM_SHIFT | what);
	int64_t pages = count->flow->pages;

	entry->all = count_add(entry->all, pages);
	if (!count->age)
		entry->now = count_add(entry->now, pages);
}

void rows_add_flow(struct look *look, const struct flow_count *count)
{
	const struct sample_flow *flow = count->flow;
	struct model_row *row;

	rows_add_owner(look, count->owner);
	row = &look->rows[count->owner->row];
	if (!count->age) {
		row->pages = count_add(row->pages, flow->pages);
		row->folios = count_add(row->folios, flow->folios);
	}
	if (count->age < MODEL_TREND) {
		int64_t *trend = &row->trend[MODEL_TREND - 1 - count->age];

		*trend = count_add(*trend, flow->pages);
	}
	if (count->mover)
		sum(look, count, SUM_MOVER, (uintptr_t)count->mover);
	if (flow->src != NODE_UNKNOWN && flow->dst != NODE_UNKNOWN)
		sum(look, count, SUM_PAIR,
		    (uint64_t)flow->src << 32 | (uint64_t)flow->dst);
	if (flow->reason != REASON_UNKNOWN)
		sum(look, count, SUM_REASON, (uint64_t)flow->reason);
}

static bool is_before(struct process_id a, struct process_id b)
{
	return a.pid != b.pid ? a.pid < b.pid : a.start_us < b.start_us;
}

static void take_mover(struct model_row *row, struct row_best *best,
		       const struct tally_entry *entry)
{
	const struct owner *mover =
		(const struct owner *)(uintptr_t)(entry->what &
						  ~((uint64_t)3 << SUM_SHIFT));
	struct process_id id = { mover->key.pid, mover->key.start_us };

	if (!row->nr_movers++ || entry->all > best->mover_pages ||
	    (entry->all == best->mover_pages && is_before(id, row->mover))) {
		row->mover = id;
		row->mover_comm = mover->comm ? mover->comm : "?";
		best->mover_pages = entry->all;
	}
}

static void take_reason(struct model_row *row, struct row_best *best,
			const struct tally_entry *entry)
{
	int reason = (int)(entry->what & 0xffffffff);

	if (row->reason == REASON_UNKNOWN || entry->all > best->reason_pages ||
	    (entry->all == best->reason_pages && reason < row->reason)) {
		row->reason = reason;
		best->reason_pages = entry->all;
	}
}

/* Does a pair with @pages now and @all stand before the row's @i-th? */
static bool pair_is_larger(const struct model_row *row,
			   const struct row_best *best, int i,
			   const struct tally_entry *entry)
{
	const struct model_pair *pair = &row->pair[i];
	uint64_t nodes = (uint64_t)pair->src << 32 | (uint64_t)pair->dst;

	if (entry->now != pair->pages)
		return entry->now > pair->pages;
	if (entry->all != best->pair_all[i])
		return entry->all > best->pair_all[i];
	return (entry->what & ~((uint64_t)3 << SUM_SHIFT)) < nodes;
}

static void take_pair(struct model_row *row, struct row_best *best,
		      const struct tally_entry *entry)
{
	int nr = row->nr_pairs++;
	int i = nr < MODEL_ROW_FLOWS ? nr : MODEL_ROW_FLOWS;

	while (i > 0 && pair_is_larger(row, best, i - 1, entry)) {
		if (i < MODEL_ROW_FLOWS) {
			row->pair[i] = row->pair[i - 1];
			best->pair_all[i] = best->pair_all[i - 1];
		}
		i--;
	}
	if (i == MODEL_ROW_FLOWS)
		return;
	row->pair[i] = (struct model_pair){
		.src = (int)(entry->what >> 32 & 0x3fffffff),
		.dst = (int)(entry->what & 0xffffffff),
		.pages = entry->now,
	};
	best->pair_all[i] = entry->all;
}

static void take_sums(struct look *look)
{
	static void (*const take[])(struct model_row *, struct row_best *,
				    const struct tally_entry *) = {
		[SUM_MOVER] = take_mover,
		[SUM_PAIR] = take_pair,
		[SUM_REASON] = take_reason,
	};
	struct row_best *best = xcalloc(look->nr_rows, sizeof(*best));
	size_t i;

	for (i = 0; i < look->tally.nr; i++) {
		const struct tally_entry *entry = &look->tally.entry[i];
		const struct owner *owner = entry->owner;

		take[entry->what >> SUM_SHIFT](&look->rows[owner->row],
					       &best[owner->row], entry);
	}
	free(best);
	tally_clear(&look->tally);
}

static void name_row(struct model_row *row, const struct owner *owner)
{
	const struct owner *process = owner->process;
	const char *comm = owner_comm(owner);

	row->owner = (enum sample_owner)owner->key.kind;
	row->comm = comm ? comm : "?";
	if (!process)
		return;
	row->id = (struct process_id){ owner->key.pid, owner->key.start_us };
	row->cmdline = process->cmdline;
	row->user = process->user;
	row->cgroup = process->cgroup;
	row->container = process->container;
	row->vm = process->vm;
	row->mover_is_self =
		row->nr_movers && process_id_equal(row->mover, row->id);
}

/* A filtered trend is that of the window, which may be too short for it. */
static void finish_trend(const struct model *model, struct model_row *row,
			 const struct owner *owner, bool restricted)
{
	unsigned int age;

	for (age = 0; age < MODEL_TREND; age++) {
		int64_t *trend = &row->trend[MODEL_TREND - 1 - age];

		if (!restricted)
			*trend = owner_trend(&model->owners, owner, age);
		else if (age >= model->window.nr)
			*trend = UNKNOWN;
	}
}

/* No hook tells whose pages move: that is not 0. */
static void unknow_pages(struct model_row *row)
{
	int i;

	row->pages = UNKNOWN;
	row->folios = UNKNOWN;
	row->total_pages = UNKNOWN;
	for (i = 0; i < MODEL_TREND; i++)
		row->trend[i] = UNKNOWN;
}

void rows_finish(struct model *model, bool restricted)
{
	const struct sample *now = model_now(model);
	bool is_known = now->nr_flows || now->sum.pages != UNKNOWN;
	const struct owner_table *owners = &model->owners;
	struct look *look = &model->look;
	size_t i;

	take_sums(look);
	for (i = 0; i < look->nr_rows; i++) {
		const struct owner *owner = look->row_owner[i];
		struct model_row *row = &look->rows[i];

		name_row(row, owner);
		finish_trend(model, row, owner, restricted);
		row->total_pages = owner->total_pages;
		row->failed_pages = owner_failed(owners, owner);
		row->stall_ns = owner_stall(owners, owner);
		row->running = owner_running(owners, owner);
		if (row->reason >= now->nr_reasons)
			row->reason = REASON_UNKNOWN;
		if (!is_known)
			unknow_pages(row);
	}
}
