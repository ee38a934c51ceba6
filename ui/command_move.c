/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Commands that move: lines, pages, columns, panels, and back out of them. */
#include "command_run.h"
#include "dashboard_state.h"
#include "keys.h"

/* More than any list has; twice that is still an int. */
#define LINES_MAX (1 << 29)

void run_focus(struct dashboard *dashboard, int key)
{
	int step = key == MK_BACK_TAB ? PANEL_COUNT - 1 : 1;
	int i, at = dashboard->focus;

	for (i = 0; i < PANEL_COUNT; i++) {
		at = (at + step) % PANEL_COUNT;
		if (at != PANEL_HEADER && dashboard->layout.panel[at].rows)
			break;
	}
	if (i < PANEL_COUNT)
		dashboard_set_focus(dashboard, at);
}

void run_zoom(struct dashboard *dashboard, int key)
{
	int which = key - '1';

	dashboard_set_zoom(dashboard, dashboard->zoom == which ?
			   LAYOUT_NO_ZOOM : which);
	dashboard_layout(dashboard);
}

static int page(const struct dashboard *dashboard)
{
	int lines = dashboard->overlay ?
		    overlay_area(dashboard, dashboard->rows,
				 dashboard->cols).rows :
		    dashboard_visible(dashboard, dashboard->focus);

	return lines > 1 ? lines - 1 : 1;
}

/* By a number of lines, or of half pages. */
static const struct {
	int key;
	int lines;
	int half_pages;
} moves[] = {
	{ MK_UP, -1, 0 },	   { 'k', -1, 0 },
	{ MK_DOWN, 1, 0 },	   { 'j', 1, 0 },
	{ MK_PAGE_UP, 0, -2 },	   { MK_CTRL('b'), 0, -2 },
	{ MK_PAGE_DOWN, 0, 2 },	   { MK_CTRL('f'), 0, 2 },
	{ MK_CTRL('u'), 0, -1 },   { MK_CTRL('d'), 0, 1 },
	{ MK_HOME, -LINES_MAX, 0 }, { 'g', -LINES_MAX, 0 },
	{ MK_END, LINES_MAX, 0 },  { 'G', LINES_MAX, 0 },
};

void run_move(struct dashboard *dashboard, int key)
{
	size_t i;

	for (i = 0; i < sizeof(moves) / sizeof(moves[0]); i++)
		if (moves[i].key == key)
			dashboard_move(dashboard, moves[i].lines +
				       moves[i].half_pages * page(dashboard) /
				       2);
}

void run_left(struct dashboard *dashboard, int key)
{
	(void)key;
	dashboard_scroll(dashboard, -1);
}

void run_right(struct dashboard *dashboard, int key)
{
	(void)key;
	dashboard_scroll(dashboard, 1);
}

static bool close_something(struct dashboard *dashboard)
{
	if (dashboard->overlay) {
		dashboard_open_overlay(dashboard, NULL);
		return true;
	}
	if (dashboard->zoom == LAYOUT_NO_ZOOM)
		return false;
	/* A frozen picture has no other panels to go back to. */
	if (dashboard_is_frozen(dashboard))
		dashboard_set_paused(dashboard, false);
	run_zoom(dashboard, '1' + dashboard->zoom);
	return true;
}

void run_close(struct dashboard *dashboard, int key)
{
	(void)key;
	close_something(dashboard);
}

void run_close_or_quit(struct dashboard *dashboard, int key)
{
	(void)key;
	if (!close_something(dashboard))
		dashboard->request |= REQUEST_QUIT;
}
