/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Feeding: a sample goes into the window, its flows, failures and calls to
 * their owners, and its counters into the sums.
 */
#include "model.h"

#include <stdlib.h>
#include <string.h>

#include "call.h"
#include "model_state.h"
#include "xalloc.h"

static void model_init(struct model *model)
{
	memset(model, 0, sizeof(*model));
	model->bounce_permille = UNKNOWN;
	model->owners.since = &model->since;
}

struct model *model_new(void)
{
	struct model *model = xmalloc(sizeof(*model));

	model_init(model);
	return model;
}

static void model_clear(struct model *model)
{
	look_free(&model->look);
	tally_free(&model->bounce);
	since_free(&model->since);
	window_free(&model->window);
	log_free(&model->log, &model->owners.intern);
	owner_table_free(&model->owners);
}

void model_free(struct model *model)
{
	if (!model)
		return;
	model_clear(model);
	free(model);
}

void model_reset(struct model *model)
{
	model_clear(model);
	model_init(model);
}

static void feed_flows(struct model *model, const struct window_slot *slot)
{
	const struct sample *sample = slot->sample;
	struct model_rate rate = rate_of(sample, false);
	size_t i;

	for (i = 0; i < sample->nr_flows; i++) {
		owner_add_flow(&model->owners, slot->owner[i],
			       &sample->flows[i]);
		if (slot->mover[i])
			slot->mover[i]->moved_pages =
				count_add(slot->mover[i]->moved_pages,
					  sample->flows[i].pages);
		rate_add(&rate, &sample->flows[i]);
	}
	model->rates[slot->interval % MODEL_HISTORY] = rate;
}

static void feed_failures(struct owner_table *owners,
			  const struct sample *sample)
{
	size_t i;

	for (i = 0; i < sample->nr_failures; i++) {
		const struct sample_failure *failure = &sample->failures[i];

		owner_add_failed(owners,
				 owner_touch(owners, failure_key(failure)),
				 failure->pages);
	}
}

/* Calls that only ask, or set a policy, give nobody a row. */
static void feed_events(struct model *model, const struct sample *sample)
{
	struct owner_table *owners = &model->owners;
	size_t i;

	for (i = 0; i < sample->nr_events; i++) {
		const struct sample_event *event = &sample->events[i];
		struct owner_key key = event_key(event);

		if (process_id_some(owner_key_id(key)) &&
		    call_may_move(event->call) &&
		    !(event->marks & MARK_QUERY))
			owner_touch(owners, key)->active = owners->interval;
		log_add(&model->log, owners, event);
	}
	log_mark_running(&model->log, owners);
}

/* What the sample has seen less what its counters tell: 0 if all is well. */
static int64_t unexplained(const struct sample *sample,
			   int64_t in_flight_before)
{
	const struct sample_sum *sum = &sample->sum;
	int64_t vmstat = sample->vmstat[VMSTAT_PGMIGRATE_SUCCESS];
	int64_t seen, counted;

	seen = count_add(count_add(sum->pages, in_flight_before),
			 sum->nonlru_pages);
	counted = count_add(count_add(vmstat, sum->in_flight_pages),
			    sum->hugetlb_uncounted_pages);
	if (seen == UNKNOWN || counted == UNKNOWN)
		return UNKNOWN;
	return seen - counted;
}

static void feed_sums(struct model_sums *sums, const struct sample *sample)
{
	struct model_totals *totals = &sums->totals;
	/* A run starts with nothing seen in flight. */
	bool follows =
		sums->nr ? sample->seq == sums->seq + 1 : sample->seq <= 1;
	int i;

	totals->pages = count_add(totals->pages, sample->sum.pages);
	totals->vmstat_pages = count_add(
		totals->vmstat_pages, sample->vmstat[VMSTAT_PGMIGRATE_SUCCESS]);
	totals->nonlru_pages =
		count_add(totals->nonlru_pages, sample->sum.nonlru_pages);
	totals->hugetlb_uncounted_pages =
		count_add(totals->hugetlb_uncounted_pages,
			  sample->sum.hugetlb_uncounted_pages);
	for (i = 0; i < LOST_COUNT; i++)
		totals->lost[i] = count_add(totals->lost[i], sample->lost[i]);
	if (follows) {
		totals->unexplained_pages =
			count_add(totals->unexplained_pages,
				  unexplained(sample, totals->in_flight_pages));
		sums->nr_explained++;
	}
	totals->in_flight_pages = sample->sum.in_flight_pages;
	sums->seq = sample->seq;
	sums->nr++;
}

void model_feed(struct model *model, struct sample *sample)
{
	const struct window_slot *slot;

	look_clear(&model->look);
	owner_table_feed(&model->owners, sample);
	slot = window_add(&model->window, sample, &model->owners);
	feed_flows(model, slot);
	feed_failures(&model->owners, sample);
	feed_events(model, sample);
	feed_sums(&model->sums, sample);
	since_feed(&model->since, &model->owners, slot);
	window_trim(&model->window);
	owner_table_prune(&model->owners,
			  window_at(&model->window, 0)->interval);
	bounce_find(model);
}

const struct sample *model_now(const struct model *model)
{
	size_t nr = model->window.nr;

	return nr ? window_at(&model->window, nr - 1)->sample : NULL;
}

size_t model_window_length(const struct model *model)
{
	return model->window.nr;
}

const struct sample *model_window(const struct model *model, size_t i)
{
	return window_at(&model->window, i)->sample;
}

struct model_totals model_totals(const struct model *model)
{
	struct model_totals totals = model->sums.totals;
	int i;

	if (!model->sums.nr) {
		totals.pages = UNKNOWN;
		totals.vmstat_pages = UNKNOWN;
		totals.nonlru_pages = UNKNOWN;
		totals.hugetlb_uncounted_pages = UNKNOWN;
		totals.in_flight_pages = UNKNOWN;
		for (i = 0; i < LOST_COUNT; i++)
			totals.lost[i] = UNKNOWN;
	}
	if (!model->sums.nr_explained)
		totals.unexplained_pages = UNKNOWN;
	return totals;
}
