/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The log: its ring, calls in progress, and which lines a view shows. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "make_sample.h"
#include "model.h"
#include "xalloc.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* A call of thread @tid of katalyst (812) for mysqld (4242). */
struct call_row {
	uint64_t seq;
	int64_t tid;
	enum sample_call call;
	enum sample_phase phase;
	int64_t duration_s; /* UNKNOWN: entry missed */
};

static void feed_call(struct model *model, const struct call_row *row)
{
	struct sample *sample = make_sample(2, row->seq);
	struct sample_proc caller, target;
	struct sample_event *event;

	make_proc(sample, 812, "katalyst")->cmdline = xstrdup("k --all-nodes");
	caller = *make_proc(sample, 812, "katalyst");
	make_proc(sample, 4242, "mysqld")->cmdline = xstrdup("m --datadir /x");
	target = *make_proc(sample, 4242, "mysqld");
	event = make_call(sample, &caller, &target);
	event->call = row->call;
	event->effective.value[2] = xstrdup("2-3");
	event->phase = row->phase;
	event->tid = row->tid;
	event->duration_ns = row->duration_s == UNKNOWN ?
				     UNKNOWN :
				     row->duration_s * 1000000000;
	if (row->phase == PHASE_RUNNING)
		event->ret = UNKNOWN;
	sample_add_up(sample);
	model_feed(model, sample);
}

static void feed_idle(struct model *model, uint64_t from, uint64_t to)
{
	for (; from <= to; from++)
		model_feed(model, make_sample(2, from));
}

static const char *running(struct model *model)
{
	const struct model_row *rows;
	size_t nr;

	model_look(model, NULL);
	rows = model_rows(model, &nr);
	assert_int_equal(nr, 1);
	assert_int_equal(rows->id.pid, 4242);
	return rows->running;
}

static void one_line(void **state)
{
	static const struct call_row row = { 1, 812, CALL_MIGRATE_PAGES,
					     PHASE_DONE, 1 };
	struct model *model = model_new();
	const struct model_log_line *line;

	(void)state;
	feed_call(model, &row);
	model_look(model, NULL);
	assert_int_equal(model_log_length(model), 1);
	line = model_log(model, 0);
	assert_string_equal(line->caller_comm, "katalyst");
	assert_string_equal(line->target_comm, "mysqld");
	assert_string_equal(line->event.effective.value[2], "2-3");
	assert_null(line->event.effective.value[1]);
	assert_int_equal(line->event.ret, 17);
	assert_null(running(model));
	/* It outlives its sample and its processes. */
	feed_idle(model, 2, MODEL_HISTORY + 5);
	model_look(model, NULL);
	assert_int_equal(model_log_length(model), 1);
	line = model_log(model, 0);
	assert_string_equal(line->caller_comm, "katalyst");
	assert_string_equal(line->event.effective.value[2], "2-3");
	model_free(model);
}

/* Two calls each: how many lines, and of what phases, they make. */
static void calls_in_progress(void **state)
{
	static const struct {
		struct call_row first, second;
		size_t lines;
		enum sample_phase phase[2];
	} rows[] = {
		/* The usual case. */
		{ { 2, 812, CALL_MBIND, PHASE_RUNNING, 1 },
		  { 4, 812, CALL_MBIND, PHASE_DONE, 3 }, 1, { PHASE_DONE } },
		/* Still running. */
		{ { 2, 812, CALL_MBIND, PHASE_RUNNING, 1 },
		  { 3, 812, CALL_MBIND, PHASE_RUNNING, 2 },
		  1, { PHASE_RUNNING } },
		/* Its entry was missed. */
		{ { 2, 812, CALL_MBIND, PHASE_RUNNING, UNKNOWN },
		  { 3, 812, CALL_MBIND, PHASE_DONE, UNKNOWN },
		  1, { PHASE_DONE } },
		/* Another thread. */
		{ { 2, 812, CALL_MBIND, PHASE_RUNNING, 1 },
		  { 3, 813, CALL_MBIND, PHASE_DONE, 2 },
		  2, { PHASE_RUNNING, PHASE_DONE } },
		/* Another call: the end of the first was missed. */
		{ { 2, 812, CALL_MBIND, PHASE_RUNNING, 1 },
		  { 3, 812, CALL_MOVE_PAGES, PHASE_DONE, 2 },
		  2, { PHASE_RUNNING, PHASE_DONE } },
		/* The same call again, begun later. */
		{ { 2, 812, CALL_MBIND, PHASE_RUNNING, 1 },
		  { 5, 812, CALL_MBIND, PHASE_DONE, 1 },
		  2, { PHASE_RUNNING, PHASE_DONE } },
		/* Two that are done are two. */
		{ { 2, 812, CALL_MBIND, PHASE_DONE, 1 },
		  { 4, 812, CALL_MBIND, PHASE_DONE, 3 },
		  2, { PHASE_DONE, PHASE_DONE } },
	};
	size_t i, j;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct model *model = model_new();

		feed_call(model, &rows[i].first);
		feed_call(model, &rows[i].second);
		model_look(model, NULL);
		if (model_log_length(model) != rows[i].lines)
			fail_msg("row %zu: %zu lines", i,
				 model_log_length(model));
		for (j = 0; j < rows[i].lines; j++)
			assert_int_equal(model_log(model, j)->event.phase,
					 rows[i].phase[j]);
		model_free(model);
	}
}

