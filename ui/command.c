/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of commands, and what is looked up in it. */
#include "command.h"

#include <stdio.h>

#include "command_run.h"
#include "dashboard_state.h"
#include "keys.h"

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
	  "filter, live (log: search); Enter keeps, Esc restores", "Filter",
	  85, 0, run_filter },
	{ { MK_CTRL('n'), MK_CTRL('p') },
	  "search: next match below, the one above", NULL, 0, 0,
	  run_search_step },
	{ { 'L' }, "jump between a log line and its process", NULL, 0, 0,
	  run_jump },
	{ { '=', MK_DELETE },
	  "clear what keys restricted; == the command line's too", NULL, 0, 0,
	  run_clear },
	{ { 'n' }, "show one node: from it, to it or either", "Node", 40, 0,
	  run_node },
	{ { 'u' }, "show one user, from a list", NULL, 0, 0, run_user },
	{ { 'e' }, "show one reason, from a list", NULL, 0, 0, run_reason },
	{ { 'f' }, "show the selected process or group alone; again: all",
	  NULL, 0, 0, run_only },
	{ { 'v' }, "rate and latency: of the selected row, or of all", "Row",
	  7, 0, run_of_row },
	{ { 't' }, "group rows by mover, cgroup, user; again: by owner",
	  "Group", 11, 0, run_group },
	{ { '+' }, "show the members of a group", NULL, 0, 0, run_expand },
	{ { '-' }, "hide the members of a group", NULL, 0, 0,
	  run_collapse },
	{ { 'i' }, "hide rows that were idle in the last interval", NULL, 0,
	  0, run_idle },
	{ { 'x' }, "tag the process, or untag it", NULL, 0, 0, run_tag },
	{ { '*' }, "untag all", NULL, 0, 0, run_untag },
	{ { 'F' }, "follow the row wherever it goes, until you move", NULL, 0,
	  0, run_follow },
	{ { 'o' }, "choose the columns of the processes and their order",
	  "Columns", 9, 0, run_columns },
	{ { 'p' }, "choose the panels: hide and show them", "Panels", 6, 0,
	  run_panels },
	{ { 'a' }, "counts since the start, or a second again", "Total", 8, 0,
	  run_since },
	{ { '0' }, "zero the counts since the start: before a change", NULL,
	  0, 0, run_zero },
	{ { 'm' }, "pages or bytes", NULL, 0, 0, run_bytes },
	{ { 'c' }, "names or command lines", NULL, 0, 0, run_cmdline },
	{ { 'z', 'Z' }, "pause the picture and resume; collection goes on",
	  "Pause", 70, IN_DETAILS | WHILE_PAUSED, run_pause },
	{ { 'd' }, "set the interval", "Delay", 20, 0, run_delay },
	{ { ' ', MK_F5 }, "sample now; in a replay, pause and step", NULL, 0,
	  IN_DETAILS | WHILE_PAUSED, run_sample },
	{ { '[', ']' }, "replay: pause, an interval back, forward", NULL, 0,
	  IN_DETAILS, run_step },
	{ { '{', '}' }, "replay: pause, ten intervals back, forward", NULL, 0,
	  IN_DETAILS, run_step },
	{ { '@' }, "replay: go to 13:04:12, +30s, -2m or 50%", NULL, 0, 0,
	  run_seek },
	{ { MK_CTRL('r') }, "start and stop recording to a file", NULL, 0,
	  EVERYWHERE, run_record },
	{ { MK_ENTER }, "details of the process or call; in a list, choose",
	  "Details", 75, EVERYWHERE, run_enter },
	{ { 'M' }, "in Details: read the process's own memory by node",
	  "Memory", 72, ONLY_IN_DETAILS, run_numa_maps },
	{ { 'w' }, "write a snapshot: the screen and its data", "Snapshot",
	  60, EVERYWHERE, run_snapshot },
	{ { MK_TAB, MK_BACK_TAB }, "focus the next, the previous panel",
	  "Panel", 45, 0, run_focus },
	{ { '1', '2', '3', '4', '5', '6', '7' },
	  "zoom trust, nodes, flow, processes, rate, latency, log", "Zoom",
	  46, 0, run_zoom },
	{ { MK_UP, 'k' }, "line up", NULL, 0, IN_OVERLAY, run_move },
	{ { MK_DOWN, 'j' }, "line down", "Scroll", 12,
	  IN_OVERLAY | LABEL_IN_OVERLAY, run_move },
	{ { MK_PAGE_UP, MK_CTRL('b') }, "page up", NULL, 0, IN_OVERLAY,
	  run_move },
	{ { MK_PAGE_DOWN, MK_CTRL('f') }, "page down", "Page", 10,
	  IN_OVERLAY | LABEL_IN_OVERLAY, run_move },
	{ { MK_CTRL('u') }, "half a page up", NULL, 0, IN_OVERLAY,
	  run_move },
	{ { MK_CTRL('d') }, "half a page down", NULL, 0, IN_OVERLAY,
	  run_move },
	{ { MK_HOME, 'g' }, "first line", NULL, 0, IN_OVERLAY, run_move },
	{ { MK_END, 'G' }, "last line; the log follows from there", NULL, 0,
	  IN_OVERLAY, run_move },
	{ { MK_LEFT }, "columns to the left; latency: calls or batches", NULL,
	  0, 0, run_left },
	{ { MK_RIGHT }, "columns to the right; latency: calls or batches",
	  NULL, 0, 0, run_right },
	{ { MK_CLICK }, "with --mouse: focus, select; a column's head sorts",
	  NULL, 0, IN_OVERLAY, run_click },
	{ { MK_DOUBLE_CLICK }, "with --mouse: select and Enter", NULL, 0,
	  IN_OVERLAY, run_double_click },
	{ { MK_WHEEL_UP, MK_WHEEL_DOWN },
	  "with --mouse: three lines up or down", NULL, 0, IN_OVERLAY,
	  run_wheel },
	{ { 'W' }, "save settings: sort, columns, panels, theme, ...", NULL, 0,
	  EVERYWHERE, run_save },
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

bool command_works(const struct command *command,
		   const struct dashboard *dashboard)
{
	if (command->where & ONLY_IN_DETAILS)
		return dashboard->overlay == &overlay_details;
	if (dashboard->overlay == &overlay_details)
		return command->where & (IN_OVERLAY | IN_DETAILS);
	if (dashboard->overlay)
		return command->where & IN_OVERLAY;
	return !dashboard_is_frozen(dashboard) || command->where & WHILE_PAUSED;
}

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
		snprintf(dst, cap, "1-7");
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
