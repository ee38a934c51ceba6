/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the model tells of one row alone. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "make_sample.h"
#include "model_details.h"
#include "xalloc.h"

#define COUNT(array) (sizeof(array) / sizeof(array[0]))

static const struct details_subject db = { OWNER_PROCESS, { 42, 42000 } };

/* The next sample of @nr flows. */
static void feed_flows(struct model *model, uint64_t seq,
		       const struct make_flow *flows, size_t nr)
{
	struct sample *sample = make_sample(3, seq);
	size_t i;

	for (i = 0; i < nr; i++)
		make_flow(sample, &flows[i]);
	sample_add_up(sample);
	model_feed(model, sample);
}

static void unknown_subject(void **state)
{
	static const struct details_subject other = { OWNER_PROCESS,
						      { 42, 42001 } };
	static const struct make_flow flow = { 42, "db", 0, NULL, 0, 1,
					       "syscall", 100 };
	struct model *model = model_new();

	(void)state;
	assert_null(model_details_new(model, db));
	feed_flows(model, 1, &flow, 1);
	assert_null(model_details_new(model, other));
	model_details_free(NULL);
	model_free(model);
}

/* It stays as it is, whatever becomes of the model. */
static void identity(void **state)
{
	struct model *model = model_new();
	struct sample *sample = make_sample(2, 1);
	struct sample_proc *proc = make_proc(sample, 42, "db");
	struct model_details *details;

	(void)state;
	proc->cmdline = xstrdup("/usr/bin/db --all");
	proc->uid = 27;
	proc->nspid = 7;
	proc->stall_ns = 1;
	sample_add_up(sample);
	model_feed(model, sample);
	feed_flows(model, 2, NULL, 0);
	details = model_details_new(model, db);
	model_free(model);
	assert_string_equal(details->comm, "db");
	assert_string_equal(details->cmdline, "/usr/bin/db --all");
	assert_string_equal(details->user, "mysql");
	assert_null(details->vm);
	assert_int_equal(details->uid, 27);
	assert_int_equal(details->nspid, 7);
	assert_int_equal(details->intervals, 2);
	assert_int_equal(details->window_ns, 2000000000);
	assert_int_equal(details->nr_nodes, 3);
	assert_int_equal(details->nodes[2], 2);
	assert_true(details->knows_flows);
	assert_int_equal(details->nr_pairs, 0);
	model_details_free(details);
}

static void assert_pair(const struct details_pair *pair,
			const struct details_pair *expected)
{
	assert_int_equal(pair->src, expected->src);
	assert_int_equal(pair->dst, expected->dst);
	assert_int_equal(pair->now, expected->now);
	assert_int_equal(pair->window, expected->window);
	assert_int_equal(pair->total, expected->total);
}

/* Both reasons of 0 to 1 add up; another's pages do not. */
static void pairs(void **state)
{
	static const struct make_flow flows[] = {
		{ 42, "db", 0, NULL, 0, 1, "numa_misplaced", 100 },
		{ 42, "db", 81, "kat", 0, 1, "syscall", 300 },
		{ 42, "db", 81, "kat", 1, 2, "syscall", 50 },
		{ 43, "no", 42, "db", 0, 1, "syscall", 7 },
	};
	static const struct details_pair expected[] = {
		{ 0, 1, 400, 800, 800 },
		{ 1, 2, 50, 100, 100 },
	};
	struct model *model = model_new();
	struct model_details *details;
	size_t i;

	(void)state;
	feed_flows(model, 1, flows, COUNT(flows));
	feed_flows(model, 2, flows, COUNT(flows));
	details = model_details_new(model, db);
	assert_int_equal(details->nr_pairs, COUNT(expected));
	for (i = 0; i < COUNT(expected); i++)
		assert_pair(&details->pairs[i], &expected[i]);
	model_details_free(details);
	model_free(model);
}

/* What moved before the window is since the start alone. */
static void pairs_before_window(void **state)
{
	static const struct make_flow first = { 42, "db", 0, NULL, 0, 1,
						"syscall", 100 };
	static const struct make_flow later = { 42, "db", 0, NULL, 1, 0,
						"syscall", 5 };
	static const struct details_pair expected[] = {
		{ 1, 0, 5, 5 * MODEL_ROW_AGE, 5 * MODEL_ROW_AGE },
		{ 0, 1, 0, 0, 100 },
	};
	struct model *model = model_new();
	struct model_details *details;
	uint64_t seq;

	(void)state;
	feed_flows(model, 1, &first, 1);
	for (seq = 2; seq <= MODEL_ROW_AGE + 1; seq++)
		feed_flows(model, seq, &later, 1);
	details = model_details_new(model, db);
	assert_int_equal(details->intervals, MODEL_ROW_AGE);
	assert_int_equal(details->nr_pairs, 2);
	assert_pair(&details->pairs[0], &expected[0]);
	assert_pair(&details->pairs[1], &expected[1]);
	model_details_free(details);
	model_free(model);
}

/* Beyond what is kept a total is unknown, never short. */
static void too_many_pairs(void **state)
{
	struct model *model = model_new();
	struct sample *sample = make_sample(40, 1);
	struct model_details *details;
	int src, dst;
	size_t i;

	(void)state;
	make_proc(sample, 42, "db");
	for (src = 0; src < 40; src++)
		for (dst = 0; dst < 40; dst++) {
			struct sample_flow *flow = sample_add_flow(sample);

			flow->process = db.id;
			flow->src = src;
			flow->dst = dst;
			flow->reason = REASON_UNKNOWN;
			flow->pages = 1;
		}
	model_feed(model, sample);
	details = model_details_new(model, db);
	assert_int_equal(details->nr_pairs, 40 * 40);
	for (i = 0; i < details->nr_pairs; i++) {
		assert_int_equal(details->pairs[i].window, 1);
		assert_int_equal(details->pairs[i].total, UNKNOWN);
	}
	model_details_free(details);
	model_free(model);
}

/* Unknown pages have rows by who moved them, and so have their details. */
static void rows_without_process(void **state)
{
	struct model *model = model_new();
	struct sample *sample = make_sample(2, 1);
	const struct model_row *rows;
	size_t nr, i;

	(void)state;
	make_proc(sample, 81, "kat");
	for (i = 0; i < OWNER_COUNT; i++) {
		struct sample_flow *flow = sample_add_flow(sample);

		flow->owner = (enum sample_owner)i;
		if (i <= OWNER_SHARED)
			flow->process = (struct process_id){ 42, 42000 };
		flow->mover = (struct process_id){ 81, 81000 };
		flow->dst = 1;
		flow->pages = 10 + (int64_t)i;
	}
	sample_add_up(sample);
	model_feed(model, sample);
	model_look(model, NULL);
	rows = model_rows(model, &nr);
	assert_int_equal(nr, OWNER_COUNT);
	for (i = 0; i < nr; i++) {
		struct model_details *details =
			model_details_new(model, details_of_row(&rows[i]));

		assert_non_null(details);
		assert_int_equal(details->subject.owner, rows[i].owner);
		assert_string_equal(details->comm, rows[i].comm);
		assert_int_equal(details->pairs[0].window, rows[i].pages);
		model_details_free(details);
	}
	model_free(model);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(unknown_subject),
		cmocka_unit_test(identity),
		cmocka_unit_test(pairs),
		cmocka_unit_test(pairs_before_window),
		cmocka_unit_test(too_many_pairs),
		cmocka_unit_test(rows_without_process),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