static void row_is_running(void **state)
{
	struct call_row row = { 1, 812, CALL_MIGRATE_PAGES, PHASE_RUNNING, 1 };
	struct model *model = model_new();
	struct sample *query;

	(void)state;
	feed_call(model, &row);
	assert_string_equal(running(model), "migrate_pages");
	row.seq = 2;
	row.duration_s = 2;
	feed_call(model, &row);
	assert_string_equal(running(model), "migrate_pages");
	row.seq = 3;
	row.duration_s = 3;
	row.phase = PHASE_DONE;
	feed_call(model, &row);
	assert_null(running(model));
	/* One that nobody mentions any more. */
	row.phase = PHASE_RUNNING;
	row.seq = 4;
	feed_call(model, &row);
	feed_idle(model, 5, 6);
	assert_null(running(model));
	/* A call that only asks makes no row. */
	query = make_sample(2, 7);
	make_call(query, make_proc(query, 5, "x"), make_proc(query, 5, "x"))
		->marks = MARK_QUERY;
	model_feed(model, query);
	assert_null(running(model));
	model_free(model);
}

/* Nor does it with a filter that it matches; nothing else is hidden then. */
static void asking_makes_no_row(void **state)
{
	struct filter_error error;
	struct filter *filter = filter_parse("call=migrate_pages", &error);
	const struct model_view view = { .node = NODE_UNKNOWN,
					 .filter = filter };
	struct model *model = model_new();
	struct sample *query = make_sample(2, 1);
	size_t nr;

	(void)state;
	make_call(query, make_proc(query, 5, "x"), make_proc(query, 5, "x"))
		->marks = MARK_QUERY;
	model_feed(model, query);
	model_look(model, &view);
	model_rows(model, &nr);
	assert_int_equal(nr, 0);
	assert_int_equal(model_hidden(model), 0);
	assert_int_equal(model_log_length(model), 1);
	model_free(model);
	filter_free(filter);
}

/* More lines than the ring holds, with one that still runs falling out. */
static void ring(void **state)
{
	struct call_row row = { 1, 1, CALL_MBIND, PHASE_RUNNING, 0 };
	struct model *model = model_new();
	const int per_sample = 500, samples = 25;
	int i, j;

	(void)state;
	feed_call(model, &row);
	for (i = 0; i < samples; i++) {
		struct sample *sample = make_sample(2, 2);
		struct sample_proc proc = *make_proc(sample, 812, "katalyst");

		for (j = 0; j < per_sample; j++)
			make_call(sample, &proc, &proc)->ret =
				i * per_sample + j;
		model_feed(model, sample);
	}
	row.phase = PHASE_DONE;
	row.seq = 3;
	row.duration_s = 2;
	feed_call(model, &row);
	model_look(model, NULL);
	assert_int_equal(model_log_length(model), MODEL_LOG);
	assert_int_equal(model_log(model, MODEL_LOG - 1)->event.call,
			 CALL_MBIND);
	for (i = 0; i < MODEL_LOG - 1; i++)
		assert_int_equal(model_log(model, (size_t)i)->event.ret,
				 samples * per_sample - MODEL_LOG + 1 + i);
	model_free(model);
}

static void filters(void **state)
{
	static const struct {
		const char *text;
		size_t lines;
		size_t rows;
	} rows[] = {
		{ "", 3, 1 },
		{ "pid=812", 3, 0 },
		{ "pid=4242", 3, 1 },
		{ "comm=mysqld", 3, 1 },
		{ "katalyst", 3, 0 },
		{ "--all-nodes", 3, 0 },
		{ "--datadir", 3, 1 },
		{ "call=mbind", 1, 1 },
		{ "call~pages$", 2, 1 },
		{ "reason=syscall", 2, 1 },
		{ "reason=mempolicy_mbind", 1, 1 },
		{ "cgroup~mysqld user=mysql", 3, 1 },
		{ "mover=812", 3, 1 },
		{ "pid=1", 0, 0 },
		{ "src=0", 0, 0 },
	};
	struct model *model = model_new();
	struct call_row row = { 1, 1, CALL_MBIND, PHASE_DONE, 1 };
	size_t i, nr;

	(void)state;
	for (i = 0; i < 3; i++) {
		row.call = (enum sample_call)i;
		feed_call(model, &row);
	}
	for (i = 0; i < COUNT(rows); i++) {
		struct filter_error error;
		struct filter *filter = filter_parse(rows[i].text, &error);
		struct model_view view = { .node = NODE_UNKNOWN };

		assert_non_null(filter);
		view.filter = filter;
		model_look(model, &view);
		model_rows(model, &nr);
		if (model_log_length(model) != rows[i].lines ||
		    nr != rows[i].rows)
			fail_msg("%s: %zu lines, %zu rows", rows[i].text,
				 model_log_length(model), nr);
		if (rows[i].lines == 1)
			assert_int_equal(model_log(model, 0)->event.call,
					 CALL_MBIND);
		filter_free(filter);
	}
	model_free(model);
}

/* A node restricts flows; the log says nothing of them. */
static void node_leaves_log(void **state)
{
	static const struct call_row row = { 1, 1, CALL_MBIND, PHASE_DONE, 1 };
	const struct model_view view = { .node = 1 };
	struct model *model = model_new();

	(void)state;
	feed_call(model, &row);
	model_look(model, &view);
	assert_int_equal(model_log_length(model), 1);
	model_free(model);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_line),
		cmocka_unit_test(calls_in_progress),
		cmocka_unit_test(row_is_running),
		cmocka_unit_test(asking_makes_no_row),
		cmocka_unit_test(ring),
		cmocka_unit_test(filters),
		cmocka_unit_test(node_leaves_log),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
