/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a model makes of samples: rows, matrix, rates, sums and bounce. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "make_sample.h"
#include "model.h"
#include "xalloc.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static const struct model_view all = { .node = NODE_UNKNOWN };

/* Feeds @flow alone as interval @seq of two nodes. */
static void feed_flow(struct model *model, uint64_t seq,
		      const struct make_flow *flow)
{
	struct sample *sample = make_sample(3, seq);

	if (flow)
		make_flow(sample, flow);
	sample_add_up(sample);
	model_feed(model, sample);
}

static void feed_idle(struct model *model, uint64_t from, uint64_t to)
{
	for (; from <= to; from++)
		feed_flow(model, from, NULL);
}

static const struct model_row *row_of(const struct model *model, int64_t pid)
{
	size_t i, nr;
	const struct model_row *rows = model_rows(model, &nr);

	for (i = 0; i < nr; i++)
		if (rows[i].id.pid == pid && rows[i].owner == OWNER_PROCESS)
			return &rows[i];
	return NULL;
}

static size_t nr_rows(const struct model *model)
{
	size_t nr;

	model_rows(model, &nr);
	return nr;
}

static void nothing_yet(void **state)
{
	struct model *model = model_new();
	size_t nr = 1;

	(void)state;
	model_look(model, NULL);
	assert_null(model_now(model));
	assert_null(model_matrix(model));
	assert_int_equal(model_window_length(model), 0);
	assert_int_equal(nr_rows(model), 0);
	model_rates(model, &nr);
	assert_int_equal(nr, 0);
	assert_int_equal(model_log_length(model), 0);
	assert_int_equal(model_totals(model).pages, UNKNOWN);
	assert_int_equal(model_totals(model).unexplained_pages, UNKNOWN);
	assert_int_equal(model_bounce_permille(model), UNKNOWN);
	model_free(model);
	model_free(NULL);
}

static void one_row(void **state)
{
	static const struct make_flow flows[] = {
		{ 42, "db", 0, NULL, 0, 1, "numa_misplaced", 100 },
		{ 42, "db", 81, "kat", 1, 2, "syscall", 300 },
		{ 42, "db", 81, "kat", 0, 2, "syscall", 50 },
	};
	struct model *model = model_new();
	struct sample *sample = make_sample(3, 1);
	const struct model_row *row;
	size_t i, nr;

	(void)state;
	for (i = 0; i < COUNT(flows); i++)
		make_flow(sample, &flows[i]);
	make_proc(sample, 42, "db")->stall_ns = 7;
	sample_add_up(sample);
	model_feed(model, sample);
	model_look(model, NULL);
	row = model_rows(model, &nr);
	assert_int_equal(nr, 1);
	assert_int_equal(row->id.pid, 42);
	assert_string_equal(row->comm, "db");
	assert_string_equal(row->user, "mysql");
	assert_null(row->cmdline);
	assert_int_equal(row->pages, 450);
	assert_int_equal(row->folios, 450);
	assert_int_equal(row->total_pages, 450);
	assert_int_equal(row->mover.pid, 81);
	assert_string_equal(row->mover_comm, "kat");
	assert_int_equal(row->nr_movers, 2);
	assert_false(row->mover_is_self);
	assert_int_equal(row->nr_pairs, 3);
	assert_int_equal(row->pair[0].src, 1);
	assert_int_equal(row->pair[0].dst, 2);
	assert_int_equal(row->pair[0].pages, 300);
	assert_int_equal(row->pair[2].pages, 50);
	assert_string_equal(sample->reasons[row->reason], "syscall");
	assert_int_equal(row->stall_ns, 7);
	assert_int_equal(row->failed_pages, 0);
	assert_int_equal(row->trend[MODEL_TREND - 1], 450);
	assert_int_equal(row->trend[MODEL_TREND - 2], UNKNOWN);
	assert_null(row->running);
	assert_int_equal(model_matrix(model)[0 * 3 + 1], 100);
	assert_int_equal(model_matrix(model)[1 * 3 + 2], 300);
	assert_int_equal(model_matrix(model)[2 * 3 + 0], 0);
	model_free(model);
}

