/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Why a call could move nothing: the first reason that holds. */
#include "call_decode.h"

#include <errno.h>

#include "bpf/mptop.h"
#include "call.h"

#define MF_MOVE (1 << 1)
#define MF_MOVE_ALL (1 << 2)

static int nodes_of(const struct nodeset *set)
{
	int i, nr = 0;

	for (i = 0; i < NODESET_WORDS; i++)
		nr += __builtin_popcountll(set->bits[i]);
	return nr;
}

/* The first node in @set from @node on, or NODESET_MAX. */
static int node_next(const struct nodeset *set, int node)
{
	while (node < NODESET_MAX && !nodeset_has(set, node))
		node++;
	return node;
}

bool call_maps_to_itself(const struct nodeset *old, const struct nodeset *new)
{
	int from, to = -1, nr = nodes_of(new);
	bool keeps = nodes_of(old) != nr;

	for (from = node_next(old, 0); from < NODESET_MAX && nr;
	     from = node_next(old, from + 1)) {
		/* The targets go round if they are fewer. */
		to = node_next(new, to + 1);
		if (to == NODESET_MAX)
			to = node_next(new, 0);
		if (from != to && !(keeps && nodeset_has(new, from)))
			return false;
	}
	return true;
}

static bool is_query(const struct mptop_call *call)
{
	return call->call == MPTOP_GET_MEMPOLICY ||
	       (call->call == MPTOP_MOVE_PAGES && !call->arg[3]);
}

static bool is_policy(const struct mptop_call *call)
{
	return call->call == MPTOP_SET_MEMPOLICY ||
	       call->call == MPTOP_SET_MEMPOLICY_HOME_NODE;
}

static bool has_no_move_flag(const struct mptop_call *call)
{
	return call->call == MPTOP_MBIND &&
	       !(call->arg[5] & (MF_MOVE | MF_MOVE_ALL));
}

/* Were there new nodes, and are all of them denied or without memory? */
static bool has_no_node_left(const struct mptop_call *call,
			     const struct call_world *world)
{
	struct nodeset copied, denied;
	uint64_t left = 0;
	int i;

	if (call->call != MPTOP_MIGRATE_PAGES ||
	    !call_mask(call, MPTOP_COPY_NEW, &copied) ||
	    !call_mask(call, MPTOP_DENIED, &denied) ||
	    nodeset_is_empty(&copied) || nodeset_is_empty(&world->memory))
		return false;
	for (i = 0; i < NODESET_WORDS; i++)
		left |= copied.bits[i] & ~denied.bits[i] &
			world->memory.bits[i];
	return !left;
}

static bool has_same_nodes(const struct mptop_call *call)
{
	struct nodeset old, new;

	return call_mask(call, MPTOP_USED_OLD, &old) &&
	       call_mask(call, MPTOP_USED_NEW, &new) &&
	       call_maps_to_itself(&old, &new);
}

static bool is_all_there(const struct sample_event *event)
{
	return event->statuses.already > 0 &&
	       event->statuses.already == event->statuses.pages;
}

enum sample_nothing call_nothing(const struct mptop_call *call,
				 const struct call_world *world,
				 const struct sample_event *event)
{
	if (event->error > 0)
		return event->error == EINVAL && has_no_node_left(call, world) ?
			       NOTHING_NO_NODE_LEFT : NOTHING_NONE;
	if (is_query(call))
		return NOTHING_QUERY;
	if (is_policy(call))
		return NOTHING_POLICY;
	if (has_no_move_flag(call))
		return NOTHING_NO_MOVE_FLAG;
	if (event->moved_pages)
		return NOTHING_NONE;
	if (is_all_there(event))
		return NOTHING_ALREADY_THERE;
	if (nodes_of(&world->memory) == 1)
		return NOTHING_ONE_NODE;
	if (has_same_nodes(call))
		return NOTHING_SAME_NODES;
	/* The statuses of move_pages() tell what was there. */
	if (call->call != MPTOP_MOVE_PAGES && !event->ret)
		return NOTHING_NO_PAGES;
	return NOTHING_NONE;
}
