/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What adds up in the model: failures, rates, totals, bounce, the window. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "make_model.h"
#include "stack.h"
#include "xalloc.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static const struct model_view all = { .node = NODE_UNKNOWN };

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

/* Stacks are most of what a call takes: no less than their parts. */
static void stacks_are_counted(void **state)
{
	struct sample *sample = make_sample(2, 1);
	struct sample_event *event = sample_add_event(sample);
	size_t before = model_sample_bytes(sample), least = 0, i;
	struct sample_frame *frame;

	(void)state;
	event->stack = xcalloc(1, sizeof(*event->stack));
	for (i = 0; i < STACK_FRAMES_MAX; i++) {
		stack_add_kernel(event->stack, xstrdup("kernel+0x1f"));
		frame = stack_add_user(event->stack);
		frame->build_id = xstrdup("0123456789012345678901234567890123"
					  "456789");
		frame->file = xstrdup("/usr/bin/mysqld");
		frame->symbol = xstrdup("main+0x1f");
		least += sizeof(char *) + 12 + sizeof(*frame) + 41 + 16 + 10;
	}
	assert_true(model_sample_bytes(sample) >= before + least);
	sample_free(sample);
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(failures),
		cmocka_unit_test(rates),
		cmocka_unit_test(no_flows_known),
		cmocka_unit_test(totals),
		cmocka_unit_test(totals_from_the_middle),
		cmocka_unit_test(bounce),
		cmocka_unit_test(window),
		cmocka_unit_test(stacks_are_counted),
		cmocka_unit_test(memory_is_bounded),
		cmocka_unit_test(huge_counts),
		cmocka_unit_test(short_lives),
		cmocka_unit_test(one_owner_many_movers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
