/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One line of text being edited on the last line of the screen, and the
 * questions that are asked so.
 */
#ifndef MPTOP_PROMPT_H
#define MPTOP_PROMPT_H

#include <stdbool.h>
#include <stddef.h>

#include "canvas.h"

#define PROMPT_CAP 512

struct dashboard;

struct prompt {
	char text[PROMPT_CAP]; /* valid, printable UTF-8 */
	size_t length;
	size_t cursor; /* offset of a whole character */
	char error[200]; /* "" if the text is right */
};

struct prompt_kind {
	const char *label;
	const char *hint; /* shown while the text is empty */
	bool lenient;	  /* Enter takes a text with an error, too */
	/* The text to begin with, into prompt->text. */
	void (*begin)(struct dashboard *dashboard);
	/* The text changed: fills prompt->error or clears it. */
	void (*changed)(struct dashboard *dashboard);
	/* Enter on a text without error. */
	void (*accept)(struct dashboard *dashboard);
	/* Esc; may be NULL. */
	void (*cancel)(struct dashboard *dashboard);
};

extern const struct prompt_kind prompt_filter;
extern const struct prompt_kind prompt_delay;
extern const struct prompt_kind prompt_node;
extern const struct prompt_kind prompt_search;
extern const struct prompt_kind prompt_seek;

/* Starts with @text, the cursor at its end. */
void prompt_begin(struct prompt *prompt, const char *text);

/* Edits; true if the text changed. Keys that do not edit are ignored. */
bool prompt_edit(struct prompt *prompt, int key);

/* Draws all of line @row: label, text with its cursor, hint or error. */
void prompt_draw(const struct prompt *prompt, const struct prompt_kind *kind,
		 struct canvas *canvas, int row);

#endif
