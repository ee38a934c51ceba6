/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The units of a look. Flows are first summed up by (unit, mover), (unit,
 * nodes) and (unit, reason) in one tally; rows_take_sums() then picks the
 * largest of each for its row.
 */
#include <stdlib.h>
#include <string.h>

#include "model_state.h"
#include "xalloc.h"

static void units_grow(struct look *look)
{
	size_t cap = look->units_cap ? look->units_cap * 2 : 64;

	look->units = xreallocarray(look->units, cap, sizeof(*look->units));
	look->unit_owner = xreallocarray(look->unit_owner, cap,
					 sizeof(*look->unit_owner));
	look->unit_mover = xreallocarray(look->unit_mover, cap,
					 sizeof(*look->unit_mover));
	look->unit_recent = xreallocarray(look->unit_recent, cap,
					  sizeof(*look->unit_recent));
	look->units_cap = cap;
}

static size_t unit_new(struct look *look, struct owner *owner,
		       struct owner *mover)
{
	size_t unit = look->nr_units;

	if (unit == look->units_cap)
		units_grow(look);
	look->nr_units++;
	look->unit_owner[unit] = owner;
	look->unit_mover[unit] = mover;
	look->unit_recent[unit] = (struct unit_recent){ { 0 } };
	look->units[unit] = (struct model_row){ .reason = REASON_UNKNOWN };
	if (owner->row < 0) {
		owner->row = (int)unit;
		look->nr_owners++;
	}
	return unit;
}

static size_t unit_of(struct look *look, struct owner *owner,
		      struct owner *mover)
{
	struct tally_entry *entry;

	if (!look->by_mover)
		return owner->row >= 0 ? (size_t)owner->row :
					 unit_new(look, owner, NULL);
	entry = tally_at(&look->by_pair, owner, (uintptr_t)mover);
	if (!entry->all)
		entry->all = (int64_t)unit_new(look, owner, mover) + 1;
	return (size_t)entry->all - 1;
}

struct model_row *rows_add(struct look *look, struct owner *owner,
			   struct owner *mover)
{
	size_t unit = unit_of(look, owner, mover);

	return &look->units[unit];
}

/* Most have one mover and one reason: what came last comes again. */
static struct tally_entry *sum_of(struct look *look, size_t unit,
				  enum row_sum kind, uint64_t what)
{
	uint32_t *recent = &look->unit_recent[unit].entry[kind];
	struct tally_entry *entry;

	what |= (uint64_t)kind << ROW_SUM_SHIFT;
	if (*recent && look->tally.entry[*recent - 1].what == what)
		return &look->tally.entry[*recent - 1];
	entry = tally_at(&look->tally, row_tally_key(unit), what);
	*recent = (uint32_t)(entry - look->tally.entry) + 1;
	return entry;
}

static void sum(const struct flow_count *count, struct tally_entry *entry)
{
	int64_t pages = count->flow->pages;

	entry->all = count_add(entry->all, pages);
	if (!count->age)
		entry->now = count_add(entry->now, pages);
}

void rows_add_flow(struct look *look, const struct flow_count *count)
{
	const struct sample_flow *flow = count->flow;
	size_t unit = unit_of(look, count->owner, count->mover);
	struct model_row *row = &look->units[unit];

	if (!count->age) {
		row->pages = count_add(row->pages, flow->pages);
		row->folios = count_add(row->folios, flow->folios);
		row->distance = count_add(row->distance, count->distance);
	}
	if (count->age < MODEL_TREND) {
		int64_t *trend = &row->trend[MODEL_TREND - 1 - count->age];

		*trend = count_add(*trend, flow->pages);
	}
	if (count->mover)
		sum(count, sum_of(look, unit, ROW_SUM_MOVER,
				  (uintptr_t)count->mover));
	if (flow->src != NODE_UNKNOWN && flow->dst != NODE_UNKNOWN)
		sum(count, sum_of(look, unit, ROW_SUM_PAIR,
				  (uint64_t)flow->src << 32 |
					  (uint64_t)flow->dst));
	if (flow->reason != REASON_UNKNOWN)
		sum(count, sum_of(look, unit, ROW_SUM_REASON,
				  (uint64_t)flow->reason));
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
	row->distance = UNKNOWN;
	row->total_pages = UNKNOWN;
	for (i = 0; i < MODEL_TREND; i++)
		row->trend[i] = UNKNOWN;
}

