/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a filter leaves of a sample's lists, and what it must not touch. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "make_sample.h"
#include "restrict.h"

struct row {
	const char *filter;
	size_t flows;
	size_t events;
	size_t procs;
};

/* mysqld 10 (0->1, 1->0), java 20 moved by katalyst 30 (0->2), a call. */
static const struct row rows[] = {
	{ "", 3, 1, 3 },
	{ "pid=10", 2, 0, 1 },
	{ "pid=10 src=0", 1, 0, 1 },
	{ "node=2", 1, 0, 2 },
	{ "mover=30", 1, 1, 2 },
	{ "comm=java", 1, 1, 2 },
	{ "reason=syscall", 1, 0, 2 },
	{ "pages>100", 2, 0, 1 },
	{ "call=migrate_pages", 0, 1, 2 },
	{ "nobody", 0, 0, 0 },
};

static struct sample *sample_make(void)
{
	static const struct make_flow flows[] = {
		{ 10, "mysqld", 0, NULL, 0, 1, "numa_misplaced", 200 },
		{ 10, "mysqld", 0, NULL, 1, 0, "numa_misplaced", 50 },
		{ 20, "java", 30, "katalyst", 0, 2, "syscall", 100 },
	};
	struct sample *sample = make_sample(4, 1);
	size_t i;

	for (i = 0; i < 3; i++)
		make_flow(sample, &flows[i]);
	make_call(sample, make_proc(sample, 30, "katalyst"),
		  make_proc(sample, 20, "java"));
	sample_add_up(sample);
	return sample;
}

static void check_row(const struct row *row)
{
	struct sample *sample = sample_make();
	struct filter_error error;
	struct filter *filter = filter_parse(row->filter, &error);
	int64_t pages = sample->sum.pages;

	assert_non_null(filter);
	sample_restrict(sample, filter);
	if (sample->nr_flows != row->flows ||
	    sample->nr_events != row->events || sample->nr_procs != row->procs)
		fail_msg("'%s' leaves %zu flows, %zu events, %zu processes",
			 row->filter, sample->nr_flows, sample->nr_events,
			 sample->nr_procs);
	/* The machine's sums stay: the kernel's counters are not filtered. */
	assert_int_equal(sample->sum.pages, pages);
	filter_free(filter);
	sample_free(sample);
}

static void test_rows(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		check_row(&rows[i]);
}

static void test_no_filter(void **state)
{
	struct sample *sample = sample_make();

	(void)state;
	sample_restrict(sample, NULL);
	assert_int_equal(sample->nr_flows, 3);
	sample_free(sample);
}

/* Pages, and their rate, that are more than there is room for stay large. */
static void test_huge_counts(void **state)
{
	const struct make_flow flow = { 10, "mysqld", 0, NULL, 0, 1, "syscall",
					INT64_MAX };
	struct filter_error error;
	struct filter *filter = filter_parse("pages>1 rate>1", &error);
	struct sample *sample = make_sample(2, 1);

	(void)state;
	sample->vmstat[VMSTAT_PGMIGRATE_SUCCESS] = -INT64_MAX;
	make_flow(sample, &flow);
	make_flow(sample, &flow);
	sample->interval_ns = 1;
	sample_restrict(sample, filter);
	assert_int_equal(sample->nr_flows, 2);
	filter_free(filter);
	sample_free(sample);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_no_filter),
		cmocka_unit_test(test_huge_counts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
