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

	if (!overlay && dashboard->focus == PANEL_LOG &&
	    !dashboard_is_frozen(dashboard)) {
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

void run_numa_maps(struct dashboard *dashboard, int key)
{
	(void)key;
	if (dashboard->replay)
		dashboard_set_status(dashboard, true,
				     "memory by node is not recorded; it is "
				     "read live");
	else if (dashboard->paused)
		dashboard_set_status(dashboard, true,
				     "paused; z resumes, then M reads");
	else
		dashboard->request |= REQUEST_NUMA_MAPS;
}
