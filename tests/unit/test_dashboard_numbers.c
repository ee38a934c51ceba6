/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Numbers on the screen: known, unknown, absurd, and held against vmstat. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "column_cells.h"
#include "make_sample.h"
#include "make_screen.h"

#define SECOND INT64_C(1000000000)

/* Before there is anything to know, nothing claims to be zero. */
static void test_nothing_known(void **state)
{
	struct screen screen = screen_new(NULL, 34, 120);

	(void)state;
	screen_draw(&screen);
	assert_true(shows(&screen, "seen -  vmstat -"));
	assert_true(shows(&screen, "lost -"));
	assert_true(shows(&screen, "moved - pg/s"));
	assert_true(shows(&screen, "balancing -"));
	assert_true(shows(&screen, "waiting for the first interval"));
	screen_free(&screen);
}

/* A sample in which nothing but its time is known. */
static void test_unknown_is_not_zero(void **state)
{
	struct screen screen = screen_new(NULL, 34, 120);
	struct sample *sample = sample_new();

	(void)state;
	sample->interval_ns = SECOND;
	screen_feed(&screen, sample);
	screen_draw(&screen);
	assert_true(shows(&screen, "seen -"));
	assert_true(shows(&screen, "vmstat -"));
	assert_true(shows(&screen, "hint-local -"));
	assert_true(shows(&screen, "moved - pg/s"));
	assert_true(shows(&screen, "failed -"));
	assert_true(shows(&screen, "stalled -"));
	assert_true(shows(&screen, "bounce -"));
	assert_true(shows(&screen, "demotion -"));
	screen_free(&screen);
}

/* Whatever a recording says, drawing it computes nothing undefined. */
static void test_absurd_numbers(void **state)
{
	static const int64_t absurd[] = { INT64_MAX, INT64_C(1) << 53, 1,
					  0, -1 };
	struct screen screen = screen_new(NULL, 34, 120);
	struct make_flow flow = { 7, "a", 8, "b", 0, 1, "syscall", 0 };
	struct make_flow other = { 9, "c", 8, "b", 1, 0, "compaction", 0 };
	struct sample *sample;
	size_t i, j;

	(void)state;
	/* Only sums can be larger than what the reader takes. */
	for (i = 0; i < 5; i++)
		for (j = 1; j < 5; j++) {
			sample = make_sample(2, screen.seq);
			sample->vmstat[VMSTAT_PGMIGRATE_SUCCESS] = -absurd[i];
			flow.pages = absurd[i];
			other.pages = absurd[i];
			make_flow(sample, &flow);
			make_flow(sample, &other);
			sample_add_up(sample);
			sample->interval_ns = absurd[j];
			sample->host.page_size = absurd[i];
			sample->uptime_us = absurd[i];
			sample->nodes[0].mem_total_bytes = absurd[i];
			sample->nodes[1].mem_free_bytes = absurd[i];
			sample->sum.stall_ns = absurd[i];
			screen_feed(&screen, sample);
			screen_draw(&screen);
		}
	assert_true(shows(&screen, "4 Processes"));
	screen_free(&screen);
}

static void test_trust(void **state)
{
	static const struct {
		int64_t in_flight, nonlru, vmstat, lost, hugetlb;
		const char *shown[2], *hidden;
	} cases[] = {
		{ 0, 0, 100, 0, 0,
		  { "seen 100/s = vmstat 100/s 100.0%  lost 0" },
		  "unexplained" },
		{ 0, 50, 150, 0, 0, { "seen 100/s + non-LRU 50/s = vmstat 150/s "
				   "100.0%" }, "unexplained" },
		{ 30, 0, 70, 0, 0, { "seen 100/s - in flight 30/s = vmstat 70/s -" },
		  "100.0%" },
		{ 0, 0, 104, 0, 0, { "!= vmstat 104/s unexplained -4 96.1%" },
		  "= vmstat 104/s 9" },
		{ 0, 0, 99, 0, 0, { "!= vmstat 99/s unexplained 1 101.0%" },
		  "100.0%" },
		{ 0, 0, 100, 7, 0, { "100.0%  !lost events 7" }, "lost 0" },
		{ 0, 0, 40, 0, 60, { "seen 100/s - hugetlb 60/s = vmstat 40/s "
				     "100.0%" }, "unexplained" },
	};
	const struct make_flow flow = { 7, "a", 0, NULL, 0, 1, "syscall",
					100 };
	struct sample *sample;
	struct screen screen;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		screen = screen_new(NULL, 34, 120);
		sample = make_sample(2, 0);
		make_flow(sample, &flow);
		sample_add_up(sample);
		sample->sum.in_flight_pages = cases[i].in_flight;
		sample->sum.nonlru_pages = cases[i].nonlru;
		sample->sum.hugetlb_uncounted_pages = cases[i].hugetlb;
		sample->vmstat[VMSTAT_PGMIGRATE_SUCCESS] = cases[i].vmstat;
		sample->lost[LOST_EVENTS] = cases[i].lost;
		screen_feed(&screen, sample);
		screen_draw_at(&screen, 34, 160);
		if (!shows(&screen, cases[i].shown[0]))
			fail_msg("no '%s':\n%.300s", cases[i].shown[0],
				 screen.text);
		assert_false(shows(&screen, cases[i].hidden));
		screen_free(&screen);
	}
}

