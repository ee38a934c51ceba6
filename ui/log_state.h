/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where the operator is in the log: by numbers of lines, so that it stays
 * there while lines come and go. Private to the dashboard.
 */
#ifndef MPTOP_LOG_STATE_H
#define MPTOP_LOG_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include "sample.h"

struct dashboard;

struct log_place {
	uint64_t top;	   /* number of the first line in view */
	uint64_t selected; /* and of the selected one */
	int left;
	bool follow;
};

struct log_state {
	struct log_place place;
	char *search; /* "" if none */
	/* What Esc brings back. */
	struct log_place place_before;
	char *search_before;
	/* The two ends of the last jump. */
	uint64_t jump_line;
	struct process_id jump_process;
	uint64_t call; /* number of the line that overlay_call shows */
};

void log_state_init(struct log_state *log);
void log_state_free(struct log_state *log);

/* Remembers where the log panel is now. */
void log_place_keep(struct dashboard *dashboard);

/* Takes the log panel there, after the model's lines may have changed. */
void log_place_find(struct dashboard *dashboard);

/* Selects line @i, not followed any more, and brings it into view. */
void log_select(struct dashboard *dashboard, int i);

/* Focuses @panel, an enum panel, zoomed if it has no room. */
void log_show_panel(struct dashboard *dashboard, int panel);

/* Searches for @text from now on; copied. */
void log_search_set(struct dashboard *dashboard, const char *text);

/*
 * Selects the first match from the selected line on (@from 0), from the next
 * one on (1) or from the one before on (-1), downwards if @step is 1 and
 * upwards if it is -1, and around. Returns false if there is none; @wrapped
 * may be NULL.
 */
bool log_search_go(struct dashboard *dashboard, int from, int step,
		   bool *wrapped);

#endif
