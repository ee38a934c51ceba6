/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Details: how much moved, what it cost, and whether it was worth it. */
#include "details.h"

#include <stdio.h>

#include "amount.h"
#include "units.h"

static void line_pages(const struct details_facts *facts, char *dst,
		       size_t cap)
{
	const struct model_details *details = facts->details;
	char now[UNITS_CAP], window[UNITS_CAP], total[UNITS_CAP];
	char since[UNITS_CAP];

	if (details->pages == UNKNOWN) {
		snprintf(dst, cap, "- (no hook tells whose pages move)");
		return;
	}
	units_rate(now, sizeof(now), details->pages, details->interval_ns);
	units_count(window, sizeof(window), details->window_pages);
	units_count(total, sizeof(total), details->total_pages);
	snprintf(dst, cap, "%s a second, %s in the window, %s %s", now, window,
		 total, amount_since_text(since, sizeof(since),
					  facts->screen));
}

/* Several threads at it are more time than passed. */
static void line_stall(const struct details_facts *facts, char *dst,
		       size_t cap)
{
	const struct model_details *details = facts->details;
	char now[UNITS_CAP], window[UNITS_CAP];

	if (details->stall_ns == UNKNOWN) {
		snprintf(dst, cap, "- (only of processes, where it is seen)");
		return;
	}
	units_percent(now, sizeof(now), details->stall_ns,
		      details->interval_ns);
	units_duration(window, sizeof(window), details->window_stall_ns);
	snprintf(dst, cap, "%s of the last interval, %s in the window%s", now,
		 window,
		 details->stall_ns > details->interval_ns ?
		 "; over 100%: several of its threads at once" : "");
}

static void line_failed(const struct details_facts *facts, char *dst,
			size_t cap)
{
	char failed[UNITS_CAP];

	if (facts->details->failed_pages == UNKNOWN) {
		snprintf(dst, cap, "- (only of processes, where it is seen)");
		return;
	}
	units_rate(failed, sizeof(failed), facts->details->failed_pages,
		   facts->details->interval_ns);
	snprintf(dst, cap, "%s pages a second", failed);
}

static void line_bounce(const struct details_facts *facts, char *dst,
			size_t cap)
{
	const struct model_details *details = facts->details;
	char part[UNITS_CAP];

	if (details->bounce_pages == UNKNOWN ||
	    details->crossed_pages == UNKNOWN) {
		snprintf(dst, cap, "- (not known of these pages)");
		return;
	}
	if (!details->crossed_pages) {
		snprintf(dst, cap, "- (no page went to another node)");
		return;
	}
	units_percent(part, sizeof(part), details->bounce_pages,
		      details->crossed_pages);
	snprintf(dst, cap, "%s of what went to another node went there and "
			   "back", part);
}

/* Distance 10 is the kernel's for a node to itself. */
static void line_distance(const struct details_facts *facts, char *dst,
			  size_t cap)
{
	const struct model_details *details = facts->details;
	char sum[UNITS_CAP];

	units_count(sum, sizeof(sum), details->distance);
	if (details->distance == UNKNOWN)
		snprintf(dst, cap, "- (a node or distance is not known)");
	else if (details->crossed_pages <= 0)
		snprintf(dst, cap, "%s pages x distance", sum);
	else
		snprintf(dst, cap,
			 "%s pages x distance, %.1f beyond local a page", sum,
			 (double)details->distance /
				 (double)details->crossed_pages);
}

static const struct {
	const char *label;
	void (*text)(const struct details_facts *facts, char *dst,
		     size_t cap);
} lines[] = {
	{ "pages", line_pages },	{ "failed", line_failed },
	{ "stalled", line_stall },	{ "bounce", line_bounce },
	{ "distance", line_distance },
};

static int sums_lines(const struct details_facts *facts)
{
	(void)facts;
	return sizeof(lines) / sizeof(lines[0]);
}

static void sums_draw_line(const struct details_facts *facts, int line,
			   struct canvas *canvas, struct rect area)
{
	char text[160];

	lines[line].text(facts, text, sizeof(text));
	area = details_put_label(canvas, area, lines[line].label);
	canvas_put(canvas, area.row, area.col, area.cols,
		   text[0] == '-' ? STYLE_DIM : STYLE_NORMAL, text);
}

static void sums_note(const struct details_facts *facts, char *dst, size_t cap)
{
	char window[64];

	details_window_text(facts, window, sizeof(window));
	snprintf(dst, cap, "the window is %s", window);
}

const struct details_section details_sums = {
	.name = "Moved",
	.note = sums_note,
	.lines = sums_lines,
	.draw_line = sums_draw_line,
};
