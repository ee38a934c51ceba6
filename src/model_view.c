/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a view restricts to beside its filters: names are compared as they are,
 * and an empty one asks for those that are not known.
 */
#include "model_view.h"

#include <string.h>

const char *const model_group_name[GROUP_COUNT] = {
	[GROUP_OWNER] = "owner",
	[GROUP_MOVER] = "mover",
	[GROUP_CGROUP] = "cgroup",
	[GROUP_USER] = "user",
};

static bool text_equal(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

bool model_key_equal(const struct model_key *a, const struct model_key *b)
{
	return a->group == b->group && a->owner == b->owner &&
	       process_id_equal(a->id, b->id) && text_equal(a->name, b->name);
}

struct model_key model_row_key(const struct model_row *row)
{
	struct model_key key = {
		.group = row->group,
		.id = row->id,
		.name = row->group_name,
	};

	if (row->group != GROUP_OWNER)
		return key;
	key.owner = row->owner;
	/* Unknown pages are told apart by who moved them. */
	if (row->owner == OWNER_UNKNOWN)
		key.id = row->mover;
	return key;
}

bool model_view_is_restricted(const struct model_view *view)
{
	return view && (view->filter || view->base || view->user ||
			view->reason || view->only ||
			view->node != NODE_UNKNOWN);
}

/* @wanted: NULL asks for all, "" for the unknown. */
static bool name_matches(const char *wanted, const char *name)
{
	return !wanted || !strcmp(wanted, name ? name : "");
}

static bool is_process(enum sample_owner owner)
{
	return owner == OWNER_PROCESS || owner == OWNER_SHARED;
}

/* A process is meant with its shared pages. */
static bool owner_matches(const struct model_key *only,
			  const struct view_whose *whose)
{
	if (is_process(only->owner) ? !is_process(whose->owner) :
				      whose->owner != only->owner)
		return false;
	return process_id_equal(only->id, whose->id);
}

static bool only_matches(const struct model_key *only,
			 const struct view_whose *whose)
{
	switch (only->group) {
	case GROUP_OWNER:
		return owner_matches(only, whose);
	case GROUP_CGROUP:
		return is_process(whose->owner) &&
		       text_equal(only->name, whose->cgroup);
	case GROUP_USER:
		return is_process(whose->owner) &&
		       text_equal(only->name, whose->user);
	default:
		return true;
	}
}

bool view_whose_matches(const struct model_view *view,
			const struct view_whose *whose)
{
	return name_matches(view->user, whose->user) &&
	       (!view->only || only_matches(view->only, whose));
}

bool view_reason_matches(const struct model_view *view, const char *name)
{
	return name_matches(view->reason, name);
}

bool view_asks_flows(const struct model_view *view)
{
	return view->node != NODE_UNKNOWN || view->reason ||
	       (view->only && view->only->group == GROUP_MOVER);
}
