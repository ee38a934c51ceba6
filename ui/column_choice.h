/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which columns the process panel shows and in what order: what the operator
 * chose, by keys or in a config file ("pid,user,comm,rate").
 */
#ifndef MPTOP_COLUMN_CHOICE_H
#define MPTOP_COLUMN_CHOICE_H

#include <stdbool.h>
#include <stddef.h>

#include "column.h"

/* All of process_columns, each once: those left out have a place, too. */
struct column_choice {
	int column[COLUMN_MAX]; /* index of process_columns */
	bool shown[COLUMN_MAX]; /* likewise indexed by place */
};

struct column_choice column_choice_default(void);

/*
 * Reads "pid,user,comm", blanks around a name allowed, or "default". Returns
 * 0, or -EINVAL with what is wrong, and what would do, in @error (at most @cap
 * bytes); @choice is as before then.
 */
int column_choice_parse(struct column_choice *choice, const char *text,
			char *error, size_t cap);

/* The text that column_choice_parse() reads; free() it. */
char *column_choice_text(const struct column_choice *choice);

/* Shows the column at @place or leaves it out; false: the last one stays. */
bool column_choice_toggle(struct column_choice *choice, int place);

/* Exchanges the column at @place with that at the next, if there is one. */
void column_choice_swap(struct column_choice *choice, int place);

/* Is one of the columns shown whose cells are model_top_pairs()? */
bool column_choice_pairs(const struct column_choice *choice);

/*
 * Copies the columns that are shown to @columns, which holds COLUMN_MAX, and
 * behind them the one that @order sorts by if it is left out. Returns how many.
 */
int column_choice_fill(const struct column_choice *choice, int order,
		       struct column *columns);

#endif
