/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Help: every command, filter field and column, printed from their tables, so
 * that it cannot say anything else than what the program does.
 */
#include "overlay_help.h"

#include <stdio.h>
#include <string.h>

#include "column.h"
#include "command.h"
#include "dashboard_state.h"
#include "header_items.h"
#include "overlay.h"

#define NAME_COLS 18

struct help_section {
	const char *heading;
	int (*lines)(void);
	void (*line)(int i, struct help_line *line);
};

static void command_line(int i, struct help_line *line)
{
	command_keys_text(&command_table[i], line->name, sizeof(line->name));
	line->text = command_table[i].help;
}

static int command_lines(void)
{
	return nr_commands;
}

static int field_lines(void)
{
	int i = 0;

	while (filter_fields[i].name)
		i++;
	return i;
}

static void field_line(int i, struct help_line *line)
{
	snprintf(line->name, sizeof(line->name), "%s", filter_fields[i].name);
	line->text = filter_fields[i].help;
}

static int process_lines(void)
{
	return nr_process_columns;
}

static void process_line(int i, struct help_line *line)
{
	snprintf(line->name, sizeof(line->name), "%s",
		 process_columns[i].name);
	line->text = process_columns[i].help;
}

static int node_lines(void)
{
	return nr_node_columns;
}

static void node_line(int i, struct help_line *line)
{
	const char *name = node_columns[i].name;

	snprintf(line->name, sizeof(line->name), "%s", name[0] ? name : "|");
	line->text = node_columns[i].help;
}

static int header_lines(void)
{
	return HEADER_COUNT;
}

static void header_line(int i, struct help_line *line)
{
	snprintf(line->name, sizeof(line->name), "%s", header_table[i].name);
	line->text = header_table[i].help;
}

static const struct help_section sections[] = {
	{ "Keys", command_lines, command_line },
	{ "Header", header_lines, header_line },
	{ "Filter: words are joined by and; field=value != ~regex >number",
	  field_lines, field_line },
	{ "Columns of the processes", process_lines, process_line },
	{ "Columns of the nodes", node_lines, node_line },
};

#define SECTIONS (sizeof(sections) / sizeof(sections[0]))

const char *help_heading(size_t section)
{
	return section < SECTIONS ? sections[section].heading : NULL;
}

bool help_line_of(size_t section, int i, struct help_line *line)
{
	if (i >= sections[section].lines())
		return false;
	sections[section].line(i, line);
	return true;
}

static int help_lines(const struct dashboard *dashboard)
{
	int lines = -1;
	size_t s;

	(void)dashboard;
	for (s = 0; s < SECTIONS; s++)
		lines += sections[s].lines() + 2;
	return lines;
}

/* A heading, the section's lines, and a blank line before the next one. */
static void help_line_at(int at, struct help_line *line)
{
	size_t s;
	int lines;

	for (s = 0; s < SECTIONS; s++, at -= lines + 2) {
		lines = sections[s].lines();
		if (at > lines + 1)
			continue;
		if (!at)
			snprintf(line->name, sizeof(line->name), "%s",
				 sections[s].heading);
		else if (at <= lines)
			sections[s].line(at - 1, line);
		return;
	}
}

static void help_draw_line(const struct dashboard *dashboard, int at,
			   struct canvas *canvas, struct rect area)
{
	struct help_line line = { .name = "" };

	(void)dashboard;
	help_line_at(at, &line);
	if (!line.text) {
		canvas_put(canvas, area.row, area.col, area.cols, STYLE_TITLE,
			   line.name);
		return;
	}
	canvas_put(canvas, area.row, area.col + 1, NAME_COLS, STYLE_KEY,
		   line.name);
	canvas_put(canvas, area.row, area.col + NAME_COLS + 2,
		   area.cols - NAME_COLS - 2, STYLE_NORMAL, line.text);
}

const struct overlay_ops overlay_help = {
	.title = "Help  (q closes)",
	.cols = 76,
	.lines = help_lines,
	.draw_line = help_draw_line,
};
