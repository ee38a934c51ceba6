/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Counts since the start or a zero; bounce and distance of each process. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "make_model.h"
#include "model_details.h"

static const struct model_view since = {
	.node = NODE_UNKNOWN,
	.since = true,
};

static const struct make_flow db = { 42,  "db",	     0, NULL, 0, 1,
				     "syscall", 100 };
static const struct make_flow back = { 42,  "db",	     0, NULL, 1, 0,
				       "syscall", 30 };
static const struct make_flow web = { 43,  "web",	    0, NULL, 0, 2,
				      "numa_misplaced", 7 };

/* Longer than any window: nothing is forgotten, and old rows come back. */
static void outlives_window(void **state)
{
	struct model *model = model_new();
	uint64_t seq = 1, last = 3 * MODEL_HISTORY;

	(void)state;
	feed_flow(model, seq++, &web);
	while (seq <= last)
		feed_flow(model, seq++, &db);
	model_look(model, NULL);
	assert_null(row_of(model, 43));
	model_look(model, &since);
	assert_int_equal(row_of(model, 43)->total_pages, 7);
	assert_int_equal(row_of(model, 43)->pages, 0);
	assert_int_equal(row_of(model, 43)->total_folios, 7);
	assert_int_equal(row_of(model, 42)->total_pages,
			 100 * ((int64_t)last - 1));
	assert_int_equal(model_since_flow(model, 0, 2), 7);
	assert_int_equal(model_since_flow(model, 0, 1),
			 100 * ((int64_t)last - 1));
	assert_int_equal(model_since_flow(model, 1, 0), 0);
	assert_int_equal(model_since_node(model, 2)->in_pages, 7);
	assert_int_equal(model_since_node(model, 0)->out_pages,
			 100 * ((int64_t)last - 1) + 7);
	assert_int_equal(model_since(model)->pages,
			 100 * ((int64_t)last - 1) + 7);
	assert_false(model_since(model)->is_zeroed);
	assert_int_equal(model_since(model)->dropped, 0);
	model_free(model);
}

static void zero(void **state)
{
	struct model *model = model_new();
	struct sample *sample;

	(void)state;
	model_zero(model); /* before anything came */
	assert_false(model_since(model)->is_zeroed);
	feed_flow(model, 1, &db);
	sample = feed_flow(model, 2, &web);
	model_zero(model);
	assert_true(model_since(model)->is_zeroed);
	assert_int_equal(model_since(model)->time.tv_sec,
			 sample->time.tv_sec);
	model_look(model, &since);
	assert_int_equal(model_since(model)->pages, 0);
	assert_int_equal(model_since_flow(model, 0, 1), 0);
	assert_int_equal(row_of(model, 42)->total_pages, 0);
	assert_int_equal(row_of(model, 42)->total_folios, 0);
	feed_flow(model, 3, &db);
	model_look(model, &since);
	assert_int_equal(model_since(model)->pages, 100);
	assert_int_equal(row_of(model, 42)->total_pages, 100);
	assert_int_equal(row_of(model, 43)->total_pages, 0);
	assert_int_equal(model_totals(model).pages, 207);
	assert_int_equal(model_since(model)->interval_ns,
			 model_now(model)->interval_ns);
	model_free(model);
}

