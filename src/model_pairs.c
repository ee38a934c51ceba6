/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The node pairs that a column each is made for. */
#include <stdlib.h>

#include "model_state.h"

/* Is it a unit's pages between two nodes? */
static bool is_pair(const struct tally_entry *entry)
{
	return entry->what >> ROW_SUM_SHIFT == ROW_SUM_PAIR;
}

static void sum_pairs(struct look *look)
{
	size_t i;

	tally_clear(&look->pairs);
	for (i = 0; i < look->tally.nr; i++) {
		const struct tally_entry *entry = &look->tally.entry[i];
		struct tally_entry *sum;

		if (!is_pair(entry))
			continue;
		sum = tally_at(&look->pairs, NULL, ROW_SUM_WHAT(entry));
		sum->all = count_add(sum->all, entry->all);
		sum->now = count_add(sum->now, entry->now);
	}
}

static int by_pages(const void *a, const void *b)
{
	const struct tally_entry *x = a, *y = b;

	if (x->all != y->all)
		return x->all < y->all ? 1 : -1;
	return x->what < y->what ? -1 : x->what > y->what;
}

static int by_nodes(const void *a, const void *b)
{
	const struct model_pair *x = a, *y = b;

	return x->src != y->src ? x->src - y->src : x->dst - y->dst;
}

/* Moves within a node are no flows. */
static void pick_pairs(struct look *look)
{
	struct tally *pairs = &look->pairs;
	size_t i;

	if (pairs->nr)
		qsort(pairs->entry, pairs->nr, sizeof(*pairs->entry),
		      by_pages);
	for (i = 0; i < pairs->nr && look->nr_top_pairs < MODEL_ROW_FLOWS;
	     i++) {
		struct model_pair pair = {
			.src = (int)(pairs->entry[i].what >> 32),
			.dst = (int)(pairs->entry[i].what & 0xffffffff),
			.pages = look->nodes_known ? pairs->entry[i].now :
						     UNKNOWN,
		};

		if (pair.src != pair.dst)
			look->top_pair[look->nr_top_pairs++] = pair;
	}
	qsort(look->top_pair, look->nr_top_pairs, sizeof(*look->top_pair),
	      by_nodes);
}

void rows_top_pairs(struct look *look)
{
	size_t i;
	int p;

	sum_pairs(look);
	pick_pairs(look);
	for (i = 0; look->nodes_known && i < look->tally.nr; i++) {
		const struct tally_entry *entry = &look->tally.entry[i];

		for (p = 0; is_pair(entry) && p < look->nr_top_pairs; p++)
			if (ROW_SUM_WHAT(entry) ==
			    ((uint64_t)look->top_pair[p].src << 32 |
			     (uint64_t)look->top_pair[p].dst))
				look->units[row_of_tally(entry)].flow[p] =
					entry->now;
	}
}
