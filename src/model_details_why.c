/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Why its pages moved, and why they did not. */
#include <stdlib.h>
#include <string.h>

#include "model_details_part.h"
#include "xalloc.h"

/* More reasons than there are; errnos are below 4096. */
#define ERROR_SHIFT 8

char *details_reason(const struct details_look *look, int reason)
{
	const char *name = sample_reason_name(look->now, reason);

	return name ? xstrdup(name) : NULL;
}

void details_add_reason(struct details_look *look,
			const struct sample_flow *flow)
{
	details_count(look, &look->reasons, (uint64_t)(flow->reason + 1),
		      flow->pages);
}

/* Those of others whose pages it tried to move are theirs. */
void details_add_failures(struct details_look *look,
			  const struct sample *sample)
{
	size_t i;

	for (i = 0; i < sample->nr_failures; i++) {
		const struct sample_failure *failure = &sample->failures[i];
		struct owner_key key = failure_key(failure);
		uint64_t error = failure->error == UNKNOWN ?
					 0 :
					 (uint64_t)failure->error + 1;

		if (memcmp(&key, &look->owner->key, sizeof(key)))
			continue;
		details_count(look, &look->failures,
			      error << ERROR_SHIFT |
				      (uint8_t)(failure->reason + 1),
			      failure->pages);
	}
}

static int by_window(int64_t x, int64_t y, const char *a, const char *b)
{
	if (x != y)
		return x < y ? 1 : -1;
	return strcmp(a ? a : "", b ? b : "");
}

static int reason_compare(const void *a, const void *b)
{
	const struct details_reason *x = a, *y = b;

	return by_window(x->window, y->window, x->name, y->name);
}

static int failure_compare(const void *a, const void *b)
{
	const struct details_failure *x = a, *y = b;
	int order = by_window(x->window, y->window, x->reason, y->reason);

	if (order)
		return order;
	return x->error < y->error ? -1 : x->error > y->error;
}

static void finish_reasons(struct details_look *look)
{
	struct model_details *details = look->details;
	size_t i;

	details->nr_reasons = look->reasons.nr;
	details->reasons =
		xcalloc(look->reasons.nr + 1, sizeof(*details->reasons));
	for (i = 0; i < look->reasons.nr; i++) {
		const struct tally_entry *entry = &look->reasons.entry[i];

		details->reasons[i] = (struct details_reason){
			.name = details_reason(look, (int)entry->what - 1),
			.now = entry->now,
			.window = entry->all,
		};
	}
	qsort(details->reasons, details->nr_reasons,
	      sizeof(*details->reasons), reason_compare);
	tally_free(&look->reasons);
}

static void finish_failures(struct details_look *look)
{
	struct model_details *details = look->details;
	size_t i;

	details->nr_failures = look->failures.nr;
	details->failures =
		xcalloc(look->failures.nr + 1, sizeof(*details->failures));
	for (i = 0; i < look->failures.nr; i++) {
		const struct tally_entry *entry = &look->failures.entry[i];
		uint64_t error = entry->what >> ERROR_SHIFT;
		int reason = (int)(entry->what & 0xff) - 1;

		details->failures[i] = (struct details_failure){
			.reason = details_reason(look, reason),
			.error = error ? (int64_t)error - 1 : UNKNOWN,
			.now = entry->now,
			.window = entry->all,
		};
	}
	qsort(details->failures, details->nr_failures,
	      sizeof(*details->failures), failure_compare);
	tally_free(&look->failures);
}

void details_finish_why(struct details_look *look)
{
	finish_reasons(look);
	finish_failures(look);
}

void details_free_why(struct model_details *details)
{
	size_t i;

	for (i = 0; i < details->nr_reasons; i++)
		free(details->reasons[i].name);
	for (i = 0; i < details->nr_failures; i++)
		free(details->failures[i].reason);
	free(details->reasons);
	free(details->failures);
}
