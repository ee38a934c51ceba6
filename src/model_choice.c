/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What there is to choose from: users and reasons of the window. Choices are
 * made seldom, so that nothing is kept for them.
 */
#include <stdlib.h>
#include <string.h>

#include "model_state.h"
#include "model_view.h"
#include "xalloc.h"

struct choices {
	struct model *model;
	const struct model_view *view; /* NULL: lets all through */
	enum model_choice_kind kind;
	struct tally tally; /* (name, 0): pages */
};

static const char unknown[] = "";

static void choice_add(struct choices *choices, const char *name,
		       int64_t pages)
{
	struct tally_entry *entry =
		tally_at(&choices->tally, name ? name : unknown, 0);

	entry->all = count_add(entry->all, pages);
}

/* The reasons' texts are those of the last sample: one pointer a reason. */
static const char *reason_of(const struct choices *choices, int reason)
{
	return sample_reason_name(model_now(choices->model), reason);
}

static const char *user_of(const struct owner *owner)
{
	return owner->process ? owner->process->user : NULL;
}

static void add_flows(struct choices *choices, const struct window_slot *slot)
{
	size_t i;

	for (i = 0; i < slot->sample->nr_flows; i++) {
		const struct sample_flow *flow = &slot->sample->flows[i];

		if (!match_flow(choices->model, choices->view, slot, i))
			continue;
		choice_add(choices, choices->kind == CHOICE_USER ?
				    user_of(slot->owner[i]) :
				    reason_of(choices, flow->reason),
			   flow->pages);
	}
}

/* Of what failed, no page moved. */
static void add_failures(struct choices *choices,
			 const struct window_slot *slot)
{
	struct model *model = choices->model;
	size_t i;

	for (i = 0; i < slot->sample->nr_failures; i++) {
		const struct sample_failure *failure =
			&slot->sample->failures[i];
		struct owner *owner =
			owner_find(&model->owners, failure_key(failure));

		if (owner && match_failure(model, choices->view, failure,
					   owner))
			choice_add(choices, choices->kind == CHOICE_USER ?
					    user_of(owner) :
					    reason_of(choices, failure->reason),
				   0);
	}
}

/* Users of rows without pages can be chosen too. */
static void add_owners(struct choices *choices)
{
	struct owner_table *owners = &choices->model->owners;
	struct owner *owner, *next;

	HASH_ITER(hh, owners->owners, owner, next)
		if (owner->process && owner_has_row(owners, owner) &&
		    (!choices->view || owner->matches))
			choice_add(choices, user_of(owner), 0);
}

static int compare_choices(const void *one, const void *other)
{
	const struct model_choice *a = one, *b = other;

	if (a->pages != b->pages)
		return a->pages < b->pages ? 1 : -1;
	return strcmp(a->name, b->name);
}

static struct model_choice *choices_list(const struct tally *tally, size_t *nr)
{
	struct model_choice *list = xcalloc(tally->nr + 1, sizeof(*list));
	size_t i;

	for (i = 0; i < tally->nr; i++) {
		list[i].name = tally->entry[i].owner;
		list[i].pages = tally->entry[i].all;
	}
	*nr = tally->nr;
	if (*nr)
		qsort(list, *nr, sizeof(*list), compare_choices);
	return list;
}

struct model_choice *model_choices(struct model *model,
				   const struct model_view *view,
				   enum model_choice_kind kind, size_t *nr)
{
	struct model_view others = *view;
	struct choices choices = { .model = model, .kind = kind };
	struct model_choice *list;
	size_t i;

	if (kind == CHOICE_USER)
		others.user = NULL;
	else
		others.reason = NULL;
	if (model_view_is_restricted(&others))
		choices.view = &others;
	if (model->window.nr)
		match_owners(model, choices.view);
	for (i = 0; i < model->window.nr; i++) {
		const struct window_slot *slot = window_at(&model->window, i);

		add_flows(&choices, slot);
		if (others.node == NODE_UNKNOWN)
			add_failures(&choices, slot);
	}
	if (kind == CHOICE_USER && !view_asks_flows(&others))
		add_owners(&choices);
	/* The answers are those of @view again, as the last look left them. */
	if (model->window.nr)
		match_owners(model, model_view_is_restricted(view) ? view :
								     NULL);
	list = choices_list(&choices.tally, nr);
	tally_free(&choices.tally);
	return list;
}
