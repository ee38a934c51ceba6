/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Positions in the log, and the search that moves them. */
#include "log_state.h"

#include <stdlib.h>
#include <string.h>

#include "dashboard_state.h"
#include "log_line.h"
#include "text.h"
#include "xalloc.h"

void log_state_init(struct log_state *log)
{
	log->search = xstrdup("");
	log->search_before = xstrdup("");
}

void log_state_free(struct log_state *log)
{
	free(log->search);
	free(log->search_before);
}

static uint64_t number_at(const struct dashboard *dashboard, int i)
{
	size_t length = model_log_length(dashboard->model);

	return i >= 0 && (size_t)i < length ?
		       model_log(dashboard->model, (size_t)i)->number : 0;
}

void log_place_keep(struct dashboard *dashboard)
{
	const struct panel_state *state = &dashboard->panel[PANEL_LOG];

	/* Behind a frozen picture the lines go on without a look. */
	if (dashboard->frozen)
		return;
	dashboard->log.place = (struct log_place){
		.top = number_at(dashboard, state->top),
		.selected = number_at(dashboard, state->selected),
		.left = state->left,
		.follow = state->follow,
	};
}

void log_place_find(struct dashboard *dashboard)
{
	const struct log_place *place = &dashboard->log.place;
	struct panel_state *state = &dashboard->panel[PANEL_LOG];

	state->top = (int)model_log_find(dashboard->model, place->top);
	state->selected =
		(int)model_log_find(dashboard->model, place->selected);
	state->left = place->left;
	state->follow = place->follow;
}

void log_show_panel(struct dashboard *dashboard, int panel)
{
	if (dashboard->layout.panel[panel].rows &&
	    dashboard->zoom == LAYOUT_NO_ZOOM) {
		dashboard_set_focus(dashboard, panel);
		return;
	}
	dashboard_set_zoom(dashboard, panel);
	dashboard_layout(dashboard);
}

void log_select(struct dashboard *dashboard, int i)
{
	struct panel_state *state = &dashboard->panel[PANEL_LOG];

	log_show_panel(dashboard, PANEL_LOG);
	state->selected = i;
	dashboard_move(dashboard, 0);
	state->follow = false;
	log_place_keep(dashboard);
}

void log_search_set(struct dashboard *dashboard, const char *text)
{
	char *copy = xstrdup(text);

	free(dashboard->log.search);
	dashboard->log.search = copy;
}

/* The columns of a match in line @i; false if it has none. */
static bool match_at(const struct dashboard *dashboard, int i,
		     const char *pattern, int *from, int *to)
{
	const struct model_log_line *line =
		model_log(dashboard->model, (size_t)i);
	char text[LOG_LINE_CAP], *match;

	log_line_text(line, dashboard->unicode, text, sizeof(text));
	match = (char *)text_search(text, pattern);
	if (!match)
		return false;
	match[strlen(pattern)] = '\0';
	*to = text_width(text);
	*match = '\0';
	*from = text_width(text);
	return true;
}

/* Scrolls sideways until the columns @from to @to are seen. */
static void show_columns(struct dashboard *dashboard, int from, int to)
{
	struct panel_state *state = &dashboard->panel[PANEL_LOG];
	int cols = dashboard->layout.panel[PANEL_LOG].cols - 1;

	if (from < LOG_TIME_COLS)
		return;
	if (to - state->left > cols)
		state->left = to - cols;
	if (from - state->left < LOG_TIME_COLS)
		state->left = from - LOG_TIME_COLS;
}

bool log_search_go(struct dashboard *dashboard, int from, int step,
		   bool *wrapped)
{
	int lines = (int)model_log_length(dashboard->model);
	int start = dashboard->panel[PANEL_LOG].selected + from;
	char pattern[LOG_LINE_CAP];
	int n, i, left, right;

	log_line_pattern(dashboard->log.search, dashboard->unicode, pattern,
			 sizeof(pattern));
	for (n = 0; n < lines && pattern[0]; n++) {
		i = ((start + n * step) % lines + lines) % lines;
		if (!match_at(dashboard, i, pattern, &left, &right))
			continue;
		if (wrapped)
			*wrapped = i != start + n * step;
		log_select(dashboard, i);
		show_columns(dashboard, left, right);
		log_place_keep(dashboard);
		return true;
	}
	return false;
}
