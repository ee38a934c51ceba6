/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Its own flows, summed up by nodes. */
#include <stdlib.h>

#include "model_details_part.h"
#include "xalloc.h"

static void count(struct details_look *look, struct tally_entry *entry,
		  int64_t pages)
{
	entry->all = count_add(entry->all, pages);
	if (look->is_now)
		entry->now = count_add(entry->now, pages);
}

void details_add_pair(struct details_look *look,
		      const struct sample_flow *flow)
{
	uint64_t key =
		flow_key_pack(flow->src, flow->dst, REASON_UNKNOWN);

	count(look, tally_at(&look->pairs, NULL, key), flow->pages);
}

static int pair_compare(const void *a, const void *b)
{
	const struct details_pair *x = a, *y = b;

	if (x->window != y->window)
		return x->window < y->window ? 1 : -1;
	if (x->total != y->total)
		return x->total < y->total ? 1 : -1;
	return x->src != y->src ? x->src - y->src : x->dst - y->dst;
}

/* Those of the window, and those that moved only before it. */
static void take_totals(struct details_look *look)
{
	const struct flow_sums *sums = &look->owner->sums;
	uint32_t i;

	for (i = 0; i < sums->nr; i++) {
		const struct flow_sum *sum = &sums->sum[i];
		uint64_t key = flow_key_pack(flow_key_src(sum->key),
					     flow_key_dst(sum->key),
					     REASON_UNKNOWN);

		tally_at(&look->pairs, NULL, key);
	}
}

static int64_t total_of(const struct flow_sums *sums,
			const struct details_pair *pair)
{
	int64_t total = 0;
	uint32_t i;

	for (i = 0; i < sums->nr; i++)
		if (flow_key_src(sums->sum[i].key) == pair->src &&
		    flow_key_dst(sums->sum[i].key) == pair->dst)
			total = count_add(total, sums->sum[i].pages);
	/* What found no room may have been of these nodes. */
	return sums->other_pages ? UNKNOWN : total;
}

void details_finish_pairs(struct details_look *look)
{
	struct model_details *details = look->details;
	size_t i;

	take_totals(look);
	details->nr_pairs = look->pairs.nr;
	details->pairs =
		xcalloc(look->pairs.nr + 1, sizeof(*details->pairs));
	for (i = 0; i < look->pairs.nr; i++) {
		const struct tally_entry *entry = &look->pairs.entry[i];
		struct details_pair *pair = &details->pairs[i];

		pair->src = flow_key_src(entry->what);
		pair->dst = flow_key_dst(entry->what);
		pair->now = entry->now;
		pair->window = entry->all;
		pair->total = total_of(&look->owner->sums, pair);
	}
	qsort(details->pairs, details->nr_pairs, sizeof(*details->pairs),
	      pair_compare);
	tally_free(&look->pairs);
}
