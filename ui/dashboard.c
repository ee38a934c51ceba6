/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The dashboard's life, its keys and its positions. */
#include "dashboard.h"

#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "command_run.h"
#include "dashboard_state.h"
#include "details.h"
#include "keys.h"
#include "xalloc.h"

/* Columns that one step sideways scrolls the log by. */
#define LOG_SCROLL 8

struct dashboard *dashboard_new(struct model *model,
				const struct dashboard_options *options)
{
	struct dashboard *dashboard = xcalloc(1, sizeof(*dashboard));

	dashboard->model = model;
	dashboard->columns = column_choice_default();
	dashboard->view.order = options->order;
	dashboard->view.reverse = options->reverse;
	dashboard->view.base = options->filter;
	dashboard->view.node = NODE_UNKNOWN;
	dashboard->filter_text = xstrdup("");
	dashboard->base_text =
		xstrdup(options->filter_text ? options->filter_text : "");
	dashboard->shown_filter = xstrdup(dashboard->base_text);
	dashboard->version = xstrdup(options->version ? options->version : "");
	dashboard_set_focus(dashboard, PANEL_PROCESSES);
	dashboard->zoom = LAYOUT_NO_ZOOM;
	log_state_init(&dashboard->log);
	dashboard->log.place.follow = true;
	dashboard->rows = 24;
	dashboard->cols = 80;
	dashboard->delay_ns = options->delay_ns;
	dashboard_look(dashboard);
	return dashboard;
}

void dashboard_free(struct dashboard *dashboard)
{
	if (!dashboard)
		return;
	filter_free(dashboard->filter);
	filter_free(dashboard->base);
	canvas_free(dashboard->frozen);
	dashboard_rows_free(dashboard);
	log_state_free(&dashboard->log);
	history_free(&dashboard->history);
	model_details_free(dashboard->details);
	details_forget_world(dashboard);
	free(dashboard->filter_text);
	free(dashboard->base_text);
	free(dashboard->shown_filter);
	free(dashboard->prompt_filter_text);
	free(dashboard->version);
	free(dashboard->status);
	free(dashboard->replay);
	free(dashboard->recording);
	free(dashboard);
}

static int bounded(int64_t value, int least, int most)
{
	if (value > most)
		value = most;
	return value < least ? least : (int)value;
}

int dashboard_visible(const struct dashboard *dashboard, enum panel which)
{
	struct screen_facts facts = dashboard_facts(dashboard);
	struct rect area = dashboard->layout.panel[which];

	return area.rows ? panel_table[which]->visible(&facts, area) : 0;
}

/* Keeps the selected line, or the top, within what there is to show. */
static void state_bound(struct panel_state *state, bool selects, int lines,
			int visible)
{
	if (state->follow) {
		state->top = lines;
		state->selected = lines - 1;
	}
	state->selected = bounded(state->selected, 0, lines - 1);
	if (selects && state->selected < state->top)
		state->top = state->selected;
	if (selects && visible && state->selected >= state->top + visible)
		state->top = state->selected - visible + 1;
	if (visible)
		state->top = bounded(state->top, 0, lines - visible);
}

static void states_bound(struct dashboard *dashboard)
{
	struct screen_facts facts = dashboard_facts(dashboard);
	const struct panel_ops *ops;
	int i;

	for (i = 0; i < PANEL_COUNT; i++) {
		ops = panel_table[i];
		state_bound(&dashboard->panel[i], ops->selects,
			    ops->lines(&facts),
			    dashboard_visible(dashboard, i));
	}
	log_place_keep(dashboard);
}

static void move_overlay(struct dashboard *dashboard, int lines)
{
	const struct overlay_ops *overlay = dashboard->overlay;
	struct panel_state *state = &dashboard->overlay_state;
	int visible = overlay_area(dashboard, dashboard->rows,
				   dashboard->cols).rows;

	if (overlay->selects)
		state->selected += lines;
	else
		state->top += lines;
	state_bound(state, overlay->selects, overlay->lines(dashboard),
		    visible);
}

/* The panel that has the focus while there is no room for the wanted one. */
static enum panel focus_heir(const struct dashboard *dashboard)
{
	const struct rect *area = dashboard->layout.panel;
	int i;

	for (i = PANEL_NODES; i < PANEL_COUNT && !area[PANEL_PROCESSES].rows;
	     i++)
		if (area[i].rows)
			return i;
	return PANEL_PROCESSES;
}

static void focus_bound(struct dashboard *dashboard)
{
	enum panel wanted = dashboard->wanted_focus;

	if (dashboard->zoom > PANEL_HEADER)
		dashboard->focus = dashboard->zoom;
	else if (dashboard->layout.panel[wanted].rows)
		dashboard->focus = wanted;
	else if (dashboard->zoom == LAYOUT_NO_ZOOM &&
		 !dashboard->layout.too_small)
		dashboard->focus = focus_heir(dashboard);
}

void dashboard_set_focus(struct dashboard *dashboard, enum panel which)
{
	dashboard->wanted_focus = which;
	dashboard->focus = which;
}

void dashboard_set_zoom(struct dashboard *dashboard, int zoom)
{
	dashboard->zoom = zoom;
	if (zoom > PANEL_HEADER && !dashboard->hidden[zoom])
		dashboard_set_focus(dashboard, zoom);
}