/* It has no pages of its own, but its threads' time is to be seen. */
static void stalled_mover(void **state)
{
	static const struct make_flow flow = { 42, "db", 81, "kcompactd0", 0, 1,
					       "compaction", 100 };
	struct model *model = model_new();
	struct sample *sample = make_sample(2, 1);
	const struct model_row *rows;
	size_t nr;

	(void)state;
	make_flow(sample, &flow);
	make_proc(sample, 81, "kcompactd0")->stall_ns = 3000000000;
	make_proc(sample, 82, "kswapd0")->stall_ns = 0;
	make_proc(sample, 83, "kswapd1")->stall_ns = UNKNOWN;
	sample_add_up(sample);
	model_feed(model, sample);
	model_look(model, NULL);
	rows = model_rows(model, &nr);
	assert_int_equal(nr, 2);
	assert_int_equal(rows[0].id.pid, 42);
	assert_int_equal(rows[0].stall_ns, 0);
	assert_string_equal(rows[1].comm, "kcompactd0");
	assert_int_equal(rows[1].stall_ns, 3000000000);
	assert_int_equal(rows[1].pages, 0);
	assert_int_equal(rows[1].nr_movers, 0);
	model_free(model);
}

/* More pairs than a row shows: the largest, in a fixed order. */
static void largest_pairs(void **state)
{
	struct model *model = model_new();
	struct sample *sample = make_sample(8, 1);
	const struct model_row *row;
	size_t nr;
	int i;

	(void)state;
	for (i = 0; i < 7; i++) {
		struct make_flow flow = { 42, "db", 0, NULL, i, i + 1,
					  "syscall", 10 + i * 3 % 7 };

		make_flow(sample, &flow); /* 10 13 16 12 15 11 14 */
	}
	model_feed(model, sample);
	model_look(model, NULL);
	row = model_rows(model, &nr);
	assert_int_equal(row->nr_pairs, 7);
	assert_int_equal(row->pair[0].src, 2);
	assert_int_equal(row->pair[1].src, 4);
	assert_int_equal(row->pair[2].src, 6);
	assert_int_equal(row->pair[3].src, 1);
	assert_int_equal(row->pair[3].pages, 13);
	model_free(model);
}

static void owners_without_process(void **state)
{
	static const char *const comm[OWNER_COUNT] = {
		"db", "db", "[page cache]", "[unknown]", "[overflow]",
	};
	struct model *model = model_new();
	struct sample *sample = make_sample(2, 1);
	const struct model_row *rows;
	size_t nr;
	int i;

	(void)state;
	make_proc(sample, 42, "db");
	for (i = 0; i < OWNER_COUNT; i++) {
		struct sample_flow *flow = sample_add_flow(sample);

		flow->owner = (enum sample_owner)i;
		if (i <= OWNER_SHARED)
			flow->process = (struct process_id){ 42, 42000 };
		flow->dst = 1;
		flow->pages = 100 - i;
	}
	sample_add_failure(sample)->pages = 3;
	model_feed(model, sample);
	model_look(model, NULL);
	rows = model_rows(model, &nr);
	assert_int_equal(nr, OWNER_COUNT);
	for (i = 0; i < OWNER_COUNT; i++) {
		assert_int_equal(rows[i].owner, i);
		assert_string_equal(rows[i].comm, comm[i]);
		assert_int_equal(rows[i].id.pid, i <= OWNER_SHARED ? 42 : 0);
		assert_int_equal(rows[i].pages, 100 - i);
	}
	assert_int_equal(rows[OWNER_PROCESS].failed_pages, 0);
	assert_int_equal(rows[OWNER_SHARED].failed_pages, UNKNOWN);
	assert_int_equal(rows[OWNER_UNKNOWN].failed_pages, 3);
	assert_int_equal(rows[OWNER_UNMAPPED].stall_ns, UNKNOWN);
	model_free(model);
}

