/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Commands of the log: its search, the way to a process and back, a call. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "command_run.h"
#include "dashboard_state.h"
#include "keys.h"
#include "xalloc.h"

static void __attribute__((format(printf, 3, 4)))
say(struct dashboard *dashboard, bool is_error, const char *format, ...)
{
	char text[256];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	dashboard_set_status(dashboard, is_error, text);
}

void run_search_step(struct dashboard *dashboard, int key)
{
	int step = key == MK_CTRL('n') ? 1 : -1;
	bool wrapped = false;

	if (!dashboard->log.search[0])
		say(dashboard, true, "no search yet: / in the log asks for it");
	else if (!log_search_go(dashboard, step, step, &wrapped))
		say(dashboard, true, "not found: %s", dashboard->log.search);
	else if (wrapped)
		say(dashboard, false, "search went on from the %s line",
		    step > 0 ? "oldest" : "newest");
}

/* The row of @id, or -1. */
static int row_of(const struct dashboard *dashboard, struct process_id id)
{
	size_t i, nr;
	const struct model_row *rows = model_rows(dashboard->model, &nr);

	for (i = 0; i < nr; i++)
		if (process_id_some(id) && process_id_equal(rows[i].id, id) &&
		    rows[i].owner == OWNER_PROCESS)
			return (int)i;
	return -1;
}

/* The process panel's line for the call of @line, or -1. */
static int row_of_line(const struct dashboard *dashboard,
		       const struct model_log_line *line)
{
	const struct log_state *log = &dashboard->log;
	int row = -1;

	if (dashboard->last_key == 'L' && line->number == log->jump_line)
		row = row_of(dashboard, log->jump_process);
	if (row < 0)
		row = row_of(dashboard, model_log_owner(&line->event));
	if (row < 0)
		row = row_of(dashboard, line->event.caller);
	return row;
}

static void remember_jump(struct dashboard *dashboard, uint64_t line,
			  struct process_id process)
{
	dashboard->log.jump_line = line;
	dashboard->log.jump_process = process;
}

static void jump_to_process(struct dashboard *dashboard)
{
	const struct model_log_line *line;
	const struct model_row *rows;
	size_t nr;
	int row;

	if (!model_log_length(dashboard->model)) {
		say(dashboard, false, "the log has no line to jump from");
		return;
	}
	line = model_log(dashboard->model,
			 (size_t)dashboard->panel[PANEL_LOG].selected);
	row = row_of_line(dashboard, line);
	if (row < 0) {
		say(dashboard, false, "%s has no row: %s",
		    line->target_comm ? line->target_comm :
		    line->caller_comm ? line->caller_comm : "that process",
		    dashboard->view.group != GROUP_OWNER ?
			    "it is in a group; + expands one, t ungroups" :
		    model_hidden(dashboard->model) ?
			    "hidden, or nothing moved lately" :
			    "nothing moved lately");
		return;
	}
	rows = model_rows(dashboard->model, &nr);
	remember_jump(dashboard, line->number, rows[row].id);
	log_show_panel(dashboard, PANEL_PROCESSES);
	row_keys_clear(&dashboard->follow);
	dashboard->panel[PANEL_PROCESSES].selected = row;
	dashboard_move(dashboard, 0);
}

static bool is_of(const struct model_log_line *line, struct process_id id)
{
	return process_id_equal(line->event.caller, id) ||
	       process_id_equal(line->event.target, id);
}

/* The line that was jumped from, else the newest of process @id; or -1. */
static int line_of(const struct dashboard *dashboard, struct process_id id)
{
	const struct log_state *log = &dashboard->log;
	const struct model *model = dashboard->model;
	int i, lines = (int)model_log_length(model);

	i = (int)model_log_find(model, log->jump_line);
	if (dashboard->last_key == 'L' && i < lines &&
	    process_id_equal(log->jump_process, id) &&
	    model_log(model, (size_t)i)->number == log->jump_line)
		return i;
	for (i = lines - 1; i >= 0 && process_id_some(id); i--)
		if (is_of(model_log(model, (size_t)i), id))
			return i;
	return -1;
}

static void jump_to_line(struct dashboard *dashboard)
{
	int selected = dashboard->panel[PANEL_PROCESSES].selected;
	const struct model_row *row;
	size_t nr;
	int line;

	row = model_rows(dashboard->model, &nr);
	if (!nr) {
		say(dashboard, false, "there is no process to jump from");
		return;
	}
	row += selected;
	if (row->group != GROUP_OWNER && !process_id_some(row->id)) {
		say(dashboard, false, "a group; + shows its members");
		return;
	}
	line = line_of(dashboard, row->id);
	if (line < 0) {
		say(dashboard, false, "no call by or for %s in the log",
		    row->comm);
		return;
	}
	remember_jump(dashboard,
		      model_log(dashboard->model, (size_t)line)->number,
		      row->id);
	log_select(dashboard, line);
}

void run_jump(struct dashboard *dashboard, int key)
{
	(void)key;
	if (dashboard->focus == PANEL_LOG)
		jump_to_process(dashboard);
	else
		jump_to_line(dashboard);
}

void run_call(struct dashboard *dashboard, int key)
{
	int selected = dashboard->panel[PANEL_LOG].selected;

	(void)key;
	if (!model_log_length(dashboard->model))
		return;
	dashboard->log.call =
		model_log(dashboard->model, (size_t)selected)->number;
	dashboard_open_overlay(dashboard, &overlay_call);
}
