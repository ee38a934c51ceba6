/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The commands, the table last. */
#include "command.h"

#include <stdio.h>

#include "column.h"
#include "dashboard_state.h"
#include "keys.h"

/* More than any list has; twice that is still an int. */
#define LINES_MAX (1 << 29)

static void run_help(struct dashboard *dashboard, int key)
{
	(void)key;
	dashboard_open_overlay(dashboard, dashboard->overlay == &overlay_help ?
					  NULL : &overlay_help);
}

static void run_sort(struct dashboard *dashboard, int key)
{
	(void)key;
	dashboard_open_overlay(dashboard, &overlay_sort);
}

/* The next column to the left or right that can be sorted by. */
static void run_sort_step(struct dashboard *dashboard, int key)
{
	int i, at = 0, step = key == '>' ? 1 : nr_process_columns - 1;

	for (i = 0; i < nr_process_columns; i++)
		if (process_columns[i].order == (int)dashboard->view.order)
			at = i;
	do
		at = (at + step) % nr_process_columns;
	while (process_columns[at].order == COLUMN_NO_ORDER);
	dashboard_set_order(dashboard,
			    (enum model_order)process_columns[at].order);
}

static void run_reverse(struct dashboard *dashboard, int key)
{
	(void)key;
	dashboard->view.reverse = !dashboard->view.reverse;
	dashboard_look(dashboard);
}

static void run_sort_by(struct dashboard *dashboard, int key)
{
	dashboard_set_order(dashboard, key == 'P' ? ORDER_RATE :
				       key == 'T' ? ORDER_TOTAL : ORDER_PID);
}

static void run_filter(struct dashboard *dashboard, int key)
{
	(void)key;
	dashboard_open_prompt(dashboard, &prompt_filter);
}

static void run_clear(struct dashboard *dashboard, int key)
{
	if (key == '=' && dashboard->last_key == '=')
		dashboard_clear_base(dashboard);
	dashboard->view.node = NODE_UNKNOWN;
	dashboard_set_filter(dashboard, NULL, "");
}

static void run_node(struct dashboard *dashboard, int key)
{
	(void)key;
	dashboard_open_prompt(dashboard, &prompt_node);
}

static void run_pause(struct dashboard *dashboard, int key)
{
	(void)key;
	dashboard_set_paused(dashboard, !dashboard->paused);
}

static void run_delay(struct dashboard *dashboard, int key)
{
	(void)key;
	dashboard_open_prompt(dashboard, &prompt_delay);
}

static void run_sample(struct dashboard *dashboard, int key)
{
	(void)key;
	dashboard->request |= REQUEST_SAMPLE;
}

static void run_snapshot(struct dashboard *dashboard, int key)
{
	(void)key;
	dashboard->request |= REQUEST_SNAPSHOT;
}

static void run_redraw(struct dashboard *dashboard, int key)
{
	(void)key;
	dashboard->request |= REQUEST_REDRAW;
}

static void run_focus(struct dashboard *dashboard, int key)
{
	int step = key == MK_BACK_TAB ? PANEL_COUNT - 1 : 1;
	int i, at = dashboard->focus;

	for (i = 0; i < PANEL_COUNT; i++) {
		at = (at + step) % PANEL_COUNT;
		if (at != PANEL_HEADER && dashboard->layout.panel[at].rows)
			break;
	}
	if (i < PANEL_COUNT)
		dashboard->focus = at;
}

