/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Commands about which rows there are: groups, restrictions, tags, follow. */
#include "command_run.h"
#include "dashboard_state.h"

static void say(struct dashboard *dashboard, const char *text)
{
	dashboard_set_status(dashboard, false, text);
}

void run_user(struct dashboard *dashboard, int key)
{
	(void)key;
	dashboard_open_overlay(dashboard, &overlay_user);
}

void run_reason(struct dashboard *dashboard, int key)
{
	(void)key;
	dashboard_open_overlay(dashboard, &overlay_reason);
}

void run_only(struct dashboard *dashboard, int key)
{
	const struct model_row *row = dashboard_row(dashboard);

	(void)key;
	if (!dashboard->view.only && !row)
		say(dashboard, "no row is selected");
	dashboard_set_only(dashboard, dashboard->view.only ? NULL : row);
}

void run_of_row(struct dashboard *dashboard, int key)
{
	(void)key;
	if (!dashboard->of_row && !dashboard_row(dashboard))
		say(dashboard, "no row is selected");
	else
		dashboard->of_row = !dashboard->of_row;
}

void run_group(struct dashboard *dashboard, int key)
{
	(void)key;
	dashboard->view.group = (dashboard->view.group + 1) % GROUP_COUNT;
	dashboard_look(dashboard);
}

/* The selected row if it is a group, else NULL after saying why. */
static const struct model_row *selected_group(struct dashboard *dashboard)
{
	const struct model_row *row = dashboard_row(dashboard);

	if (dashboard->view.group == GROUP_OWNER)
		say(dashboard, "rows are single owners: nothing to expand; "
			       "t groups them");
	else if (!row || row->group == GROUP_OWNER)
		say(dashboard, "this row is no group");
	return row && row->group != GROUP_OWNER ? row : NULL;
}

void run_expand(struct dashboard *dashboard, int key)
{
	const struct model_row *row = selected_group(dashboard);
	struct model_key group;

	(void)key;
	if (!row)
		return;
	group = model_row_key(row);
	row_keys_add(&dashboard->expanded, &group);
	dashboard_look(dashboard);
}

/* From a member of it, too: the selection then goes to its group. */
void run_collapse(struct dashboard *dashboard, int key)
{
	struct panel_state *state = &dashboard->panel[PANEL_PROCESSES];
	const struct model_row *row = dashboard_row(dashboard);
	struct model_key group;

	(void)key;
	for (; row && row->is_member; row = dashboard_row(dashboard))
		state->selected--;
	row = selected_group(dashboard);
	if (!row)
		return;
	group = model_row_key(row);
	row_keys_remove(&dashboard->expanded, &group);
	dashboard_look(dashboard);
}

void run_idle(struct dashboard *dashboard, int key)
{
	(void)key;
	dashboard->view.hide_idle = !dashboard->view.hide_idle;
	dashboard_look(dashboard);
}

/* As in htop the next row is selected then, unless one is followed. */
void run_tag(struct dashboard *dashboard, int key)
{
	struct panel_state *state = &dashboard->panel[PANEL_PROCESSES];
	const struct model_row *row = dashboard_row(dashboard);
	struct model_key tag;

	(void)key;
	if (!row)
		return;
	if (!row_keys_tag(row, &tag)) {
		say(dashboard, row->group == GROUP_OWNER ?
			       "only a process can be tagged" :
			       "only a process can be tagged; + shows those "
			       "of the group");
		return;
	}
	if (row_keys_has(&dashboard->tags, &tag))
		row_keys_remove(&dashboard->tags, &tag);
	else
		row_keys_add(&dashboard->tags, &tag);
	if (!dashboard->follow.nr)
		state->selected++;
	dashboard_layout(dashboard);
}

void run_untag(struct dashboard *dashboard, int key)
{
	(void)key;
	row_keys_clear(&dashboard->tags);
}

void run_follow(struct dashboard *dashboard, int key)
{
	const struct model_row *row = dashboard_row(dashboard);
	bool followed = dashboard->follow.nr;
	struct model_key follow;

	(void)key;
	row_keys_clear(&dashboard->follow);
	if (followed)
		return;
	if (!row) {
		say(dashboard, "no row is selected");
		return;
	}
	follow = model_row_key(row);
	row_keys_add(&dashboard->follow, &follow);
	dashboard->follow_shown = true;
}
