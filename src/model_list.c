/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The rows that a view shows, in its order: units as they are, or groups, each
 * followed by its members if it is expanded.
 */
#include <stdlib.h>

#include "model_group.h"
#include "model_view.h"
#include "xalloc.h"

/* What is not known is not known to be there: it is idle, but for pages. */
bool row_is_idle(const struct model_row *row)
{
	return !row->pages && row->failed_pages <= 0 && row->stall_ns <= 0 &&
	       !row->running;
}

/* The pointer that the group of @key is found by, or NULL. */
static const void *key_pointer(struct model *model, const struct model_key *key)
{
	if (key->group == GROUP_MOVER && process_id_some(key->id))
		return owner_find(&model->owners, process_key(key->id));
	if (key->group == GROUP_MOVER || !key->name)
		return group_nameless;
	return intern_find(&model->owners.intern, key->name);
}

static void groups_expand(struct model *model, const struct model_view *view)
{
	struct groups *groups = model->look.groups;
	const struct tally_entry *entry;
	const void *pointer;
	size_t i;

	for (i = 0; i < view->nr_expanded; i++) {
		if (view->expanded[i].group != view->group)
			continue;
		pointer = key_pointer(model, &view->expanded[i]);
		entry = pointer ? tally_find(&groups->index, pointer, 0) : NULL;
		if (entry)
			groups->rows[entry->all - 1].is_expanded = true;
	}
}

/* Leaves the rows without anything out; returns how many are left. */
static size_t drop_idle(struct look *look, struct model_row *rows, size_t nr)
{
	size_t i, n = 0;

	for (i = 0; i < nr; i++)
		if (!row_is_idle(&rows[i]))
			rows[n++] = rows[i];
	look->nr_idle += nr - n;
	return n;
}

/* The group that @row, which was moved by sorting, is of. */
static const struct group *row_group(struct model *model,
				     const struct model_row *row)
{
	struct groups *groups = model->look.groups;
	struct model_key key = model_row_key(row);
	const struct tally_entry *entry =
		tally_find(&groups->index, key_pointer(model, &key), 0);

	return &groups->group[entry->all - 1];
}

/* The members of the group of @row, to @list; returns how many. */
static size_t list_members(struct model *model, const struct model_view *view,
			   const struct model_row *row, struct model_row *list)
{
	struct look *look = &model->look;
	const struct groups *groups = look->groups;
	size_t i = row_group(model, row)->first, n = 0;

	for (; i != NO_GROUP; i = groups->next[i]) {
		list[n] = look->units[i];
		list[n++].is_member = true;
	}
	if (view->hide_idle)
		n = drop_idle(look, list, n);
	rows_sort(list, n, view, model_now(model));
	if (n)
		list[n - 1].is_last = true;
	return n;
}

static void list_grow(struct look *look)
{
	size_t cap = look->groups->nr + look->nr_units;

	if (look->list_cap >= cap)
		return;
	look->list_cap = cap;
	free(look->list);
	look->list = xreallocarray(NULL, cap, sizeof(*look->list));
}

/* Groups and what is in none of them, without the idle ones if asked. */
static size_t list_tops(struct look *look, const struct model_view *view)
{
	struct groups *groups = look->groups;
	size_t i, n = 0;

	for (i = 0; i < look->nr_units; i++)
		if (groups->of[i] == NO_GROUP)
			groups_take_single(groups, &look->units[i]);
	for (i = 0; i < groups->nr; i++) {
		row_add_counts(&look->total, &groups->rows[i]);
		if (view->hide_idle && !groups->group[i].is_busy)
			look->nr_idle++;
		else
			groups->rows[n++] = groups->rows[i];
	}
	return n;
}

static void list_groups(struct model *model, const struct model_view *view)
{
	struct look *look = &model->look;
	struct groups *groups = groups_make(model, view);
	size_t i, n, nr = 0;

	groups_expand(model, view);
	n = list_tops(look, view);
	rows_sort(groups->rows, n, view, model_now(model));
	list_grow(look);
	for (i = 0; i < n; i++) {
		const struct model_row *row = &groups->rows[i];

		look->list[nr++] = *row;
		if (row->is_expanded)
			nr += list_members(model, view, row, &look->list[nr]);
	}
	look->rows = look->list;
	look->nr_rows = nr;
}

void rows_list(struct model *model, const struct model_view *view)
{
	struct look *look = &model->look;
	size_t i;

	if (view && view->group != GROUP_OWNER) {
		list_groups(model, view);
		return;
	}
	for (i = 0; i < look->nr_units; i++)
		row_add_counts(&look->total, &look->units[i]);
	if (view && view->hide_idle)
		look->nr_units = drop_idle(look, look->units, look->nr_units);
	rows_sort(look->units, look->nr_units, view, model_now(model));
	look->rows = look->units;
	look->nr_rows = look->nr_units;
}
