/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Groups of rows. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "make_crowd.h"
#include "make_model.h"
#include "xalloc.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static void sums(void **state)
{
	struct model *model = crowd_model(make_crowd(1));
	struct model_view view = view_by(GROUP_CGROUP);
	const struct model_row *row;

	(void)state;
	model_look(model, &view);
	assert_int_equal(nr_rows(model), 3);
	row = model_rows(model, &(size_t){ 0 });
	assert_string_equal(row->comm, "/db");
	assert_string_equal(row->group_name, "/db");
	assert_int_equal(row->nr_members, 2);
	assert_int_equal(row->pages, 280);
	assert_int_equal(row->folios, 280);
	assert_int_equal(row->total_pages, 280);
	assert_int_equal(row->failed_pages, 4);
	assert_int_equal(row->stall_ns, 27);
	assert_int_equal(row->trend[MODEL_TREND - 1], 280);
	assert_int_equal(row->trend[0], UNKNOWN);
	assert_string_equal(row->user, GROUP_MIXED);
	/* 0>1 is the largest of the two together, but of none of them alone */
	assert_int_equal(row->nr_pairs, 2);
	assert_int_equal(row->pair[0].src, 0);
	assert_int_equal(row->pair[0].pages, 160);
	assert_int_equal(row->pair[1].pages, 120);
	assert_string_equal(model_now(model)->reasons[row->reason],
			    "numa_misplaced");
	/* Two that moved their own pages are one mover. */
	assert_int_equal(row->nr_movers, 2);
	assert_true(row->mover_is_self);
	assert_int_equal(row->id.pid, 0);
	row = group_of(model, "/web");
	assert_int_equal(row->nr_movers, 2);
	assert_false(row->mover_is_self);
	assert_string_equal(row->mover_comm, "kat");
	assert_string_equal(row->user, "bob");
	/* It moved, but owns nothing. */
	assert_int_equal(group_of(model, "/kat")->stall_ns, 1000);
	assert_int_equal(model_total(model)->pages, 315);
	assert_int_equal(model_total(model)->stall_ns, 1027);
	view.group = GROUP_USER;
	model_look(model, &view);
	row = group_of(model, "bob");
	assert_int_equal(row->pages, 215);
	assert_string_equal(row->cgroup, GROUP_MIXED);
	assert_int_equal(model_total(model)->pages, 315);
	model_free(model);
}

static void unknowns(void **state)
{
	struct sample *sample = make_crowd(1);
	struct model_view view = view_by(GROUP_CGROUP);
	const struct model_row *row;
	struct model *model;
	size_t i, nr;

	(void)state;
	make_proc(sample, 10, "")->failed_pages = UNKNOWN;
	make_proc(sample, 11, "")->stall_ns = UNKNOWN;
	make_names(sample, 12, "bob", NULL);
	sample->flows[1].owner = OWNER_SHARED;
	sample->flows[3].owner = OWNER_UNMAPPED;
	model = crowd_model(sample);
	model_look(model, &view);
	row = group_of(model, "/db");
	assert_int_equal(row->nr_members, 3);
	assert_int_equal(row->pages, 280);
	assert_int_equal(row->failed_pages, UNKNOWN);
	assert_int_equal(row->stall_ns, UNKNOWN);
	row = group_of(model, "?");
	assert_null(row->group_name);
	assert_int_equal(row->pages, 5);
	assert_int_equal(row->failed_pages, 0);
	/* What is nobody's is in no group. */
	row = model_rows(model, &nr);
	for (i = 0; i < nr && row[i].owner != OWNER_UNMAPPED; i++)
		;
	assert_in_range(i, 0, nr - 1);
	assert_int_equal(row[i].group, GROUP_OWNER);
	assert_int_equal(row[i].pages, 30);
	assert_int_equal(model_total(model)->failed_pages, UNKNOWN);
	model_free(model);
}

