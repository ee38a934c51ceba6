/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Commands about configuration files. */
#include "command_run.h"
#include "dashboard_state.h"

void run_save(struct dashboard *dashboard, int key)
{
	(void)key;
	dashboard->request |= REQUEST_SAVE;
}
