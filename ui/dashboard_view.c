/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How the operator looks at the model: filter, order, restrictions, what is
 * open, and all of it as JSON for a snapshot.
 */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "dashboard.h"
#include "dashboard_state.h"
#include "details.h"
#include "xalloc.h"

const char *const node_role_name[NODE_TO + 1] = {
	[NODE_EITHER] = "either",
	[NODE_FROM] = "from",
	[NODE_TO] = "to",
};

static void set_text(char **text, const char *value)
{
	char *copy = value ? xstrdup(value) : NULL;

	free(*text);
	*text = copy;
}

static void filter_changed(struct dashboard *dashboard)
{
	bool both = dashboard->base_text[0] && dashboard->filter_text[0];

	free(dashboard->shown_filter);
	dashboard->shown_filter =
		xasprintf("%s%s%s", dashboard->base_text, both ? " " : "",
			  dashboard->filter_text);
	dashboard_look(dashboard);
}

void dashboard_set_filter(struct dashboard *dashboard, struct filter *filter,
			  const char *text)
{
	struct filter *old = dashboard->filter;

	set_text(&dashboard->filter_text, text);
	dashboard->filter = filter;
	dashboard->view.filter = text[0] ? filter : NULL;
	filter_changed(dashboard);
	filter_free(old);
}

static void set_base(struct dashboard *dashboard, struct filter *base,
		     const char *text)
{
	struct filter *old = dashboard->base;

	set_text(&dashboard->base_text, text);
	dashboard->base = base;
	dashboard->view.base = base;
	filter_changed(dashboard);
	filter_free(old);
}

void dashboard_clear_base(struct dashboard *dashboard)
{
	set_base(dashboard, NULL, "");
}

void dashboard_set_order(struct dashboard *dashboard, enum model_order order)
{
	if (dashboard->view.order == order)
		return;
	dashboard->view.order = order;
	dashboard->view.reverse = false;
	dashboard_look(dashboard);
}

void dashboard_open_overlay(struct dashboard *dashboard,
			    const struct overlay_ops *overlay)
{
	dashboard->overlay = overlay;
	dashboard->overlay_state = (struct panel_state){ 0 };
	if (overlay && overlay->start)
		dashboard->overlay_state.selected = overlay->start(dashboard);
	dashboard_move(dashboard, 0);
}

void dashboard_open_prompt(struct dashboard *dashboard,
			   const struct prompt_kind *kind)
{
	dashboard->prompt_kind = kind;
	history_begin(&dashboard->history);
	kind->begin(dashboard);
}

void dashboard_close_prompt(struct dashboard *dashboard)
{
	dashboard->prompt_kind = NULL;
	set_text(&dashboard->prompt_filter_text, NULL);
}

void dashboard_set_paused(struct dashboard *dashboard, bool paused)
{
	if (paused && dashboard->paused)
		return;
	dashboard->paused = paused;
	dashboard->paused_at_ns = dashboard->now_ns;
	canvas_free(dashboard->frozen);
	dashboard->frozen = NULL;
	if (paused)
		details_hold(dashboard);
	else
		dashboard_look(dashboard);
}

void dashboard_set_ended(struct dashboard *dashboard, bool ended)
{
	dashboard->ended = ended;
}

void dashboard_set_recording(struct dashboard *dashboard, const char *text)
{
	set_text(&dashboard->recording, text);
}

void dashboard_set_replay(struct dashboard *dashboard, const char *where)
{
	set_text(&dashboard->replay, where);
}

void dashboard_set_status(struct dashboard *dashboard, bool is_error,
			  const char *text)
{
	set_text(&dashboard->status, text);
	dashboard->status_is_error = is_error;
}

static json_t *panel_json(const struct panel_state *state, bool hidden)
{
	return json_pack("{s:i, s:i, s:i, s:b, s:b}", "top", state->top,
			 "selected", state->selected, "left", state->left,
			 "follow", (int)state->follow, "hidden", (int)hidden);
}

static json_t *panels_json(const struct dashboard *dashboard)
{
	json_t *panels = json_object();
	int i;

	for (i = PANEL_NODES; i < PANEL_COUNT; i++)
		json_object_set_new(panels, panel_table[i]->name,
				    panel_json(&dashboard->panel[i],
					       dashboard->hidden[i]));
	return panels;
}

char *dashboard_view_json(const struct dashboard *dashboard)
{
	const struct model_view *view = &dashboard->view;
	const char *zoom = dashboard->zoom == LAYOUT_NO_ZOOM ? NULL :
			   panel_table[dashboard->zoom]->name;
	char *columns = column_choice_text(&dashboard->columns);
	json_t *json = json_pack(
		"{s:s, s:b, s:s, s:s, s:o, s:s, s:s, s:s?, s:o, s:s, s:b, s:b,"
		" s:b}",
		"sort", model_order_table[view->order].name,
		"reverse", (int)view->reverse,
		"filter", dashboard->filter_text,
		"base", dashboard->base_text,
		"node", view->node == NODE_UNKNOWN ? json_null() :
						     json_integer(view->node),
		"node_role", node_role_name[view->node_role],
		"focus", panel_table[dashboard->wanted_focus]->name,
		"zoom", zoom, "panels", panels_json(dashboard),
		"columns", columns, "since", (int)view->since,
		"bytes", (int)dashboard->bytes,
		"cmdline", (int)dashboard->cmdline);
	char *text;

	dashboard_rows_json(dashboard, json);
	text = json_dumps(json, JSON_COMPACT | JSON_ENSURE_ASCII);
	json_decref(json);
	free(columns);
	return text ? text : xstrdup("{}");
}