/* Which way they went is not told: a part of each is not 0 either. */
static void unknow_flows(struct model_row *row)
{
	int i;

	for (i = 0; i < MODEL_ROW_FLOWS; i++)
		row->flow[i] = UNKNOWN;
}

/* Do the listed failures of @now say who failed to move what? */
static bool failures_are_known(const struct sample *now)
{
	int64_t listed = 0;
	size_t i;

	for (i = 0; i < now->nr_failures; i++)
		listed = count_add(listed, now->failures[i].pages);
	return listed == now->sum.failed_pages;
}

/* What one mover did to the pages of one owner. */
static void finish_by_mover(struct model_row *row, const struct owner *owner,
			    const struct owner *mover, bool failures_known)
{
	bool fails = owner->key.kind == OWNER_PROCESS ||
		     owner->key.kind == OWNER_UNKNOWN;

	row->total_pages = UNKNOWN;
	row->total_folios = UNKNOWN;
	row->total_distance = UNKNOWN;
	row->total_failed_pages = UNKNOWN;
	row->total_stall_ns = UNKNOWN;
	row->crossed_pages = UNKNOWN;
	row->bounce_pages = UNKNOWN;
	row->stall_ns = UNKNOWN;
	if (!failures_known || !fails)
		row->failed_pages = UNKNOWN;
	if (!mover || !process_id_equal(owner_key_id(mover->key),
					owner->running_caller))
		row->running = NULL;
	if (row->nr_movers || !mover)
		return;
	row->nr_movers = 1;
	row->mover = owner_key_id(mover->key);
	row->mover_comm = mover->comm ? mover->comm : "?";
	row->mover_is_self = owner->process == mover;
}

static void finish_by_owner(struct model *model, struct model_row *row,
			    const struct owner *owner)
{
	struct bounce bounce = bounce_of(model, owner);

	since_row(&model->since, owner, row);
	row->crossed_pages = bounce.crossed_pages;
	row->bounce_pages = bounce.pages;
	row->failed_pages = owner_failed(&model->owners, owner);
	row->stall_ns = owner_stall(&model->owners, owner);
}

static bool pages_are_known(const struct sample *now)
{
	return now->nr_flows || now->sum.pages != UNKNOWN;
}

void rows_finish_empty(const struct model *model, struct model_row *row)
{
	finish_trend(model, row, NULL, true);
	if (!pages_are_known(model_now(model)))
		unknow_pages(row);
	if (!model->look.nodes_known)
		unknow_flows(row);
}

void rows_finish(struct model *model, bool restricted)
{
	const struct sample *now = model_now(model);
	bool is_known = pages_are_known(now);
	struct look *look = &model->look;
	size_t i;

	look->failures_known = look->by_mover && failures_are_known(now);
	rows_take_sums(&look->tally, look->units, look->nr_units);
	for (i = 0; i < look->nr_units; i++) {
		const struct owner *owner = look->unit_owner[i];
		struct model_row *row = &look->units[i];

		name_row(row, owner);
		finish_trend(model, row, owner, restricted || look->by_mover);
		row->running = owner_running(&model->owners, owner);
		if (look->by_mover)
			finish_by_mover(row, owner, look->unit_mover[i],
					look->failures_known);
		else
			finish_by_owner(model, row, owner);
		if (row->reason >= now->nr_reasons)
			row->reason = REASON_UNKNOWN;
		if (!is_known)
			unknow_pages(row);
		if (!look->nodes_known)
			unknow_flows(row);
	}
}
