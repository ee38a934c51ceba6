/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which rows a view of the model shows, and in what order. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "make_model.h"
#include "xalloc.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* Three processes, two nodes, two reasons: @text lets these pids through. */
static void filters(void **state)
{
	static const struct {
		const char *text;
		int64_t pids[4];
		int64_t matrix_01;
	} rows[] = {
		{ "", { 10, 20, 30 }, 160 },
		{ "pid=20", { 20 }, 50 },
		{ "comm=db", { 10 }, 100 },
		{ "DB", { 10 }, 100 },
		{ "cgroup~web", { 20 }, 50 },
		{ "reason=syscall", { 30, 10 }, 10 },
		{ "mover=10", { 10, 30 }, 110 },
		{ "src=1", { 10 }, 0 },
		{ "pages>45", { 10, 20 }, 150 },
		{ "rate>45 pid!=10", { 20 }, 50 },
		{ "user=nobody", { 0 }, 0 },
	};
	static const struct make_flow flows[] = {
		{ 10, "db", 0, NULL, 0, 1, "numa_misplaced", 100 },
		{ 10, "db", 0, NULL, 1, 0, "syscall", 7 },
		{ 20, "web", 0, NULL, 0, 1, "numa_misplaced", 50 },
		{ 30, "job", 10, "db", 0, 1, "syscall", 10 },
	};
	struct model *model = model_new();
	struct sample *sample = make_sample(2, 1);
	size_t i, j, nr;

	(void)state;
	for (i = 0; i < COUNT(flows); i++)
		make_flow(sample, &flows[i]);
	sample_add_up(sample);
	model_feed(model, sample);
	for (i = 0; i < COUNT(rows); i++) {
		struct filter_error error;
		struct filter *filter = filter_parse(rows[i].text, &error);
		struct model_view view = { .node = NODE_UNKNOWN };
		const struct model_row *got;
		int which;

		if (!filter)
			fail_msg("%s: %s", rows[i].text, error.message);
		for (which = 0; which < 2; which++) {
			view.filter = which ? filter : NULL;
			view.base = which ? NULL : filter;
			model_look(model, &view);
			got = model_rows(model, &nr);
			for (j = 0; rows[i].pids[j]; j++)
				if (j >= nr || got[j].id.pid != rows[i].pids[j])
					fail_msg("%s: row %zu of %zu",
						 rows[i].text, j, nr);
			assert_int_equal(nr, j);
			assert_int_equal(model_hidden(model), 3 - nr);
			assert_int_equal(model_matrix(model)[1],
					 rows[i].matrix_01);
		}
		filter_free(filter);
	}
	model_free(model);
}

static void filters_are_anded(void **state)
{
	struct filter_error error;
	struct filter *base = filter_parse("comm=mysqld", &error);
	struct filter *live = filter_parse("reason=syscall", &error);
	struct model_view view = { .node = NODE_UNKNOWN, .base = base };
	struct model *model = model_new();
	const struct model_row *rows;
	int64_t before;
	size_t nr;

	(void)state;
	model_feed(model, make_busy_sample(4, 1));
	model_look(model, &view);
	rows = model_rows(model, &nr);
	assert_int_equal(nr, 1);
	assert_int_equal(rows->nr_pairs, 3);
	before = rows->pages;
	view.filter = live;
	model_look(model, &view);
	rows = model_rows(model, &nr);
	assert_int_equal(nr, 1);
	assert_int_equal(rows->nr_pairs, 1);
	assert_in_range(rows->pages, 1, before - 1);
	assert_int_equal(rows->trend[MODEL_TREND - 1], rows->pages);
	/* Not of single flows. */
	assert_int_equal(rows->total_pages, before);
	model_look(model, NULL);
	assert_int_equal(row_of(model, 4242)->pages, before);
	filter_free(base);
	filter_free(live);
	model_free(model);
}

