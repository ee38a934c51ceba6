/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Commands about the selected row alone. */
#include "command_run.h"
#include "dashboard_state.h"
#include "details.h"

/* In an overlay it chooses or closes; in the log it opens the call. */
void run_enter(struct dashboard *dashboard, int key)
{
	const struct overlay_ops *overlay = dashboard->overlay;
	int line = dashboard->overlay_state.selected;

	if (!overlay && dashboard->focus == PANEL_LOG && !dashboard->paused) {
		run_call(dashboard, key);
		return;
	}
	if (!overlay) {
		details_open(dashboard);
		return;
	}
	dashboard_open_overlay(dashboard, NULL);
	if (overlay->choose)
		overlay->choose(dashboard, line);
}