/* A recording that begins with pages in flight: they are not missing. */
static void test_trust_from_the_middle(void **state)
{
	const struct make_flow flow = { 7, "a", 0, NULL, 0, 1, "syscall",
					100 };
	struct screen screen = screen_new(NULL, 34, 120);
	struct sample *sample = make_sample(2, 500);

	(void)state;
	sample->sum.in_flight_pages = 40;
	sample->sum.pages = 0;
	sample->vmstat[VMSTAT_PGMIGRATE_SUCCESS] = 1000;
	screen_feed(&screen, sample);
	screen_draw_at(&screen, 34, 160);
	assert_true(shows(&screen, "seen 0/s  vmstat 1.00k/s -%  lost 0"));
	sample = make_sample(2, 501);
	make_flow(sample, &flow);
	sample_add_up(sample);
	sample->sum.in_flight_pages = 0;
	sample->vmstat[VMSTAT_PGMIGRATE_SUCCESS] = 140;
	screen_feed(&screen, sample);
	screen_draw_at(&screen, 34, 160);
	assert_true(shows(&screen, "seen 100/s + landed 40/s = vmstat 140/s "
				   "100.0%"));
	/* One is missing: what was in flight before it is not known. */
	screen_feed(&screen, make_sample(2, 502));
	sample = make_sample(2, 504);
	sample->sum.in_flight_pages = 9;
	screen_feed(&screen, sample);
	screen_draw_at(&screen, 34, 160);
	assert_false(shows(&screen, "in flight"));
	screen_free(&screen);
}

/* What there is no room for is left out, never cut to another number. */
static void test_nothing_is_cut_to_another_number(void **state)
{
	static const char *const reasons[] = { "numa_misplaced", "syscall",
		"compaction", "demotion", "mempolicy_mbind", "longterm_pin" };
	struct screen screen = screen_new(NULL, 34, 120);
	struct sample *sample = make_sample(8, 1);
	struct make_flow flow = { 7, "redis-server", 0, "mover-of-all", 0, 0,
				  NULL, 12345 };
	int i;

	(void)state;
	for (i = 0; i < 20; i++) {
		flow.mover = 100 + i;
		flow.src = i % 7;
		flow.dst = 7 - i / 7;
		flow.reason = reasons[i % 6];
		if (flow.src != flow.dst)
			make_flow(sample, &flow);
	}
	flow.pid = 9;
	make_flow(sample, &flow);
	sample->flows[sample->nr_flows - 1].owner = OWNER_SHARED;
	sample_add_up(sample);
	screen_feed(&screen, sample);
	screen_draw_at(&screen, 24, 80);
	assert_true(shows(&screen, "redis-serve mover- +17 0→5 +17 "));
	assert_true(shows(&screen, "redis- (sh) "));
	assert_true(shows(&screen, " num 49.4k  ▓ sys 37.0k  "));
	assert_true(shows(&screen, " lon 37.0k │"));
	screen_draw_at(&screen, 60, 260);
	assert_true(shows(&screen, " numa_misplaced 49.4k 21%   "
				   "▓ syscall 37.0k 16% "));
	screen_free(&screen);
}