/* Failures and stalls of one interval each; then one that tells of neither. */
static void failures(void **state)
{
	struct model *model = model_new();
	struct sample *sample = make_sample(3, 1);
	struct sample_proc *proc;

	(void)state;
	make_flow(sample, &db);
	proc = make_proc(sample, 42, "db");
	proc->failed_pages = 5;
	proc->stall_ns = 11;
	sample->sum.failed_pages = 5;
	sample->sum.stall_ns = 11;
	sample_add_up(sample);
	model_feed(model, sample);
	feed_flow(model, 2, NULL);
	feed_flow(model, 3, &web);
	model_look(model, &since);
	assert_int_equal(row_of(model, 42)->failed_pages, 0);
	assert_int_equal(row_of(model, 42)->total_failed_pages, 5);
	assert_int_equal(row_of(model, 42)->total_stall_ns, 11);
	assert_int_equal(row_of(model, 43)->total_failed_pages, 0);
	assert_int_equal(model_since(model)->failed_pages, 5);
	sample = make_sample(3, 4);
	sample->sum.failed_pages = UNKNOWN;
	model_feed(model, sample);
	feed_flow(model, 5, &web);
	model_look(model, &since);
	assert_int_equal(row_of(model, 42)->total_failed_pages, UNKNOWN);
	assert_int_equal(row_of(model, 43)->total_failed_pages, UNKNOWN);
	assert_int_equal(row_of(model, 42)->total_stall_ns, 11);
	assert_int_equal(model_since(model)->failed_pages, UNKNOWN);
	model_zero(model);
	model_look(model, &since);
	assert_int_equal(row_of(model, 42)->total_failed_pages, 0);
	model_free(model);
}

/* An interval without any hook: since then nobody knows. */
static void unseen(void **state)
{
	struct model *model = model_new();
	struct sample *sample = make_sample(3, 2);

	(void)state;
	feed_flow(model, 1, &db);
	sample->sum.pages = UNKNOWN;
	model_feed(model, sample);
	feed_flow(model, 3, &db);
	model_look(model, &since);
	assert_int_equal(row_of(model, 42)->pages, 100);
	assert_int_equal(row_of(model, 42)->total_pages, UNKNOWN);
	assert_int_equal(row_of(model, 42)->total_distance, UNKNOWN);
	assert_int_equal(model_since_flow(model, 0, 1), UNKNOWN);
	assert_int_equal(model_since(model)->pages, UNKNOWN);
	model_free(model);
}

/* Node 1 goes, node 9 comes, and the reverse: all keep their counts. */
static void nodes_change(void **state)
{
	struct model *model = model_new();
	struct sample *sample;

	(void)state;
	feed_flow(model, 1, &db);
	feed_flow(model, 2, &web);
	sample = make_sample(3, 3);
	sample->nodes[1].id = 2;
	sample->nodes[2].id = 9;
	sample_add_up(sample);
	model_feed(model, sample);
	assert_int_equal(model_since_flow(model, 0, 1), 7);
	assert_int_equal(model_since_flow(model, 0, 2), 0);
	assert_int_equal(model_since_node(model, 1)->in_pages, 7);
	assert_int_equal(model_since_node(model, 0)->out_pages, 107);
	/* Node 1 is back, with what it had. */
	feed_flow(model, 4, &back);
	assert_int_equal(model_since_flow(model, 0, 1), 100);
	assert_int_equal(model_since_flow(model, 1, 0), 30);
	assert_int_equal(model_since_node(model, 1)->in_pages, 100);
	assert_int_equal(model_since_node(model, 1)->out_pages, 30);
	assert_int_equal(model_since_node(model, 2)->in_pages, 7);
	model_free(model);
}

/* Crowds of processes: the sums stay, who was dropped is not known again. */
static void dropped(void **state)
{
	struct model *model = model_new();
	uint64_t seq = 1;
	int64_t pid, nr = 6000, first = 100;

	(void)state;
	for (pid = first; pid < first + nr; pid++) {
		struct make_flow flow = { pid, "job", 0, NULL, 0, 1,
					  "syscall", 3 };

		feed_flow(model, seq++, &flow);
	}
	assert_int_equal(model_since(model)->pages, 3 * nr);
	assert_int_equal(model_since_flow(model, 0, 1), 3 * nr);
	assert_true(model_since(model)->dropped > 0);
	feed_flow(model, seq++, &(struct make_flow){ first, "job", 0, NULL, 0, 1,
						"syscall", 3 });
	model_look(model, &since);
	assert_int_equal(row_of(model, first)->pages, 3);
	assert_int_equal(row_of(model, first)->total_pages, UNKNOWN);
	assert_int_equal(row_of(model, first + nr - 1)->total_pages, 3);
	model_zero(model);
	feed_flow(model, seq++, &(struct make_flow){ first, "job", 0, NULL, 0, 1,
						"syscall", 3 });
	model_look(model, &since);
	assert_int_equal(row_of(model, first)->total_pages, 3);
	model_free(model);
}

