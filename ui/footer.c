/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The footer: the commands that work here and now, as many as fit. What is
 * open decides; nothing is listed twice.
 */
#include "footer.h"

#include <stdio.h>
#include <string.h>

#include "command.h"
#include "command_run.h"
#include "dashboard_state.h"
#include "keys.h"
#include "text.h"

#define RANK_MAX 1000

static const char *enter_label(const struct dashboard *dashboard)
{
	if (!dashboard->overlay)
		return dashboard->focus == PANEL_LOG &&
			       !dashboard_is_frozen(dashboard) ?
			       "Call" :
			       "Details";
	return dashboard->overlay->choose ? "Choose" : NULL;
}

static const char *pause_label(const struct dashboard *dashboard)
{
	return dashboard->paused ? "Resume" : "Pause";
}

static const char *since_label(const struct dashboard *dashboard)
{
	return dashboard->view.since ? "Rate" : "Total";
}

static const char *close_label(const struct dashboard *dashboard)
{
	if (dashboard->overlay)
		return "Close";
	return dashboard->zoom == LAYOUT_NO_ZOOM ? "Quit" : "Back";
}

/* Commands whose labels go by what is open. */
static const struct {
	void (*run)(struct dashboard *dashboard, int key);
	const char *(*label)(const struct dashboard *dashboard);
} context_labels[] = {
	{ run_enter, enter_label },
	{ run_pause, pause_label },
	{ run_since, since_label },
	{ run_close_or_quit, close_label },
};

static const char *label_of(const struct dashboard *dashboard,
			    const struct command *command)
{
	size_t i;

	if (!command->label || !command_works(command, dashboard))
		return NULL;
	if (command->where & LABEL_IN_OVERLAY && !dashboard->overlay)
		return NULL;
	for (i = 0; i < sizeof(context_labels) / sizeof(context_labels[0]);
	     i++)
		if (context_labels[i].run == command->run)
			return context_labels[i].label(dashboard);
	return command->label;
}

/* "q Quit" and so on; the width goes by the first key's name. */
static int item_width(const struct command *command, const char *label)
{
	char key[16];

	keys_name(command->keys[0], key, sizeof(key));
	return text_width(key) + text_width(label) + 3;
}

/* Ranks from here on are shown; the others have no room. */
static int least_rank(const struct dashboard *dashboard, int cols)
{
	int i, width, rank, next = 0;
	const char *label;

	do {
		rank = next;
		width = 0;
		next = RANK_MAX;
		for (i = 0; i < nr_commands; i++) {
			label = label_of(dashboard, &command_table[i]);
			if (!label || command_table[i].rank < rank)
				continue;
			width += item_width(&command_table[i], label);
			if (command_table[i].rank + 1 < next)
				next = command_table[i].rank + 1;
		}
	} while (width > cols && next < RANK_MAX);
	return rank;
}

static int put_item(struct canvas *canvas, struct rect line,
		    const struct command *command, const char *label)
{
	int row = line.row, col = line.col, end = line.col + line.cols;
	char key[16];

	keys_name(command->keys[0], key, sizeof(key));
	if (command->keys[0] == '1')
		strcpy(key, "1-7");
	col += canvas_put(canvas, row, col, end - col, STYLE_NORMAL, " ");
	col += canvas_put(canvas, row, col, end - col, STYLE_KEY, key);
	col += canvas_put(canvas, row, col, end - col, STYLE_NORMAL, " ");
	col += canvas_put(canvas, row, col, end - col, STYLE_NORMAL, label);
	col += canvas_put(canvas, row, col, end - col, STYLE_NORMAL, " ");
	return col - line.col;
}

/* What an overlay has keys of its own for. */
static struct rect put_own_keys(const struct dashboard *dashboard,
				struct canvas *canvas, struct rect line)
{
	const struct overlay_ops *overlay = dashboard->overlay;
	int used;

	if (!overlay || !overlay->footer)
		return line;
	used = 1 + canvas_put(canvas, line.row, line.col, 1, STYLE_NORMAL, " ");
	used += canvas_put(canvas, line.row, line.col + 1, line.cols - 1,
			   STYLE_KEY, overlay->footer);
	canvas_put(canvas, line.row, line.col + used - 1, 1, STYLE_NORMAL,
		   " ");
	line.col += used;
	line.cols -= used;
	return line;
}

void footer_draw(const struct dashboard *dashboard, struct canvas *canvas)
{
	struct rect line = { dashboard->rows - 1, 1, 1, dashboard->cols - 2 };
	const struct command *command;
	const char *label;
	int i, used, rank;

	line = put_own_keys(dashboard, canvas, line);
	rank = least_rank(dashboard, line.cols - 1);
	for (i = 0; i < nr_commands; i++) {
		command = &command_table[i];
		label = label_of(dashboard, command);
		if (!label || command->rank < rank)
			continue;
		used = put_item(canvas, line, command, label);
		line.col += used;
		line.cols -= used;
	}
}
