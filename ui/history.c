/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A kind gets its list when something of it is entered first. */
#include "history.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "xalloc.h"

static struct history_list *list_of(struct history *history,
				    const struct prompt_kind *kind, bool make)
{
	int i;

	for (i = 0; i < HISTORY_KINDS; i++) {
		if (!history->list[i].kind && make)
			history->list[i].kind = kind;
		if (history->list[i].kind == kind)
			return &history->list[i];
	}
	return NULL;
}

void history_free(struct history *history)
{
	int i, j;

	for (i = 0; i < HISTORY_KINDS; i++)
		for (j = 0; j < history->list[i].nr; j++)
			free(history->list[i].text[j]);
}

void history_begin(struct history *history)
{
	history->at = 0;
}

void history_add(struct history *history, const struct prompt_kind *kind,
		 const char *text)
{
	struct history_list *list = list_of(history, kind, true);

	if (!list || !*text ||
	    (list->nr && !strcmp(list->text[list->nr - 1], text)))
		return;
	if (list->nr == HISTORY_TEXTS) {
		free(list->text[0]);
		memmove(list->text, list->text + 1,
			(HISTORY_TEXTS - 1) * sizeof(list->text[0]));
		list->nr--;
	}
	list->text[list->nr++] = xstrdup(text);
}

bool history_go(struct history *history, const struct prompt_kind *kind,
		struct prompt *prompt, int step)
{
	const struct history_list *list = list_of(history, kind, false);
	int at = history->at + step;

	if (!list || at < 0 || at > list->nr)
		return false;
	if (!history->at)
		snprintf(history->edited, sizeof(history->edited), "%s",
			 prompt->text);
	history->at = at;
	prompt_begin(prompt, at ? list->text[list->nr - at] :
				  history->edited);
	return true;
}
