/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Details as an overlay: the sections, each below its heading. */
#include "overlay.h"

#include <inttypes.h>
#include <stdio.h>

#include "dashboard_state.h"
#include "details.h"

static struct details_facts facts_of(const struct dashboard *dashboard,
				     const struct screen_facts *screen)
{
	return (struct details_facts){
		.screen = screen,
		.details = dashboard->details,
		.world = &dashboard->world,
		/* The frame, and a blank at both ends. */
		.cols = dashboard->cols > 4 ? dashboard->cols - 4 : 0,
	};
}

void details_layout(struct dashboard *dashboard)
{
	struct screen_facts screen = dashboard_facts(dashboard);
	struct details_facts facts = facts_of(dashboard, &screen);
	int i;

	for (i = 0; dashboard->details && details_table[i]; i++)
		dashboard->details_lines[i] = details_table[i]->lines(&facts);
}

/* Of one that has gone, what was known last stays. */
void details_look(struct dashboard *dashboard)
{
	struct model_details *details;

	if (dashboard->overlay != &overlay_details ||
	    dashboard_is_frozen(dashboard))
		return;
	details_ask(dashboard);
	details = model_details_new(dashboard->model,
				    dashboard->details->subject);
	if (!details)
		return;
	model_details_free(dashboard->details);
	dashboard->details = details;
}

void details_hold(struct dashboard *dashboard)
{
	const struct model_row *row = dashboard_row(dashboard);

	if (dashboard->overlay == &overlay_details)
		return;
	model_details_free(dashboard->details);
	dashboard->details = NULL;
	details_forget_world(dashboard);
	if (row && row->group == GROUP_OWNER)
		dashboard->details = model_details_new(dashboard->model,
						       details_of_row(row));
}

void details_open(struct dashboard *dashboard)
{
	if (!dashboard_is_frozen(dashboard))
		details_hold(dashboard);
	if (!dashboard->details) {
		if (dashboard_row(dashboard))
			dashboard_set_status(dashboard, false,
					     "a group; + shows its members");
		return;
	}
	dashboard->asked_seq = 0;
	details_ask(dashboard);
	details_layout(dashboard);
	dashboard_open_overlay(dashboard, &overlay_details);
}

/* Headings, lines, and a blank line between sections. */
static int all_lines(const struct dashboard *dashboard)
{
	int i, lines = 0;

	for (i = 0; dashboard->details && details_table[i]; i++)
		if (dashboard->details_lines[i])
			lines += dashboard->details_lines[i] + 2;
	return lines ? lines - 1 : 0;
}

static void draw_heading(const struct details_facts *facts,
			 const struct details_section *section,
			 struct canvas *canvas, struct rect area)
{
	char note[128] = "";
	int used;

	used = canvas_put(canvas, area.row, area.col, area.cols, STYLE_TITLE,
			  section->name);
	if (section->note)
		section->note(facts, note, sizeof(note));
	canvas_put(canvas, area.row, area.col + used + 2,
		   area.cols - used - 2, STYLE_DIM, note);
}

static void draw_line(const struct dashboard *dashboard, int at,
		      struct canvas *canvas, struct rect area)
{
	struct screen_facts screen = dashboard_facts(dashboard);
	struct details_facts facts = facts_of(dashboard, &screen);
	int i, lines;

	for (i = 0; dashboard->details && details_table[i]; i++) {
		lines = dashboard->details_lines[i];
		if (!lines)
			continue;
		if (!at)
			draw_heading(&facts, details_table[i], canvas, area);
		else if (at <= lines)
			details_table[i]->draw_line(&facts, at - 1, canvas,
						    area);
		at -= lines + 2;
		if (at < 0)
			return;
	}
}

static void subtitle(const struct dashboard *dashboard, char *dst, size_t cap)
{
	const struct model_details *details = dashboard->details;
	const char *paused = dashboard->paused ? ", PAUSED" : "";

	if (!details)
		return;
	if (details->subject.owner == OWNER_PROCESS && details->subject.id.pid)
		snprintf(dst, cap, "%s[%" PRId64 "]%s", details->comm,
			 details->subject.id.pid, paused);
	else
		snprintf(dst, cap, "%s%s", details->comm, paused);
}

const struct overlay_ops overlay_details = {
	.title = "Details",
	.subtitle = subtitle,
	.cols = OVERLAY_FULL,
	.lines = all_lines,
	.draw_line = draw_line,
};