/* The panel named by string @json, or @otherwise. */
static int panel_find(const json_t *json, int otherwise)
{
	const char *name = json_string_value(json);
	int i;

	for (i = 0; name && i < PANEL_COUNT; i++)
		if (!strcmp(panel_table[i]->name, name))
			return i;
	return otherwise;
}

static int small_int(const json_t *json)
{
	json_int_t value = json_integer_value(json);

	return value < 0 ? 0 : value > 1 << 24 ? 1 << 24 : (int)value;
}

static void apply_hidden(struct dashboard *dashboard, const json_t *panels)
{
	bool hidden[PANEL_COUNT] = { false };
	const json_t *json;
	int i;

	for (i = PANEL_NODES; i < PANEL_COUNT; i++) {
		json = json_object_get(panels, panel_table[i]->name);
		hidden[i] = json_is_true(json_object_get(json, "hidden"));
	}
	dashboard_set_hidden(dashboard, hidden);
}

static void apply_panels(struct dashboard *dashboard, const json_t *panels)
{
	struct screen_facts facts = dashboard_facts(dashboard);
	const json_t *json;
	struct panel_state *state;
	int i, most;

	for (i = PANEL_NODES; i < PANEL_COUNT; i++) {
		json = json_object_get(panels, panel_table[i]->name);
		if (!json_is_object(json))
			continue;
		state = &dashboard->panel[i];
		state->top = small_int(json_object_get(json, "top"));
		state->selected = small_int(json_object_get(json, "selected"));
		most = panel_table[i]->left_max ?
			       panel_table[i]->left_max(&facts) : 0;
		state->left = small_int(json_object_get(json, "left"));
		state->left = state->left < most ? state->left : most;
		state->follow = json_is_true(json_object_get(json, "follow"));
	}
}

static void apply_restrictions(struct dashboard *dashboard,
			       const json_t *json)
{
	const char *base = json_string_value(json_object_get(json, "base"));
	const char *text = json_string_value(json_object_get(json, "filter"));
	const char *role =
		json_string_value(json_object_get(json, "node_role"));
	const json_t *node = json_object_get(json, "node");
	struct filter_error error;
	struct filter *filter;
	int i;

	filter = base && base[0] ? filter_parse(base, &error) : NULL;
	if (filter)
		set_base(dashboard, filter, base);
	filter = text ? filter_parse(text, &error) : NULL;
	if (filter)
		dashboard_set_filter(dashboard, filter, text);
	if (json_is_integer(node))
		dashboard->view.node = small_int(node);
	for (i = NODE_EITHER; role && i <= NODE_TO; i++)
		if (!strcmp(role, node_role_name[i]))
			dashboard->view.node_role = i;
}

/* A later mptop may have columns that this one does not know. */
static void apply_columns(struct dashboard *dashboard, const json_t *json)
{
	const char *text =
		json_string_value(json_object_get(json, "columns"));
	char error[512];

	dashboard->view.since = json_is_true(json_object_get(json, "since"));
	dashboard->bytes = json_is_true(json_object_get(json, "bytes"));
	dashboard->cmdline = json_is_true(json_object_get(json, "cmdline"));
	if (text)
		column_choice_parse(&dashboard->columns, text, error,
				    sizeof(error));
}

void dashboard_set_view_json(struct dashboard *dashboard, const char *text)
{
	json_t *json = json_loads(text, 0, NULL);
	const char *sort = json_string_value(json_object_get(json, "sort"));
	int order = sort ? model_order_find(sort) : -1, focus;

	if (!json_is_object(json)) {
		json_decref(json);
		return;
	}
	apply_columns(dashboard, json);
	if (order >= 0)
		dashboard->view.order = (enum model_order)order;
	dashboard->view.reverse =
		json_is_true(json_object_get(json, "reverse"));
	apply_restrictions(dashboard, json);
	dashboard_set_rows_json(dashboard, json);
	apply_hidden(dashboard, json_object_get(json, "panels"));
	/* Where it is scrolled to goes by the rows that there are. */
	dashboard_look(dashboard);
	apply_panels(dashboard, json_object_get(json, "panels"));
	log_place_keep(dashboard);
	focus = panel_find(json_object_get(json, "focus"), PANEL_PROCESSES);
	dashboard_set_focus(dashboard, focus == PANEL_HEADER ?
			    PANEL_PROCESSES : focus);
	dashboard->zoom = panel_find(json_object_get(json, "zoom"),
				     LAYOUT_NO_ZOOM);
	dashboard_look(dashboard);
	json_decref(json);
}
