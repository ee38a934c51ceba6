/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Idle rows, and what a view restricts to by name. */
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

static void idle(void **state)
{
	struct model_key key = { .group = GROUP_CGROUP, .name = "/db" };
	struct model *model = crowd_model(make_crowd(1));
	struct model_view view = view_by(GROUP_OWNER);
	struct sample *sample = make_sample(3, 2);

	(void)state;
	view.hide_idle = true;
	view.expanded = &key;
	view.nr_expanded = 1;
	model_look(model, &view);
	assert_int_equal(model_hidden_idle(model), 0);
	assert_int_equal(nr_rows(model), 4);
	make_flow(sample, &crowd_flows[0]);
	make_names(sample, 10, "ann", "/db");
	sample_add_up(sample);
	model_feed(model, sample);
	model_look(model, &view);
	assert_int_equal(nr_rows(model), 1);
	assert_int_equal(model_hidden_idle(model), 3);
	assert_int_equal(model_hidden(model), 0);
	assert_int_equal(model_total(model)->total_pages, 415);
	view.group = GROUP_CGROUP;
	model_look(model, &view);
	/* The group, its only busy member; not the other, not two groups. */
	assert_int_equal(nr_rows(model), 2);
	assert_int_equal(model_hidden_idle(model), 3);
	assert_int_equal(group_of(model, "/db")->nr_members, 2);
	assert_int_equal(group_of(model, "/db")->total_pages, 380);
	view.group = GROUP_MOVER;
	model_look(model, &view);
	assert_int_equal(nr_rows(model), 1);
	assert_int_equal(group_of(model, "db")->id.pid, 10);
	model_free(model);
}

/* What is not known cannot be called idle. */
static void unknown_is_not_idle(void **state)
{
	struct model_view view = view_by(GROUP_OWNER);
	struct sample *sample = make_sample(2, 1);
	struct model *model = model_new();

	(void)state;
	make_proc(sample, 10, "db")->stall_ns = 5;
	sample_add_up(sample);
	model_feed(model, sample);
	sample = make_sample(2, 2);
	sample->sum.pages = UNKNOWN;
	model_feed(model, sample);
	view.hide_idle = true;
	model_look(model, &view);
	assert_int_equal(nr_rows(model), 1);
	model_free(model);
}

struct restriction {
	const char *user;
	const char *reason;
	struct model_key only; /* with a name or an id */
	int64_t pages;
	int64_t matrix_01;
	size_t rows;
	size_t log;
};

static void check_restriction(struct model *model,
			      const struct restriction *want)
{
	struct model_view view = view_by(GROUP_OWNER);
	size_t nr;
	int64_t rate = 0;
	int i;

	view.user = want->user;
	view.reason = want->reason;
	if (want->only.name || want->only.id.pid)
		view.only = &want->only;
	model_look(model, &view);
	assert_int_equal(nr_rows(model), want->rows);
	assert_int_equal(model_hidden(model), 4 - want->rows);
	assert_int_equal(model_total(model)->pages, want->pages);
	assert_int_equal(model_matrix(model)[1], want->matrix_01);
	assert_int_equal(model_log_length(model), want->log);
	for (i = 0; i <= SAMPLE_REASON_MAX; i++)
		rate += model_rates(model, &nr)[0].pages[i];
	assert_int_equal(rate, want->pages);
}

