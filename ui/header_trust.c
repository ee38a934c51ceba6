/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The trust line: pages seen against the kernel's own counter. A difference
 * is a named term, and a percentage stands only where nothing is in flight.
 */
#include "header_items.h"

#include <inttypes.h>
#include <stdio.h>

#include "units.h"

static const char *const lost_names[LOST_COUNT] = {
	[LOST_EVENTS] = "lost events",
	[LOST_CALLS] = "lost calls",
	[LOST_FOLIOS] = "lost folios",
	[LOST_FLOW_PAGES] = "pages without owner",
};

/* After "lost", all in one item: one of them is no less bad than another. */
static const char *const lost_short[LOST_COUNT] = {
	[LOST_EVENTS] = "events",
	[LOST_CALLS] = "calls",
	[LOST_FOLIOS] = "folios",
	[LOST_FLOW_PAGES] = "owners",
};

const char *header_lost_name(enum sample_lost lost)
{
	return lost_names[lost];
}

/*
 * The part of the kernel's pages that is explained: 100.0 only if all are, also
 * of a recording that begins with pages in flight. A bare "-" would be a sign.
 */
static void trust_percent(const struct model_totals *totals, char *dst,
			  size_t cap)
{
	int64_t kernel = totals->vmstat_pages, explained;
	int64_t permille;

	explained = count_add(kernel, totals->unexplained_pages);
	snprintf(dst, cap, "-%%");
	if (explained == UNKNOWN || explained < 0 || kernel <= 0 ||
	    totals->in_flight_pages)
		return;
	permille = (int64_t)((double)explained / (double)kernel * 1000);
	if (permille == 1000 && explained > kernel)
		permille++;
	if (permille == 1000 && explained < kernel)
		permille--;
	snprintf(dst, cap, "%" PRId64 ".%d%%", permille / 10,
		 (int)(permille % 10));
}

/* "+ landed 1.47k/s": a term of the identity, with its sign. */
static void trust_term(struct header_line *line, const char *name,
		       int64_t pages, int64_t interval_ns)
{
	char text[UNITS_CAP];

	if (!pages || pages == UNKNOWN)
		return;
	panel_rate_text(text, sizeof(text), pages < 0 ? -pages : pages,
			interval_ns);
	header_add(PLACE(line, 96, 1, STYLE_NORMAL), "%s %s %s/s",
		   pages < 0 ? "-" : "+", name, text);
}

static void trust_lost(const struct model_totals *totals, bool is_known,
		       struct header_line *line)
{
	char list[80] = "", text[UNITS_CAP];
	size_t length = 0;
	bool unknown = !is_known;
	int i;

	for (i = 0; i < LOST_COUNT && is_known; i++) {
		unknown |= totals->lost[i] == UNKNOWN;
		if (totals->lost[i] == UNKNOWN || !totals->lost[i] ||
		    length >= sizeof(list))
			continue;
		units_count(text, sizeof(text), totals->lost[i]);
		length += snprintf(list + length, sizeof(list) - length,
				   " %s %s", lost_short[i], text);
	}
	if (length)
		header_add(PLACE(line, 99, 2, STYLE_BAD), "!lost%s", list);
	else
		header_add(PLACE(line, 70, 2, STYLE_NORMAL), "%s %s",
			   header_table[HEADER_LOST].name, unknown ? "-" : "0");
}

/*
 * Pages in flight now, less those at the end of the interval before; 0 if that
 * one is not known. A run starts with none.
 */
static int64_t in_flight_change(const struct model *model)
{
	size_t nr = model_window_length(model);
	const struct sample *now = model_now(model), *before = NULL;

	if (nr > 1)
		before = model_window(model, nr - 2);
	if (!now || now->sum.in_flight_pages == UNKNOWN)
		return 0;
	if (!before)
		return now->seq <= 1 ? now->sum.in_flight_pages : 0;
	if (now->seq != before->seq + 1 ||
	    before->sum.in_flight_pages == UNKNOWN)
		return 0;
	return now->sum.in_flight_pages - before->sum.in_flight_pages;
}

static void trust_rate(const struct header_place place, const char *name,
		       int64_t pages, int64_t interval_ns)
{
	char text[UNITS_CAP];

	panel_rate_text(text, sizeof(text), pages, interval_ns);
	header_add(place, "%s %s%s", name, text, text[0] == '-' ? "" : "/s");
}

void header_trust(const struct screen_facts *facts, struct header_line *line)
{
	const struct sample *now = model_now(facts->model);
	struct model_totals totals = model_totals(facts->model);
	int64_t interval_ns = panel_interval_ns(facts);
	int64_t unexplained = totals.unexplained_pages;
	bool equal = now && unexplained == 0;
	bool unequal = now && unexplained && unexplained != UNKNOWN;
	int64_t in_flight = in_flight_change(facts->model);
	char percent[UNITS_CAP];

	trust_rate(PLACE(line, 98, line->nr ? 2 : 0, STYLE_NORMAL),
		   header_table[HEADER_SEEN].name,
		   now ? now->sum.pages : UNKNOWN, interval_ns);
	if (now) {
		trust_term(line, in_flight > 0 ?
			   header_table[HEADER_IN_FLIGHT].name :
			   header_table[HEADER_LANDED].name,
			   -in_flight, interval_ns);
		trust_term(line, header_table[HEADER_NONLRU].name,
			   now->sum.nonlru_pages, interval_ns);
		if (now->sum.hugetlb_uncounted_pages > 0)
			trust_term(line, header_table[HEADER_HUGETLB].name,
				   -now->sum.hugetlb_uncounted_pages,
				   interval_ns);
	}
	trust_rate(PLACE(line, 97, equal || unequal ? 1 : 2,
			 unequal ? STYLE_BAD : STYLE_NORMAL),
		   unequal ? "!= vmstat" : equal ? "= vmstat" : "vmstat",
		   now ? now->vmstat[VMSTAT_PGMIGRATE_SUCCESS] : UNKNOWN,
		   interval_ns);
	if (unequal) {
		units_count(percent, sizeof(percent),
			    unexplained < 0 ? -unexplained : unexplained);
		header_add(PLACE(line, 96, 1, STYLE_BAD), "%s %s%s",
			   header_table[HEADER_UNEXPLAINED].name,
			   unexplained < 0 ? "-" : "", percent);
	}
	trust_percent(&totals, percent, sizeof(percent));
	if (now)
		header_add(PLACE(line, 60, 1, equal ? STYLE_GOOD :
						      STYLE_NORMAL),
			   "%s", percent);
	trust_lost(&totals, now != NULL, line);
}
