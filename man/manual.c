/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * manual <mptop.8.in >mptop.8: puts what the program takes and shows into the
 * manual, from the tables that the program itself goes by. A line @options@,
 * @help@ or @sort@ stands for the options, for all sections of the help, and
 * for the fields of --sort.
 */
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "model.h"
#include "option_row.h"
#include "overlay_help.h"

struct escape {
	char c;
	const char *roff;
};

/* What roff would make something else of. */
static const struct escape escapes[] = {
	{ '\\', "\\e" },  { '-', "\\-" },    { '^', "\\(ha" },
	{ '~', "\\(ti" }, { '`', "\\(ga" },  { '\'', "\\(aq" },
	{ '"', "\\(dq" },
};

static void put(const char *text)
{
	size_t i;

	for (; *text; text++) {
		for (i = 0; i < sizeof(escapes) / sizeof(escapes[0]); i++)
			if (escapes[i].c == *text)
				break;
		if (i < sizeof(escapes) / sizeof(escapes[0]))
			fputs(escapes[i].roff, stdout);
		else
			putchar(*text);
	}
}

/* A line of its own; a dot at its start would be a request. */
static void put_line(const char *text)
{
	fputs("\\&", stdout);
	put(text);
	putchar('\n');
}

static void put_item(const char *name, const char *text)
{
	fputs(".TP\n\\fB", stdout);
	put(name);
	fputs("\\fR\n", stdout);
	put_line(text);
}

static void put_options(void)
{
	const struct option_row *row;
	size_t i;

	for (i = 0; i < option_count; i++) {
		row = &option_table[i];
		fputs(".TP\n", stdout);
		if (row->letter)
			printf("\\fB\\-%c\\fR, ", row->letter);
		fputs("\\fB\\-\\-", stdout);
		put(row->name);
		fputs("\\fR", stdout);
		if (row->arg) {
			fputs("=\\fI", stdout);
			put(row->arg);
			fputs("\\fR", stdout);
		}
		putchar('\n');
		put_line(row->help);
	}
}

/* What follows a colon in a heading is a sentence under it. */
static void put_heading(const char *text)
{
	size_t length = strcspn(text, ":"), i;

	fputs(".SH \"", stdout);
	for (i = 0; i < length; i++)
		putchar(toupper((unsigned char)text[i]));
	fputs("\"\n", stdout);
	if (text[length])
		put_line(text + length + 1 + strspn(text + length + 1, " "));
}

static void put_help(void)
{
	struct help_line line;
	const char *heading;
	size_t section;
	int i;

	for (section = 0; (heading = help_heading(section)); section++) {
		put_heading(heading);
		for (i = 0; help_line_of(section, i, &line); i++)
			put_item(line.name, line.text);
	}
}

static void put_sort(void)
{
	int i;

	for (i = 0; i < ORDER_COUNT; i++)
		put_item(model_order_table[i].name, model_order_table[i].help);
}

static const struct part {
	const char *line;
	void (*put)(void);
} parts[] = {
	{ "@options@\n", put_options },
	{ "@help@\n", put_help },
	{ "@sort@\n", put_sort },
};

int main(void)
{
	char line[1024];
	size_t i;

	while (fgets(line, sizeof(line), stdin)) {
		for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
			if (!strcmp(line, parts[i].line))
				break;
		if (i < sizeof(parts) / sizeof(parts[0]))
			parts[i].put();
		else
			fputs(line, stdout);
	}
	return ferror(stdin) || fflush(stdout) ? 1 : 0;
}
