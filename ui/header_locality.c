/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Do the pages come to be where they are used? */
#include "header_items.h"

#include <stdio.h>

#include "units.h"

/* Fewer permille up or down are no change. */
#define CHANGE_MIN 10

struct faults {
	int64_t all;
	int64_t local;
};

static struct faults faults_of(const struct sample *sample)
{
	return (struct faults){
		sample->vmstat[VMSTAT_NUMA_HINT_FAULTS],
		sample->vmstat[VMSTAT_NUMA_HINT_FAULTS_LOCAL],
	};
}

/* The local part in 1/1000; UNKNOWN if there were no faults. */
static int64_t permille(struct faults faults)
{
	if (faults.all <= 0 || faults.local < 0)
		return UNKNOWN;
	return (int64_t)((double)faults.local / (double)faults.all * 1000);
}

/* Of the window but for its last interval. */
static int64_t permille_before(const struct model *model)
{
	struct faults sum = { 0, 0 }, one;
	size_t i, nr = model_window_length(model);

	for (i = 0; i + 1 < nr; i++) {
		one = faults_of(model_window(model, i));
		sum.all = count_add(sum.all, one.all);
		sum.local = count_add(sum.local, one.local);
	}
	return permille(sum);
}

static const char *change_text(const struct screen_facts *facts)
{
	int64_t now = permille(faults_of(model_now(facts->model)));
	int64_t before = permille_before(facts->model);

	if (facts->view->since || now == UNKNOWN || before == UNKNOWN)
		return "";
	if (now >= before + CHANGE_MIN)
		return "↑";
	return now + CHANGE_MIN <= before ? "↓" : "";
}

void header_locality(const struct screen_facts *facts,
		     struct header_line *line)
{
	const struct model_since *since = model_since(facts->model);
	struct faults faults = faults_of(model_now(facts->model));
	char text[UNITS_CAP];

	if (facts->view->since)
		faults = (struct faults){ since->hint_faults,
					  since->hint_faults_local };
	units_percent(text, sizeof(text), faults.local, faults.all);
	header_add(PLACE(line, 60, line->nr ? 2 : 0, STYLE_NORMAL),
		   "%s %s%s", header_table[HEADER_HINT_LOCAL].name, text,
		   change_text(facts));
}
