/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Details: the reasons its pages moved for, and what did not move. */
#include "details.h"

#include <inttypes.h>
#include <stdio.h>

#include "call.h"
#include "units.h"

#define NAME_COLS 18
#define COUNT_COLS 8

static void window_note(const struct details_facts *facts, char *dst,
			size_t cap)
{
	char window[64];

	details_window_text(facts, window, sizeof(window));
	snprintf(dst, cap, "of the last %s", window);
}

static int reasons_lines(const struct details_facts *facts)
{
	return (int)facts->details->nr_reasons;
}

static void reasons_draw_line(const struct details_facts *facts, int line,
			      struct canvas *canvas, struct rect area)
{
	const struct model_details *details = facts->details;
	const struct details_reason *reason = &details->reasons[line];
	char text[UNITS_CAP];

	canvas_put(canvas, area.row, area.col, NAME_COLS, STYLE_NORMAL,
		   reason->name ? reason->name : "- (not known)");
	area.col += NAME_COLS;
	area.cols -= NAME_COLS;
	units_count(text, sizeof(text), reason->window);
	canvas_put_right(canvas, area.row, area.col, COUNT_COLS, STYLE_TITLE,
			 text);
	units_percent(text, sizeof(text), reason->window,
		      details->window_pages);
	canvas_put_right(canvas, area.row, area.col + COUNT_COLS, COUNT_COLS,
			 STYLE_NORMAL, text);
	area.col += 2 * COUNT_COLS + 2;
	area.cols -= 2 * COUNT_COLS + 2;
	details_put_meter(canvas, area, reason->window, details->window_pages);
}

const struct details_section details_reasons = {
	.name = "Reasons",
	.note = window_note,
	.lines = reasons_lines,
	.draw_line = reasons_draw_line,
};

static int failures_lines(const struct details_facts *facts)
{
	return facts->details->nr_failures ?
		       (int)facts->details->nr_failures : 1;
}

static void error_text(int64_t error, char *dst, size_t cap)
{
	const char *name = error == UNKNOWN ? NULL : call_errno_name(error);

	if (name)
		snprintf(dst, cap, "%s", name);
	else if (error == UNKNOWN)
		snprintf(dst, cap, "- (not proven; see --failures)");
	else
		snprintf(dst, cap, "errno %" PRId64, error);
}

static void failures_draw_line(const struct details_facts *facts, int line,
			       struct canvas *canvas, struct rect area)
{
	const struct model_details *details = facts->details;
	const struct details_failure *failure = &details->failures[line];
	char text[64];

	if (!details->nr_failures) {
		canvas_put(canvas, area.row, area.col, area.cols, STYLE_DIM,
			   details->failed_pages == UNKNOWN ?
			   "- (only processes have them, where they are seen)" :
			   "none");
		return;
	}
	canvas_put(canvas, area.row, area.col, NAME_COLS, STYLE_NORMAL,
		   failure->reason ? failure->reason : "- (not known)");
	area.col += NAME_COLS;
	area.cols -= NAME_COLS;
	canvas_put_right(canvas, area.row, area.col, COUNT_COLS, STYLE_WARN,
			 units_count(text, sizeof(text), failure->window));
	error_text(failure->error, text, sizeof(text));
	canvas_put(canvas, area.row, area.col + COUNT_COLS + 2,
		   area.cols - COUNT_COLS - 2, STYLE_NORMAL, text);
}

const struct details_section details_failures = {
	.name = "Pages that failed to move",
	.note = window_note,
	.lines = failures_lines,
	.draw_line = failures_draw_line,
};
