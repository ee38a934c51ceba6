/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Properties of the layout that hold for every size. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "layout.h"

#define ROWS_MAX 80
#define COLS_MAX 250

static struct layout_request request_of(int rows, int cols, int nodes)
{
	struct layout_request request = {
		.rows = rows,
		.cols = cols,
		.zoom = LAYOUT_NO_ZOOM,
	};
	int i;

	for (i = 0; i < PANEL_COUNT; i++)
		request.panel[i] = (struct layout_panel){
			.available = true,
			.min_rows = 2,
			.min_cols = 28,
			.want_rows = nodes + 1,
			.want_cols = 58,
		};
	request.panel[PANEL_FLOW].want_cols = 5 + nodes * 6;
	return request;
}

static struct layout layout_of(int rows, int cols, int nodes)
{
	struct layout_request request = request_of(rows, cols, nodes);
	struct layout layout;

	layout_compute(&request, &layout);
	return layout;
}

static bool is_shown(const struct layout *layout, enum panel panel)
{
	return layout->panel[panel].rows > 0;
}

/* With its frame, of which neighbours share lines; the header has none. */
static void assert_inside(const struct rect *area, int rows, int cols,
			  int frame)
{
	assert_true(area->rows > 0 && area->cols > 0);
	assert_true(area->row - frame >= 0);
	assert_true(area->col - frame >= 0);
	assert_true(area->row + area->rows + frame <= rows);
	assert_true(area->col + area->cols + frame <= cols);
}

static bool overlap(const struct rect *a, const struct rect *b)
{
	return a->row < b->row + b->rows && b->row < a->row + a->rows &&
	       a->col < b->col + b->cols && b->col < a->col + a->cols;
}

static void check_size(int rows, int cols, int nodes)
{
	struct layout layout = layout_of(rows, cols, nodes);
	int i, j;

	if (rows < LAYOUT_MIN_ROWS || cols < LAYOUT_MIN_COLS) {
		assert_true(layout.too_small);
		return;
	}
	assert_false(layout.too_small);
	assert_true(is_shown(&layout, PANEL_HEADER));
	assert_true(is_shown(&layout, PANEL_PROCESSES));
	for (i = 0; i < PANEL_COUNT; i++) {
		if (!is_shown(&layout, i))
			continue;
		assert_inside(&layout.panel[i], rows, cols, i != PANEL_HEADER);
		for (j = 0; j < i; j++)
			assert_false(is_shown(&layout, j) &&
				     overlap(&layout.panel[i],
					     &layout.panel[j]));
	}
}

static void test_inside_without_overlap(void **state)
{
	static const int nodes[] = { 0, 1, 4, 8, 64 };
	int rows, cols;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(nodes) / sizeof(nodes[0]); i++)
		for (rows = 0; rows <= ROWS_MAX; rows++)
			for (cols = 0; cols <= COLS_MAX; cols++)
				check_size(rows, cols, nodes[i]);
}

/* No hole: header, border lines, panels and nothing else fill the screen. */
static void test_fills_the_screen(void **state)
{
	int rows, cols, i, area;
	struct layout layout;

	(void)state;
	for (rows = LAYOUT_MIN_ROWS; rows <= ROWS_MAX; rows++)
		for (cols = LAYOUT_MIN_COLS; cols <= COLS_MAX; cols++) {
			layout = layout_of(rows, cols, 4);
			area = layout.panel[PANEL_HEADER].rows * cols;
			for (i = PANEL_NODES; i < PANEL_COUNT; i++)
				area += is_shown(&layout, i) ?
					(layout.panel[i].rows + 1) *
					(layout.panel[i].cols + 1) : 0;
			/* The last line, and the right border of each row. */
			area += cols + rows - 1 -
				layout.panel[PANEL_HEADER].rows;
			assert_int_equal(area, rows * cols);
		}
}

static void test_order_of_giving_way(void **state)
{
	static const enum panel first_to_last[] = {
		PANEL_FLOW, PANEL_NODES, PANEL_RATE, PANEL_LOG,
		PANEL_PROCESSES,
	};
	struct layout layout;
	int rows, cols;
	size_t i;

	(void)state;
	for (rows = LAYOUT_MIN_ROWS; rows <= ROWS_MAX; rows++)
		for (cols = LAYOUT_MIN_COLS; cols <= COLS_MAX; cols++) {
			layout = layout_of(rows, cols, 4);
			for (i = 0; i < 4; i++)
				assert_false(
					is_shown(&layout, first_to_last[i]) &&
					!is_shown(&layout,
						  first_to_last[i + 1]));
		}
}

