/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The list of panels, and the arithmetic that all of them share. */
#include "panel.h"

#include "units.h"

#define RATE_MAX 1e17

int64_t panel_interval_ns(const struct screen_facts *facts)
{
	const struct sample *now = model_now(facts->model);

	if (!now || now->interval_ns <= 0)
		return UNKNOWN;
	return now->interval_ns;
}

/* A recording can say anything; below this sums of rates cannot overflow. */
static int64_t bounded(double rate)
{
	return rate < RATE_MAX ? (int64_t)(rate + 0.5) : (int64_t)RATE_MAX;
}

int64_t panel_rate_of(int64_t count, int64_t interval_ns)
{
	if (count == UNKNOWN || count < 0 || interval_ns <= 0)
		return UNKNOWN;
	return bounded((double)count * 1e9 / (double)interval_ns);
}

int64_t panel_bytes_of(const struct screen_facts *facts, int64_t pages)
{
	const struct sample *now = model_now(facts->model);
	int64_t rate = panel_rate_of(pages, panel_interval_ns(facts));

	if (rate == UNKNOWN || !now || now->host.page_size <= 0)
		return UNKNOWN;
	return bounded((double)rate * (double)now->host.page_size);
}

char *panel_rate_text(char *dst, size_t cap, int64_t count,
		      int64_t interval_ns)
{
	if (interval_ns <= 0)
		count = UNKNOWN;
	return units_rate(dst, cap, count, interval_ns);
}

const struct panel_ops *const panel_table[PANEL_COUNT] = {
	[PANEL_HEADER] = &panel_header,
	[PANEL_NODES] = &panel_nodes,
	[PANEL_FLOW] = &panel_flow,
	[PANEL_PROCESSES] = &panel_processes,
	[PANEL_RATE] = &panel_rate,
	[PANEL_LATENCY] = &panel_latency,
	[PANEL_LOG] = &panel_log,
};
