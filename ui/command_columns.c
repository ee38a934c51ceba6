/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Commands that change what a row shows, and as which numbers. */
#include "command_run.h"
#include "dashboard_state.h"

void run_columns(struct dashboard *dashboard, int key)
{
	(void)key;
	dashboard_open_overlay(dashboard, &overlay_columns);
}
