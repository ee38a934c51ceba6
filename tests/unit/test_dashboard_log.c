/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The log by keys: its place, search, jumps, calls in progress, one call. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dashboard.h"
#include "make_sample.h"
#include "make_screen.h"

static void must_show(const struct screen *screen, const char *text)
{
	if (!shows(screen, text))
	{
		fputs(screen->text, stderr);
		fail_msg("no '%s'", text);
	}
}

/* The style of the @n-th cell at which @text begins, or -1. */
static int style_of(const struct screen *screen, const char *text, int n)
{
	size_t length = strlen(text);
	int row, col;
	size_t i;

	for (row = 0; row < canvas_rows(screen->canvas); row++)
		for (col = 0; col + (int)length < canvas_cols(screen->canvas);
		     col++) {
			for (i = 0; i < length; i++)
				if (canvas_at(screen->canvas, row, col +
					      (int)i)->text[0] != text[i])
					break;
			if (i == length && !n--)
				return canvas_at(screen->canvas, row,
						 col)->style;
		}
	return -1;
}

/* Calls of katalyst for mysqld with the numbers @from up to @to, all in one. */
static void feed_calls(struct screen *screen, int from, int to)
{
	struct sample *sample = make_sample(2, ++screen->seq);
	struct sample_proc caller, target;
	struct make_flow flow = { 4242, "mysqld", 812, "katalyst", 0, 1,
				  "syscall", 10 };

	make_flow(sample, &flow);
	flow = (struct make_flow){ 7, "redis", 0, NULL, 0, 1, "compaction", 3 };
	make_flow(sample, &flow);
	caller = *make_proc(sample, 812, "katalyst");
	target = *make_proc(sample, 4242, "mysqld");
	for (; from < to; from++) {
		struct sample_event *event =
			make_call(sample, &caller, &target);

		event->phase = PHASE_DONE;
		event->ret = from;
		event->tid = 812;
	}
	sample_add_up(sample);
	model_feed(screen->model, sample);
	dashboard_update(screen->dashboard, 0);
}

/* One of a thread that is alone with it. */
static void feed_call(struct screen *screen, enum sample_phase phase)
{
	struct sample *sample = make_sample(2, ++screen->seq);
	struct sample_proc caller, target;
	struct sample_event *event;

	caller = *make_proc(sample, 99, "longmover");
	target = *make_proc(sample, 7, "redis");
	event = make_call(sample, &caller, &target);
	event->phase = phase;
	event->tid = 99;
	event->ret = phase == PHASE_DONE ? 5 : UNKNOWN;
	event->duration_ns = (int64_t)screen->seq * 1000000000;
	sample_add_up(sample);
	model_feed(screen->model, sample);
	dashboard_update(screen->dashboard, 0);
}

/* Lines come, and old ones leave; what is looked at stays. */
static void place_stays(void **state)
{
	struct screen screen = screen_new(NULL, 24, 80);

	(void)state;
	feed_calls(&screen, 1, MODEL_LOG + 1);
	screen_keys(&screen, "7<PgUp><PgUp>kk");
	must_show(&screen, "= 9962 not");
	must_show(&screen, "UTC, 9962 of 10000, G follows");
	feed_calls(&screen, 20001, 25001);
	screen_draw(&screen);
	must_show(&screen, "= 9962 not");
	must_show(&screen, "UTC, 4962 of 10000, G follows");
	/* All of it has left: the oldest there are. */
	feed_calls(&screen, 30001, 40001);
	screen_draw(&screen);
	must_show(&screen, "= 30001 no");
	must_show(&screen, "UTC, 1 of 10000, G follows");
	screen_keys(&screen, "G");
	must_show(&screen, "UTC, 10000 calls");
	feed_calls(&screen, 50001, 50002);
	screen_draw(&screen);
	must_show(&screen, "= 50001 no");
	screen_free(&screen);
}