void dashboard_layout(struct dashboard *dashboard)
{
	struct screen_facts facts = dashboard_facts(dashboard);
	struct layout_request request = {
		.rows = dashboard->rows,
		.cols = dashboard->cols,
		.zoom = dashboard->zoom,
	};
	const struct panel_ops *ops;
	int i;

	for (i = 0; i < PANEL_COUNT; i++) {
		ops = panel_table[i];
		request.panel[i] = (struct layout_panel){
			.available = !dashboard->hidden[i] ||
				     dashboard->zoom == i,
			.min_rows = ops->min_rows,
			.min_cols = ops->min_cols,
			.want_rows = ops->lines(&facts) + 1,
			.want_cols = ops->want_cols ? ops->want_cols(&facts) :
						      dashboard->cols,
		};
	}
	layout_compute(&request, &dashboard->layout);
	details_layout(dashboard);
	focus_bound(dashboard);
	states_bound(dashboard);
	if (dashboard->overlay)
		move_overlay(dashboard, 0);
}

bool dashboard_set_hidden(struct dashboard *dashboard,
			  const bool hidden[PANEL_COUNT])
{
	int i, shown = 0;

	for (i = PANEL_NODES; i < PANEL_COUNT; i++)
		shown += !hidden[i];
	if (!shown)
		return false;
	memcpy(dashboard->hidden, hidden, sizeof(dashboard->hidden));
	return true;
}

void dashboard_look(struct dashboard *dashboard)
{
	dashboard->view.top_pairs = column_choice_pairs(&dashboard->columns);
	dashboard->view.expanded = dashboard->expanded.key;
	dashboard->view.nr_expanded = dashboard->expanded.nr;
	model_look(dashboard->model, &dashboard->view);
	dashboard_follow(dashboard);
	log_place_find(dashboard);
	details_look(dashboard);
	dashboard_layout(dashboard);
}

void dashboard_move(struct dashboard *dashboard, int lines)
{
	struct screen_facts facts = dashboard_facts(dashboard);
	struct panel_state *state = &dashboard->panel[dashboard->focus];
	const struct panel_ops *ops = panel_table[dashboard->focus];
	int visible = dashboard_visible(dashboard, dashboard->focus);
	int all = ops->lines(&facts);

	if (dashboard->overlay) {
		move_overlay(dashboard, lines);
		return;
	}
	if (!visible)
		return;
	if (dashboard->focus == PANEL_PROCESSES && lines)
		row_keys_clear(&dashboard->follow);
	state->follow = false;
	if (ops->selects)
		state->selected = bounded((int64_t)state->selected + lines, 0,
					  all - 1);
	else
		state->top = bounded((int64_t)state->top + lines, 0,
				     all - visible);
	if (dashboard->focus == PANEL_LOG)
		state->follow = state->selected >= all - 1;
	state_bound(state, ops->selects, all, visible);
	log_place_keep(dashboard);
}

void dashboard_scroll(struct dashboard *dashboard, int columns)
{
	struct screen_facts facts = dashboard_facts(dashboard);
	struct panel_state *state = &dashboard->panel[dashboard->focus];
	const struct panel_ops *ops = panel_table[dashboard->focus];

	if (!ops->left_max)
		return;
	if (dashboard->focus == PANEL_LOG)
		columns *= LOG_SCROLL;
	state->left = bounded(state->left + columns, 0, ops->left_max(&facts));
	log_place_keep(dashboard);
}

static void key_prompt(struct dashboard *dashboard, int key)
{
	const struct prompt_kind *kind = dashboard->prompt_kind;

	if (key == MK_CTRL('c') || key == MK_F10) {
		dashboard->request |= REQUEST_QUIT;
	} else if (key == MK_ENTER) {
		if (dashboard->prompt.error[0] && !kind->lenient)
			return;
		history_add(&dashboard->history, kind,
			    dashboard->prompt.text);
		kind->accept(dashboard);
		dashboard_close_prompt(dashboard);
	} else if (key == MK_ESC) {
		if (kind->cancel)
			kind->cancel(dashboard);
		dashboard_close_prompt(dashboard);
	} else if (key == MK_UP || key == MK_DOWN) {
		if (history_go(&dashboard->history, kind, &dashboard->prompt,
			       key == MK_UP ? 1 : -1))
			kind->changed(dashboard);
	} else if (prompt_edit(&dashboard->prompt, key)) {
		kind->changed(dashboard);
	}
}

static void key_command(struct dashboard *dashboard, int key)
{
	const struct command *command = command_find(key);
	const struct overlay_ops *overlay = dashboard->overlay;

	if (overlay && overlay->key && overlay->key(dashboard, key))
		return;
	if (!command)
		return;
	if (!command_works(command, dashboard)) {
		if (dashboard_is_frozen(dashboard) && !dashboard->overlay)
			dashboard_set_status(dashboard, false,
					     "paused; z resumes");
		return;
	}
	command->run(dashboard, key);
}

void dashboard_key(struct dashboard *dashboard, int key)
{
	if (keys_mouse_take(&key, &dashboard->mouse_row,
			    &dashboard->mouse_col) && dashboard->prompt_kind)
		return;
	dashboard_set_status(dashboard, false, NULL);
	if (dashboard->prompt_kind)
		key_prompt(dashboard, key);
	else
		key_command(dashboard, key);
	dashboard->last_key = key;
}

unsigned int dashboard_take_request(struct dashboard *dashboard)
{
	unsigned int request = dashboard->request;

	dashboard->request = 0;
	return request;
}

int64_t dashboard_delay_ns(const struct dashboard *dashboard)
{
	return dashboard->delay_ns;
}

void dashboard_update(struct dashboard *dashboard, int64_t now_ns)
{
	dashboard->now_ns = now_ns;
	if (!dashboard_is_frozen(dashboard) || !dashboard->frozen)
		dashboard_look(dashboard);
}
