/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The rate of one interval, by reason; of all, or of one row. */
#include <stddef.h>

#include "model_state.h"
#include "model_view.h"

/*
 * Where flows cannot be told, the kernel's own counter is all there is, and
 * nobody's in particular.
 */
struct model_rate rate_of(const struct sample *sample, bool restricted)
{
	struct model_rate rate = { .interval_ns = sample->interval_ns };

	if (sample->sum.pages == UNKNOWN && !sample->nr_flows)
		rate.pages[SAMPLE_REASON_MAX] =
			restricted ? UNKNOWN
				   : sample->vmstat[VMSTAT_PGMIGRATE_SUCCESS];
	return rate;
}

void rate_add(struct model_rate *rate, const struct sample_flow *flow)
{
	int reason = flow->reason;
	int64_t *pages;

	if (reason < 0 || reason >= SAMPLE_REASON_MAX)
		reason = SAMPLE_REASON_MAX;
	pages = &rate->pages[reason];
	*pages = count_add(*pages, flow->pages);
}

size_t model_rates_of(const struct model *model, const struct model_view *view,
		      const struct model_key *key, struct model_rate *rates)
{
	const struct model_view *strict =
		model_view_is_restricted(view) ? view : NULL;
	const struct window_slot *slot;
	size_t i, f, nr = model->window.nr;

	for (i = 0; i < nr; i++) {
		slot = window_at(&model->window, i);
		rates[i] = rate_of(slot->sample, true);
		for (f = 0; f < slot->sample->nr_flows; f++)
			if (match_flow(model, strict, slot, f) &&
			    match_key(key, slot, f))
				rate_add(&rates[i], &slot->sample->flows[f]);
	}
	return nr;
}