/* A pid that comes back is another process. */
static void reused_pid(void **state)
{
	struct model *model = model_new();
	struct sample *sample = make_sample(2, 1);
	int i;

	(void)state;
	for (i = 0; i < 2; i++) {
		struct sample_flow *flow = sample_add_flow(sample);

		flow->process = (struct process_id){ 42, i };
		flow->dst = 1;
		flow->pages = 5;
	}
	model_feed(model, sample);
	model_look(model, NULL);
	assert_int_equal(nr_rows(model), 2);
	assert_string_equal(row_of(model, 42)->comm, "?");
	model_free(model);
}

static void rows_age(void **state)
{
	static const struct make_flow flow = { 42, "db", 0, NULL, 0, 1,
					       "syscall", 100 };
	struct model *model = model_new();
	const struct model_row *row;
	uint64_t last = MODEL_ROW_AGE;

	(void)state;
	feed_flow(model, 1, &flow);
	feed_idle(model, 2, 3);
	model_look(model, NULL);
	row = row_of(model, 42);
	assert_int_equal(row->pages, 0);
	assert_int_equal(row->total_pages, 100);
	assert_int_equal(row->nr_pairs, 1);
	assert_int_equal(row->pair[0].pages, 0);
	assert_true(row->mover_is_self);
	assert_int_equal(row->trend[MODEL_TREND - 1], 0);
	assert_int_equal(row->trend[MODEL_TREND - 3], 100);
	assert_int_equal(row->trend[MODEL_TREND - 4], UNKNOWN);
	feed_idle(model, 4, last);
	model_look(model, NULL);
	assert_non_null(row_of(model, 42));
	feed_idle(model, last + 1, last + 1);
	model_look(model, NULL);
	assert_null(row_of(model, 42));
	assert_int_equal(model_totals(model).pages, 100);
	feed_flow(model, last + 2, &flow);
	model_look(model, NULL);
	assert_int_equal(row_of(model, 42)->pages, 100);
	model_free(model);
}

/* With half a trend in the past, one that was idle in between. */
static void trend(void **state)
{
	struct model *model = model_new();
	uint64_t seq;
	int i;

	(void)state;
	for (seq = 1; seq <= 40; seq++) {
		struct make_flow flow = { 42, "db", 0, NULL, 0, 1, "syscall",
					  (int64_t)seq };

		feed_flow(model, seq, seq % 5 == 0 ? &flow : NULL);
	}
	model_look(model, NULL);
	for (i = 0; i < MODEL_TREND; i++) {
		int at = 40 - MODEL_TREND + 1 + i;

		assert_int_equal(row_of(model, 42)->trend[i],
				 at % 5 ? 0 : at);
	}
	model_free(model);
}

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
	struct sample *sample = make_sample(3, 1);
	size_t i, j, nr;

	(void)state;
	for (i = 0; i < COUNT(flows); i++)
		make_flow(sample, &flows[i]);
	sample_add_up(sample);
	model_feed(model, sample);
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

static void failures(void **state)
{
	struct model *model = model_new();
	struct sample *sample = make_sample(2, 1);
	struct sample_failure *failure;

	(void)state;
	make_proc(sample, 42, "db")->failed_pages = UNKNOWN;
	make_proc(sample, 81, "kat")->failed_pages = 5;
	failure = sample_add_failure(sample);
	failure->process = (struct process_id){ 42, 42000 };
	failure->mover = (struct process_id){ 81, 81000 };
	failure->pages = 3;
	failure = sample_add_failure(sample); /* whose is not known */
	failure->mover = (struct process_id){ 81, 81000 };
	failure->pages = 5;
	model_feed(model, sample);
	model_look(model, NULL);
	assert_int_equal(nr_rows(model), 2);
	assert_int_equal(row_of(model, 42)->failed_pages, 3);
	assert_int_equal(row_of(model, 81)->failed_pages, 5);
	feed_idle(model, 2, 2);
	model_look(model, NULL);
	assert_int_equal(row_of(model, 42)->failed_pages, 0);
	sample = make_sample(2, 3);
	sample->sum.failed_pages = UNKNOWN;
	model_feed(model, sample);
	model_look(model, NULL);
	assert_int_equal(row_of(model, 42)->failed_pages, UNKNOWN);
	model_free(model);
}

