/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Pages as the operator wants to read them: as pages or as bytes (m), a second
 * or since the start (a). All panels and the header take their texts here.
 */
#ifndef MPTOP_AMOUNT_H
#define MPTOP_AMOUNT_H

#include "panel.h"

/* "pages/s", "bytes/s", "pages" or "bytes". */
const char *amount_unit(const struct screen_facts *facts);

/* "pages/s" or "bytes/s": of what is a rate in any case. */
const char *amount_rate_unit(const struct screen_facts *facts);

/*
 * The text of @pages of the last interval, or of @since if counts since the
 * start are shown; "-" for UNKNOWN. Returns @dst.
 */
char *amount_text(char *dst, size_t cap, const struct screen_facts *facts,
		  int64_t pages, int64_t since);

/* As amount_text() of a rate: @pages in @interval_ns. */
char *amount_rate_text(char *dst, size_t cap, const struct screen_facts *facts,
		       int64_t pages, int64_t interval_ns);

/* Of @pages (or of pages a second) in pages or in bytes. */
char *amount_count_text(char *dst, size_t cap,
			const struct screen_facts *facts, int64_t pages);

/* The bytes of @pages; UNKNOWN spreads, and so does no page size. */
int64_t amount_bytes(const struct screen_facts *facts, int64_t pages);

/* @since if counts since the start are shown, else @now. */
static inline int64_t amount_of(const struct screen_facts *facts, int64_t now,
				int64_t since)
{
	return facts->view->since ? since : now;
}

/* "since start", or "since 13:04:12" (UTC) after a zero. Returns @dst. */
char *amount_since_text(char *dst, size_t cap,
			const struct screen_facts *facts);

#endif
