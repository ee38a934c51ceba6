/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Its own flows, summed up by nodes. */
#include <stdlib.h>

#include "model_details_part.h"
#include "xalloc.h"

void details_count(struct details_look *look, struct tally *tally,
		   uint64_t what, int64_t pages)
{
	struct tally_entry *entry = tally_at(tally, NULL, what);

	entry->all = count_add(entry->all, pages);
	if (look->is_now)
		entry->now = count_add(entry->now, pages);
}

/* What stayed on its node went no way. */
static void add_distance(struct model_details *details,
			 const struct sample *sample,
			 const struct sample_flow *flow)
{
	int64_t distance = since_distance(sample,
					  sample_node_index(sample, flow->src),
					  sample_node_index(sample, flow->dst),
					  flow->pages);

	details->distance = count_add(details->distance, distance);
}

void details_add_pair(struct details_look *look, const struct sample *sample,
		      const struct sample_flow *flow)
{
	struct model_details *details = look->details;

	details_count(look, &look->pairs,
		      flow_key_pack(flow->src, flow->dst, REASON_UNKNOWN),
		      flow->pages);
	details->window_pages = count_add(details->window_pages, flow->pages);
	if (look->is_now)
		details->pages = count_add(details->pages, flow->pages);
	add_distance(details, sample, flow);
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

void details_finish_pairs(struct details_look *look,
			  const struct model *model)
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
		pair->total = count_add(total_of(&look->owner->sums, pair),
					model->since.idle_pages);
	}
	qsort(details->pairs, details->nr_pairs, sizeof(*details->pairs),
	      pair_compare);
	tally_free(&look->pairs);
}
