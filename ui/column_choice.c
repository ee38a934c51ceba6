/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A list of columns, and its text in a config file and a snapshot. */
#include "column_choice.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "column_cells.h"
#include "xalloc.h"

#define BLANKS " \t"

struct column_choice column_choice_default(void)
{
	struct column_choice choice = { 0 };
	int i;

	for (i = 0; i < nr_process_columns; i++) {
		choice.column[i] = i;
		choice.shown[i] = !process_columns[i].optional;
	}
	return choice;
}

/* The column of the @length bytes at @key, or -1. */
static int column_find(const char *key, size_t length)
{
	int i;

	for (i = 0; i < nr_process_columns; i++)
		if (strlen(process_columns[i].key) == length &&
		    !memcmp(process_columns[i].key, key, length))
			return i;
	return -1;
}

/* Columns that were read; @nr of them. */
struct column_list {
	int nr;
	int column[COLUMN_MAX];
};

static int list_find(const struct column_list *list, int column)
{
	int i;

	for (i = 0; i < list->nr; i++)
		if (list->column[i] == column)
			return i;
	return -1;
}

/* Those that have no name keep to the one before them in the table. */
static struct column_choice choice_of(const struct column_list *named)
{
	struct column_choice choice = { .shown = { false } };
	struct column_list list = *named;
	int i, at;

	for (i = 0; i < nr_process_columns; i++) {
		if (list_find(named, i) >= 0)
			continue;
		at = list_find(&list, i - 1) + 1;
		memmove(&list.column[at + 1], &list.column[at],
			(list.nr++ - at) * sizeof(list.column[0]));
		list.column[at] = i;
	}
	for (i = 0; i < list.nr; i++) {
		choice.column[i] = list.column[i];
		choice.shown[i] = list_find(named, list.column[i]) >= 0;
	}
	return choice;
}

static void say_unknown(const char *key, size_t length, char *error,
			size_t cap)
{
	size_t used;
	int i;

	used = snprintf(error, cap, "unknown column '%.*s'; expected",
			(int)length, key);
	for (i = 0; i < nr_process_columns && used < cap; i++)
		used += snprintf(error + used, cap - used, "%s %s",
				 i ? "," : "", process_columns[i].key);
}

/* The column of the @length bytes at @key; -1, and why in @error. */
static int column_read(const struct column_list *list, const char *key,
		       size_t length, char *error, size_t cap)
{
	int column = column_find(key, length);

	if (!length)
		snprintf(error, cap,
			 "a column has no name; expected pid,comm,rate");
	else if (column < 0)
		say_unknown(key, length, error, cap);
	else if (list_find(list, column) < 0)
		return column;
	else
		snprintf(error, cap, "column '%s' is there twice",
			 process_columns[column].key);
	return -1;
}

int column_choice_parse(struct column_choice *choice, const char *text,
			char *error, size_t cap)
{
	struct column_list list = { 0 };
	size_t length;
	int column;

	if (!strcmp(text, "default")) {
		*choice = column_choice_default();
		return 0;
	}
	for (;; text++) {
		text += strspn(text, BLANKS);
		length = strcspn(text, "," BLANKS);
		column = column_read(&list, text, length, error, cap);
		if (column < 0)
			return -EINVAL;
		list.column[list.nr++] = column;
		text += length;
		text += strspn(text, BLANKS);
		if (!*text)
			break;
		if (*text == ',')
			continue;
		snprintf(error, cap, "expected a comma after column '%s'",
			 process_columns[column].key);
		return -EINVAL;
	}
	*choice = choice_of(&list);
	return 0;
}

char *column_choice_text(const struct column_choice *choice)
{
	char *text = xstrdup(""), *longer;
	int i;

	for (i = 0; i < nr_process_columns; i++) {
		if (!choice->shown[i])
			continue;
		longer = xasprintf("%s%s%s", text, *text ? "," : "",
				   process_columns[choice->column[i]].key);
		free(text);
		text = longer;
	}
	return text;
}

bool column_choice_toggle(struct column_choice *choice, int place)
{
	int i, nr = 0;

	for (i = 0; i < nr_process_columns; i++)
		nr += choice->shown[i];
	if (choice->shown[place] && nr == 1)
		return false;
	choice->shown[place] = !choice->shown[place];
	return true;
}

void column_choice_swap(struct column_choice *choice, int place)
{
	int column = choice->column[place];
	bool shown = choice->shown[place];

	if (place + 1 >= nr_process_columns)
		return;
	choice->column[place] = choice->column[place + 1];
	choice->shown[place] = choice->shown[place + 1];
	choice->column[place + 1] = column;
	choice->shown[place + 1] = shown;
}

int column_choice_fill(const struct column_choice *choice, int order,
		       struct column *columns)
{
	bool sorted = order == COLUMN_NO_ORDER;
	const struct column *column;
	int i, nr = 0;

	for (i = 0; i < nr_process_columns; i++) {
		column = &process_columns[choice->column[i]];
		if (!choice->shown[i])
			continue;
		columns[nr++] = *column;
		sorted |= column->order == order;
	}
	for (i = 0; i < nr_process_columns && !sorted; i++) {
		if (process_columns[i].order != order)
			continue;
		columns[nr++] = process_columns[i];
		sorted = true;
	}
	return nr;
}

bool column_choice_pairs(const struct column_choice *choice)
{
	int i;

	for (i = 0; i < nr_process_columns; i++)
		if (choice->shown[i] &&
		    process_columns[choice->column[i]].cell == cell_pair)
			return true;
	return false;
}