/* Only as many as there is no room for, and those without counts first. */
static void dropped_no_more(void **state)
{
	struct model *model = model_new();
	struct sample *sample = NULL;
	int64_t pid, old = 4000, new = 200;

	(void)state;
	for (pid = 1; pid <= old; pid++) {
		struct make_flow flow = { pid, "job", 0, NULL, 0, 1,
					  "syscall", 3 };

		if (!sample)
			sample = make_sample(3, (uint64_t)pid);
		make_flow(sample, &flow);
		if (pid % 500)
			continue;
		model_feed(model, sample);
		sample = NULL;
	}
	feed_idle(model, 9, 8 + MODEL_HISTORY);
	assert_int_equal(model_since(model)->dropped, 0);
	sample = make_sample(3, 9 + MODEL_HISTORY);
	for (pid = 1; pid <= new; pid++)
		make_flow(sample, &(struct make_flow){
			old + pid, "job", 0, NULL, 0, 1, "syscall", 3 });
	model_feed(model, sample);
	assert_int_equal(model_since(model)->dropped, old + new - 4096);
	model_look(model, &since);
	assert_int_equal(nr_rows(model), 4096);
	model_free(model);
}

static const struct model_row *shared_row(const struct model *model)
{
	size_t i, nr;
	const struct model_row *rows = model_rows(model, &nr);

	for (i = 0; i < nr; i++)
		if (rows[i].owner == OWNER_SHARED)
			return &rows[i];
	return NULL;
}

/* Pages that a process shares have its name as long as they are counted. */
static void shared_outlive_window(void **state)
{
	static const struct make_flow flow = { 42, "db", 81, "kat", 0, 1,
					       "syscall", 100 };
	struct model *model = model_new();
	struct sample *sample = make_sample(3, 1);

	(void)state;
	make_flow(sample, &flow);
	sample->flows[0].owner = OWNER_SHARED;
	model_feed(model, sample);
	feed_idle(model, 2, MODEL_HISTORY + MODEL_ROW_AGE);
	model_look(model, &since);
	assert_non_null(shared_row(model));
	assert_string_equal(shared_row(model)->comm, "db");
	assert_string_equal(shared_row(model)->user, "mysql");
	assert_int_equal(shared_row(model)->total_pages, 100);
	model_zero(model);
	feed_idle(model, MODEL_HISTORY + MODEL_ROW_AGE + 1,
		  2 * MODEL_HISTORY);
	model_look(model, &since);
	assert_null(shared_row(model));
	model_free(model);
}

/* 100 there, 30 back: 60 of 130 went to and fro; of the other, none. */
static void bounce(void **state)
{
	struct model *model = model_new();

	(void)state;
	feed_flow(model, 1, &db);
	feed_flow(model, 2, &back);
	feed_flow(model, 3, &web);
	model_look(model, NULL);
	assert_int_equal(row_of(model, 42)->crossed_pages, 130);
	assert_int_equal(row_of(model, 42)->bounce_pages, 60);
	assert_int_equal(row_of(model, 43)->crossed_pages, 7);
	assert_int_equal(row_of(model, 43)->bounce_pages, 0);
	assert_int_equal(model_bounce_permille(model), 60 * 1000 / 137);
	model_free(model);
}