static void rates(void **state)
{
	struct model *model = model_new();
	struct sample *sample;
	const struct model_rate *got;
	size_t nr, i;

	(void)state;
	for (i = 1; i <= MODEL_HISTORY + 10; i++) {
		struct make_flow flow = { 42, "db", 0, NULL, 0, 1, "syscall",
					  (int64_t)i };

		feed_flow(model, i, &flow);
	}
	model_look(model, NULL);
	got = model_rates(model, &nr);
	assert_int_equal(nr, MODEL_HISTORY);
	assert_int_equal(got[0].pages[0], 11);
	assert_int_equal(got[nr - 1].pages[0], MODEL_HISTORY + 10);
	assert_int_equal(got[nr - 1].interval_ns, 1000000000);
	assert_int_equal(got[nr - 1].pages[SAMPLE_REASON_MAX], 0);
	sample = make_sample(2, i); /* a reason without a name */
	sample_add_flow(sample)->reason = REASON_UNKNOWN;
	sample->flows[0].pages = 9;
	sample_add_up(sample);
	model_feed(model, sample);
	model_look(model, NULL);
	got = model_rates(model, &nr);
	assert_int_equal(got[nr - 1].pages[SAMPLE_REASON_MAX], 9);
	model_free(model);
}

/* Counters alone: they are nobody's, and no matrix can be had. */
static void no_flows_known(void **state)
{
	struct filter_error error;
	struct filter *filter = filter_parse("db", &error);
	const struct model_view view = { .node = NODE_UNKNOWN,
					 .filter = filter };
	struct model *model = model_new();
	struct sample *sample = make_sample(2, 1);
	const struct model_rate *got;
	size_t nr;

	(void)state;
	sample->vmstat[VMSTAT_PGMIGRATE_SUCCESS] = 77;
	model_feed(model, sample);
	model_look(model, NULL);
	got = model_rates(model, &nr);
	assert_int_equal(got[0].pages[SAMPLE_REASON_MAX], 77);
	assert_int_equal(model_matrix(model)[0], UNKNOWN);
	assert_int_equal(model_totals(model).pages, UNKNOWN);
	assert_int_equal(model_totals(model).vmstat_pages, 77);
	model_look(model, &view);
	got = model_rates(model, &nr);
	assert_int_equal(got[0].pages[SAMPLE_REASON_MAX], UNKNOWN);
	filter_free(filter);
	model_free(model);
}

/* What is fed so leaves @unexplained. */
static void totals(void **state)
{
	static const struct {
		uint64_t seq;
		int64_t pages, nonlru, hugetlb, in_flight, vmstat, unexplained;
	} rows[] = {
		{ 1, 100, 0, 0, 40, 60, 0 },
		{ 2, 10, 3, 0, 0, 53, 0 },
		{ 3, 10, 0, 0, 0, 9, 1 },
		{ 4, 5, -5, 0, 0, 0, 1 },
		/* One is missing: what was in flight before is not known. */
		{ 6, 5, 0, 0, 5, 3, 1 },
		{ 7, 0, 0, 0, 0, 5, 1 },
		{ 8, 513, 0, 511, 0, 2, 1 },
		{ 9, 0, 0, 0, UNKNOWN, 0, UNKNOWN },
	};
	struct model *model = model_new();
	struct model_totals got;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct sample *sample = make_sample(2, rows[i].seq);

		sample->sum.pages = rows[i].pages;
		sample->sum.nonlru_pages = rows[i].nonlru;
		sample->sum.hugetlb_uncounted_pages = rows[i].hugetlb;
		sample->sum.in_flight_pages = rows[i].in_flight;
		sample->vmstat[VMSTAT_PGMIGRATE_SUCCESS] = rows[i].vmstat;
		sample->lost[LOST_CALLS] = 2;
		model_feed(model, sample);
		got = model_totals(model);
		assert_int_equal(got.in_flight_pages, rows[i].in_flight);
		assert_int_equal(got.unexplained_pages, rows[i].unexplained);
	}
	assert_int_equal(got.pages, 643);
	assert_int_equal(got.vmstat_pages, 132);
	assert_int_equal(got.nonlru_pages, -2);
	assert_int_equal(got.hugetlb_uncounted_pages, 511);
	assert_int_equal(got.lost[LOST_CALLS], 16);
	assert_int_equal(got.lost[LOST_EVENTS], 0);
	model_free(model);
}

