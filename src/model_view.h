/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a view lets through. Private to the model. */
#ifndef MPTOP_MODEL_VIEW_H
#define MPTOP_MODEL_VIEW_H

#include "model.h"

/* Whose something is, for a view's restrictions. */
struct view_whose {
	enum sample_owner owner;
	struct process_id id; /* nobody's: see owner_key() */
	const char *user;     /* NULL: not known */
	const char *cgroup;
};

/* Does it let @whose through, by user, process and cgroup? */
bool view_whose_matches(const struct model_view *view,
			const struct view_whose *whose);

/* Does it let through what @mover does? */
static inline bool view_mover_matches(const struct model_view *view,
				      struct process_id mover)
{
	if (!view->only || view->only->group != GROUP_MOVER)
		return true;
	return process_id_some(mover) ?
	       process_id_equal(view->only->id, mover) :
	       !process_id_some(view->only->id);
}

/* Does it let a reason through? @name is NULL if it is not known. */
bool view_reason_matches(const struct model_view *view, const char *name);

/* Does it ask for what only flows, failures and calls can answer? */
bool view_asks_flows(const struct model_view *view);

/* The pid of @id for a filter: nobody's matches no comparison. */
static inline int64_t view_pid(struct process_id id)
{
	return id.pid ? id.pid : UNKNOWN;
}

/* The filters alone, for what has no nodes of its own. */
static inline bool view_filters_match(const struct model_view *view,
				      const struct filter_subject *subject)
{
	return filter_match(view->base, subject) &&
	       filter_match(view->filter, subject);
}

static inline bool view_node_matches(const struct model_view *view, int src,
				     int dst)
{
	if (view->node == NODE_UNKNOWN)
		return true;
	if (view->node_role == NODE_FROM)
		return src == view->node;
	if (view->node_role == NODE_TO)
		return dst == view->node;
	return src == view->node || dst == view->node;
}

#endif
