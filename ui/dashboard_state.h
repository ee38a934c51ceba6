/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The inside of a dashboard, for the files that make it up: dashboard.c
 * (life, keys), dashboard_draw.c, dashboard_view.c (view and its JSON),
 * command.c, prompt_*.c and overlay_*.c. Nobody else includes this.
 */
#ifndef MPTOP_DASHBOARD_STATE_H
#define MPTOP_DASHBOARD_STATE_H

#include "column_choice.h"
#include "dashboard.h"
#include "details.h"
#include "history.h"
#include "layout.h"
#include "log_state.h"
#include "overlay.h"
#include "panel.h"
#include "prompt.h"

/* A line of such a list. */
struct choice {
	char *name; /* "" if not known; NULL: all */
	int64_t pages;
};

struct dashboard {
	struct model *model;
	struct model_view view;
	struct filter *filter; /* set by keys; NULL: none */
	char *filter_text;     /* of it, never NULL */
	struct filter *base;   /* of a replayed view; else NULL */
	char *base_text;       /* of view.base, never NULL */
	char *shown_filter;    /* both texts, never NULL */
	char *user;	       /* of view.user, NULL: all; likewise */
	char *reason;
	struct row_keys only;  /* of view.only: one, or none */
	char *only_text;       /* of it, NULL: none */
	struct row_keys expanded;
	struct row_keys tags;
	struct row_keys follow; /* one, or none */
	bool follow_shown;
	struct choice *choices; /* of the last list of users or reasons */
	size_t nr_choices;
	char *version;
	struct column_choice columns; /* of the process panel */
	bool bytes;
	bool cmdline;
	bool of_row; /* rate and latency are of the selected row */

	enum panel focus;
	enum panel wanted_focus; /* has it, if there is room for it */
	int zoom; /* enum panel, or LAYOUT_NO_ZOOM */
	struct panel_state panel[PANEL_COUNT];
	/* But while zoomed; never all, nor the header. */
	bool hidden[PANEL_COUNT];
	struct log_state log;
	int rows; /* of the last picture */
	int cols;
	bool unicode;
	struct layout layout; /* of the last picture */

	const struct overlay_ops *overlay; /* NULL: none is open */
	struct panel_state overlay_state;
	struct model_details *details; /* while they are open; else NULL */
	struct details_world world; /* of the same */
	uint64_t asked_seq; /* 1 + that of the sample they asked at */
	int details_lines[DETAILS_SECTIONS_MAX]; /* for the screen's width */
	const struct prompt_kind *prompt_kind; /* NULL: none is open */
	struct prompt prompt;
	struct history history;
	struct filter *prompt_filter; /* what Esc brings back */
	char *prompt_filter_text;

	char *status; /* NULL: none */
	bool status_is_error;
	char *replay; /* NULL: live */
	bool ended;
	char *recording; /* NULL: not recorded */
	unsigned int request;
	int steps;
	char seek[PROMPT_CAP];
	int64_t delay_ns;
	int64_t now_ns;
	bool paused;
	bool holding;
	int64_t paused_at_ns;
	struct canvas *frozen; /* the picture of the pause, or NULL */
	int last_key;
	int mouse_row; /* of the last mouse key */
	int mouse_col;
};

/* By enum model_node_role, as the prompt and the view have them. */
extern const char *const node_role_name[NODE_TO + 1];

/* What the panels read. */
struct screen_facts dashboard_facts(const struct dashboard *dashboard);

/* Lets the model follow the view, and keeps positions within bounds. */
void dashboard_look(struct dashboard *dashboard);

/* Lays the panels out for the size of the last picture. */
void dashboard_layout(struct dashboard *dashboard);

/* Lines that panel @which shows at once. */
int dashboard_visible(const struct dashboard *dashboard, enum panel which);

/* Moves in the focused panel or the overlay by @lines, bounded. */
void dashboard_move(struct dashboard *dashboard, int lines);

/* Scrolls the focused panel sideways. */
void dashboard_scroll(struct dashboard *dashboard, int columns);

/* Replaces the filter set by keys; takes @filter over. */
void dashboard_set_filter(struct dashboard *dashboard, struct filter *filter,
			  const char *text);

/* Gives panel @which, but never the header, the focus. */
void dashboard_set_focus(struct dashboard *dashboard, enum panel which);

/*
 * Panel @zoom alone, with the focus, or LAYOUT_NO_ZOOM. A hidden panel gives
 * the focus back when it goes.
 */
void dashboard_set_zoom(struct dashboard *dashboard, int zoom);

/* Which panels are hidden; false, and as before, if all are. */
bool dashboard_set_hidden(struct dashboard *dashboard,
			  const bool hidden[PANEL_COUNT]);

/* Drops the restrictions of the command line. */
void dashboard_clear_base(struct dashboard *dashboard);

/* The selected row of the process panel, or NULL; until the next look. */
const struct model_row *dashboard_row(const struct dashboard *dashboard);

/* Restrict to a user or a reason ("" for the unknown), or to @row; NULL: all. */
void dashboard_set_user(struct dashboard *dashboard, const char *user);
void dashboard_set_reason(struct dashboard *dashboard, const char *reason);
void dashboard_set_only(struct dashboard *dashboard,
			const struct model_row *row);

/* Drops all that keys restricted beside the filter; look is the caller's. */
void dashboard_clear_rows(struct dashboard *dashboard);

/* Puts the selection on the row that it follows. */
void dashboard_follow(struct dashboard *dashboard);

/* What of this a snapshot's view has, and back. */
void dashboard_rows_json(const struct dashboard *dashboard, json_t *view);
void dashboard_set_rows_json(struct dashboard *dashboard, const json_t *view);
void dashboard_rows_free(struct dashboard *dashboard);

void dashboard_set_order(struct dashboard *dashboard, enum model_order order);

void dashboard_open_overlay(struct dashboard *dashboard,
			    const struct overlay_ops *overlay);
void dashboard_open_prompt(struct dashboard *dashboard,
			   const struct prompt_kind *kind);
void dashboard_close_prompt(struct dashboard *dashboard);

/* Is it paused, and its picture but a picture? */
static inline bool dashboard_is_frozen(const struct dashboard *dashboard)
{
	return dashboard->paused && !dashboard->holding;
}

#endif
