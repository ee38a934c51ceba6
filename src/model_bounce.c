/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What went from one node to another and, for the same process, back, in the
 * last MODEL_ROW_AGE intervals: of each owner, and of all.
 */
#include "model_state.h"

/* The key that an owner's own bounce has in the tally: no pair of nodes. */
#define BOUNCE_SUM UINT64_MAX

/* Between two nodes, counted apart by direction for each process. */
static void count_flow(struct tally *tally, const struct owner *owner,
		       const struct sample_flow *flow)
{
	bool up = flow->src < flow->dst;
	uint64_t low = (uint64_t)(up ? flow->src : flow->dst);
	uint64_t high = (uint64_t)(up ? flow->dst : flow->src);
	struct tally_entry *entry;
	int64_t *pages;

	if (flow->src == NODE_UNKNOWN || flow->dst == NODE_UNKNOWN) {
		entry = tally_at(tally, owner, BOUNCE_SUM);
		entry->now = entry->all = UNKNOWN;
	} else if (low != high) {
		entry = tally_at(tally, owner, low << 32 | high);
		pages = up ? &entry->now : &entry->all;
		*pages = count_add(*pages, flow->pages);
	}
}

static int64_t smaller(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* Adds an owner's sums to the tally: .now went there and back, .all went. */
static void sum_up(struct tally *tally)
{
	size_t i, nr = tally->nr;

	for (i = 0; i < nr; i++) {
		struct tally_entry pair = tally->entry[i];
		const struct owner *owner = pair.owner;
		int64_t back = smaller(pair.now, pair.all);
		struct tally_entry *sum;

		if (pair.what == BOUNCE_SUM)
			continue;
		if (!owner->process)
			back = 0;
		sum = tally_at(tally, owner, BOUNCE_SUM);
		sum->all = count_add(sum->all, count_add(pair.now, pair.all));
		sum->now = count_add(sum->now, count_add(back, back));
	}
}

static int64_t permille(const struct tally *tally)
{
	__int128 both = 0, all = 0;
	size_t i;

	for (i = 0; i < tally->nr; i++) {
		const struct tally_entry *entry = &tally->entry[i];

		if (entry->what != BOUNCE_SUM)
			continue;
		if (entry->now == UNKNOWN || entry->all == UNKNOWN)
			return UNKNOWN;
		all += entry->all;
		both += entry->now;
	}
	return all ? (int64_t)(both * 1000 / all) : UNKNOWN;
}

void bounce_find(struct model *model)
{
	const struct window *window = &model->window;
	size_t i, j;

	tally_clear(&model->bounce);
	for (i = window_recent(window); i < window->nr; i++) {
		const struct window_slot *slot = window_at(window, i);

		for (j = 0; j < slot->sample->nr_flows; j++)
			count_flow(&model->bounce, slot->owner[j],
				   &slot->sample->flows[j]);
	}
	sum_up(&model->bounce);
	model->bounce_permille = permille(&model->bounce);
}

struct bounce bounce_of(const struct model *model, const struct owner *owner)
{
	const struct tally_entry *sum =
		tally_find(&model->bounce, owner, BOUNCE_SUM);
	struct bounce bounce = { 0 };

	if (sum)
		bounce = (struct bounce){ sum->all, sum->now };
	if (!owner->process)
		bounce.pages = UNKNOWN;
	return bounce;
}

int64_t model_bounce_permille(const struct model *model)
{
	return model->bounce_permille;
}