/* Beside the rate the latency comes for nothing; else it goes first. */
static void test_latency_goes_first(void **state)
{
	struct layout layout;
	int rows, cols;

	(void)state;
	for (rows = LAYOUT_MIN_ROWS; rows <= ROWS_MAX; rows++)
		for (cols = LAYOUT_MIN_COLS; cols <= COLS_MAX; cols++) {
			layout = layout_of(rows, cols, 4);
			if (cols >= 100)
				assert_int_equal(
					is_shown(&layout, PANEL_LATENCY),
					is_shown(&layout, PANEL_RATE));
			else
				assert_false(
					is_shown(&layout, PANEL_LATENCY) &&
					!is_shown(&layout, PANEL_FLOW));
		}
}

/* A minute at one second, wherever it lies beside something. */
static void test_rate_has_sixty_columns(void **state)
{
	struct layout layout;
	int cols;

	(void)state;
	for (cols = 69; cols <= COLS_MAX; cols++) {
		layout = layout_of(40, cols, 4);
		assert_true(layout.panel[PANEL_RATE].cols >= 67);
	}
}

/* A larger screen never shows less. */
static void test_growing_takes_nothing_away(void **state)
{
	struct layout small, taller, wider;
	int rows, cols, i;

	(void)state;
	for (rows = LAYOUT_MIN_ROWS; rows < ROWS_MAX; rows++)
		for (cols = LAYOUT_MIN_COLS; cols < COLS_MAX; cols++) {
			small = layout_of(rows, cols, 4);
			taller = layout_of(rows + 1, cols, 4);
			wider = layout_of(rows, cols + 1, 4);
			for (i = 0; i < PANEL_COUNT; i++) {
				assert_false(is_shown(&small, i) &&
					     !is_shown(&taller, i));
				assert_false(is_shown(&small, i) &&
					     !is_shown(&wider, i));
			}
		}
}

static void test_promised_sizes(void **state)
{
	static const struct {
		int rows, cols;
		unsigned int shown; /* bits of enum panel */
	} cases[] = {
		{ 6, 30, 1 << PANEL_PROCESSES },
		{ 24, 80, 1 << PANEL_PROCESSES | 1 << PANEL_RATE |
			  1 << PANEL_LOG },
		{ 34, 120, 1 << PANEL_NODES | 1 << PANEL_FLOW |
			   1 << PANEL_PROCESSES | 1 << PANEL_RATE |
			   1 << PANEL_LATENCY | 1 << PANEL_LOG },
		{ 60, 200, 1 << PANEL_NODES | 1 << PANEL_FLOW |
			   1 << PANEL_PROCESSES | 1 << PANEL_RATE |
			   1 << PANEL_LATENCY | 1 << PANEL_LOG },
	};
	struct layout layout;
	unsigned int shown;
	size_t i;
	int p;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		layout = layout_of(cases[i].rows, cases[i].cols, 4);
		shown = 0;
		for (p = PANEL_NODES; p < PANEL_COUNT; p++)
			shown |= is_shown(&layout, p) ? 1u << p : 0;
		assert_int_equal(shown, cases[i].shown);
	}
}

static void test_zoom_takes_all(void **state)
{
	struct layout_request request;
	struct layout layout;
	int rows, cols, zoom, i;

	(void)state;
	for (rows = LAYOUT_MIN_ROWS; rows <= ROWS_MAX; rows++)
		for (cols = LAYOUT_MIN_COLS; cols <= COLS_MAX; cols += 7)
			for (zoom = 0; zoom < PANEL_COUNT; zoom++) {
				request = request_of(rows, cols, 4);
				request.zoom = zoom;
				layout_compute(&request, &layout);
				assert_inside(&layout.panel[zoom], rows, cols,
					      zoom != PANEL_HEADER);
				for (i = 1; i < PANEL_COUNT; i++)
					assert_int_equal(
						is_shown(&layout, i),
						i == zoom);
			}
}

/* Sides of a band never get less than they can do with. */
static void test_beside_keeps_minimum(void **state)
{
	struct layout layout;
	int cols, nodes;

	(void)state;
	for (nodes = 1; nodes <= 16; nodes++)
		for (cols = LAYOUT_MIN_COLS; cols <= COLS_MAX; cols++) {
			layout = layout_of(40, cols, nodes);
			if (!is_shown(&layout, PANEL_FLOW))
				continue;
			assert_true(layout.panel[PANEL_FLOW].cols >= 28);
			assert_true(layout.panel[PANEL_NODES].cols >= 28);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_inside_without_overlap),
		cmocka_unit_test(test_fills_the_screen),
		cmocka_unit_test(test_order_of_giving_way),
		cmocka_unit_test(test_latency_goes_first),
		cmocka_unit_test(test_rate_has_sixty_columns),
		cmocka_unit_test(test_growing_takes_nothing_away),
		cmocka_unit_test(test_promised_sizes),
		cmocka_unit_test(test_zoom_takes_all),
		cmocka_unit_test(test_beside_keeps_minimum),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
