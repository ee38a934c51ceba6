/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Commands about the program: help, pause, snapshot, its end. */
#include "command_run.h"
#include "dashboard_state.h"

void run_help(struct dashboard *dashboard, int key)
{
	(void)key;
	dashboard_open_overlay(dashboard, dashboard->overlay == &overlay_help ?
					  NULL : &overlay_help);
}

void run_pause(struct dashboard *dashboard, int key)
{
	(void)key;
	dashboard_set_paused(dashboard, !dashboard->paused);
}

void run_record(struct dashboard *dashboard, int key)
{
	(void)key;
	dashboard->request |= REQUEST_RECORD;
}

void run_delay(struct dashboard *dashboard, int key)
{
	(void)key;
	if (dashboard->replay)
		dashboard_set_status(dashboard, false,
				     "a replay has the intervals it was "
				     "recorded at; --speed=N plays it faster");
	else
		dashboard_open_prompt(dashboard, &prompt_delay);
}

void run_sample(struct dashboard *dashboard, int key)
{
	(void)key;
	dashboard->request |= REQUEST_SAMPLE;
}

void run_snapshot(struct dashboard *dashboard, int key)
{
	(void)key;
	dashboard->request |= REQUEST_SNAPSHOT;
}

void run_redraw(struct dashboard *dashboard, int key)
{
	(void)key;
	dashboard->request |= REQUEST_REDRAW;
}

void run_suspend(struct dashboard *dashboard, int key)
{
	/* The terminal makes a signal of it; a script has no terminal. */
	(void)dashboard;
	(void)key;
}

void run_quit(struct dashboard *dashboard, int key)
{
	(void)key;
	dashboard->request |= REQUEST_QUIT;
}
