/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The largest movers, pairs and reasons of rows, out of a tally of all. Which
 * is the largest never depends on the order in which they came.
 */
#include <stdlib.h>

#include "model_state.h"
#include "xalloc.h"

/* The largest so far, beside those that the row itself has. */
struct row_best {
	int64_t mover_pages;
	int64_t reason_pages;
	int64_t pair_all[MODEL_ROW_FLOWS]; /* of all intervals */
};

static bool is_before(struct process_id a, struct process_id b)
{
	return a.pid != b.pid ? a.pid < b.pid : a.start_us < b.start_us;
}

static void take_mover(struct model_row *row, struct row_best *best,
		       const struct tally_entry *entry)
{
	const struct owner *mover =
		(const struct owner *)(uintptr_t)ROW_SUM_WHAT(entry);
	struct process_id id = { 0 };

	if (mover)
		id = owner_key_id(mover->key);
	if (!row->nr_movers++ || entry->all > best->mover_pages ||
	    (entry->all == best->mover_pages && is_before(id, row->mover))) {
		row->mover = id;
		row->mover_comm = !mover ? "(self)" :
				  mover->comm ? mover->comm : "?";
		row->mover_is_self = !mover;
		best->mover_pages = entry->all;
	}
}

static void take_reason(struct model_row *row, struct row_best *best,
			const struct tally_entry *entry)
{
	int reason = (int)(entry->what & 0xffffffff);

	if (row->reason == REASON_UNKNOWN || entry->all > best->reason_pages ||
	    (entry->all == best->reason_pages && reason < row->reason)) {
		row->reason = reason;
		best->reason_pages = entry->all;
	}
}

/* Does a pair with @pages now and @all stand before the row's @i-th? */
static bool pair_is_larger(const struct model_row *row,
			   const struct row_best *best, int i,
			   const struct tally_entry *entry)
{
	const struct model_pair *pair = &row->pair[i];
	uint64_t nodes = (uint64_t)pair->src << 32 | (uint64_t)pair->dst;

	if (entry->now != pair->pages)
		return entry->now > pair->pages;
	if (entry->all != best->pair_all[i])
		return entry->all > best->pair_all[i];
	return ROW_SUM_WHAT(entry) < nodes;
}

static void take_pair(struct model_row *row, struct row_best *best,
		      const struct tally_entry *entry)
{
	int nr = row->nr_pairs++;
	int i = nr < MODEL_ROW_FLOWS ? nr : MODEL_ROW_FLOWS;

	while (i > 0 && pair_is_larger(row, best, i - 1, entry)) {
		if (i < MODEL_ROW_FLOWS) {
			row->pair[i] = row->pair[i - 1];
			best->pair_all[i] = best->pair_all[i - 1];
		}
		i--;
	}
	if (i == MODEL_ROW_FLOWS)
		return;
	row->pair[i] = (struct model_pair){
		.src = (int)(entry->what >> 32 & 0x3fffffff),
		.dst = (int)(entry->what & 0xffffffff),
		.pages = entry->now,
	};
	best->pair_all[i] = entry->all;
}

void rows_take_sums(const struct tally *tally, struct model_row *rows,
		    size_t nr)
{
	static void (*const take[])(struct model_row *, struct row_best *,
				    const struct tally_entry *) = {
		[ROW_SUM_MOVER] = take_mover,
		[ROW_SUM_PAIR] = take_pair,
		[ROW_SUM_REASON] = take_reason,
	};
	struct row_best *best = xcalloc(nr, sizeof(*best));
	size_t i;

	for (i = 0; i < tally->nr; i++) {
		const struct tally_entry *entry = &tally->entry[i];
		size_t row = row_of_tally(entry);

		take[entry->what >> ROW_SUM_SHIFT](&rows[row], &best[row],
						   entry);
	}
	free(best);
}
