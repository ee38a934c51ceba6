/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The lists of users and of reasons. They are made when they are opened, and
 * hold still while one chooses.
 */
#include "overlay.h"

#include <stdlib.h>
#include <string.h>

#include "dashboard_state.h"
#include "units.h"
#include "xalloc.h"

#define PAGES_COLS 8

static void choices_free(struct dashboard *dashboard)
{
	size_t i;

	for (i = 0; i < dashboard->nr_choices; i++)
		free(dashboard->choices[i].name);
	free(dashboard->choices);
	dashboard->choices = NULL;
	dashboard->nr_choices = 0;
}

/* "all" first; returns the line of @current. */
static int choices_make(struct dashboard *dashboard,
			enum model_choice_kind kind, const char *current)
{
	const struct sample *now = model_now(dashboard->model);
	struct model_choice *list;
	struct choice *choices;
	int at = 0;
	size_t i, nr;

	choices_free(dashboard);
	list = model_choices(dashboard->model, &dashboard->view, kind, &nr);
	choices = xcalloc(nr + 1, sizeof(*choices));
	if (!nr && now && !now->probe[PROBE_OWNER])
		choices[0].pages = UNKNOWN;
	for (i = 0; i < nr; i++) {
		choices[i + 1].name = xstrdup(list[i].name);
		choices[i + 1].pages = list[i].pages;
		choices[0].pages = count_add(choices[0].pages, list[i].pages);
		if (current && !strcmp(current, list[i].name))
			at = (int)i + 1;
	}
	free(list);
	dashboard->choices = choices;
	dashboard->nr_choices = nr + 1;
	return at;
}

static int choice_lines(const struct dashboard *dashboard)
{
	return (int)dashboard->nr_choices;
}

static void choice_draw_line(const struct dashboard *dashboard, int line,
			     struct canvas *canvas, struct rect area)
{
	const struct choice *choice = &dashboard->choices[line];
	const char *name = !choice->name ? "all" :
			   choice->name[0] ? choice->name : "- (not known)";
	int cols = area.cols - PAGES_COLS - 1;
	char pages[UNITS_CAP];

	canvas_put(canvas, area.row, area.col, cols,
		   choice->name ? STYLE_NORMAL : STYLE_KEY, name);
	units_count(pages, sizeof(pages), choice->pages);
	canvas_put_right(canvas, area.row, area.col + cols + 1, PAGES_COLS,
			 STYLE_DIM, pages);
}

static int user_start(struct dashboard *dashboard)
{
	return choices_make(dashboard, CHOICE_USER, dashboard->user);
}

static int reason_start(struct dashboard *dashboard)
{
	return choices_make(dashboard, CHOICE_REASON, dashboard->reason);
}

static void user_choose(struct dashboard *dashboard, int line)
{
	dashboard_set_user(dashboard, dashboard->choices[line].name);
}

static void reason_choose(struct dashboard *dashboard, int line)
{
	dashboard_set_reason(dashboard, dashboard->choices[line].name);
}

const struct overlay_ops overlay_user = {
	.title = "User, pages in the window  (Enter, q closes)",
	.cols = 50,
	.selects = true,
	.lines = choice_lines,
	.start = user_start,
	.draw_line = choice_draw_line,
	.choose = user_choose,
};

const struct overlay_ops overlay_reason = {
	.title = "Reason, pages in the window  (Enter, q closes)",
	.cols = 50,
	.selects = true,
	.lines = choice_lines,
	.start = reason_start,
	.draw_line = choice_draw_line,
	.choose = reason_choose,
};