static void run_zoom(struct dashboard *dashboard, int key)
{
	int which = key - '1';

	dashboard->zoom = dashboard->zoom == which ? LAYOUT_NO_ZOOM : which;
	if (dashboard->zoom > PANEL_HEADER)
		dashboard->focus = which;
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

static void run_move(struct dashboard *dashboard, int key)
{
	size_t i;

	for (i = 0; i < sizeof(moves) / sizeof(moves[0]); i++)
		if (moves[i].key == key)
			dashboard_move(dashboard, moves[i].lines +
				       moves[i].half_pages * page(dashboard) /
				       2);
}

static void run_left(struct dashboard *dashboard, int key)
{
	(void)key;
	dashboard_scroll(dashboard, -1);
}

static void run_right(struct dashboard *dashboard, int key)
{
	(void)key;
	dashboard_scroll(dashboard, 1);
}

static void run_suspend(struct dashboard *dashboard, int key)
{
	/* The terminal makes a signal of it; a script has no terminal. */
	(void)dashboard;
	(void)key;
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
	if (dashboard->paused)
		dashboard_set_paused(dashboard, false);
	run_zoom(dashboard, '1' + dashboard->zoom);
	return true;
}

static void run_close(struct dashboard *dashboard, int key)
{
	(void)key;
	close_something(dashboard);
}

static void run_close_or_quit(struct dashboard *dashboard, int key)
{
	(void)key;
	if (!close_something(dashboard))
		dashboard->request |= REQUEST_QUIT;
}

static void run_quit(struct dashboard *dashboard, int key)
{
	(void)key;
	dashboard->request |= REQUEST_QUIT;
}

const struct command command_table[] = {
	{ { 'h', '?', MK_F1 }, "help", "Help", 90, EVERYWHERE, run_help },
	{ { 's', MK_F6 }, "choose the sort column from a list", "Sort", 80,
	  0, run_sort },
	{ { '<', '>' }, "sort by the column to the left, to the right", NULL,
	  0, 0, run_sort_step },
	{ { 'R', 'r', 'I' }, "reverse the order", "Rev", 50, 0, run_reverse },
	{ { 'P' }, "sort by pages/s", NULL, 0, 0, run_sort_by },
	{ { 'T' }, "sort by pages since the start", NULL, 0, 0,
	  run_sort_by },
	{ { 'N' }, "sort by pid", NULL, 0, 0, run_sort_by },
	{ { '/', '\\', MK_F4, MK_F3 },
	  "edit the filter, live; Enter keeps, Esc restores", "Filter", 85, 0,
	  run_filter },
	{ { '=', MK_DELETE },
	  "clear what keys restricted; == the command line's too", NULL, 0, 0,
	  run_clear },
	{ { 'n' }, "show one node: from it, to it or either", "Node", 40, 0,
	  run_node },
	{ { 'z' }, "pause the picture and resume; collection goes on",
	  "Pause", 70, WHILE_PAUSED, run_pause },
	{ { 'd' }, "set the interval", "Delay", 20, 0, run_delay },
	{ { ' ', MK_F5 }, "sample now; in a replay, step", NULL, 0, 0,
	  run_sample },
	{ { 'w' }, "write a snapshot: the screen and its data", "Snapshot",
	  60, EVERYWHERE, run_snapshot },
	{ { MK_TAB, MK_BACK_TAB }, "focus the next, the previous panel",
	  "Panel", 45, 0, run_focus },
	{ { '1', '2', '3', '4', '5', '6' },
	  "zoom: trust, nodes, flow, processes, rate, log", "Zoom", 46, 0,
	  run_zoom },
	{ { MK_UP, 'k' }, "line up", NULL, 0, IN_OVERLAY, run_move },
	{ { MK_DOWN, 'j' }, "line down", NULL, 0, IN_OVERLAY, run_move },
	{ { MK_PAGE_UP, MK_CTRL('b') }, "page up", NULL, 0, IN_OVERLAY,
	  run_move },
	{ { MK_PAGE_DOWN, MK_CTRL('f') }, "page down", NULL, 0, IN_OVERLAY,
	  run_move },
	{ { MK_CTRL('u') }, "half a page up", NULL, 0, IN_OVERLAY,
	  run_move },
	{ { MK_CTRL('d') }, "half a page down", NULL, 0, IN_OVERLAY,
	  run_move },
	{ { MK_HOME, 'g' }, "first line", NULL, 0, IN_OVERLAY, run_move },
	{ { MK_END, 'G' }, "last line; the log follows from there", NULL, 0,
	  IN_OVERLAY, run_move },
	{ { MK_LEFT }, "scroll columns to the left", NULL, 0, 0, run_left },
	{ { MK_RIGHT }, "scroll columns to the right", NULL, 0, 0,
	  run_right },
	{ { MK_CTRL('l') }, "redraw", NULL, 0, EVERYWHERE, run_redraw },
	{ { MK_CTRL('z') }, "suspend", NULL, 0, EVERYWHERE, run_suspend },
	{ { 'q' }, "close overlay or zoom; with nothing open, quit", "Quit",
	  100, EVERYWHERE, run_close_or_quit },
	{ { MK_ESC }, "close overlay or zoom", NULL, 0, EVERYWHERE,
	  run_close },
	{ { 'Q', MK_F10, MK_CTRL('c') }, "quit", NULL, 0, EVERYWHERE,
	  run_quit },
};

const int nr_commands = sizeof(command_table) / sizeof(command_table[0]);

const struct command *command_find(int key)
{
	int i, k;

	for (i = 0; i < nr_commands && key > 0; i++)
		for (k = 0; k < COMMAND_KEYS && command_table[i].keys[k]; k++)
			if (command_table[i].keys[k] == key)
				return &command_table[i];
	return NULL;
}

char *command_keys_text(const struct command *command, char *dst, size_t cap)
{
	char name[16];
	size_t length = 0;
	int k;

	dst[0] = '\0';
	if (command->keys[0] == '1') {
		snprintf(dst, cap, "1-6");
		return dst;
	}
	for (k = 0; k < COMMAND_KEYS && command->keys[k]; k++) {
		length += snprintf(dst + length, cap - length, "%s%s",
				   k ? " " : "",
				   keys_name(command->keys[k], name,
					     sizeof(name)));
		if (length >= cap)
			break;
	}
	return dst;
}
