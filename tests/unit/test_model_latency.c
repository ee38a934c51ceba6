/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "make_sample.h"
#include "model_latency.h"
#include "xalloc.h"

/* A row of one bucket, with @max ns the longest. */
struct row {
	enum sample_scope scope;
	const char *reason;
	int bucket;
	int64_t count;
	int64_t max;
};

static struct sample *sample_of(uint64_t seq)
{
	struct sample *sample = make_sample(2, seq);

	free(sample->probe[PROBE_CALLS]);
	free(sample->probe[PROBE_LATENCY]);
	sample->probe[PROBE_CALLS] = xstrdup("kprobe");
	sample->probe[PROBE_LATENCY] = xstrdup("kprobe");
	return sample;
}

static void add(struct sample *sample, const struct row *row)
{
	int reason = sample_reason(sample, row->reason);
	struct sample_latency *latency = sample_add_latency(sample);

	*latency = (struct sample_latency){
		.scope = row->scope,
		.process.start_us = UNKNOWN,
		.reason = reason,
		.count = row->count,
		.sum_ns = row->bucket < 62 ? row->count << row->bucket :
					     INT64_MAX,
		.max_ns = row->max,
	};
	latency->log2_ns[row->bucket] = row->count;
}

/* What a window of one sample of @rows, ended by a count of 0, gives. */
static struct model_latency latency_of(const struct row *rows)
{
	struct sample *sample = sample_of(1);
	struct model *model = model_new();
	struct model_latency latency;

	for (; rows->count; rows++)
		add(sample, rows);
	model_feed(model, sample);
	model_latency(model, SCOPE_CALL, &latency);
	model_free(model);
	return latency;
}

static void assert_bound(struct model_duration duration, int64_t ns)
{
	assert_int_equal(duration.ns, ns);
	assert_false(duration.exact);
}

static void assert_exact(struct model_duration duration, int64_t ns)
{
	assert_int_equal(duration.ns, ns);
	assert_true(duration.exact);
}

static void test_nothing_fed(void **state)
{
	struct model *model = model_new();
	struct model_latency latency;

	(void)state;
	model_latency(model, SCOPE_CALL, &latency);
	assert_int_equal(latency.count, UNKNOWN);
	assert_int_equal(latency.window_ns, UNKNOWN);
	assert_int_equal(latency.max.ns, UNKNOWN);
	model_free(model);
}

static void test_none_is_not_unknown(void **state)
{
	struct model_latency latency =
		latency_of((const struct row[]){ { .count = 0 } });

	(void)state;
	assert_int_equal(latency.count, 0);
	assert_int_equal(latency.window_ns, 1000000000);
	assert_int_equal(latency.p50.ns, UNKNOWN);
	assert_int_equal(latency.p99.ns, UNKNOWN);
	assert_int_equal(latency.max.ns, UNKNOWN);
}

/* Without hooks of the calls only the batches are known. */
static void test_unknown_scope(void **state)
{
	struct sample *sample = sample_of(1);
	struct model *model = model_new();
	struct model_latency latency;

	(void)state;
	free(sample->probe[PROBE_CALLS]);
	sample->probe[PROBE_CALLS] = NULL;
	model_feed(model, sample);
	model_latency(model, SCOPE_CALL, &latency);
	assert_int_equal(latency.count, UNKNOWN);
	model_latency(model, SCOPE_BATCH, &latency);
	assert_int_equal(latency.count, 0);
	model_free(model);
}

/* The 99th of 100 is in the lower bucket, that of 101 in the upper. */
static void test_percentile_at_the_edge(void **state)
{
	struct model_latency latency;

	(void)state;
	latency = latency_of((const struct row[]){
		{ SCOPE_CALL, "syscall", 10, 99, 2000 },
		{ SCOPE_CALL, "syscall", 20, 1, 1500000 },
		{ .count = 0 },
	});
	assert_bound(latency.p50, 2048);
	assert_bound(latency.p99, 2048);
	assert_exact(latency.max, 1500000);
	latency = latency_of((const struct row[]){
		{ SCOPE_CALL, "syscall", 10, 99, 2000 },
		{ SCOPE_CALL, "syscall", 20, 2, 1500000 },
		{ .count = 0 },
	});
	/* Rank 100 of 101 may be less than the longest. */
	assert_bound(latency.p99, 1500000);
}

