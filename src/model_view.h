/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a view lets through. Private to the model. */
#ifndef MPTOP_MODEL_VIEW_H
#define MPTOP_MODEL_VIEW_H

#include "model.h"

/* Does @view, which may be NULL, hide anything at all? */
static inline bool view_is_restricted(const struct model_view *view)
{
	return view && (view->filter || view->base ||
			view->node != NODE_UNKNOWN);
}

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