/* A recording that starts in the middle does not know what was in flight. */
static void totals_from_the_middle(void **state)
{
	struct model *model = model_new();

	(void)state;
	feed_flow(model, 500, NULL);
	assert_int_equal(model_totals(model).unexplained_pages, UNKNOWN);
	assert_int_equal(model_totals(model).pages, 0);
	feed_flow(model, 501, NULL);
	assert_int_equal(model_totals(model).unexplained_pages, 0);
	model_free(model);
}

static void bounce(void **state)
{
	static const struct {
		struct make_flow flow;
		int64_t permille;
	} rows[] = {
		{ { 1, "a", 0, NULL, 0, 0, "compaction", 1000 }, UNKNOWN },
		{ { 1, "a", 0, NULL, 0, 1, "syscall", 100 }, 0 },
		{ { 2, "b", 0, NULL, 1, 0, "syscall", 100 }, 0 },
		{ { 1, "a", 0, NULL, 1, 0, "syscall", 50 }, 400 },
		{ { 1, "a", 0, NULL, 1, 2, "syscall", 250 }, 200 },
	};
	struct model *model = model_new();
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		feed_flow(model, i + 1, &rows[i].flow);
		assert_int_equal(model_bounce_permille(model),
				 rows[i].permille);
	}
	feed_idle(model, i + 1, MODEL_HISTORY + i);
	assert_int_equal(model_bounce_permille(model), UNKNOWN);
	model_free(model);
}

static void window(void **state)
{
	struct model *model = model_new();
	size_t i;

	(void)state;
	feed_idle(model, 1, MODEL_HISTORY + 5);
	assert_int_equal(model_window_length(model), MODEL_HISTORY);
	for (i = 0; i < MODEL_HISTORY; i++)
		assert_int_equal(model_window(model, i)->seq, 6 + i);
	assert_ptr_equal(model_window(model, MODEL_HISTORY - 1),
			 model_now(model));
	model_free(model);
}

static struct sample *large_sample(uint64_t seq, int procs, int flows)
{
	struct sample *sample = make_sample(8, seq);
	int i;

	for (i = 0; i < procs; i++) {
		struct sample_proc *proc = sample_add_proc(sample);

		proc->id = (struct process_id){ 100 + i, 7 };
		proc->comm = xasprintf("worker%d", i);
		proc->cmdline = xasprintf("/usr/sbin/worker --id=%d", i);
		proc->user = xstrdup("www");
		proc->cgroup = xstrdup("/system.slice/www.service");
	}
	for (i = 0; i < flows; i++) {
		struct sample_flow *flow = sample_add_flow(sample);

		flow->process = sample->procs[i % procs].id;
		flow->mover = sample->procs[i * 7 % procs].id;
		flow->src = i / procs % 8;
		flow->dst = (i / procs + 1 + i / procs / 8) % 8;
		flow->reason =
			sample_reason(sample, i % 3 ? "syscall" : "damon");
		flow->folios = 1;
		flow->pages = 1 + i % 512;
	}
	sample_add_up(sample);
	return sample;
}

