/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Commands that change what a row shows, and as which numbers. */
#include <stdio.h>

#include "amount.h"
#include "command_run.h"
#include "dashboard_state.h"

void run_columns(struct dashboard *dashboard, int key)
{
	(void)key;
	dashboard_open_overlay(dashboard, &overlay_columns);
}

void run_panels(struct dashboard *dashboard, int key)
{
	(void)key;
	dashboard_open_overlay(dashboard, &overlay_panels);
}

void run_since(struct dashboard *dashboard, int key)
{
	(void)key;
	dashboard->view.since = !dashboard->view.since;
	dashboard_look(dashboard);
}

void run_zero(struct dashboard *dashboard, int key)
{
	struct screen_facts facts = dashboard_facts(dashboard);
	char text[96], since[32];

	(void)key;
	if (!model_now(dashboard->model)) {
		dashboard_set_status(dashboard, false,
				     "nothing is counted yet");
		return;
	}
	model_zero(dashboard->model);
	dashboard_look(dashboard);
	snprintf(text, sizeof(text), "zeroed: counts are those %s UTC%s",
		 amount_since_text(since, sizeof(since), &facts),
		 dashboard->view.since ? "" : "; a shows them");
	dashboard_set_status(dashboard, false, text);
}

void run_bytes(struct dashboard *dashboard, int key)
{
	(void)key;
	dashboard->bytes = !dashboard->bytes;
}

void run_cmdline(struct dashboard *dashboard, int key)
{
	(void)key;
	dashboard->cmdline = !dashboard->cmdline;
}