/* An even half: the lower one's edge. */
static void test_median(void **state)
{
	struct model_latency latency = latency_of((const struct row[]){
		{ SCOPE_CALL, "syscall", 0, 5, 1 },
		{ SCOPE_CALL, "mempolicy_mbind", 40, 5, (int64_t)1 << 40 },
		{ .count = 0 },
	});

	(void)state;
	assert_bound(latency.p50, 2);
}

/* The only one is the longest, whatever the percentile. */
static void test_one_is_exact(void **state)
{
	struct model_latency latency = latency_of((const struct row[]){
		{ SCOPE_CALL, "syscall", 20, 1, 1048577 },
		{ .count = 0 },
	});

	(void)state;
	assert_exact(latency.p50, 1048577);
	assert_exact(latency.p99, 1048577);
	assert_exact(latency.max, 1048577);
}

/* Never above the longest, though its bucket goes on. */
static void test_bound_by_max(void **state)
{
	struct model_latency latency = latency_of((const struct row[]){
		{ SCOPE_CALL, "syscall", 20, 1000, 1048577 },
		{ .count = 0 },
	});

	(void)state;
	assert_bound(latency.p50, 1048577);
	assert_bound(latency.p99, 1048577);
}

/* A maximum that nobody knows is below the edge of the last bucket. */
static void test_unknown_max(void **state)
{
	struct model_latency latency = latency_of((const struct row[]){
		{ SCOPE_CALL, "syscall", 10, 3, 2000 },
		{ SCOPE_CALL, "syscall", 12, 1, UNKNOWN },
		{ .count = 0 },
	});

	(void)state;
	assert_bound(latency.max, 8192);
	assert_bound(latency.p99, 8192);
	assert_bound(latency.p50, 2048);
}

/* The last buckets have no edge that a count of ns could hold. */
static void test_highest_bucket(void **state)
{
	struct model_latency latency = latency_of((const struct row[]){
		{ SCOPE_CALL, "syscall", 63, 2, UNKNOWN },
		{ .count = 0 },
	});

	(void)state;
	assert_bound(latency.p50, INT64_MAX);
	assert_bound(latency.max, INT64_MAX);
}

/* Scopes, reasons and one process's rows are kept apart. */
static void test_what_is_added(void **state)
{
	static const struct row batch = { SCOPE_BATCH, "syscall", 9, 7, 600 };
	static const struct row call = { SCOPE_CALL, "compaction", 9, 3, 700 };
	struct sample *sample = sample_of(1);
	struct model *model = model_new();
	struct model_latency latency;
	int reason;

	(void)state;
	add(sample, &batch);
	add(sample, &call);
	add(sample, &(struct row){ SCOPE_CALL, NULL, 9, 2, 900 });
	add(sample, &(struct row){ SCOPE_CALL, NULL, 9, 100, 900 });
	sample->latency[3].process.pid = 4242;
	reason = sample_reason(sample, "compaction");
	model_feed(model, sample);
	model_latency(model, SCOPE_CALL, &latency);
	assert_int_equal(latency.count, 5);
	assert_int_equal(latency.sum_ns, 5 << 9);
	assert_int_equal(latency.log2_ns[reason][9], 3);
	assert_int_equal(latency.log2_ns[SAMPLE_REASON_MAX][9], 2);
	assert_int_equal(latency_bucket(&latency, 9), 5);
	assert_exact(latency.max, 900);
	model_free(model);
}

/* The last 60 of 100 intervals. */
static void test_window(void **state)
{
	struct model *model = model_new();
	struct model_latency latency;
	struct sample *sample;
	uint64_t i;

	(void)state;
	for (i = 1; i <= 100; i++) {
		sample = sample_of(i);
		add(sample, &(struct row){ SCOPE_CALL, "syscall", 10, 1,
					   1024 + (int64_t)i });
		add(sample, &(struct row){ SCOPE_CALL, "syscall", 30, i == 40,
					   i == 40 ? 1 << 30 : 0 });
		model_feed(model, sample);
	}
	model_latency(model, SCOPE_CALL, &latency);
	assert_int_equal(latency.count, MODEL_LATENCY_INTERVALS);
	assert_int_equal(latency.window_ns,
			 MODEL_LATENCY_INTERVALS * (int64_t)1000000000);
	assert_exact(latency.max, 1124);
	model_free(model);
}

