/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The items of the header that tell of pages not moved, and of time lost. */
#include "header_items.h"

#include <stdio.h>

#include "amount.h"
#include "call.h"
#include "units.h"

/* So many permille of pages going back and forth are worth a look. */
#define BOUNCE_WARN 200

/* More kinds of errors than a kernel gives for one interval's failures. */
#define ERRORS_MAX 16

struct error_pages {
	int64_t error; /* UNKNOWN possible */
	int64_t pages;
};

/* The entry of @error in @list of *@nr, added if it is new and has room. */
static struct error_pages *error_at(struct error_pages list[ERRORS_MAX],
				    int *nr, int64_t error)
{
	int i;

	for (i = 0; i < *nr; i++)
		if (list[i].error == error)
			return &list[i];
	if (*nr == ERRORS_MAX)
		return NULL;
	list[*nr] = (struct error_pages){ .error = error };
	return &list[(*nr)++];
}

/* The errno of most failed pages, 0 if there are none or it is not known. */
static int64_t failed_error(const struct sample *now)
{
	struct error_pages list[ERRORS_MAX], *entry, most = { 0, 0 };
	int i, nr = 0;
	size_t n;

	for (n = 0; n < now->nr_failures; n++) {
		entry = error_at(list, &nr, now->failures[n].error);
		if (entry)
			entry->pages = count_add(entry->pages,
						 now->failures[n].pages);
	}
	for (i = 0; i < nr; i++)
		if (list[i].pages > most.pages)
			most = list[i];
	return most.error == UNKNOWN ? 0 : most.error;
}

static void troubles_failed(const struct screen_facts *facts,
			    struct header_line *line, int64_t interval_ns)
{
	const struct sample *now = model_now(facts->model);
	int64_t all = model_since(facts->model)->failed_pages;
	int64_t failed = amount_of(facts, now->sum.failed_pages, all);
	const char *error = call_errno_name(failed_error(now));
	char text[UNITS_CAP];

	if (facts->view->since)
		units_count(text, sizeof(text), all);
	else
		panel_rate_text(text, sizeof(text), failed, interval_ns);
	header_add(PLACE(line, 80, 2, failed > 0 ? STYLE_WARN : STYLE_NORMAL),
		   "%s %s%s", header_table[HEADER_FAILED].name, text,
		   text[0] == '-' || facts->view->since ? "" : "/s");
	if (error)
		header_add(PLACE(line, 42, 1, STYLE_WARN), "%s", error);
}

void header_troubles(const struct screen_facts *facts,
		     struct header_line *line, int64_t interval_ns)
{
	const struct sample *now = model_now(facts->model);
	int64_t stall_ns =
		amount_of(facts, now->sum.stall_ns,
			  model_since(facts->model)->stall_ns);
	int64_t bounce = model_bounce_permille(facts->model);
	char text[UNITS_CAP];

	troubles_failed(facts, line, interval_ns);
	units_duration(text, sizeof(text),
		       facts->view->since ? stall_ns :
		       panel_rate_of(stall_ns, interval_ns));
	if (!stall_ns)
		snprintf(text, sizeof(text), "0");
	header_add(PLACE(line, 70, 2, STYLE_NORMAL), "%s %s%s",
		   header_table[HEADER_STALLED].name, text,
		   stall_ns == UNKNOWN || facts->view->since ? "" : "/s");
	units_percent(text, sizeof(text), bounce, 1000);
	header_add(PLACE(line, 75, 2, bounce >= BOUNCE_WARN ? STYLE_WARN :
							      STYLE_NORMAL),
		   "%s %s", header_table[HEADER_BOUNCE].name, text);
}
