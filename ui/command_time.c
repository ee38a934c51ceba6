/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Commands that move a replay, and the prompt that asks where to. */
#include <stdio.h>

#include "command_run.h"
#include "dashboard_state.h"
#include "seek_time.h"

/* Intervals that { and } go. */
#define FAR 10

/* Only a recording has other moments than now. */
static bool is_replay(struct dashboard *dashboard)
{
	if (!dashboard->replay)
		dashboard_set_status(dashboard, true,
				     "only a replay can seek; ^R records");
	return dashboard->replay;
}

void run_step(struct dashboard *dashboard, int key)
{
	if (!is_replay(dashboard))
		return;
	dashboard->steps += key == '[' ? -1 :
			    key == ']' ? 1 :
			    key == '{' ? -FAR :
					 FAR;
	dashboard->request |= REQUEST_STEP;
}

void run_seek(struct dashboard *dashboard, int key)
{
	(void)key;
	if (is_replay(dashboard))
		dashboard_open_prompt(dashboard, &prompt_seek);
}

int dashboard_take_steps(struct dashboard *dashboard)
{
	int steps = dashboard->steps;

	dashboard->steps = 0;
	return steps;
}

const char *dashboard_seek(const struct dashboard *dashboard)
{
	return dashboard->seek;
}

void dashboard_set_holding(struct dashboard *dashboard, bool holding)
{
	dashboard->holding = holding;
}

bool dashboard_is_paused(const struct dashboard *dashboard)
{
	return dashboard->paused;
}

static void seek_begin(struct dashboard *dashboard)
{
	prompt_begin(&dashboard->prompt, "");
}

static void seek_changed(struct dashboard *dashboard)
{
	struct prompt *prompt = &dashboard->prompt;
	struct seek_time time;

	prompt->error[0] = '\0';
	if (prompt->length && seek_time_parse(prompt->text, &time))
		snprintf(prompt->error, sizeof(prompt->error),
			 "expected %s", SEEK_TIME_EXPECTED);
}

static void seek_accept(struct dashboard *dashboard)
{
	if (!dashboard->prompt.length)
		return;
	snprintf(dashboard->seek, sizeof(dashboard->seek), "%s",
		 dashboard->prompt.text);
	dashboard->request |= REQUEST_SEEK;
}

const struct prompt_kind prompt_seek = {
	.label = "Go to",
	.hint = SEEK_TIME_EXPECTED " (UTC); Enter, Esc",
	.begin = seek_begin,
	.changed = seek_changed,
	.accept = seek_accept,
};