/* What came back later than the window is long did not bounce. */
static void bounce_window(void **state)
{
	static const struct details_subject subject = { OWNER_PROCESS,
							{ 42, 42000 } };
	struct model_details *details;
	struct model *model = model_new();
	struct make_flow lost = db;

	(void)state;
	feed_flow(model, 1, &db);
	feed_idle(model, 2, MODEL_ROW_AGE);
	feed_flow(model, MODEL_ROW_AGE + 1, &back);
	model_look(model, NULL);
	assert_int_equal(row_of(model, 42)->crossed_pages, 30);
	assert_int_equal(row_of(model, 42)->bounce_pages, 0);
	assert_int_equal(model_bounce_permille(model), 0);
	/* From where is not known: it may have been either. */
	lost.src = NODE_UNKNOWN;
	feed_flow(model, MODEL_ROW_AGE + 2, &lost);
	model_look(model, NULL);
	assert_int_equal(row_of(model, 42)->crossed_pages, UNKNOWN);
	assert_int_equal(row_of(model, 42)->bounce_pages, UNKNOWN);
	assert_int_equal(model_bounce_permille(model), UNKNOWN);
	details = model_details_new(model, subject);
	assert_int_equal(details->crossed_pages, UNKNOWN);
	assert_int_equal(details->bounce_pages, UNKNOWN);
	model_details_free(details);
	model_free(model);
}

/* Unmapped pages are nobody's: whether they are the same is not known. */
static void bounce_of_nobody(void **state)
{
	struct model *model = model_new();
	struct sample *sample = make_sample(2, 1);
	const struct model_row *row;
	size_t nr;
	int i;

	(void)state;
	for (i = 0; i < 2; i++) {
		struct sample_flow *flow = sample_add_flow(sample);

		flow->owner = OWNER_UNMAPPED;
		flow->src = i;
		flow->dst = !i;
		flow->pages = 5;
	}
	model_feed(model, sample);
	model_look(model, NULL);
	row = model_rows(model, &nr);
	assert_int_equal(row->crossed_pages, 10);
	assert_int_equal(row->bounce_pages, UNKNOWN);
	assert_int_equal(model_bounce_permille(model), 0);
	model_free(model);
}

static void distance(void **state)
{
	struct model *model = model_new();
	struct sample *sample = make_sample(3, 1);

	(void)state;
	sample->distance[0 * 3 + 1] = 21;
	sample->distance[0 * 3 + 2] = 0; /* not told */
	make_flow(sample, &db);
	sample_add_up(sample);
	model_feed(model, sample);
	model_look(model, &since);
	assert_int_equal(row_of(model, 42)->distance, 1100);
	assert_int_equal(row_of(model, 42)->total_distance, 1100);
	assert_int_equal(model_distance(model), 1100);
	sample = make_sample(3, 2);
	sample->distance[0 * 3 + 2] = 0;
	make_flow(sample, &web);
	sample_add_up(sample);
	model_feed(model, sample);
	model_look(model, &since);
	assert_int_equal(row_of(model, 42)->distance, 0);
	assert_int_equal(row_of(model, 42)->total_distance, 1100);
	assert_int_equal(row_of(model, 43)->distance, UNKNOWN);
	assert_int_equal(row_of(model, 43)->total_distance, UNKNOWN);
	assert_int_equal(model_distance(model), UNKNOWN);
	assert_int_equal(model_since(model)->distance, UNKNOWN);
	model_zero(model);
	feed_flow(model, 3, &(struct make_flow){ 42, "db", 0, NULL, 1, 1,
					    "compaction", 9 });
	assert_int_equal(model_distance(model), 0);
	assert_int_equal(model_since(model)->distance, 0);
	model_free(model);
}

