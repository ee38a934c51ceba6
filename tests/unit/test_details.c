/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Details on the dashboard: they open, follow, hold, resize and close. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dashboard.h"
#include "keys.h"
#include "make_sample.h"

#define SECOND INT64_C(1000000000)

struct screen {
	struct model *model;
	struct dashboard *dashboard;
	uint64_t seq;
	char *text; /* of the last picture */
};

static struct screen screen_new(void)
{
	static const struct dashboard_options options = {
		.delay_ns = SECOND,
	};
	struct screen screen = { .model = model_new() };

	screen.dashboard = dashboard_new(screen.model, &options);
	return screen;
}

static void screen_free(struct screen *screen)
{
	dashboard_free(screen->dashboard);
	model_free(screen->model);
	free(screen->text);
}

/* An interval in which @pages of process 42 moved. */
static void screen_feed(struct screen *screen, int64_t pages)
{
	struct make_flow flow = { 42, "db", 0, NULL, 0, 1, "syscall", pages };
	struct sample *sample = make_sample(2, ++screen->seq);

	if (pages)
		make_flow(sample, &flow);
	sample_add_up(sample);
	model_feed(screen->model, sample);
	dashboard_update(screen->dashboard, (int64_t)screen->seq * SECOND);
}

static void screen_draw(struct screen *screen, int rows, int cols)
{
	struct canvas *canvas = canvas_new(rows, cols);
	size_t size;
	FILE *out;

	free(screen->text);
	out = open_memstream(&screen->text, &size);
	dashboard_draw(screen->dashboard, canvas);
	canvas_dump(canvas, out);
	fclose(out);
	canvas_free(canvas);
}

static void screen_keys(struct screen *screen, const char *keys)
{
	int key;

	screen_draw(screen, 24, 80);
	while ((key = keys_next(&keys)) != MK_NONE)
		dashboard_key(screen->dashboard, key);
	screen_draw(screen, 24, 80);
}

static bool shows(const struct screen *screen, const char *text)
{
	return strstr(screen->text, text) != NULL;
}

static void open_and_close(void **state)
{
	static const char *const close[] = { "<Esc>", "q", "<Enter>" };
	struct screen screen = screen_new();
	size_t i;

	(void)state;
	screen_keys(&screen, "<Enter>");
	assert_false(shows(&screen, "─ Details"));
	screen_feed(&screen, 100);
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
	struct screen screen = screen_new();
	int i;

	(void)state;
	screen_feed(&screen, 100);
	screen_keys(&screen, "<Enter>");
	assert_true(shows(&screen, "1 interval, 1s"));
	screen_feed(&screen, 23);
	screen_draw(&screen, 24, 80);
	assert_true(shows(&screen, "2 intervals, 2s"));
	assert_true(shows(&screen, "123 in the window"));
	/* Long after the model forgot it, what was known last is there. */
	for (i = 0; i < 400; i++)
		screen_feed(&screen, 0);
	screen_draw(&screen, 24, 80);
	assert_true(shows(&screen, "─ Details  db[42] "));
	screen_free(&screen);
}

/* What is in no sample is asked for once an interval, and its own by M. */
static void memory(void **state)
{
	struct screen screen = screen_new();
	struct details_memory given = { .is_known = true };
	struct details_memory none = { .why_not = "no right" };
	struct details_whose whose;
	char text[] = "anon N0=4096 N1=2097152\nfile N0=0 N1=0\n";

	(void)state;
	screen_feed(&screen, 100);
	assert_false(dashboard_details(screen.dashboard, &whose));
	screen_keys(&screen, "<Enter>");
	assert_int_equal(dashboard_take_request(screen.dashboard),
			 REQUEST_DETAILS);
	screen_keys(&screen, "j");
	assert_int_equal(dashboard_take_request(screen.dashboard), 0);
	screen_feed(&screen, 1);
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
	screen_draw(&screen, 70, 80);
	assert_true(shows(&screen, "2.00M"));
	assert_true(shows(&screen, "- (no right)"));
	assert_true(shows(&screen, "has ended"));
	screen_free(&screen);
}

static void paused(void **state)
{
	struct screen screen = screen_new();

	(void)state;
	screen_feed(&screen, 100);
	screen_keys(&screen, "z");
	screen_feed(&screen, 23);
	screen_keys(&screen, "<Enter>");
	assert_true(shows(&screen, "─ Details  db[42] "));
	assert_true(shows(&screen, "1 interval, 1s"));
	assert_false(shows(&screen, "123 in the window"));
	screen_keys(&screen, "q");
	assert_true(shows(&screen, "z Resume"));
	screen_keys(&screen, "z<Enter>");
	assert_true(shows(&screen, "2 intervals, 2s"));
	screen_free(&screen);
}

static void resized(void **state)
{
	static const int sizes[][2] = {
		{ 1, 1 }, { 0, 0 }, { 5, 200 }, { 6, 30 }, { 200, 1 },
		{ 50, 160 }, { 24, 80 },
	};
	struct screen screen = screen_new();
	size_t i;

	(void)state;
	screen_feed(&screen, 100);
	screen_keys(&screen, "<Enter>G");
	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		screen_draw(&screen, sizes[i][0], sizes[i][1]);
		screen_feed(&screen, 1);
		dashboard_key(screen.dashboard, 'j');
		dashboard_key(screen.dashboard, MK_PAGE_UP);
		dashboard_key(screen.dashboard, MK_END);
	}
	screen_draw(&screen, 24, 80);
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
		cmocka_unit_test(resized),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
