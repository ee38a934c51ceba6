/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Groups of units. What is nobody's has no cgroup or user and stays by itself.
 * Names are interned: the same text is the same pointer.
 */
#include "model_group.h"

#include <stdlib.h>

#include "model_view.h"
#include "xalloc.h"

static const char mixed[] = GROUP_MIXED;
const char group_nameless[] = "?";

/* Only processes have failures and stalls; what has none adds nothing. */
static int64_t add_own(int64_t sum, const struct model_row *row, int64_t part)
{
	if (part == UNKNOWN && row->owner != OWNER_PROCESS)
		return sum;
	return count_add(sum, part);
}

void row_add_counts(struct model_row *sum, const struct model_row *row)
{
	int i;

	sum->pages = count_add(sum->pages, row->pages);
	sum->folios = count_add(sum->folios, row->folios);
	sum->distance = count_add(sum->distance, row->distance);
	sum->crossed_pages = count_add(sum->crossed_pages, row->crossed_pages);
	sum->bounce_pages = add_own(sum->bounce_pages, row, row->bounce_pages);
	sum->total_pages = count_add(sum->total_pages, row->total_pages);
	sum->total_folios = count_add(sum->total_folios, row->total_folios);
	sum->total_distance =
		count_add(sum->total_distance, row->total_distance);
	sum->total_failed_pages = add_own(sum->total_failed_pages, row,
					  row->total_failed_pages);
	sum->total_stall_ns =
		add_own(sum->total_stall_ns, row, row->total_stall_ns);
	sum->failed_pages = add_own(sum->failed_pages, row, row->failed_pages);
	sum->stall_ns = add_own(sum->stall_ns, row, row->stall_ns);
	for (i = 0; i < MODEL_ROW_FLOWS; i++)
		sum->flow[i] = count_add(sum->flow[i], row->flow[i]);
	for (i = 0; i < MODEL_TREND; i++)
		sum->trend[i] = count_add(sum->trend[i], row->trend[i]);
}

void groups_free(struct groups *groups)
{
	if (!groups)
		return;
	tally_free(&groups->index);
	tally_free(&groups->sums);
	free(groups->rows);
	free(groups->group);
	free(groups->next);
	free(groups->of);
	free(groups);
}

static struct groups *groups_start(struct look *look)
{
	struct groups *groups = look->groups;

	if (!groups)
		groups = look->groups = xcalloc(1, sizeof(*groups));
	tally_clear(&groups->index);
	tally_clear(&groups->sums);
	groups->nr = 0;
	if (groups->units_cap >= look->nr_units)
		return groups;
	groups->units_cap = look->units_cap;
	groups->next = xreallocarray(groups->next, groups->units_cap,
				     sizeof(*groups->next));
	groups->of = xreallocarray(groups->of, groups->units_cap,
				   sizeof(*groups->of));
	return groups;
}

static size_t group_add(struct groups *groups, const struct model_row *row)
{
	if (groups->nr == groups->cap) {
		groups->cap = groups->cap ? groups->cap * 2 : 64;
		groups->rows = xreallocarray(groups->rows, groups->cap,
					     sizeof(*groups->rows));
		groups->group = xreallocarray(groups->group, groups->cap,
					      sizeof(*groups->group));
	}
	groups->rows[groups->nr] = *row;
	groups->group[groups->nr] = (struct group){ .first = NO_GROUP };
	return groups->nr++;
}

/* A group without members yet, named by what all of them have in common. */
static struct model_row group_row(enum model_group group,
				  const struct owner *process)
{
	struct model_row row = {
		.owner = OWNER_PROCESS,
		.group = group,
		.reason = REASON_UNKNOWN,
		.comm = group_nameless,
	};

	if (group == GROUP_CGROUP)
		row.group_name = row.cgroup = process->cgroup;
	if (group == GROUP_USER)
		row.group_name = row.user = process->user;
	if (row.group_name)
		row.comm = row.group_name;
	return row;
}

/* That of @mover, which is NULL for pages that nobody is known to move. */
static struct model_row mover_row(const struct owner *mover)
{
	struct model_row row = {
		.owner = OWNER_UNKNOWN,
		.group = GROUP_MOVER,
		.reason = REASON_UNKNOWN,
		.comm = "[unknown]",
	};

	if (!mover)
		return row;
	row.owner = OWNER_PROCESS;
	row.id = owner_key_id(mover->key);
	row.comm = mover->comm ? mover->comm : group_nameless;
	row.cmdline = mover->cmdline;
	row.user = mover->user;
	row.cgroup = mover->cgroup;
	row.container = mover->container;
	row.vm = mover->vm;
	row.mover = row.id;
	row.mover_comm = row.comm;
	row.nr_movers = 1;
	return row;
}

/* The group that has @key, made as @row if it is new. */
static size_t group_at(struct groups *groups, const void *key,
		       const struct model_row *row)
{
	struct tally_entry *entry =
		tally_at(&groups->index, key ? key : group_nameless, 0);

	if (!entry->all)
		entry->all = (int64_t)group_add(groups, row) + 1;
	return (size_t)entry->all - 1;
}

/* The group of unit @i, or NO_GROUP. */
static size_t group_of(struct look *look, enum model_group group, size_t i)
{
	const struct owner *process = look->unit_owner[i]->process;
	const struct owner *mover = look->unit_mover[i];
	struct model_row row;

	if (group == GROUP_MOVER) {
		row = mover_row(mover);
		return group_at(look->groups, mover, &row);
	}
	if (!process)
		return NO_GROUP;
	row = group_row(group, process);
	return group_at(look->groups, row.group_name, &row);
}