static void no_flows_known(void **state)
{
	struct sample *sample = make_sample(2, 1);
	struct model_view view = view_by(GROUP_USER);
	struct model *model = model_new();

	(void)state;
	make_proc(sample, 10, "db")->stall_ns = 5;
	sample->sum.pages = UNKNOWN;
	model_feed(model, sample);
	model_look(model, &view);
	assert_int_equal(group_of(model, "mysql")->pages, UNKNOWN);
	assert_int_equal(group_of(model, "mysql")->stall_ns, 5);
	view.group = GROUP_MOVER;
	model_look(model, &view);
	assert_int_equal(group_of(model, "db")->pages, UNKNOWN);
	assert_int_equal(group_of(model, "db")->total_pages, UNKNOWN);
	assert_int_equal(group_of(model, "db")->trend[11], UNKNOWN);
	model_free(model);
}

/* A failure of @mover's. */
static void add_failure(struct sample *sample, int64_t pid, int64_t mover,
			int64_t pages)
{
	struct sample_failure *failure = sample_add_failure(sample);

	if (pid)
		failure->process = (struct process_id){ pid, pid * 1000 };
	failure->mover = (struct process_id){ mover, mover * 1000 };
	failure->reason = 0;
	failure->error = UNKNOWN;
	failure->pages = pages;
	sample->sum.failed_pages += pages;
}

static void movers(void **state)
{
	struct model_key key = { .group = GROUP_MOVER, .id = { 81, 81000 } };
	struct model_view view = view_by(GROUP_MOVER);
	struct sample *sample = make_crowd(1);
	const struct model_row *row;
	struct model *model;

	(void)state;
	add_failure(sample, 12, 81, 3);
	add_failure(sample, 0, 81, 2);
	make_proc(sample, 90, "stuck")->stall_ns = 50;
	view.expanded = &key;
	view.nr_expanded = 1;
	model = crowd_model(sample);
	model_look(model, &view);
	assert_int_equal(model_hidden(model), 0);
	row = group_of(model, "kat");
	assert_int_equal(row->id.pid, 81);
	assert_int_equal(row->pages, 150);
	assert_int_equal(row->total_pages, 150);
	assert_int_equal(row->failed_pages, 5);
	assert_int_equal(row->stall_ns, 1000);
	assert_int_equal(row->nr_members, 3);
	assert_true(row->is_expanded);
	assert_string_equal(row->user, "root");
	assert_int_equal(row[1].id.pid, 11);
	assert_int_equal(row[1].pages, 120); /* not the 60 that it moved */
	assert_int_equal(row[1].failed_pages, 0);
	assert_int_equal(row[1].stall_ns, UNKNOWN);
	assert_int_equal(row[1].total_pages, UNKNOWN);
	assert_true(row[1].is_member);
	assert_false(row[1].is_last);
	assert_int_equal(row[2].id.pid, 12);
	assert_int_equal(row[2].failed_pages, 3);
	assert_int_equal(row[3].id.pid, 81); /* nobody knows whose failed */
	assert_int_equal(row[3].failed_pages, 2);
	assert_true(row[3].is_last);
	row = group_of(model, "stuck");
	assert_int_equal(row->nr_members, 0);
	assert_int_equal(row->pages, 0);
	assert_int_equal(row->stall_ns, 50);
	assert_int_equal(model_total(model)->stall_ns, 1077);
	assert_int_equal(model_total(model)->failed_pages, 5);
	model_free(model);
}

