/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Commands that change what the rows are and how they are sorted. */
#include "column.h"
#include "command_run.h"
#include "dashboard_state.h"

void run_sort(struct dashboard *dashboard, int key)
{
	(void)key;
	dashboard_open_overlay(dashboard, &overlay_sort);
}

/* The next column to the left or right that can be sorted by. */
void run_sort_step(struct dashboard *dashboard, int key)
{
	struct column columns[COLUMN_MAX];
	int order = (int)dashboard->view.order;
	int nr = column_choice_fill(&dashboard->columns, order, columns);
	int i, at = 0, step = key == '>' ? 1 : nr - 1;

	for (i = 0; i < nr; i++)
		if (columns[i].order == order)
			at = i;
	do
		at = (at + step) % nr;
	while (columns[at].order == COLUMN_NO_ORDER);
	dashboard_set_order(dashboard, (enum model_order)columns[at].order);
}

void run_reverse(struct dashboard *dashboard, int key)
{
	(void)key;
	dashboard->view.reverse = !dashboard->view.reverse;
	dashboard_look(dashboard);
}

void run_sort_by(struct dashboard *dashboard, int key)
{
	dashboard_set_order(dashboard, key == 'P' ? ORDER_RATE :
				       key == 'T' ? ORDER_TOTAL : ORDER_PID);
}

void run_filter(struct dashboard *dashboard, int key)
{
	bool search = key == '/' && dashboard->focus == PANEL_LOG;

	dashboard_open_prompt(dashboard,
			      search ? &prompt_search : &prompt_filter);
}

void run_clear(struct dashboard *dashboard, int key)
{
	if (key == '=' && dashboard->last_key == '=')
		dashboard_clear_base(dashboard);
	dashboard->view.node = NODE_UNKNOWN;
	dashboard_clear_rows(dashboard);
	dashboard_set_filter(dashboard, NULL, "");
}

void run_node(struct dashboard *dashboard, int key)
{
	(void)key;
	dashboard_open_prompt(dashboard, &prompt_node);
}