static void merge(const char **text, const char *other, bool is_first)
{
	if (is_first)
		*text = other;
	else if (*text != other)
		*text = mixed;
}

/*
 * All in a cgroup are in its container; and of a virtual machine, one process
 * has the name.
 */
static void merge_names(struct model_row *row, const struct model_row *unit)
{
	bool is_first = !row->nr_members;

	if (row->group == GROUP_CGROUP) {
		merge(&row->user, unit->user, is_first);
		if (unit->container)
			merge(&row->container, unit->container,
			      !row->container);
		if (unit->vm)
			merge(&row->vm, unit->vm, !row->vm);
	} else if (row->group == GROUP_USER) {
		merge(&row->cgroup, unit->cgroup, is_first);
		merge(&row->container, unit->container, is_first);
		merge(&row->vm, unit->vm, is_first);
	}
}

static void group_take(struct look *look, size_t at, size_t i)
{
	struct groups *groups = look->groups;
	struct model_row *row = &groups->rows[at];
	struct group *group = &groups->group[at];
	const struct model_row *unit = &look->units[i];

	merge_names(row, unit);
	row_add_counts(row, unit);
	if (!row->running)
		row->running = unit->running;
	row->nr_members++;
	groups->next[i] = group->first;
	group->first = i;
	group->is_busy |= !row_is_idle(unit);
}

/* Those that move their own pages are one mover among the group's. */
static uint64_t group_what(const struct look *look, size_t unit,
			   const struct tally_entry *entry)
{
	if (entry->what >> ROW_SUM_SHIFT == ROW_SUM_MOVER &&
	    ROW_SUM_WHAT(entry) ==
		    (uintptr_t)look->unit_owner[unit]->process)
		return entry->what ^ ROW_SUM_WHAT(entry);
	return entry->what;
}

/* The groups' movers, pairs and reasons, out of those of the units. */
static void group_sums(struct look *look)
{
	struct groups *groups = look->groups;
	struct tally_entry *to;
	size_t i, unit;

	for (i = 0; i < look->tally.nr; i++) {
		const struct tally_entry *entry = &look->tally.entry[i];

		unit = row_of_tally(entry);
		if (groups->of[unit] == NO_GROUP ||
		    (look->by_mover &&
		     entry->what >> ROW_SUM_SHIFT == ROW_SUM_MOVER))
			continue;
		to = tally_at(&groups->sums, row_tally_key(groups->of[unit]),
			      group_what(look, unit, entry));
		to->now = count_add(to->now, entry->now);
		to->all = count_add(to->all, entry->all);
	}
	rows_take_sums(&groups->sums, groups->rows, groups->nr);
}

/*
 * What a mover has of its own: nobody else's rows add up to that. What is not
 * known of its members is not of the mover without any either.
 */
static void finish_mover(struct model *model, size_t at,
			 const struct owner *mover)
{
	struct groups *groups = model->look.groups;
	struct model_row *row = &groups->rows[at];
	int64_t stall_ns = mover ? owner_stall(&model->owners, mover) : UNKNOWN;

	row->stall_ns = stall_ns;
	if (mover)
		row->total_stall_ns = since_stall(&model->since, mover);
	row->total_folios = UNKNOWN;
	row->total_distance = UNKNOWN;
	row->total_failed_pages = UNKNOWN;
	row->crossed_pages = UNKNOWN;
	row->bounce_pages = UNKNOWN;
	if (!model->look.failures_known)
		row->failed_pages = UNKNOWN;
	row->total_pages = mover && row->pages != UNKNOWN ?
			   since_moved(&model->since, mover) : UNKNOWN;
	groups->group[at].is_busy |= stall_ns > 0;
	if (!row->nr_members)
		rows_finish_empty(model, row);
}

/* Did it spend time on moving lately, or move pages since the start? */
static bool moves_without_units(const struct model *model,
				const struct owner *owner)
{
	if (owner->key.kind != OWNER_PROCESS)
		return false;
	if (model->look.since && since_moved(&model->since, owner) > 0)
		return true;
	return owner->stalled && model->owners.interval - owner->stalled <
				 MODEL_ROW_AGE;
}

/* Movers that spent time, whatever came of it, have a group too. */
static void finish_movers(struct model *model, const struct model_view *view)
{
	struct look *look = &model->look;
	bool strict = model_view_is_restricted(view);
	struct owner *owner, *next;
	struct model_row row;
	size_t i;

	HASH_ITER(hh, model->owners.owners, owner, next) {
		if (!moves_without_units(model, owner))
			continue;
		if (strict && (view_asks_flows(view) || !owner->matches))
			continue;
		row = mover_row(owner);
		group_at(look->groups, owner, &row);
		if (owner->row < 0)
			look->nr_owners++;
		owner->row = 0;
	}
	for (i = 0; i < look->groups->index.nr; i++) {
		const struct tally_entry *entry =
			&look->groups->index.entry[i];
		bool known = entry->owner != group_nameless;

		finish_mover(model, (size_t)entry->all - 1,
			     known ? entry->owner : NULL);
	}
}

struct groups *groups_make(struct model *model, const struct model_view *view)
{
	struct look *look = &model->look;
	struct groups *groups = groups_start(look);
	size_t i;

	for (i = 0; i < look->nr_units; i++) {
		groups->of[i] = group_of(look, view->group, i);
		if (groups->of[i] != NO_GROUP)
			group_take(look, groups->of[i], i);
	}
	if (look->by_mover)
		finish_movers(model, view);
	group_sums(look);
	return groups;
}

void groups_take_single(struct groups *groups, const struct model_row *unit)
{
	size_t at = group_add(groups, unit);

	groups->group[at].is_busy = !row_is_idle(unit);
}
