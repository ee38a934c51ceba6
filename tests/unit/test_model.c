/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a model makes of samples: the rows. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "make_model.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

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
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