static void restrictions(void **state)
{
	static const struct restriction rows[] = {
		{ NULL, NULL, { 0 }, 315, 160, 4, 1 },
		{ "bob", NULL, { 0 }, 215, 60, 2, 1 },
		{ "ann", NULL, { 0 }, 100, 100, 1, 0 },
		{ "", NULL, { 0 }, 0, 0, 0, 0 },
		{ "nobody", NULL, { 0 }, 0, 0, 0, 0 },
		{ NULL, "syscall", { 0 }, 150, 0, 2, 1 },
		{ NULL, "numa_misplaced", { 0 }, 165, 160, 3, 0 },
		{ NULL, "demotion", { 0 }, 0, 0, 0, 0 },
		{ "bob", "numa_misplaced", { 0 }, 65, 60, 2, 0 },
		{ NULL, NULL, { .id = { 11, 11000 } }, 180, 60, 1, 1 },
		{ NULL, NULL, { .id = { 11, 11001 } }, 0, 0, 0, 0 },
		{ NULL, NULL, { .group = GROUP_MOVER, .id = { 81, 81000 } },
		  150, 0, 2, 1 },
		{ NULL, NULL, { .group = GROUP_CGROUP, .name = "/db" },
		  280, 160, 2, 1 },
		{ NULL, NULL, { .group = GROUP_USER, .name = "bob" },
		  215, 60, 2, 1 },
		{ "ann", NULL, { .group = GROUP_MOVER, .id = { 81, 81000 } },
		  0, 0, 0, 0 },
	};
	struct sample *sample = make_crowd(1);
	struct sample_proc caller = *make_proc(sample, 81, "");
	struct sample_proc target = *make_proc(sample, 11, "");
	struct model *model;
	size_t i;

	(void)state;
	make_call(sample, &caller, &target);
	model = crowd_model(sample);
	for (i = 0; i < COUNT(rows); i++) {
		print_message("restriction %zu\n", i);
		check_restriction(model, &rows[i]);
	}
	model_free(model);
}

/* A process is shown with what it shares, and nobody's pages alone. */
static void only_kinds(void **state)
{
	struct model_key key = { .owner = OWNER_UNMAPPED };
	struct model_view view = view_by(GROUP_OWNER);
	struct sample *sample = make_crowd(1);
	struct model *model;

	(void)state;
	sample->flows[1].owner = OWNER_SHARED;
	sample->flows[3].owner = OWNER_UNMAPPED;
	model = crowd_model(sample);
	view.only = &key;
	model_look(model, &view);
	assert_int_equal(nr_rows(model), 1);
	assert_int_equal(model_total(model)->pages, 30);
	key.owner = OWNER_SHARED;
	key.id = (struct process_id){ 11, 11000 };
	model_look(model, &view);
	assert_int_equal(nr_rows(model), 2);
	assert_int_equal(model_total(model)->pages, 180);
	model_free(model);
}

static void choices(void **state)
{
	struct model_view view = view_by(GROUP_OWNER);
	struct sample *sample = make_crowd(1);
	struct model_choice *list;
	struct model *model;
	size_t nr;

	(void)state;
	make_names(sample, 10, NULL, "/db");
	model = crowd_model(sample);
	view.user = "bob"; /* does not restrict the choice of a user */
	model_look(model, &view);
	list = model_choices(model, &view, CHOICE_USER, &nr);
	assert_int_equal(nr, 3);
	assert_string_equal(list[0].name, "bob");
	assert_int_equal(list[0].pages, 215);
	assert_string_equal(list[1].name, "");
	assert_int_equal(list[1].pages, 100);
	assert_string_equal(list[2].name, "root");
	assert_int_equal(list[2].pages, 0);
	free(list);
	list = model_choices(model, &view, CHOICE_REASON, &nr);
	assert_int_equal(nr, 2);
	assert_string_equal(list[0].name, "syscall");
	assert_int_equal(list[0].pages, 150);
	assert_int_equal(list[1].pages, 65);
	free(list);
	/* What was looked at before is as it was. */
	assert_int_equal(nr_rows(model), 2);
	model_free(model);
	model = model_new();
	free(model_choices(model, &view, CHOICE_USER, &nr));
	assert_int_equal(nr, 0);
	model_free(model);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(idle),
		cmocka_unit_test(unknown_is_not_idle),
		cmocka_unit_test(restrictions),
		cmocka_unit_test(only_kinds),
		cmocka_unit_test(choices),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