static void test_flags(void **state)
{
	struct screen screen = screen_new(NULL, 34, 120);
	struct sample *sample = make_busy_sample(4, 0);

	(void)state;
	sample->demo = true;
	screen_feed(&screen, sample);
	dashboard_set_replay(screen.dashboard, "demo.json 12/60");
	dashboard_set_ended(screen.dashboard, true);
	screen_draw(&screen);
	assert_true(shows(&screen, "mptop DEMO"));
	assert_true(shows(&screen, " END "));
	screen_draw_at(&screen, 34, 160);
	assert_true(shows(&screen, "demo.json 12/60   END   1.0s"));
	/* It has the interval that it was recorded at. */
	sample = make_busy_sample(4, 1);
	sample->interval_ns = SECOND / 4 + 1234567;
	screen_feed(&screen, sample);
	screen_draw_at(&screen, 34, 160);
	assert_true(shows(&screen, "demo.json 12/60   END   0.25s"));
	sample = make_busy_sample(4, 2);
	sample->interval_ns = SECOND - 12345678;
	screen_feed(&screen, sample);
	screen_draw_at(&screen, 34, 160);
	assert_true(shows(&screen, "demo.json 12/60   END   1.0s"));
	screen_free(&screen);
}

/* No page size: no bytes, and no axis that looks as if. */
static void test_no_page_size(void **state)
{
	struct screen screen = screen_new(NULL, 34, 120);
	struct make_flow flow = { 7, "a", 0, NULL, 0, 1, "syscall", 50000 };
	struct sample *sample = make_sample(2, 1);

	(void)state;
	make_flow(sample, &flow);
	sample_add_up(sample);
	sample->host.page_size = UNKNOWN;
	screen_feed(&screen, sample);
	screen_keys(&screen, "m");
	assert_true(shows(&screen, "- (the page size is not known)"));
	assert_false(shows(&screen, "48.8K"));
	screen_free(&screen);
}

/* One distance that is not known is none of 0. */
static void test_no_distance(void **state)
{
	struct screen screen = screen_new(NULL, 34, 120);
	struct make_flow flow = { 7, "a", 0, NULL, 0, 1, "syscall", 5 };
	struct sample *sample = make_sample(24, 1);

	(void)state;
	make_flow(sample, &flow);
	sample_add_up(sample);
	sample->distance[1] = 0;
	screen_feed(&screen, sample);
	screen_keys(&screen, "3");
	assert_true(shows(&screen, " d- "));
	assert_false(shows(&screen, " d0 "));
	screen_free(&screen);
}

/* A small part of a few pages is no warning. */
static void test_small_bounce(void **state)
{
	static const struct {
		int64_t bounce, crossed;
		enum style style;
	} cases[] = {
		{ 2, 90, STYLE_NORMAL },   { 19, 100, STYLE_NORMAL },
		{ 20, 100, STYLE_WARN },   { 20, 199, STYLE_NORMAL },
		{ 0, 0, STYLE_NORMAL },    { 1, 5, STYLE_WARN },
		{ UNKNOWN, UNKNOWN, STYLE_NORMAL },
	};
	struct model_row row = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct column_cell cell = { .width = 8 };

		row.bounce_pages = cases[i].bounce;
		row.crossed_pages = cases[i].crossed;
		cell_bounce(&cell, &row);
		if (cell.style != cases[i].style)
			fail_msg("case %zu: style %d", i, cell.style);
	}
}

/* Without a hook that tells owners, that nothing moved is not known. */
static void test_no_owner_hook(void **state)
{
	struct screen screen = screen_new(NULL, 34, 120);
	struct sample *sample = make_sample(2, 1);

	(void)state;
	free(sample->probe[PROBE_OWNER]);
	sample->probe[PROBE_OWNER] = NULL;
	screen_feed(&screen, sample);
	screen_draw(&screen);
	assert_true(shows(&screen, "- (no hook tells whose pages move)"));
	assert_false(shows(&screen, "nothing has moved yet"));
	screen_keys(&screen, "u");
	assert_true(shows(&screen, "│ all "));
	assert_non_null(strstr(strstr(screen.text, "│ all "), " - │"));
	assert_true(strstr(strstr(screen.text, "│ all "), " - │") -
			    strstr(screen.text, "│ all ") < 80);
	screen_free(&screen);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nothing_known),
		cmocka_unit_test(test_unknown_is_not_zero),
		cmocka_unit_test(test_absurd_numbers),
		cmocka_unit_test(test_trust),
		cmocka_unit_test(test_trust_from_the_middle),
		cmocka_unit_test(test_nothing_is_cut_to_another_number),
		cmocka_unit_test(test_flags),
		cmocka_unit_test(test_no_page_size),
		cmocka_unit_test(test_no_distance),
		cmocka_unit_test(test_small_bounce),
		cmocka_unit_test(test_no_owner_hook),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
