/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What was entered at prompts, a list a kind, in memory only. */
#ifndef MPTOP_HISTORY_H
#define MPTOP_HISTORY_H

#include "prompt.h"

#define HISTORY_KINDS 8
/* Texts kept of a kind; the oldest goes first. */
#define HISTORY_TEXTS 50

struct history_list {
	const struct prompt_kind *kind;
	char *text[HISTORY_TEXTS]; /* oldest first */
	int nr;
};

/* Empty when zeroed. */
struct history {
	struct history_list list[HISTORY_KINDS];
	int at; /* of the open prompt: texts back from the newest, 0: none */
	char edited[PROMPT_CAP]; /* what was being typed */
};

void history_free(struct history *history);

/* A prompt opens: one is at what is being typed. */
void history_begin(struct history *history);

/* Adds @text, unless it is empty or was the last. */
void history_add(struct history *history, const struct prompt_kind *kind,
		 const char *text);

/*
 * Puts the text @step back (1) or forward (-1) into @prompt, in the end what
 * was being typed. False if there is none.
 */
bool history_go(struct history *history, const struct prompt_kind *kind,
		struct prompt *prompt, int step);

#endif
