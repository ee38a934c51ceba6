/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a view lets through of what there is in the window: owners once for all
 * they have, then flows, failures and calls.
 */
#include "call.h"
#include "model_state.h"
#include "model_view.h"

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

/* Whom a view's restrictions look at when they look at @owner. */
static bool owner_is_allowed(const struct model_view *view,
			     const struct owner *owner)
{
	const struct owner *process = owner->process;
	struct view_whose whose = {
		.owner = (enum sample_owner)owner->key.kind,
		.id = owner_key_id(owner->key),
		.user = process ? process->user : NULL,
		.cgroup = process ? process->cgroup : NULL,
	};

	return view_whose_matches(view, &whose);
}

static void match_owner(struct model *model, const struct model_view *view,
			struct owner *owner)
{
	struct filter_subject subject;

	owner->allowed = owner_is_allowed(view, owner);
	owner->rate = count_per_second(owner_pages(&model->owners, owner),
				       model_now(model)->interval_ns);
	subject = owner_subject(&model->owners, owner);
	owner->matches = owner->allowed && view_filters_match(view, &subject);
	if (owner->matches)
		model->look.by_owner = true;
}

/* All samples of a source have their reasons in one order. */
static int reason_index(const struct sample *now, const struct model_view *view)
{
	int i;

	if (!view || !view->reason)
		return LOOK_ALL_REASONS;
	for (i = 0; i < now->nr_reasons; i++)
		if (view_reason_matches(view, now->reasons[i]))
			return i;
	return view->reason[0] ? LOOK_NO_REASON : REASON_UNKNOWN;
}

void match_owners(struct model *model, const struct model_view *view)
{
	struct owner *owner, *next;

	model->look.by_owner = false;
	model->look.reason = reason_index(model_now(model), view);
	HASH_ITER(hh, model->owners.owners, owner, next) {
		owner->row = -1;
		if (view)
			match_owner(model, view, owner);
	}
}

/*
 * A comparison with what is unknown never holds. So once an owner matched
 * without a flow, no term is about flows, and that answer holds for all.
 */
bool match_flow(const struct model *model, const struct model_view *view,
		const struct window_slot *slot, size_t i)
{
	const struct sample_flow *flow = &slot->sample->flows[i];
	const struct look *look = &model->look;
	struct filter_subject subject;

	if (!view)
		return true;
	if (!view_node_matches(view, flow->src, flow->dst) ||
	    !view_mover_matches(view, flow->mover) ||
	    (look->reason != LOOK_ALL_REASONS && look->reason != flow->reason))
		return false;
	if (look->by_owner || !slot->owner[i]->allowed)
		return slot->owner[i]->matches;
	subject = owner_subject(&model->owners, slot->owner[i]);
	subject.mover = view_pid(flow->mover);
	subject.src = flow->src;
	subject.dst = flow->dst;
	subject.reason = sample_reason_name(slot->sample, flow->reason);
	return view_filters_match(view, &subject);
}

bool match_key(const struct model_key *key, const struct window_slot *slot,
	       size_t i)
{
	const struct model_view only = { .node = NODE_UNKNOWN, .only = key };

	/* Unlike a restriction, of a process without its shared pages. */
	if (key->group == GROUP_OWNER &&
	    key->owner != (enum sample_owner)slot->owner[i]->key.kind)
		return false;
	return owner_is_allowed(&only, slot->owner[i]) &&
	       view_mover_matches(&only, slot->sample->flows[i].mover);
}

bool match_failure(const struct model *model, const struct model_view *view,
		   const struct sample_failure *failure,
		   const struct owner *owner)
{
	struct filter_subject subject;

	if (!view)
		return true;
	subject = owner_subject(&model->owners, owner);
	subject.mover = view_pid(failure->mover);
	subject.reason = sample_reason_name(model_now(model), failure->reason);
	return owner->allowed && view_mover_matches(view, failure->mover) &&
	       view_reason_matches(view, subject.reason) &&
	       view_filters_match(view, &subject);
}

bool match_event(const struct model *model, const struct model_view *view,
		 const struct sample_event *event, const struct owner *owner)
{
	struct filter_subject subject;

	if (!view)
		return true;
	subject = owner_subject(&model->owners, owner);
	subject.mover = view_pid(event->caller);
	subject.reason = log_call_reason(event->call);
	subject.call = call_table[event->call].name;
	return owner->allowed && view_mover_matches(view, event->caller) &&
	       view_reason_matches(view, subject.reason) &&
	       view_filters_match(view, &subject);
}
