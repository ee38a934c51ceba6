/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Looking: one pass over the flows of the window gives the units, the matrix
 * and the rates of a view. A view that hides nothing needs the samples of the
 * rows alone: rates and trends are then those kept while feeding.
 */
#include <stdlib.h>
#include <string.h>

#include "call.h"
#include "model_state.h"
#include "model_view.h"

void look_clear(struct look *look)
{
	look->nr_units = 0;
	look->nr_owners = 0;
	look->nr_rows = 0;
	look->nr_hidden = 0;
	look->nr_idle = 0;
	look->total = (struct model_row){ .comm = "total" };
	look->has_matrix = false;
	look->nr_rates = 0;
	look->by_owner = false;
	look->nr_top_pairs = 0;
	tally_clear(&look->tally);
	tally_clear(&look->by_pair);
}

void look_free(struct look *look)
{
	free(look->units);
	free(look->unit_owner);
	free(look->unit_mover);
	free(look->unit_recent);
	free(look->list);
	free(look->matrix);
	tally_free(&look->tally);
	tally_free(&look->by_pair);
	tally_free(&look->pairs);
	groups_free(look->groups);
}

/* Has @owner anything to show in this look? */
static bool has_row(const struct model *model, const struct owner *owner)
{
	return owner_has_row(&model->owners, owner) ||
	       (model->look.since && since_some(owner));
}

/*
 * The rows that need no flow: one that no flow of the view leads to may still
 * be one that it asks for. Counts all that there could be as hidden. Who moves
 * pages is asked of flows, failures and calls alone.
 */
static void look_at_owners(struct model *model, const struct model_view *view)
{
	bool wanted = !model->look.by_mover && !(view && view_asks_flows(view));
	struct owner *owner, *next;

	HASH_ITER(hh, model->owners.owners, owner, next) {
		if (!has_row(model, owner))
			continue;
		model->look.nr_hidden++;
		if (wanted && (!view || owner->matches))
			rows_add(&model->look, owner, NULL);
	}
}

static void look_at_failures(struct model *model, const struct model_view *view,
			     const struct window_slot *slot)
{
	const struct sample *sample = slot->sample;
	struct owner_table *owners = &model->owners;
	size_t i;

	for (i = 0; i < sample->nr_failures; i++) {
		const struct sample_failure *failure = &sample->failures[i];
		struct owner *owner = owner_find(owners, failure_key(failure));
		struct model_row *row;

		if (!owner || !match_failure(model, view, failure, owner))
			continue;
		row = rows_add(&model->look, owner,
			       owner_find(owners, process_key(failure->mover)));
		if (slot->interval == owners->interval)
			row->failed_pages = count_add(row->failed_pages,
						      failure->pages);
	}
}

/* Who only asked where pages are has no row, and nobody who moved them. */
static void look_at_events(struct model *model, const struct model_view *view,
			   const struct sample *sample)
{
	struct owner_table *owners = &model->owners;
	size_t i;

	for (i = 0; i < sample->nr_events; i++) {
		const struct sample_event *event = &sample->events[i];
		struct owner *owner = owner_find(owners, event_key(event));

		if (!owner || !owner_has_row(owners, owner))
			continue;
		if (model->look.by_mover && (!call_may_move(event->call) ||
					     event->marks & MARK_QUERY))
			continue;
		if (match_event(model, view, event, owner))
			rows_add(&model->look, owner,
				 owner_find(owners,
					    process_key(event->caller)));
	}
}

static void matrix_start(struct look *look, const struct sample *now)
{
	size_t i, cells = now->nr_nodes * now->nr_nodes;
	bool known = now->nr_flows || now->sum.pages != UNKNOWN;

	/* Pages without nodes may be of any cell. */
	for (i = 0; i < now->nr_flows && known; i++)
		known = now->flows[i].src != NODE_UNKNOWN &&
			now->flows[i].dst != NODE_UNKNOWN;
	look->matrix =
		xreallocarray(look->matrix, cells, sizeof(*look->matrix));
	for (i = 0; i < cells; i++)
		look->matrix[i] = known ? 0 : UNKNOWN;
	look->has_matrix = true;
	look->nodes_known = known;
}