/* A call of process 812 for 4242 that took @ns. */
static void add_call(struct sample *sample, enum sample_call call, int64_t ns)
{
	const struct sample_proc caller = *make_proc(sample, 812, "katalyst");
	const struct sample_proc target = *make_proc(sample, 4242, "mysqld");
	struct sample_event *event = make_call(sample, &caller, &target);

	event->call = call;
	event->duration_ns = ns;
}

/* Exact durations have exact percentiles. */
static void test_of_a_process(void **state)
{
	struct model *model = model_new();
	struct model_latency latency;
	struct sample *sample = sample_of(1);
	struct model_key caller = { 0 }, target = { 0 };
	int reason = sample_reason(sample, "syscall"), i;

	(void)state;
	for (i = 100; i > 0; i--)
		add_call(sample, CALL_MIGRATE_PAGES, i * 1000);
	add_call(sample, CALL_SET_MEMPOLICY, 1 << 30);
	add_call(sample, CALL_MIGRATE_PAGES, UNKNOWN);
	caller.id = sample->events[0].caller;
	target.id = sample->events[0].target;
	model_feed(model, sample);
	model_latency_of(model, &caller, &latency);
	assert_int_equal(latency.count, 100);
	assert_int_equal(latency.window_ns, UNKNOWN);
	assert_exact(latency.p50, 50000);
	assert_exact(latency.p99, 99000);
	assert_exact(latency.max, 100000);
	assert_int_equal(latency.sum_ns, 5050000);
	/* 33 us to 65 us are in [2^15, 2^16). */
	assert_int_equal(latency.log2_ns[reason][15], 33);
	model_latency_of(model, &target, &latency);
	assert_int_equal(latency.count, 100);
	target.id.pid++;
	model_latency_of(model, &target, &latency);
	assert_int_equal(latency.count, 0);
	assert_int_equal(latency.max.ns, UNKNOWN);
	model_free(model);
}

/* A group has the calls of its members; pages of nobody have none. */
static void test_of_a_group(void **state)
{
	struct model *model = model_new();
	struct sample *sample = sample_of(1);
	struct model_key mover = { .group = GROUP_MOVER };
	struct model_key user = { .group = GROUP_USER, .name = "mysql" };
	struct model_key nobody = { .group = GROUP_USER };
	struct model_key pages = { .owner = OWNER_UNMAPPED };
	struct model_latency latency;

	(void)state;
	add_call(sample, CALL_MIGRATE_PAGES, 1000);
	add_call(sample, CALL_MIGRATE_PAGES, 3000);
	/* The second is mysqld's own, for itself; katalyst's user is gone. */
	sample->events[1].caller = sample->events[1].target;
	free(sample->procs[0].user);
	sample->procs[0].user = NULL;
	mover.id = sample->events[0].caller;
	model_feed(model, sample);
	model_latency_of(model, &mover, &latency);
	assert_int_equal(latency.count, 1);
	assert_exact(latency.max, 1000);
	mover.id = sample->events[0].target;
	model_latency_of(model, &mover, &latency);
	assert_int_equal(latency.count, 1);
	assert_exact(latency.max, 3000);
	model_latency_of(model, &user, &latency);
	assert_int_equal(latency.count, 2);
	model_latency_of(model, &nobody, &latency);
	assert_int_equal(latency.count, 1);
	model_latency_of(model, &pages, &latency);
	assert_int_equal(latency.count, UNKNOWN);
	model_free(model);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nothing_fed),
		cmocka_unit_test(test_none_is_not_unknown),
		cmocka_unit_test(test_unknown_scope),
		cmocka_unit_test(test_percentile_at_the_edge),
		cmocka_unit_test(test_median),
		cmocka_unit_test(test_one_is_exact),
		cmocka_unit_test(test_bound_by_max),
		cmocka_unit_test(test_unknown_max),
		cmocka_unit_test(test_highest_bucket),
		cmocka_unit_test(test_what_is_added),
		cmocka_unit_test(test_window),
		cmocka_unit_test(test_of_a_process),
		cmocka_unit_test(test_of_a_group),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
