/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who moved its pages, and whose pages it moved. */
#include <stdlib.h>
#include <string.h>

#include "model_details_part.h"
#include "xalloc.h"

static void add_peer(struct details_look *look, enum details_side side,
		     const struct owner *peer, const struct sample_flow *flow)
{
	struct tally_entry *entry =
		tally_at(&look->peers[side], peer,
			 flow_key_pack(flow->src, flow->dst, flow->reason));

	entry->all = count_add(entry->all, flow->pages);
	if (look->is_now)
		entry->now = count_add(entry->now, flow->pages);
}

void details_add_peers(struct details_look *look,
		       const struct window_slot *slot, size_t i)
{
	const struct sample_flow *flow = &slot->sample->flows[i];
	const struct owner *owner = slot->owner[i], *mover = slot->mover[i];

	if (owner == look->owner)
		add_peer(look, DETAILS_MOVERS, mover, flow);
	else if (mover == look->owner)
		add_peer(look, DETAILS_OWNERS, owner, flow);
}

static void name_peer(struct details_peer *peer, const struct owner *owner)
{
	const char *comm = owner ? owner_comm(owner) : NULL;

	peer->comm = xstrdup(comm ? comm : "?");
	peer->owner = owner ? (enum sample_owner)owner->key.kind :
			      OWNER_UNKNOWN;
	if (owner && owner->process)
		peer->id = owner_key_id(owner->key);
}

static int peer_compare(const void *a, const void *b)
{
	const struct details_peer *x = a, *y = b;

	if (x->window != y->window)
		return x->window < y->window ? 1 : -1;
	if (x->id.pid != y->id.pid)
		return x->id.pid < y->id.pid ? -1 : 1;
	if (x->src != y->src)
		return x->src - y->src;
	return x->dst != y->dst ? x->dst - y->dst :
				  strcmp(x->reason ? x->reason : "",
					 y->reason ? y->reason : "");
}

static void peer_clear(struct details_peer *peer)
{
	free(peer->comm);
	free(peer->reason);
}

/* Keeps the largest; what the others had is summed up. */
static void bound_peers(struct details_peers *peers)
{
	qsort(peers->peer, peers->nr, sizeof(*peers->peer), peer_compare);
	while (peers->nr > DETAILS_PEERS_MAX) {
		struct details_peer *last = &peers->peer[--peers->nr];

		peers->nr_others++;
		peers->others_window =
			count_add(peers->others_window, last->window);
		peer_clear(last);
	}
}

static void finish_side(struct details_look *look, enum details_side side)
{
	struct details_peers *peers = &look->details->peers[side];
	const struct tally *tally = &look->peers[side];
	size_t i;

	peers->peer = xcalloc(tally->nr + 1, sizeof(*peers->peer));
	peers->nr = tally->nr;
	for (i = 0; i < tally->nr; i++) {
		const struct tally_entry *entry = &tally->entry[i];
		struct details_peer *peer = &peers->peer[i];

		name_peer(peer, entry->owner);
		peer->is_self = entry->owner == look->owner ||
				entry->owner == look->owner->process;
		peer->src = flow_key_src(entry->what);
		peer->dst = flow_key_dst(entry->what);
		peer->reason =
			details_reason(look, flow_key_reason(entry->what));
		peer->now = entry->now;
		peer->window = entry->all;
	}
	bound_peers(peers);
	tally_free(&look->peers[side]);
}

void details_finish_peers(struct details_look *look)
{
	finish_side(look, DETAILS_MOVERS);
	finish_side(look, DETAILS_OWNERS);
}

void details_free_peers(struct model_details *details)
{
	int side;
	size_t i;

	for (side = 0; side < DETAILS_SIDES; side++) {
		for (i = 0; i < details->peers[side].nr; i++)
			peer_clear(&details->peers[side].peer[i]);
		free(details->peers[side].peer);
	}
}