/* Keys on a log of 1 to 40, and what they must show. */
static const struct search_row {
	const char *keys;
	const char *shown[3];
	const char *hidden;
} search_rows[] = {
	{ "7/", { "Search:", "capitals count" }, "Filter" },
	{ "/", { "Filter:" }, "Search" },
	{ "7\\", { "Filter:" }, "Search" },
	{ "7/= 1 ", { "1 of 40, G follows", "Search: = 1" }, "not found" },
	{ "7/= 3", { "39 of 40" }, "not found" },
	{ "7/= 3<BS>", { "40 of 40" }, "not found" },
	{ "7/= 3<Enter>", { "39 of 40", "h Help" }, "Search" },
	{ "7/= 3<Esc>", { "40 calls", "h Help" }, "39 of 40" },
	{ "7kkk/= 3<Esc>", { "37 of 40" }, "= 3<" },
	{ "7/= 3<Enter><C-p>", { "38 of 40" }, "went on" },
	{ "7/= 3<Enter><C-p><C-n>", { "39 of 40" }, "went on" },
	{ "7/= 3<Enter><C-n>", { "3 of 40", "went on from the oldest line" },
	  "39 of 40" },
	{ "7/= 3<Enter><C-n><C-p>", { "39 of 40", "on from the newest line" },
	  NULL },
	{ "7/= 99", { "Search: = 99", "not found" }, "39 of" },
	{ "7/= 99<Enter>", { "not found: = 99", "40 calls" }, "Search" },
	{ "7/= 99<Enter><C-n>", { "not found: = 99" }, NULL },
	{ "7/KATALYST<Enter>", { "not found: KATALYST" }, NULL },
	{ "7/katalyst<Enter>", { "40 of 40" }, "not found" },
	{ "7/0-1 -> 2<Enter>", { "40 of 40" }, "not found" },
	{ "7/13:00<Enter>", { "40 of 40" }, "not found" },
	{ "7/= 3<Enter>/<Enter><C-n>", { "no search yet" }, NULL },
	{ "<C-n>", { "no search yet: / in the log" }, NULL },
	{ "7/= 3<Enter>/= 7<Esc><C-p>", { "38 of 40" }, NULL },
};

static void searches(void **state)
{
	const struct search_row *row;
	struct screen screen;
	size_t i, j;

	(void)state;
	for (i = 0; i < sizeof(search_rows) / sizeof(*search_rows); i++) {
		row = &search_rows[i];
		screen = screen_new(NULL, 24, 80);
		feed_calls(&screen, 1, 41);
		screen_keys(&screen, row->keys);
		for (j = 0; j < 3 && row->shown[j]; j++)
			if (!shows(&screen, row->shown[j]))
				fail_msg("keys '%s' do not show '%s':\n%s",
					 row->keys, row->shown[j],
					 screen.text);
		if (row->hidden && shows(&screen, row->hidden))
			fail_msg("keys '%s' show '%s':\n%s", row->keys,
				 row->hidden, screen.text);
		screen_free(&screen);
	}
}

/* What is found is marked, on the selected line and sideways, too. */
static void matches_are_marked(void **state)
{
	struct screen screen = screen_new(NULL, 24, 60);

	(void)state;
	feed_calls(&screen, 1, 6);
	screen_keys(&screen, "7/mysqld");
	assert_int_equal(style_of(&screen, "mysqld", 0), STYLE_MATCH);
	assert_int_equal(style_of(&screen, "mysqld", 4), STYLE_MATCH);
	assert_int_equal(style_of(&screen, "katalyst", 0), STYLE_NORMAL);
	screen_keys(&screen, "<Enter>/:00:0");
	assert_int_equal(style_of(&screen, ":00:0", 0), STYLE_MATCH);
	screen_keys(&screen, "<Enter>/not mo");
	must_show(&screen, "= 5 not mo");
	assert_int_equal(style_of(&screen, "not mo", 0), STYLE_MATCH);
	screen_keys(&screen, "<Esc>");
	assert_int_equal(style_of(&screen, "katalyst", 0), STYLE_NORMAL);
	canvas_set_unicode(screen.canvas, false);
	screen_keys(&screen, "<C-u>/1 -> 2<Enter>");
	assert_int_equal(style_of(&screen, "1 -> 2", 0), STYLE_MATCH);
	screen_free(&screen);
}

