/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The search in the log, live: from the selected line upwards, as one looks
 * back, and around.
 */
#include "prompt.h"

#include <stdio.h>
#include <stdlib.h>

#include "dashboard_state.h"
#include "xalloc.h"

static void search_begin(struct dashboard *dashboard)
{
	struct log_state *log = &dashboard->log;

	prompt_begin(&dashboard->prompt, "");
	log->place_before = log->place;
	free(log->search_before);
	log->search_before = xstrdup(log->search);
}

static void go_back(struct dashboard *dashboard)
{
	dashboard->log.place = dashboard->log.place_before;
	log_place_find(dashboard);
	dashboard_layout(dashboard);
}

static void search_changed(struct dashboard *dashboard)
{
	struct prompt *prompt = &dashboard->prompt;

	prompt->error[0] = '\0';
	log_search_set(dashboard, prompt->text);
	go_back(dashboard);
	if (prompt->length && !log_search_go(dashboard, 0, -1, NULL))
		snprintf(prompt->error, sizeof(prompt->error), "not found");
}

static void search_accept(struct dashboard *dashboard)
{
	const struct prompt *prompt = &dashboard->prompt;
	char text[PROMPT_CAP + 16];

	log_search_set(dashboard, prompt->text);
	if (!prompt->error[0])
		return;
	snprintf(text, sizeof(text), "not found: %s", prompt->text);
	dashboard_set_status(dashboard, true, text);
}

static void search_cancel(struct dashboard *dashboard)
{
	log_search_set(dashboard, dashboard->log.search_before);
	go_back(dashboard);
}

const struct prompt_kind prompt_search = {
	.label = "Search",
	.hint = "in the log, upwards; capitals count; Enter keeps, Esc goes back",
	.lenient = true,
	.begin = search_begin,
	.changed = search_changed,
	.accept = search_accept,
	.cancel = search_cancel,
};
