/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Details: its last calls, decoded. */
#include "details.h"

#include "log_line.h"
static int call_lines(const struct details_facts *facts,
		      const struct details_call *call)
{
	return details_wrapped(call->text, facts->cols - LOG_TIME_COLS);
}

static int calls_lines(const struct details_facts *facts)
{
	const struct model_details *details = facts->details;
	int lines = 0;
	size_t i;

	if (details->subject.owner != OWNER_PROCESS)
		return 0;
	for (i = 0; i < details->nr_calls; i++)
		lines += call_lines(facts, &details->calls[i]);
	return lines ? lines : 1;
}

static void put_time(const struct details_call *call, struct canvas *canvas,
		     struct rect area)
{
	char text[32];

	canvas_put(canvas, area.row, area.col, LOG_TIME_COLS - 1,
		   call->is_running ? STYLE_WARN : STYLE_DIM,
		   call->is_running ? "running" :
		   log_time(call->time, text, sizeof(text)));
}

static void calls_draw_line(const struct details_facts *facts, int line,
			    struct canvas *canvas, struct rect area)
{
	const struct model_details *details = facts->details;
	int lines;
	size_t i;

	if (!details->nr_calls)
		canvas_put(canvas, area.row, area.col, area.cols, STYLE_DIM,
			   "none in the log");
	for (i = 0; i < details->nr_calls; i++, line -= lines) {
		const struct details_call *call = &details->calls[i];

		lines = call_lines(facts, call);
		if (line >= lines)
			continue;
		if (!line)
			put_time(call, canvas, area);
		area.col += LOG_TIME_COLS;
		area.cols -= LOG_TIME_COLS;
		details_put_wrapped(canvas, area,
				    call->is_running || call->is_odd ?
				    STYLE_WARN : STYLE_NORMAL,
				    call->text, line);
		return;
	}
}

static void calls_note(const struct details_facts *facts, char *dst,
		       size_t cap)
{
	const struct model_details *details = facts->details;

	snprintf(dst, cap, "UTC, the last %zu of %zu by it or about it",
		 details->nr_calls, details->all_calls);
}

const struct details_section details_calls = {
	.name = "Calls",
	.note = calls_note,
	.lines = calls_lines,
	.draw_line = calls_draw_line,
};
