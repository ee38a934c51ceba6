/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the model tells of one row alone. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "make_model.h"
#include "model_details.h"
#include "xalloc.h"

#define COUNT(array) (sizeof(array) / sizeof(array[0]))

static const struct details_subject db = { OWNER_PROCESS, { 42, 42000 } };

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

/* Reasons and who did it; what moved others' pages is told apart. */
static void reasons_and_peers(void **state)
{
	static const struct make_flow flows[] = {
		{ 42, "db", 0, NULL, 0, 1, "numa_misplaced", 100 },
		{ 42, "db", 81, "kat", 0, 1, "syscall", 300 },
		{ 42, "db", 81, "kat", 1, 0, "syscall", 50 },
		{ 43, "no", 42, "db", 2, 1, "syscall", 7 },
	};
	struct model *model = model_new();
	const struct details_peers *peers;
	struct model_details *details;

	(void)state;
	feed_flows(model, 1, flows, COUNT(flows));
	feed_flows(model, 2, flows, COUNT(flows));
	details = model_details_new(model, db);
	assert_int_equal(details->pages, 450);
	assert_int_equal(details->window_pages, 900);
	assert_int_equal(details->total_pages, 900);
	assert_int_equal(details->crossed_pages, 900);
	/* 800 went there, 100 came back; all 11 beyond a node's own 10. */
	assert_int_equal(details->bounce_pages, 200);
	assert_int_equal(details->distance, 900 * 11);
	assert_int_equal(details->nr_reasons, 2);
	assert_string_equal(details->reasons[0].name, "syscall");
	assert_int_equal(details->reasons[0].window, 700);
	assert_int_equal(details->reasons[0].now, 350);
	assert_int_equal(details->reasons[1].window, 200);
	peers = &details->peers[DETAILS_MOVERS];
	assert_int_equal(peers->nr, 3);
	assert_int_equal(peers->peer[0].id.pid, 81);
	assert_string_equal(peers->peer[0].comm, "kat");
	assert_string_equal(peers->peer[0].reason, "syscall");
	assert_int_equal(peers->peer[0].dst, 1);
	assert_int_equal(peers->peer[0].window, 600);
	assert_true(peers->peer[1].is_self);
	assert_int_equal(peers->peer[2].src, 1);
	peers = &details->peers[DETAILS_OWNERS];
	assert_int_equal(peers->nr, 1);
	assert_int_equal(peers->peer[0].id.pid, 43);
	assert_int_equal(peers->peer[0].now, 7);
	assert_int_equal(peers->peer[0].window, 14);
	model_details_free(details);
	model_free(model);
}

/* The largest stay; of the others the number and the pages. */
static void many_peers(void **state)
{
	struct model *model = model_new();
	struct sample *sample = make_sample(2, 1);
	struct model_details *details;
	const struct details_peers *peers;
	int i;

	(void)state;
	for (i = 0; i < DETAILS_PEERS_MAX + 3; i++) {
		struct make_flow flow = { 42, "db", 100 + i, "kat", 0, 1,
					  "syscall", 1000 - i };

		make_flow(sample, &flow);
	}
	sample_add_up(sample);
	model_feed(model, sample);
	details = model_details_new(model, db);
	peers = &details->peers[DETAILS_MOVERS];
	assert_int_equal(peers->nr, DETAILS_PEERS_MAX);
	assert_int_equal(peers->peer[0].window, 1000);
	assert_int_equal(peers->nr_others, 3);
	assert_int_equal(peers->others_window, 900 + 899 + 898);
	model_details_free(details);
	model_free(model);
}

static void failures_and_stall(void **state)
{
	struct model *model = model_new();
	struct model_details *details;
	int seq;

	(void)state;
	for (seq = 1; seq <= 2; seq++) {
		struct sample *sample = make_sample(2, (uint64_t)seq);
		struct sample_proc *proc = make_proc(sample, 42, "db");
		struct sample_failure *failure;

		proc->stall_ns = 3 * INT64_C(1000000000);
		proc->failed_pages = 12;
		failure = sample_add_failure(sample);
		*failure = (struct sample_failure){
			db.id, db.id, sample_reason(sample, "syscall"), 12,
			10,
		};
		failure = sample_add_failure(sample);
		*failure = (struct sample_failure){ db.id, db.id,
						    REASON_UNKNOWN, UNKNOWN,
						    2 };
		failure = sample_add_failure(sample);
		*failure = (struct sample_failure){ { 43, 43000 }, db.id, 0,
						    12, 99 };
		sample_add_up(sample);
		model_feed(model, sample);
	}
	details = model_details_new(model, db);
	assert_int_equal(details->failed_pages, 12);
	assert_int_equal(details->stall_ns, 3000000000);
	assert_int_equal(details->window_stall_ns, 6000000000);
	assert_int_equal(details->nr_failures, 2);
	assert_string_equal(details->failures[0].reason, "syscall");
	assert_int_equal(details->failures[0].error, 12);
	assert_int_equal(details->failures[0].now, 10);
	assert_int_equal(details->failures[0].window, 20);
	assert_null(details->failures[1].reason);
	assert_int_equal(details->failures[1].error, UNKNOWN);
	model_details_free(details);
	model_free(model);
}

/* In progress first, then the newest; those of others not at all. */
static void calls(void **state)
{
	struct model *model = model_new();
	struct sample *sample = make_sample(2, 1);
	const struct sample_proc *proc, *other, *kat;
	struct sample_event *event;
	struct model_details *details;

	(void)state;
	make_proc(sample, 42, "db");
	make_proc(sample, 43, "no");
	make_proc(sample, 81, "kat");
	proc = sample_find_proc(sample, db.id);
	other = sample_find_proc(sample, (struct process_id){ 43, 43000 });
	kat = sample_find_proc(sample, (struct process_id){ 81, 81000 });
	event = make_call(sample, kat, proc);
	event->phase = PHASE_RUNNING;
	event->ret = UNKNOWN;
	event->error = UNKNOWN;
	event->tid = 900;
	make_call(sample, kat, other);
	make_call(sample, proc, other);
	sample_add_up(sample);
	model_feed(model, sample);
	details = model_details_new(model, db);
	assert_int_equal(details->all_calls, 2);
	assert_int_equal(details->nr_calls, 2);
	assert_true(details->calls[0].is_running);
	assert_false(details->calls[1].is_running);
	/* That which has ended, by itself. */
	assert_int_equal(details->latency.count, 1);
	assert_int_equal(details->latency.max.ns, 1460000000);
	model_details_free(details);
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
		cmocka_unit_test(reasons_and_peers),
		cmocka_unit_test(many_peers),
		cmocka_unit_test(failures_and_stall),
		cmocka_unit_test(calls),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
