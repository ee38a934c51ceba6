/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pages or bytes, a second or since the start. */
#include "amount.h"

#include <stdio.h>
#include <time.h>

#include "units.h"

const char *amount_rate_unit(const struct screen_facts *facts)
{
	return facts->bytes ? "bytes/s" : "pages/s";
}

const char *amount_unit(const struct screen_facts *facts)
{
	if (!facts->view->since)
		return amount_rate_unit(facts);
	return facts->bytes ? "bytes" : "pages";
}

int64_t amount_bytes(const struct screen_facts *facts, int64_t pages)
{
	const struct sample *now = model_now(facts->model);
	int64_t bytes;

	if (pages == UNKNOWN || !now || now->host.page_size <= 0)
		return UNKNOWN;
	if (__builtin_mul_overflow(pages, now->host.page_size, &bytes))
		return INT64_MAX;
	return bytes;
}

/* Nothing at all needs no unit. */
static char *bytes_text(char *dst, size_t cap, int64_t bytes)
{
	if (bytes)
		return units_bytes(dst, cap, bytes);
	snprintf(dst, cap, "0");
	return dst;
}

char *amount_count_text(char *dst, size_t cap,
			const struct screen_facts *facts, int64_t pages)
{
	if (facts->bytes)
		return bytes_text(dst, cap, amount_bytes(facts, pages));
	return units_count(dst, cap, pages);
}

char *amount_rate_text(char *dst, size_t cap, const struct screen_facts *facts,
		       int64_t pages, int64_t interval_ns)
{
	int64_t bytes = amount_bytes(facts, pages);

	if (!facts->bytes)
		return panel_rate_text(dst, cap, pages, interval_ns);
	return bytes_text(dst, cap, panel_rate_of(bytes, interval_ns));
}

char *amount_text(char *dst, size_t cap, const struct screen_facts *facts,
		  int64_t pages, int64_t since)
{
	if (facts->view->since)
		return amount_count_text(dst, cap, facts, since);
	return amount_rate_text(dst, cap, facts, pages,
				panel_interval_ns(facts));
}

char *amount_since_text(char *dst, size_t cap, const struct screen_facts *facts)
{
	const struct model_since *since = model_since(facts->model);
	struct tm tm;

	if (!since->is_zeroed || !gmtime_r(&since->time.tv_sec, &tm))
		snprintf(dst, cap, "since start");
	else
		snprintf(dst, cap, "since %02d:%02d:%02d", tm.tm_hour,
			 tm.tm_min, tm.tm_sec);
	return dst;
}
