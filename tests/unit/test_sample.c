/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A sample's lists, lookups and sums. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "sample.h"
#include "xalloc.h"

static void new_is_unknown(void **state)
{
	struct sample *sample = sample_new();
	int i;

	(void)state;
	assert_int_equal(sample->interval_ns, UNKNOWN);
	assert_int_equal(sample->sum.pages, UNKNOWN);
	assert_int_equal(sample->sum.in_flight_pages, UNKNOWN);
	assert_int_equal(sample->demotion, UNKNOWN);
	for (i = 0; i < VMSTAT_COUNT; i++)
		assert_int_equal(sample->vmstat[i], UNKNOWN);
	for (i = 0; i < LOST_COUNT; i++)
		assert_int_equal(sample->lost[i], UNKNOWN);
	sample_free(sample);
	sample_free(NULL);
}

static void lists_grow(void **state)
{
	struct sample *sample = sample_new();
	int i;

	(void)state;
	for (i = 0; i < 1000; i++) {
		sample_add_flow(sample)->pages = i;
		sample_add_proc(sample)->comm = xasprintf("proc%d", i);
		assert_int_equal(sample_add_failure(sample)->pages, 0);
		assert_int_equal(sample_add_latency(sample)->count, 0);
		sample_add_event(sample)->args.value[0] = xstrdup("1");
	}
	assert_int_equal(sample->nr_flows, 1000);
	assert_int_equal(sample->nr_events, 1000);
	for (i = 0; i < 1000; i++)
		assert_int_equal(sample->flows[i].pages, i);
	assert_string_equal(sample->procs[999].comm, "proc999");
	assert_null(sample->procs[999].cmdline);
	sample_free(sample);
}

static void names_are_complete(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < VMSTAT_COUNT; i++)
		assert_non_null(sample_vmstat_name[i]);
	for (i = 0; i < LOST_COUNT; i++)
		assert_non_null(sample_lost_name[i]);
	for (i = 0; i < PROBE_COUNT; i++)
		assert_non_null(sample_probe_name[i]);
	for (i = 0; i < OWNER_COUNT; i++)
		assert_non_null(sample_owner_name[i]);
	for (i = 0; i < SCOPE_COUNT; i++)
		assert_non_null(sample_scope_name[i]);
	for (i = 0; i < MARK_COUNT; i++)
		assert_non_null(sample_mark_name[i]);
	for (i = 1; i < ABI_COUNT; i++)
		assert_non_null(sample_abi_name[i]);
	for (i = 1; i < NOTHING_COUNT; i++)
		assert_non_null(sample_nothing_name[i]);
}

static void set_sparse_nodes(struct sample *sample)
{
	static const int ids[] = { 0, 2, 5, 1023 };
	int i;

	sample_set_nodes(sample, 4);
	for (i = 0; i < 4; i++)
		sample->nodes[i].id = ids[i];
}

static void node_index(void **state)
{
	static const struct {
		int id, index;
	} rows[] = {
		{ 0, 0 },  { 2, 1 },  { 5, 2 },	   { 1023, 3 },
		{ 1, -1 }, { 4, -1 }, { 1024, -1 }, { NODE_UNKNOWN, -1 },
	};
	struct sample *sample = sample_new();
	size_t i;

	(void)state;
	assert_int_equal(sample_node_index(sample, 0), -1);
	set_sparse_nodes(sample);
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(sample_node_index(sample, rows[i].id),
				 rows[i].index);
	assert_int_equal(sample->distance[15], 0);
	sample_set_nodes(sample, 1);
	assert_int_equal(sample->nr_nodes, 1);
	sample_free(sample);
}