/* Since the start, who moved long ago has a row by what it moved. */
static void movers_since(void **state)
{
	struct model_view view = view_by(GROUP_MOVER);
	struct model *model = crowd_model(make_crowd(1));
	const struct model_row *row;
	uint64_t seq;

	(void)state;
	for (seq = 2; seq < MODEL_ROW_AGE + 3; seq++) {
		struct sample *sample = make_sample(3, seq);

		sample_add_up(sample);
		model_feed(model, sample);
	}
	model_look(model, &view);
	assert_int_equal(nr_rows(model), 0);
	view.since = true;
	model_look(model, &view);
	assert_int_equal(nr_rows(model), 4);
	assert_int_equal(group_of(model, "kat")->total_pages, 150);
	row = group_of(model, "kat");
	assert_int_equal(row->nr_members, 0);
	assert_int_equal(row->pages, 0);
	assert_int_equal(row->failed_pages, 0);
	/* Nobody has kept whose they were. */
	assert_int_equal(row->total_folios, UNKNOWN);
	assert_int_equal(row->total_distance, UNKNOWN);
	assert_int_equal(row->total_failed_pages, UNKNOWN);
	assert_int_equal(row->crossed_pages, UNKNOWN);
	assert_int_equal(row->bounce_pages, UNKNOWN);
	model_free(model);
}

/* A process's own count does not say who tried. */
static void unlisted_failures(void **state)
{
	struct model_view view = view_by(GROUP_MOVER);
	struct sample *sample = make_crowd(1);
	struct model *model;

	(void)state;
	make_proc(sample, 90, "stuck")->stall_ns = 50;
	sample->sum.failed_pages = 4;
	model = crowd_model(sample);
	model_look(model, &view);
	assert_int_equal(group_of(model, "kat")->failed_pages, UNKNOWN);
	assert_int_equal(group_of(model, "stuck")->nr_members, 0);
	assert_int_equal(group_of(model, "stuck")->failed_pages, UNKNOWN);
	assert_int_equal(model_total(model)->failed_pages, UNKNOWN);
	model_free(model);
}

static void unknown_mover(void **state)
{
	struct model_view view = view_by(GROUP_MOVER);
	struct sample *sample = make_crowd(1);
	const struct model_row *row;
	struct model *model;

	(void)state;
	sample->flows[0].mover = (struct process_id){ 0, 0 };
	model = crowd_model(sample);
	model_look(model, &view);
	row = group_of(model, "[unknown]");
	assert_int_equal(row->pages, 100);
	assert_int_equal(row->stall_ns, UNKNOWN);
	assert_int_equal(row->total_pages, UNKNOWN);
	assert_int_equal(model_total(model)->pages, 315);
	model_free(model);
}

static void expand(void **state)
{
	struct model_key keys[] = {
		{ .group = GROUP_CGROUP, .name = "/db" },
		{ .group = GROUP_CGROUP, .name = "/gone" },
		{ .group = GROUP_USER, .name = "bob" },
	};
	struct model_view view = view_by(GROUP_CGROUP);
	struct model *model = crowd_model(make_crowd(1));
	const struct model_row *row;
	size_t nr;

	(void)state;
	view.expanded = keys;
	view.nr_expanded = COUNT(keys);
	view.order = ORDER_PID;
	model_look(model, &view);
	row = model_rows(model, &nr);
	assert_int_equal(nr, 5);
	row = group_of(model, "/db");
	assert_int_equal(row[1].id.pid, 10);
	assert_int_equal(row[2].id.pid, 11);
	assert_false(row[3].is_member);
	assert_int_equal(model_total(model)->pages, 315);
	view.order = ORDER_RATE; /* members by what groups are sorted by */
	model_look(model, &view);
	assert_int_equal(group_of(model, "/db")[1].id.pid, 11);
	view.reverse = true;
	model_look(model, &view);
	assert_int_equal(group_of(model, "/db")[1].id.pid, 10);
	assert_string_equal(model_rows(model, &nr)[nr - 3].comm, "/db");
	view.group = GROUP_OWNER;
	model_look(model, &view);
	assert_int_equal(nr_rows(model), 4);
	model_free(model);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sums),
		cmocka_unit_test(unknowns),
		cmocka_unit_test(no_flows_known),
		cmocka_unit_test(movers),
		cmocka_unit_test(movers_since),
		cmocka_unit_test(unlisted_failures),
		cmocka_unit_test(unknown_mover),
		cmocka_unit_test(expand),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