/* The window gives way, the histogram and the rows do not. */
static void memory_is_bounded(void **state)
{
	struct model *model = model_new();
	uint64_t seq;
	size_t nr;

	(void)state;
	for (seq = 1; seq <= 100; seq++)
		model_feed(model, large_sample(seq, 1000, 3000));
	model_look(model, NULL);
	assert_in_range(model_window_length(model), 2, 20);
	assert_int_equal(model_now(model)->seq, 100);
	model_rates(model, &nr);
	assert_int_equal(nr, 100);
	assert_int_equal(nr_rows(model), 1000);
	assert_int_not_equal(model_rows(model, &nr)->trend[0], UNKNOWN);
	assert_int_not_equal(model_rows(model, &nr)->trend[0], 0);
	model_free(model);
}

/* Processes that live for one interval do not pile up. */
static void short_lives(void **state)
{
	struct model *model = model_new();
	uint64_t seq;
	size_t i;

	(void)state;
	for (seq = 1; seq <= 100; seq++) {
		struct sample *sample = large_sample(seq, 2000, 2000);

		for (i = 0; i < sample->nr_procs; i++)
			sample->procs[i].id.pid += 5000 * (int64_t)seq;
		for (i = 0; i < sample->nr_flows; i++) {
			sample->flows[i].process.pid += 5000 * (int64_t)seq;
			sample->flows[i].mover.pid += 5000 * (int64_t)seq;
		}
		model_feed(model, sample);
	}
	model_look(model, NULL);
	assert_in_range(nr_rows(model), 2000, 12000);
	/* A process that is no more still takes its memory. */
	assert_in_range(model_window_length(model), 1, 3);
	model_free(model);
}

/* What is worst for sums by owner: all pages one's, all movers different. */
static void one_owner_many_movers(void **state)
{
	struct model *model = model_new();
	struct sample *sample = large_sample(1, 1, 20000);
	const struct model_row *row;
	size_t i, nr;

	(void)state;
	for (i = 0; i < sample->nr_flows; i++) {
		sample->flows[i].mover.pid = 1000 + (int64_t)i;
		sample->flows[i].pages = i == 777 ? 600 : 1;
	}
	model_feed(model, sample);
	model_look(model, NULL);
	row = model_rows(model, &nr);
	assert_int_equal(nr, 1);
	assert_int_equal(row->nr_movers, 20000);
	assert_int_equal(row->mover.pid, 1777);
	assert_int_equal(row->pages, 20599);
	model_free(model);
}

/* Counts that add up to more than there is room for stay large. */
static void huge_counts(void **state)
{
	struct model *model = model_new();
	struct sample *sample = large_sample(1, 1, 5000);
	const struct model_row *row;
	size_t i, nr;

	(void)state;
	for (i = 0; i < sample->nr_flows; i++)
		sample->flows[i].pages = INT64_C(1) << 53;
	sample_add_up(sample);
	model_feed(model, sample);
	model_look(model, &all);
	row = model_rows(model, &nr);
	assert_int_equal(row->pages, INT64_MAX);
	assert_in_range(model_bounce_permille(model), 0, 1000);
	model_free(model);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_yet),
		cmocka_unit_test(one_row),
		cmocka_unit_test(stalled_mover),
		cmocka_unit_test(largest_pairs),
		cmocka_unit_test(owners_without_process),
		cmocka_unit_test(reused_pid),
		cmocka_unit_test(rows_age),
		cmocka_unit_test(trend),
		cmocka_unit_test(filters),
		cmocka_unit_test(filters_are_anded),
		cmocka_unit_test(node_roles),
		cmocka_unit_test(orders),
		cmocka_unit_test(order_table),
		cmocka_unit_test(failures),
		cmocka_unit_test(rates),
		cmocka_unit_test(no_flows_known),
		cmocka_unit_test(totals),
		cmocka_unit_test(totals_from_the_middle),
		cmocka_unit_test(bounce),
		cmocka_unit_test(window),
		cmocka_unit_test(memory_is_bounded),
		cmocka_unit_test(short_lives),
		cmocka_unit_test(one_owner_many_movers),
		cmocka_unit_test(huge_counts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