static void reasons(void **state)
{
	struct sample *sample = sample_new();
	char name[24];
	int i;

	(void)state;
	assert_int_equal(sample_reason(sample, NULL), REASON_UNKNOWN);
	for (i = 0; i < SAMPLE_REASON_MAX; i++) {
		snprintf(name, sizeof(name), "reason%d", i);
		assert_int_equal(sample_reason(sample, name), i);
	}
	assert_int_equal(sample_reason(sample, "one more"), REASON_UNKNOWN);
	assert_int_equal(sample_reason(sample, "reason7"), 7);
	assert_int_equal(sample->nr_reasons, SAMPLE_REASON_MAX);
	sample_free(sample);
}

static void find_proc(void **state)
{
	struct sample *sample = sample_new();
	struct process_id id = { 7, 100 };

	(void)state;
	sample_add_proc(sample)->id = (struct process_id){ 7, 99 };
	assert_null(sample_find_proc(sample, id));
	sample_add_proc(sample)->id = id;
	assert_ptr_equal(sample_find_proc(sample, id), &sample->procs[1]);
	sample_free(sample);
}

static void add_flow(struct sample *sample, int src, int dst, int64_t pages)
{
	struct sample_flow *flow = sample_add_flow(sample);

	flow->src = src;
	flow->dst = dst;
	flow->pages = pages;
	flow->folios = 1;
}

static void add_up(void **state)
{
	struct sample *sample = sample_new();

	(void)state;
	set_sparse_nodes(sample);
	add_flow(sample, 0, 2, 512);
	add_flow(sample, 2, 0, 3);
	add_flow(sample, 5, 5, 40);
	add_flow(sample, 0, 77, 1000); /* to a node that is not listed */
	sample_add_up(sample);
	assert_int_equal(sample->sum.pages, 1555);
	assert_int_equal(sample->sum.folios, 4);
	assert_int_equal(sample->sum.intra_pages, 40);
	assert_int_equal(sample->nodes[0].out_pages, 1512);
	assert_int_equal(sample->nodes[0].in_pages, 3);
	assert_int_equal(sample->nodes[1].in_pages, 512);
	assert_int_equal(sample->nodes[1].out_pages, 3);
	assert_int_equal(sample->nodes[2].intra_pages, 40);
	assert_int_equal(sample->nodes[2].in_pages, 0);
	assert_int_equal(sample->nodes[3].in_pages, 0);
	/* Twice is not double. */
	sample_add_up(sample);
	assert_int_equal(sample->sum.pages, 1555);
	sample_free(sample);
}

static void add_up_unknown(void **state)
{
	struct sample *sample = sample_new();

	(void)state;
	set_sparse_nodes(sample);
	add_flow(sample, 0, 2, 512);
	add_flow(sample, NODE_UNKNOWN, NODE_UNKNOWN, 8);
	sample_add_up(sample);
	assert_int_equal(sample->sum.pages, 520);
	assert_int_equal(sample->sum.intra_pages, UNKNOWN);
	assert_int_equal(sample->nodes[0].out_pages, UNKNOWN);
	assert_int_equal(sample->nodes[3].in_pages, UNKNOWN);
	sample->flows[0].pages = UNKNOWN;
	sample_add_up(sample);
	assert_int_equal(sample->sum.pages, UNKNOWN);
	sample_free(sample);
}

static void counts_add(void **state)
{
	static const struct {
		int64_t a, b, sum;
	} rows[] = {
		{ 1, 2, 3 },
		{ UNKNOWN, 2, UNKNOWN },
		{ 0, UNKNOWN, UNKNOWN },
		{ INT64_MAX, 1, INT64_MAX },
		{ -3, 2, -1 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(count_add(rows[i].a, rows[i].b), rows[i].sum);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(new_is_unknown),
		cmocka_unit_test(lists_grow),
		cmocka_unit_test(names_are_complete),
		cmocka_unit_test(node_index),
		cmocka_unit_test(reasons),
		cmocka_unit_test(find_proc),
		cmocka_unit_test(add_up),
		cmocka_unit_test(add_up_unknown),
		cmocka_unit_test(counts_add),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
