/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which rows there are: what keys restrict them to, how they are grouped, what
 * is expanded, tagged and followed.
 */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "dashboard_state.h"
#include "row_text.h"
#include "text.h"
#include "xalloc.h"

const struct model_row *dashboard_row(const struct dashboard *dashboard)
{
	size_t nr;
	const struct model_row *rows = model_rows(dashboard->model, &nr);
	int selected = dashboard->panel[PANEL_PROCESSES].selected;

	return selected >= 0 && (size_t)selected < nr ? &rows[selected] : NULL;
}

/* @text, owned, for *@held and for what the view has of it. */
static void hold(char **held, const char **view, const char *text)
{
	char *copy = text ? text_clean_dup(text) : NULL;

	free(*held);
	*held = copy;
	*view = copy;
}

void dashboard_set_user(struct dashboard *dashboard, const char *user)
{
	hold(&dashboard->user, &dashboard->view.user, user);
	dashboard_look(dashboard);
}

void dashboard_set_reason(struct dashboard *dashboard, const char *reason)
{
	hold(&dashboard->reason, &dashboard->view.reason, reason);
	dashboard_look(dashboard);
}

static void set_only(struct dashboard *dashboard, const struct model_key *key,
		     char *text)
{
	free(dashboard->only_text);
	row_keys_clear(&dashboard->only);
	if (key)
		row_keys_add(&dashboard->only, key);
	dashboard->only_text = text;
	dashboard->view.only = key ? dashboard->only.key : NULL;
}

void dashboard_set_only(struct dashboard *dashboard,
			const struct model_row *row)
{
	struct model_key key;

	if (row) {
		key = model_row_key(row);
		set_only(dashboard, &key, row_title(row));
	} else {
		set_only(dashboard, NULL, NULL);
	}
	dashboard_look(dashboard);
}

void dashboard_clear_rows(struct dashboard *dashboard)
{
	hold(&dashboard->user, &dashboard->view.user, NULL);
	hold(&dashboard->reason, &dashboard->view.reason, NULL);
	set_only(dashboard, NULL, NULL);
	dashboard->view.hide_idle = false;
}

/* By movers, an owner can have several rows: the nearest is meant. */
void dashboard_follow(struct dashboard *dashboard)
{
	struct panel_state *state = &dashboard->panel[PANEL_PROCESSES];
	struct model_key key;
	size_t i, nr;
	const struct model_row *rows = model_rows(dashboard->model, &nr);
	int best = -1;

	for (i = 0; dashboard->follow.nr && i < nr; i++) {
		key = model_row_key(&rows[i]);
		if (!row_keys_has(&dashboard->follow, &key))
			continue;
		if (best < 0 || abs((int)i - state->selected) <
				abs(best - state->selected))
			best = (int)i;
	}
	dashboard->follow_shown = best >= 0;
	if (best >= 0)
		state->selected = best;
}

void dashboard_rows_json(const struct dashboard *dashboard, json_t *view)
{
	json_object_set_new(view, "group",
			    json_string(model_group_name[dashboard->view
								 .group]));
	json_object_set_new(view, "user",
			    json_pack("s?", dashboard->user));
	json_object_set_new(view, "reason",
			    json_pack("s?", dashboard->reason));
	json_object_set_new(view, "only", row_keys_json(&dashboard->only));
	json_object_set_new(view, "only_text",
			    json_pack("s?", dashboard->only_text));
	json_object_set_new(view, "hide_idle",
			    json_boolean(dashboard->view.hide_idle));
	json_object_set_new(view, "of_row",
			    json_boolean(dashboard->of_row));
	json_object_set_new(view, "expanded",
			    row_keys_json(&dashboard->expanded));
	json_object_set_new(view, "tags", row_keys_json(&dashboard->tags));
	json_object_set_new(view, "follow", row_keys_json(&dashboard->follow));
}

static const char *text_of(const json_t *view, const char *name)
{
	return json_string_value(json_object_get(view, name));
}

static void set_only_json(struct dashboard *dashboard, const json_t *view)
{
	struct row_keys only = { 0 };
	const char *text = text_of(view, "only_text");

	row_keys_set_json(&only, json_object_get(view, "only"));
	if (only.nr)
		set_only(dashboard, only.key, text_clean_dup(text ? text : ""));
	row_keys_clear(&only);
}

void dashboard_set_rows_json(struct dashboard *dashboard, const json_t *view)
{
	const char *group = text_of(view, "group");
	int i;

	dashboard_clear_rows(dashboard);
	for (i = 0; group && i < GROUP_COUNT; i++)
		if (!strcmp(model_group_name[i], group))
			dashboard->view.group = i;
	hold(&dashboard->user, &dashboard->view.user, text_of(view, "user"));
	hold(&dashboard->reason, &dashboard->view.reason,
	     text_of(view, "reason"));
	set_only_json(dashboard, view);
	dashboard->view.hide_idle =
		json_is_true(json_object_get(view, "hide_idle"));
	dashboard->of_row = json_is_true(json_object_get(view, "of_row"));
	row_keys_set_json(&dashboard->expanded,
			  json_object_get(view, "expanded"));
	row_keys_set_json(&dashboard->tags, json_object_get(view, "tags"));
	row_keys_set_json(&dashboard->follow, json_object_get(view, "follow"));
}

void dashboard_rows_free(struct dashboard *dashboard)
{
	size_t i;

	for (i = 0; i < dashboard->nr_choices; i++)
		free(dashboard->choices[i].name);
	free(dashboard->choices);
	free(dashboard->user);
	free(dashboard->reason);
	free(dashboard->only_text);
	row_keys_clear(&dashboard->only);
	row_keys_clear(&dashboard->expanded);
	row_keys_clear(&dashboard->tags);
	row_keys_clear(&dashboard->follow);
}
