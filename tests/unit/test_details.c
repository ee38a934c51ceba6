/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Details on the dashboard: they open, follow, hold, resize and close. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "dashboard.h"
#include "keys.h"
#include "make_sample.h"
#include "make_screen.h"

/* An interval in which @pages of process 42 moved. */
static void feed(struct screen *screen, int64_t pages)
{
	struct make_flow flow = { 42, "db", 0, NULL, 0, 1, "syscall", pages };
	struct sample *sample = make_sample(2, screen->seq + 1);

	if (pages)
		make_flow(sample, &flow);
	sample_add_up(sample);
	screen_feed(screen, sample);
}

static void open_and_close(void **state)
{
	static const char *const close[] = { "<Esc>", "q", "<Enter>" };
	struct screen screen = screen_new(NULL, 24, 80);
	size_t i;

	(void)state;
	screen_keys(&screen, "<Enter>");
	assert_false(shows(&screen, "─ Details"));
	feed(&screen, 100);
	for (i = 0; i < sizeof(close) / sizeof(close[0]); i++) {
		screen_keys(&screen, "<Enter>");
		assert_true(shows(&screen, "─ Details  db[42] "));
		assert_false(shows(&screen, "Processes"));
		assert_true(shows(&screen, "q Close"));
		assert_false(shows(&screen, "Sort"));
		screen_keys(&screen, close[i]);
		assert_false(shows(&screen, "db[42]"));
		assert_true(shows(&screen, "Processes"));
		assert_true(shows(&screen, "q Quit"));
	}
	assert_int_equal(dashboard_take_request(screen.dashboard),
			 REQUEST_DETAILS);
	screen_free(&screen);
}

/* What is shown is the process's that it was opened for, as it goes on. */
static void follows(void **state)
{
	struct screen screen = screen_new(NULL, 24, 80);
	int i;

	(void)state;
	feed(&screen, 100);
	screen_keys(&screen, "<Enter>");
	assert_true(shows(&screen, "1 interval, 1s"));
	feed(&screen, 23);
	screen_draw(&screen);
	assert_true(shows(&screen, "2 intervals, 2s"));
	assert_true(shows(&screen, "123 in the window"));
	/* Long after the model forgot it, what was known last is there. */
	for (i = 0; i < 400; i++)
		feed(&screen, 0);
	screen_draw(&screen);
	assert_true(shows(&screen, "─ Details  db[42] "));
	screen_free(&screen);
}

/* What is in no sample is asked for once an interval, and its own by M. */
static void memory(void **state)
{
	struct screen screen = screen_new(NULL, 24, 80);
	struct details_memory given = { .is_known = true };
	struct details_memory none = { .why_not = "no right" };
	struct details_whose whose;
	char text[] = "anon N0=4096 N1=2097152\nfile N0=0 N1=0\n";

	(void)state;
	feed(&screen, 100);
	assert_false(dashboard_details(screen.dashboard, &whose));
	screen_keys(&screen, "<Enter>");
	assert_int_equal(dashboard_take_request(screen.dashboard),
			 REQUEST_DETAILS);
	screen_keys(&screen, "j");
	assert_int_equal(dashboard_take_request(screen.dashboard), 0);
	feed(&screen, 1);
	screen_keys(&screen, "M");
	assert_int_equal(dashboard_take_request(screen.dashboard),
			 REQUEST_DETAILS | REQUEST_NUMA_MAPS);
	assert_true(dashboard_details(screen.dashboard, &whose));
	assert_int_equal(whose.id.pid, 42);
	assert_string_equal(whose.cgroup, "/system.slice/db.service");
	assert_true(numa_stat_parse(text, &given.numa));
	dashboard_set_life(screen.dashboard, LIFE_ENDED);
	dashboard_set_memory(screen.dashboard, DETAILS_OF_CGROUP, &given);
	dashboard_set_memory(screen.dashboard, DETAILS_OF_PROCESS, &none);
	screen_draw_at(&screen, 70, 80);
	assert_true(shows(&screen, "2.00M"));
	assert_true(shows(&screen, "- (no right)"));
	assert_true(shows(&screen, "has ended"));
	screen_free(&screen);
}

static void paused(void **state)
{
	struct screen screen = screen_new(NULL, 24, 80);

	(void)state;
	feed(&screen, 100);
	screen_keys(&screen, "z");
	feed(&screen, 23);
	screen_keys(&screen, "<Enter>");
	assert_true(shows(&screen, "─ Details  db[42], PAUSED "));
	assert_true(shows(&screen, "1 interval, 1s"));
	assert_false(shows(&screen, "123 in the window"));
	screen_keys(&screen, "q");
	assert_true(shows(&screen, "z Resume"));
	screen_keys(&screen, "z<Enter>");
	assert_true(shows(&screen, "2 intervals, 2s"));
	/* Another row is not this one's. */
	screen_keys(&screen, "z");
	assert_true(shows(&screen, "─ Details  db[42], PAUSED "));
	feed(&screen, 7);
	screen_draw(&screen);
	assert_true(shows(&screen, "2 intervals, 2s"));
	screen_keys(&screen, "z");
	assert_true(shows(&screen, "3 intervals, 3s"));
	assert_false(shows(&screen, "PAUSED"));
	screen_free(&screen);
}

/* What "in all" is of after a zero is said. */
static void zeroed(void **state)
{
	struct screen screen = screen_new(NULL, 40, 80);

	(void)state;
	feed(&screen, 100);
	screen_keys(&screen, "0<Enter>");
	assert_true(shows(&screen, "100 in the window, 0 since 13:00:0"));
	assert_false(shows(&screen, "since start"));
	screen_free(&screen);
}

/* Pages whose node is not known are in a list, not in a matrix of none. */
static void unknown_node(void **state)
{
	struct screen screen = screen_new(NULL, 40, 80);
	struct make_flow flow = { 42, "db", 0, NULL, 0, 1, "syscall", 100 };
	struct sample *sample = make_sample(2, 1);

	(void)state;
	make_flow(sample, &flow);
	sample->flows[0].src = NODE_UNKNOWN;
	sample_add_up(sample);
	screen_feed(&screen, sample);
	screen_keys(&screen, "<Enter>");
	assert_true(shows(&screen, "?→1           100"));
	screen_free(&screen);
}

static void resized(void **state)
{
	static const int sizes[][2] = {
		{ 1, 1 }, { 0, 0 }, { 5, 200 }, { 6, 30 }, { 200, 1 },
		{ 50, 160 }, { 24, 80 },
	};
	struct screen screen = screen_new(NULL, 24, 80);
	size_t i;

	(void)state;
	feed(&screen, 100);
	screen_keys(&screen, "<Enter>G");
	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		screen_draw_at(&screen, sizes[i][0], sizes[i][1]);
		feed(&screen, 1);
		dashboard_key(screen.dashboard, 'j');
		dashboard_key(screen.dashboard, MK_PAGE_UP);
		dashboard_key(screen.dashboard, MK_END);
	}
	screen_draw(&screen);
	assert_true(shows(&screen, "─ Details  db[42] "));
	screen_keys(&screen, "q");
	assert_true(shows(&screen, "Processes"));
	screen_free(&screen);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(open_and_close),
		cmocka_unit_test(follows),
		cmocka_unit_test(memory),
		cmocka_unit_test(paused),
		cmocka_unit_test(zeroed),
		cmocka_unit_test(unknown_node),
		cmocka_unit_test(resized),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
