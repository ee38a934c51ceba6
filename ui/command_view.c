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
	int i, at = 0, step = key == '>' ? 1 : nr_process_columns - 1;

	for (i = 0; i < nr_process_columns; i++)
		if (process_columns[i].order == (int)dashboard->view.order)
			at = i;
	do
		at = (at + step) % nr_process_columns;
	while (process_columns[at].order == COLUMN_NO_ORDER);
	dashboard_set_order(dashboard,
			    (enum model_order)process_columns[at].order);
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
	(void)key;
	dashboard_open_prompt(dashboard, &prompt_filter);
}

void run_clear(struct dashboard *dashboard, int key)
{
	if (key == '=' && dashboard->last_key == '=')
		dashboard_clear_base(dashboard);
	dashboard->view.node = NODE_UNKNOWN;
	dashboard_set_filter(dashboard, NULL, "");
}

void run_node(struct dashboard *dashboard, int key)
{
	(void)key;
	dashboard_open_prompt(dashboard, &prompt_node);
}