static void node_roles(void **state)
{
	static const struct {
		int node;
		enum model_node_role role;
		int64_t pages;
		size_t rows;
	} rows[] = {
		{ NODE_UNKNOWN, NODE_FROM, 111, 2 },
		{ 0, NODE_EITHER, 101, 2 },
		{ 0, NODE_FROM, 100, 1 },
		{ 0, NODE_TO, 1, 1 },
		{ 1, NODE_EITHER, 110, 1 },
		{ 2, NODE_TO, 10, 1 },
		{ 9, NODE_EITHER, 0, 0 },
	};
	static const struct make_flow flows[] = {
		{ 10, "db", 0, NULL, 0, 1, "syscall", 100 },
		{ 10, "db", 0, NULL, 1, 2, "syscall", 10 },
		{ 20, "web", 0, NULL, 2, 0, "syscall", 1 },
	};
	struct model *model = model_new();
	size_t i, j, nr;

	(void)state;
	feed_flows(model, 1, flows, COUNT(flows));
	for (i = 0; i < COUNT(rows); i++) {
		const struct model_view view = {
			.node = rows[i].node, .node_role = rows[i].role,
		};
		const struct model_rate *rates;
		int64_t pages = 0;

		model_look(model, &view);
		assert_int_equal(nr_rows(model), rows[i].rows);
		for (j = 0; j < 9; j++)
			pages += model_matrix(model)[j];
		assert_int_equal(pages, rows[i].pages);
		rates = model_rates(model, &nr);
		assert_int_equal(nr, 1);
		assert_int_equal(rates[0].pages[0], rows[i].pages);
	}
	model_free(model);
}

static void orders(void **state)
{
	static const struct {
		const char *name;
		bool reverse;
		int64_t pids[3];
	} rows[] = {
		{ "rate", false, { 30, 10, 20 } },
		{ "rate", true, { 20, 10, 30 } },
		{ "pid", false, { 10, 20, 30 } },
		{ "pid", true, { 30, 20, 10 } },
		{ "comm", false, { 20, 10, 30 } },
		{ "total", false, { 30, 10, 20 } },
		{ "fail", false, { 10, 30, 20 } },
		/* Unknown is last either way. */
		{ "stall", false, { 20, 10, 30 } },
		{ "stall", true, { 10, 20, 30 } },
		{ "reason", false, { 30, 20, 10 } },
		{ "mover", false, { 20, 10, 30 } },
		{ "user", false, { 30, 10, 20 } },
	};
	static const struct make_flow flows[] = {
		{ 10, "b", 0, NULL, 0, 1, "syscall", 50 },
		{ 20, "a", 0, NULL, 0, 1, "demotion", 20 },
		{ 30, "c", 0, NULL, 0, 1, "compaction", 70 },
	};
	struct model *model = model_new();
	struct sample *sample = make_sample(3, 1);
	size_t i, j, nr;

	(void)state;
	for (i = 0; i < COUNT(flows); i++)
		make_flow(sample, &flows[i]);
	make_proc(sample, 10, "")->failed_pages = 5;
	make_proc(sample, 10, "")->stall_ns = 1;
	make_proc(sample, 20, "")->stall_ns = 2;
	make_proc(sample, 30, "")->stall_ns = UNKNOWN;
	model_feed(model, sample);
	for (i = 0; i < COUNT(rows); i++) {
		const struct model_view view = {
			.node = NODE_UNKNOWN,
			.order = (enum model_order)model_order_find(
				rows[i].name),
			.reverse = rows[i].reverse,
		};
		const struct model_row *got;

		model_look(model, &view);
		got = model_rows(model, &nr);
		assert_int_equal(nr, 3);
		for (j = 0; j < 3; j++)
			if (got[j].id.pid != rows[i].pids[j])
				fail_msg("%s %d: %d at %zu", rows[i].name,
					 rows[i].reverse, (int)got[j].id.pid,
					 j);
	}
	model_free(model);
}