/* Adds @flow; returns the distance that its pages went. */
static int64_t matrix_add(struct look *look, const struct sample *now,
			  const struct sample_flow *flow)
{
	int src = sample_node_index(now, flow->src);
	int dst = sample_node_index(now, flow->dst);
	int64_t *cell;

	if (src < 0 || dst < 0)
		return UNKNOWN;
	cell = &look->matrix[(size_t)src * now->nr_nodes + (size_t)dst];
	*cell = count_add(*cell, flow->pages);
	return since_distance(now, src, dst, flow->pages);
}

/* What has no nodes of its own, where it can lead to a row. */
static void look_beside_flows(struct model *model,
			      const struct model_view *view,
			      const struct window_slot *slot)
{
	if (view ? view->node != NODE_UNKNOWN : !model->look.by_mover)
		return;
	look_at_failures(model, view, slot);
	look_at_events(model, view, slot->sample);
}

/* All of a slot's flows that the view lets through; NULL: it lets all. */
static void look_at_slot(struct model *model, const struct model_view *view,
			 const struct window_slot *slot)
{
	const struct sample *sample = slot->sample;
	struct model_rate rate = rate_of(sample, view);
	struct look *look = &model->look;
	struct flow_count count = {
		.age = (unsigned int)(model->owners.interval - slot->interval),
	};
	size_t i;

	for (i = 0; i < sample->nr_flows; i++) {
		if (!match_flow(model, view, slot, i))
			continue;
		count.owner = slot->owner[i];
		count.mover = slot->mover[i];
		count.flow = &sample->flows[i];
		rate_add(&rate, count.flow);
		if (!count.age)
			count.distance = matrix_add(look, sample, count.flow);
		if (count.age < MODEL_ROW_AGE)
			rows_add_flow(look, &count);
	}
	if (view)
		look->rates[look->nr_rates++] = rate;
	if (count.age < MODEL_ROW_AGE)
		look_beside_flows(model, view, slot);
}

static void look_at_rates(struct model *model)
{
	struct look *look = &model->look;
	uint64_t now = model->owners.interval, i;

	look->nr_rates = now < MODEL_HISTORY ? (size_t)now : MODEL_HISTORY;
	for (i = 0; i < look->nr_rates; i++)
		look->rates[look->nr_rates - 1 - i] =
			model->rates[(now - i) % MODEL_HISTORY];
}

void model_look(struct model *model, const struct model_view *view)
{
	const struct model_view *strict =
		model_view_is_restricted(view) ? view : NULL;
	struct look *look = &model->look;
	size_t i = 0, nr = model->window.nr;

	look_clear(look);
	log_look(&model->log, view);
	if (!nr)
		return;
	look->since = view && view->since;
	look->by_mover = view && view->group == GROUP_MOVER;
	match_owners(model, strict);
	look_at_owners(model, strict);
	matrix_start(look, model_now(model));
	if (!strict)
		i = window_recent(&model->window);
	for (; i < nr; i++)
		look_at_slot(model, strict, window_at(&model->window, i));
	if (!strict)
		look_at_rates(model);
	rows_finish(model, strict);
	if (view && view->top_pairs)
		rows_top_pairs(look);
	rows_list(model, view);
	if (look->since && !strict)
		since_total(&model->since, &look->total);
	/* Who moves no pages is not hidden from a view by movers. */
	if (strict || !look->by_mover)
		look->nr_hidden -= look->nr_owners;
	else
		look->nr_hidden = 0;
}

const struct model_row *model_rows(const struct model *model, size_t *nr)
{
	*nr = model->look.nr_rows;
	return model->look.rows;
}

size_t model_hidden(const struct model *model)
{
	return model->look.nr_hidden;
}

size_t model_hidden_idle(const struct model *model)
{
	return model->look.nr_idle;
}

const struct model_row *model_total(const struct model *model)
{
	return &model->look.total;
}

const struct model_pair *model_top_pairs(const struct model *model, int *nr)
{
	*nr = model->look.nr_top_pairs;
	return model->look.top_pair;
}

const int64_t *model_matrix(const struct model *model)
{
	return model->look.has_matrix ? model->look.matrix : NULL;
}

const struct model_rate *model_rates(const struct model *model, size_t *nr)
{
	*nr = model->look.nr_rates;
	return model->look.rates;
}
