/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Looking: one pass over the flows of the window gives the rows, the matrix
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
	look->nr_rows = 0;
	look->nr_hidden = 0;
	look->has_matrix = false;
	look->nr_rates = 0;
	look->by_owner = false;
}

void look_free(struct look *look)
{
	free(look->rows);
	free(look->row_owner);
	free(look->matrix);
	tally_free(&look->tally);
}

/* @owner as a filter sees it, with no flow in particular. */
static struct filter_subject owner_subject(const struct owner_table *owners,
					   const struct owner *owner)
{
	const struct owner *process = owner->process;
	struct filter_subject subject = {
		.pid = process && process->key.pid ? process->key.pid :
						     UNKNOWN,
		.mover = UNKNOWN,
		.src = NODE_UNKNOWN,
		.dst = NODE_UNKNOWN,
		.comm = owner_comm(owner),
		.pages = owner_pages(owners, owner),
		.rate = owner->rate,
		.fail = owner_failed(owners, owner),
	};

	if (!process)
		return subject;
	subject.user = process->user;
	subject.cgroup = process->cgroup;
	subject.cmdline = process->cmdline;
	return subject;
}

static const char *reason_name(const struct sample *sample, int reason)
{
	bool known = reason >= 0 && reason < sample->nr_reasons;

	return known ? sample->reasons[reason] : NULL;
}

/*
 * A comparison with what is unknown never holds. So once an owner matched
 * without a flow, no term is about flows, and that answer holds for all.
 */
static bool flow_matches(const struct model *model,
			 const struct model_view *view,
			 const struct window_slot *slot, size_t i)
{
	const struct sample_flow *flow = &slot->sample->flows[i];
	struct filter_subject subject;

	if (!view_node_matches(view, flow->src, flow->dst))
		return false;
	if (model->look.by_owner)
		return slot->owner[i]->matches;
	subject = owner_subject(&model->owners, slot->owner[i]);
	subject.mover = view_pid(flow->mover);
	subject.src = flow->src;
	subject.dst = flow->dst;
	subject.reason = reason_name(slot->sample, flow->reason);
	return view_filters_match(view, &subject);
}

static void match_owner(struct model *model, const struct model_view *view,
			struct owner *owner)
{
	struct filter_subject subject;

	owner->rate = count_per_second(owner_pages(&model->owners, owner),
				       model_now(model)->interval_ns);
	subject = owner_subject(&model->owners, owner);
	owner->matches = view_filters_match(view, &subject);
	if (owner->matches)
		model->look.by_owner = true;
}

/*
 * The rows that need no flow: one that no flow of the view leads to may still
 * be one that it asks for. Counts all that there could be as hidden.
 */
static void look_at_owners(struct model *model, const struct model_view *view)
{
	bool nodes = view && view->node != NODE_UNKNOWN;
	struct owner *owner, *next;

	HASH_ITER(hh, model->owners.owners, owner, next) {
		owner->row = -1;
		if (view)
			match_owner(model, view, owner);
		if (!owner_has_row(&model->owners, owner))
			continue;
		model->look.nr_hidden++;
		if (!view || (owner->matches && !nodes))
			rows_add_owner(&model->look, owner);
	}
}

static void look_at_failures(struct model *model, const struct model_view *view,
			     const struct sample *sample)
{
	size_t i;

	for (i = 0; i < sample->nr_failures; i++) {
		const struct sample_failure *failure = &sample->failures[i];
		struct owner *owner =
			owner_find(&model->owners, failure_key(failure));
		struct filter_subject subject =
			owner_subject(&model->owners, owner);

		subject.mover = view_pid(failure->mover);
		subject.reason = reason_name(sample, failure->reason);
		if (view_filters_match(view, &subject))
			rows_add_owner(&model->look, owner);
	}
}

static void look_at_events(struct model *model, const struct model_view *view,
			   const struct sample *sample)
{
	size_t i;

	for (i = 0; i < sample->nr_events; i++) {
		const struct sample_event *event = &sample->events[i];
		struct owner *owner =
			owner_find(&model->owners, event_key(event));
		struct filter_subject subject;

		/* Who only asked where pages are has no row. */
		if (!owner || !owner_has_row(&model->owners, owner))
			continue;
		subject = owner_subject(&model->owners, owner);
		subject.mover = view_pid(event->caller);
		subject.reason = log_call_reason(event->call);
		subject.call = call_table[event->call].name;
		if (view_filters_match(view, &subject))
			rows_add_owner(&model->look, owner);
	}
}

static void matrix_start(struct look *look, const struct sample *now)
{
	size_t i, cells = now->nr_nodes * now->nr_nodes;
	bool known = !now->nr_flows && now->sum.pages != UNKNOWN;

	for (i = 0; i < now->nr_flows && !known; i++)
		known = now->flows[i].src != NODE_UNKNOWN &&
			now->flows[i].dst != NODE_UNKNOWN;
	look->matrix =
		xreallocarray(look->matrix, cells, sizeof(*look->matrix));
	for (i = 0; i < cells; i++)
		look->matrix[i] = known ? 0 : UNKNOWN;
	look->has_matrix = true;
}

static void matrix_add(struct look *look, const struct sample *now,
		       const struct sample_flow *flow)
{
	int src = sample_node_index(now, flow->src);
	int dst = sample_node_index(now, flow->dst);
	int64_t *cell;

	if (src < 0 || dst < 0)
		return;
	cell = &look->matrix[(size_t)src * now->nr_nodes + (size_t)dst];
	*cell = count_add(*cell, flow->pages);
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
		if (view && !flow_matches(model, view, slot, i))
			continue;
		count.owner = slot->owner[i];
		count.mover = slot->mover[i];
		count.flow = &sample->flows[i];
		rate_add(&rate, count.flow);
		if (count.age < MODEL_ROW_AGE)
			rows_add_flow(look, &count);
		if (!count.age)
			matrix_add(look, sample, count.flow);
	}
	if (view)
		look->rates[look->nr_rates++] = rate;
	if (view && view->node == NODE_UNKNOWN && count.age < MODEL_ROW_AGE) {
		look_at_failures(model, view, sample);
		look_at_events(model, view, sample);
	}
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
		view_is_restricted(view) ? view : NULL;
	size_t i = 0, nr = model->window.nr;

	look_clear(&model->look);
	log_look(&model->log, view);
	if (!nr)
		return;
	look_at_owners(model, strict);
	matrix_start(&model->look, model_now(model));
	if (!strict && nr > MODEL_ROW_AGE)
		i = nr - MODEL_ROW_AGE;
	for (; i < nr; i++)
		look_at_slot(model, strict, window_at(&model->window, i));
	if (!strict)
		look_at_rates(model);
	model->look.nr_hidden -= model->look.nr_rows;
	rows_finish(model, strict);
	rows_sort(&model->look, view, model_now(model));
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

const int64_t *model_matrix(const struct model *model)
{
	return model->look.has_matrix ? model->look.matrix : NULL;
}

const struct model_rate *model_rates(const struct model *model, size_t *nr)
{
	*nr = model->look.nr_rates;
	return model->look.rates;
}

size_t model_log_length(const struct model *model)
{
	return log_shown_length(&model->log);
}

const struct model_log_line *model_log(const struct model *model, size_t i)
{
	return log_shown(&model->log, i);
}