static void order_table(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < ORDER_COUNT; i++) {
		const struct model_order_row *row = &model_order_table[i];

		assert_int_equal(model_order_find(row->name), i);
		assert_non_null(row->column);
		assert_non_null(row->help);
	}
	assert_int_equal(model_order_find("PAGES/S"), -1);
}

/* Of the row that a key stands for, and of what the view lets through. */
static void rates_of_a_row(void **state)
{
	static const struct make_flow flows[] = {
		{ 4242, "mysqld", 812, "katalyst", 0, 1, "syscall", 100 },
		{ 4242, "mysqld", 0, NULL, 1, 2, "numa_misplaced", 30 },
		{ 977, "redis", 812, "katalyst", 0, 1, "syscall", 7 },
	};
	struct model_view view = { .node = NODE_UNKNOWN };
	struct model_key owner = { 0 }, mover = { .group = GROUP_MOVER };
	struct model *model = model_new();
	struct sample *sample = feed_flows(model, 1, flows, 3);
	static struct model_rate rates[MODEL_HISTORY];
	int syscall = sample_reason(sample, "syscall");
	size_t nr;
	int numa = sample_reason(sample, "numa_misplaced");

	(void)state;
	owner.id = sample->flows[0].process;
	mover.id = sample->flows[0].mover;
	feed_flows(model, 2, &flows[2], 1);
	model_look(model, &view);
	assert_int_equal(model_rates_of(model, &view, &owner, rates), 2);
	assert_int_equal(rates[0].pages[syscall], 100);
	assert_int_equal(rates[0].pages[numa], 30);
	assert_int_equal(rates[1].pages[syscall], 0);
	model_rates_of(model, &view, &mover, rates);
	assert_int_equal(rates[0].pages[syscall], 107);
	assert_int_equal(rates[1].pages[syscall], 7);
	assert_int_equal(rates[0].pages[numa], 0);
	/* A list of what could be chosen asks about others meanwhile. */
	view.reason = "syscall";
	model_look(model, &view);
	free(model_choices(model, &view, CHOICE_REASON, &nr));
	model_rates_of(model, &view, &owner, rates);
	assert_int_equal(rates[0].pages[syscall], 100);
	assert_int_equal(rates[0].pages[numa], 0);
	view.reason = NULL;
	owner.owner = OWNER_SHARED;
	model_rates_of(model, &view, &owner, rates);
	assert_int_equal(rates[0].pages[numa], 0);
	owner.owner = OWNER_PROCESS;
	view.node = 2;
	model_look(model, &view);
	model_rates_of(model, &view, &owner, rates);
	assert_int_equal(rates[0].pages[syscall], 0);
	assert_int_equal(rates[0].pages[numa], 30);
	model_free(model);
}

/* Where no hook tells whose pages move, nobody's are 0. */
static void unknown_rates_of_a_row(void **state)
{
	struct model_view view = { .node = NODE_UNKNOWN };
	struct model_key owner = { .id = { 4242, 1 } };
	struct model *model = model_new();
	struct sample *sample = make_sample(2, 1);
	static struct model_rate rates[MODEL_HISTORY];

	(void)state;
	sample->sum.pages = UNKNOWN;
	sample->vmstat[VMSTAT_PGMIGRATE_SUCCESS] = 9;
	model_feed(model, sample);
	model_look(model, &view);
	assert_int_equal(model_rates_of(model, &view, &owner, rates), 1);
	assert_int_equal(rates[0].pages[SAMPLE_REASON_MAX], UNKNOWN);
	model_free(model);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(filters),
		cmocka_unit_test(filters_are_anded),
		cmocka_unit_test(node_roles),
		cmocka_unit_test(orders),
		cmocka_unit_test(order_table),
		cmocka_unit_test(rates_of_a_row),
		cmocka_unit_test(unknown_rates_of_a_row),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
