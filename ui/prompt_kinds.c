/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the dashboard asks for: a filter, an interval, a node. A text that is
 * not understood changes nothing and says what was expected.
 */
#include "prompt.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "dashboard_state.h"
#include "xalloc.h"

#define DELAY_MIN 0.1
#define DELAY_MAX 3600.0

static void filter_begin(struct dashboard *dashboard)
{
	prompt_begin(&dashboard->prompt, dashboard->filter_text);
	dashboard->prompt_filter_text = xstrdup(dashboard->filter_text);
}

static void filter_changed(struct dashboard *dashboard)
{
	struct prompt *prompt = &dashboard->prompt;
	struct filter_error error = { 0 };
	struct filter *filter = filter_parse(prompt->text, &error);

	prompt->error[0] = '\0';
	if (filter)
		dashboard_set_filter(dashboard, filter, prompt->text);
	else
		snprintf(prompt->error, sizeof(prompt->error),
			 "column %d: %s", error.column, error.message);
}

static void filter_accept(struct dashboard *dashboard)
{
	(void)dashboard; /* it has been live all the time */
}

static void filter_cancel(struct dashboard *dashboard)
{
	struct filter_error error;

	dashboard_set_filter(dashboard,
			     filter_parse(dashboard->prompt_filter_text,
					  &error),
			     dashboard->prompt_filter_text);
}

static void delay_begin(struct dashboard *dashboard)
{
	prompt_begin(&dashboard->prompt, "");
}

static bool delay_parse(const char *text, double *seconds)
{
	char *end;

	*seconds = strtod(text, &end);
	return end != text && !*end && isfinite(*seconds) &&
	       *seconds >= DELAY_MIN && *seconds <= DELAY_MAX;
}

static void delay_changed(struct dashboard *dashboard)
{
	struct prompt *prompt = &dashboard->prompt;
	double seconds;

	prompt->error[0] = '\0';
	if (prompt->length && !delay_parse(prompt->text, &seconds))
		snprintf(prompt->error, sizeof(prompt->error),
			 "expected seconds from 0.1 to 3600");
}

static void delay_accept(struct dashboard *dashboard)
{
	double seconds;

	if (!delay_parse(dashboard->prompt.text, &seconds))
		return;
	dashboard->delay_ns = (int64_t)(seconds * 1e9 + 0.5);
	dashboard->request |= REQUEST_DELAY;
}

static void node_begin(struct dashboard *dashboard)
{
	prompt_begin(&dashboard->prompt, "");
}

/* The role that @word is the beginning of, or -1. */
static int role_parse(const char *word)
{
	size_t i, n = strlen(word);

	for (i = NODE_EITHER; i <= NODE_TO; i++)
		if (!strncasecmp(word, node_role_name[i], n))
			return (int)i;
	return -1;
}

struct node_answer {
	int node;
	int role;
};

/* Reads "2", "2 from", "2 t"; says in @error what is wrong. */
static bool node_parse(const struct dashboard *dashboard, const char *text,
		       struct node_answer *answer, const char **error)
{
	const struct sample *now = model_now(dashboard->model);
	char word[16] = "";
	int used = 0;

	*error = "expected a node id, then from, to or either";
	if (sscanf(text, "%9d%n", &answer->node, &used) != 1)
		return false;
	text += used;
	used = 0;
	sscanf(text, " %15s%n", word, &used);
	answer->role = role_parse(word);
	text += used;
	if (answer->role < 0 || text[strspn(text, " ")])
		return false;
	*error = "this machine has no such node";
	return now && sample_node_index(now, answer->node) >= 0;
}

static void node_changed(struct dashboard *dashboard)
{
	struct prompt *prompt = &dashboard->prompt;
	struct node_answer answer;
	const char *error;

	prompt->error[0] = '\0';
	if (prompt->length &&
	    !node_parse(dashboard, prompt->text, &answer, &error))
		snprintf(prompt->error, sizeof(prompt->error), "%s", error);
}

static void node_accept(struct dashboard *dashboard)
{
	struct node_answer answer = { NODE_UNKNOWN, NODE_EITHER };
	const char *error;

	if (dashboard->prompt.length &&
	    !node_parse(dashboard, dashboard->prompt.text, &answer, &error))
		return;
	dashboard->view.node = answer.node;
	dashboard->view.node_role = answer.role;
	dashboard_look(dashboard);
}

const struct prompt_kind prompt_filter = {
	.label = "Filter",
	.hint = "name, or pid=1 node=0-3 reason~numa rate>10k; Enter, Esc",
	.begin = filter_begin,
	.changed = filter_changed,
	.accept = filter_accept,
	.cancel = filter_cancel,
};

const struct prompt_kind prompt_delay = {
	.label = "Interval",
	.hint = "seconds, 0.1 to 3600; Enter, Esc",
	.begin = delay_begin,
	.changed = delay_changed,
	.accept = delay_accept,
};

const struct prompt_kind prompt_node = {
	.label = "Node",
	.hint = "id, then from, to or either; nothing for all; Enter, Esc",
	.begin = node_begin,
	.changed = node_changed,
	.accept = node_accept,
};