static void jumps(void **state)
{
	struct screen screen = screen_new(NULL, 34, 120);

	(void)state;
	feed_calls(&screen, 1, 41);
	/* The first process is mysqld, for whom all lines are. */
	screen_keys(&screen, "L");
	must_show(&screen, "UTC, 40 of 40, G follows");
	screen_keys(&screen, "kkL");
	must_show(&screen, "1 of 2");
	assert_int_equal(style_of(&screen, "mysqld", 0), STYLE_SELECTED);
	screen_keys(&screen, "L");
	must_show(&screen, "UTC, 38 of 40");
	/* Not the jump before, but the newest. */
	screen_keys(&screen, "<Tab>gjgL");
	must_show(&screen, "UTC, 40 of 40");
	screen_keys(&screen, "L<Tab>Gj");
	screen_keys(&screen, "<S-Tab>jL");
	must_show(&screen, "no call by or for redis in the log");
	screen_keys(&screen, "7L");
	must_show(&screen, "4 Processes");
	must_show(&screen, "1 of 2");
	screen_free(&screen);
}

static void nothing_to_jump_to(void **state)
{
	struct screen screen = screen_new(NULL, 34, 120);

	(void)state;
	screen_keys(&screen, "L");
	must_show(&screen, "there is no process to jump from");
	screen_keys(&screen, "7L<Enter>");
	screen_keys(&screen, "L");
	must_show(&screen, "the log has no line to jump from");
	screen_free(&screen);
}

/* A running call stays in view, and turns done where it is. */
static void running_stays(void **state)
{
	struct screen screen = screen_new(NULL, 24, 80);
	int i;

	(void)state;
	feed_call(&screen, PHASE_RUNNING);
	screen_keys(&screen, "");
	must_show(&screen, "│*13:00:01");
	must_show(&screen, "1 call, 1 running");
	for (i = 1; i < 6; i++) {
		feed_calls(&screen, i * 10, i * 10 + 9);
		feed_call(&screen, PHASE_RUNNING);
	}
	screen_draw(&screen);
	must_show(&screen, "│↑13:00:11.204 longmover[99]");
	must_show(&screen, "running 11 s");
	must_show(&screen, "= 58 not");
	must_show(&screen, "46 calls, 1 running");
	screen_keys(&screen, "7g");
	must_show(&screen, "│*13:00:11.204 longmover[99]");
	feed_call(&screen, PHASE_DONE);
	screen_draw(&screen);
	must_show(&screen, "│ 13:00:12.204 longmover[99]");
	must_show(&screen, "= 5 not moved");
	must_show(&screen, "1 of 46, G follows");
	screen_free(&screen);
}

static void call_in_full(void **state)
{
	struct screen screen = screen_new(NULL, 34, 120);

	(void)state;
	feed_call(&screen, PHASE_RUNNING);
	screen_keys(&screen, "7<Enter>");
	must_show(&screen, "Call  (q closes)");
	must_show(&screen, "caller     longmover, pid 99");
	must_show(&screen, "none yet: it runs");
	feed_call(&screen, PHASE_DONE);
	screen_draw(&screen);
	must_show(&screen, "result     5: so many pages could not be moved");
	feed_calls(&screen, 0, MODEL_LOG);
	screen_draw(&screen);
	must_show(&screen, "this call has left the log");
	screen_keys(&screen, "q");
	must_show(&screen, "7 Log");
	assert_false(shows(&screen, "this call has left the log"));
	screen_free(&screen);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(place_stays),
		cmocka_unit_test(searches),
		cmocka_unit_test(matches_are_marked),
		cmocka_unit_test(jumps),
		cmocka_unit_test(nothing_to_jump_to),
		cmocka_unit_test(running_stays),
		cmocka_unit_test(call_in_full),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
