/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The rate of one interval, by reason. */
#include <stddef.h>

#include "model_state.h"

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
