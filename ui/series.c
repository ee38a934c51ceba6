/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which reason is which series, and the scale they are drawn on. */
#include "series.h"

#include <string.h>

#include "panel.h"
#include "units.h"

#define SCALE_MIN 10

const struct series series_table[SERIES_COUNT] = {
	{ "numa_misplaced", "█", "n" },
	{ "syscall", "▓", "s" },
	{ "compaction", "▒", "c" },
	{ "demotion", "░", "d" },
	{ "mempolicy_mbind", "▞", "m" },
	{ NULL, "▌", "o" },
};

struct series_map series_map(const struct sample *now)
{
	struct series_map map;
	int i, s;

	for (i = 0; i <= SAMPLE_REASON_MAX; i++) {
		map.of[i] = SERIES_COUNT - 1;
		for (s = 0; now && i < now->nr_reasons && s < SERIES_COUNT - 1;
		     s++)
			if (!strcmp(now->reasons[i], series_table[s].reason))
				map.of[i] = s;
	}
	return map;
}

int64_t series_pages(const struct model_rate *rate)
{
	int64_t sum = UNKNOWN;
	int i;

	for (i = 0; i <= SAMPLE_REASON_MAX; i++)
		if (rate->pages[i] != UNKNOWN)
			sum = count_add(sum == UNKNOWN ? 0 : sum,
					rate->pages[i]);
	return sum;
}

int64_t series_per_second(const struct model_rate *rate)
{
	return panel_rate_of(series_pages(rate), rate->interval_ns);
}

static int64_t peak_of(const struct model_rate *rates, int from, int to)
{
	int64_t rate, peak = 0;

	for (; from <= to; from++) {
		rate = series_per_second(&rates[from]);
		if (rate > peak)
			peak = rate;
	}
	return peak;
}

/* The least that an axis of pages, or of bytes, can end at to hold @peak. */
static int64_t scale_of(int64_t peak, int64_t unit)
{
	int64_t bytes;

	if (peak < SCALE_MIN)
		peak = SCALE_MIN;
	if (unit <= 1)
		return units_scale_125(peak);
	if (__builtin_mul_overflow(peak, unit, &bytes))
		return INT64_MAX;
	return units_scale_bytes(bytes);
}

/*
 * Grows as soon as a bar would not fit, and shrinks only when the highest one
 * in sight would fill less than 4/5 of the smaller scale.
 */
int64_t series_scale(const struct model_rate *rates, int nr, int cols,
		     int64_t unit)
{
	int64_t peak, fit, scale = scale_of(0, unit);
	int i;

	for (i = 0; i < nr; i++) {
		peak = peak_of(rates, i >= cols ? i - cols + 1 : 0, i);
		fit = scale_of(peak, unit);
		if (fit > scale)
			scale = fit;
		else if (fit < scale)
			scale = scale_of(peak + peak / 4, unit);
	}
	return scale;
}

void series_rates(const struct series_map *map,
		  const struct model_rate *rate,
		  int64_t series[SERIES_COUNT])
{
	int i;

	memset(series, 0, SERIES_COUNT * sizeof(*series));
	if (rate->interval_ns <= 0)
		return;
	for (i = 0; i <= SAMPLE_REASON_MAX; i++)
		if (rate->pages[i] > 0)
			series[map->of[i]] +=
				panel_rate_of(rate->pages[i],
					      rate->interval_ns);
}