/* The largest pairs of all rows, and each row's part of them. */
static void top_pairs(void **state)
{
	static const struct make_flow flows[] = {
		{ 42, "db", 0, NULL, 0, 1, "syscall", 10 },
		{ 42, "db", 0, NULL, 1, 0, "syscall", 20 },
		{ 43, "web", 0, NULL, 1, 0, "syscall", 5 },
		{ 43, "web", 0, NULL, 2, 0, "syscall", 1 },
		{ 43, "web", 0, NULL, 2, 2, "compaction", 900 },
		{ 43, "web", 0, NULL, 2, 1, "syscall", 8 },
		{ 43, "web", 0, NULL, 0, 2, "syscall", 9 },
	};
	struct model_view view = { .node = NODE_UNKNOWN, .top_pairs = true };
	struct model *model = model_new();
	struct sample *sample = make_sample(3, 1);
	const struct model_pair *pairs;
	size_t i;
	int nr;

	(void)state;
	for (i = 0; i < sizeof(flows) / sizeof(flows[0]); i++)
		make_flow(sample, &flows[i]);
	sample_add_up(sample);
	model_feed(model, sample);
	model_look(model, NULL);
	model_top_pairs(model, &nr);
	assert_int_equal(nr, 0);
	model_look(model, &view);
	pairs = model_top_pairs(model, &nr);
	assert_int_equal(nr, MODEL_ROW_FLOWS);
	assert_int_equal(pairs[0].src * 10 + pairs[0].dst, 1);
	assert_int_equal(pairs[1].src * 10 + pairs[1].dst, 2);
	assert_int_equal(pairs[2].src * 10 + pairs[2].dst, 10);
	assert_int_equal(pairs[3].src * 10 + pairs[3].dst, 21);
	assert_int_equal(row_of(model, 42)->flow[0], 10);
	assert_int_equal(row_of(model, 42)->flow[2], 20);
	assert_int_equal(row_of(model, 42)->flow[3], 0);
	assert_int_equal(row_of(model, 43)->flow[2], 5);
	model_free(model);
}

/* An interval that tells no nodes, or nothing: its part is not 0. */
static void top_pairs_unseen(void **state)
{
	struct model_view view = { .node = NODE_UNKNOWN, .top_pairs = true };
	struct make_flow flow = { 42, "db", 0, NULL, NODE_UNKNOWN,
				  NODE_UNKNOWN, "syscall", 5 };
	struct model *model = model_new();
	struct sample *sample;
	int i, nr;

	(void)state;
	feed_flow(model, 1, &db);
	for (i = 0; i < 2; i++) {
		sample = make_sample(3, (uint64_t)i + 2);
		if (i)
			make_flow(sample, &flow);
		else
			sample->sum.pages = UNKNOWN;
		model_feed(model, sample);
		model_look(model, &view);
		assert_int_equal(model_top_pairs(model, &nr)->pages, UNKNOWN);
		assert_int_equal(nr, 1);
		assert_int_equal(row_of(model, 42)->flow[0], UNKNOWN);
	}
	/* Nor where those of some are told. */
	sample = make_sample(3, 4);
	make_flow(sample, &db);
	make_flow(sample, &flow);
	model_feed(model, sample);
	model_look(model, &view);
	assert_int_equal(model_top_pairs(model, &nr)->pages, UNKNOWN);
	assert_int_equal(row_of(model, 42)->flow[0], UNKNOWN);
	assert_int_equal(model_matrix(model)[1], UNKNOWN);
	view.group = GROUP_MOVER;
	model_look(model, &view);
	assert_int_equal(model_total(model)->flow[0], UNKNOWN);
	model_free(model);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(outlives_window), cmocka_unit_test(zero),
		cmocka_unit_test(failures), cmocka_unit_test(unseen),
		cmocka_unit_test(nodes_change), cmocka_unit_test(dropped),
		cmocka_unit_test(dropped_no_more),
		cmocka_unit_test(shared_outlive_window),
		cmocka_unit_test(bounce), cmocka_unit_test(bounce_window),
		cmocka_unit_test(bounce_of_nobody),
		cmocka_unit_test(distance), cmocka_unit_test(top_pairs),
		cmocka_unit_test(top_pairs_unseen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
