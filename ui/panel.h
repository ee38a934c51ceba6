/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A panel draws one part of the dashboard from the model. One file a panel,
 * its ops last; panel_table lists them, and the layout, focus, zoom and the
 * number keys follow from that list.
 */
#ifndef MPTOP_PANEL_H
#define MPTOP_PANEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "canvas.h"
#include "model.h"
#include "row_keys.h"

struct column_choice;

struct rect {
	int row, col, rows, cols;
};

/* Where one is in a panel; the dashboard keeps one a panel. */
struct panel_state {
	int top;      /* first line shown */
	int selected; /* line */
	int left;     /* first column shown */
	bool follow;  /* the log sticks to its end */
};

/* What the whole dashboard knows; panels only read it. */
struct screen_facts {
	const struct model *model;
	const struct model_view *view;
	const struct column_choice *columns; /* of the process panel */
	bool bytes;   /* bytes instead of pages (amount.h) */
	bool cmdline; /* command lines instead of names */
	const char *filter_text; /* "" if none */
	const char *only_text; /* of view->only, NULL if there is none */
	/* The row that rate and latency are of; NULL: all, if none is. */
	const struct model_row *row;
	const struct row_keys *tags;
	bool follows; /* the selection stays on its row... */
	bool follows_shown; /* ...which is there */
	const char *search;	 /* in the log; "" if none */
	const char *version;
	bool paused;
	int64_t paused_ns;
	int64_t delay_ns;
	bool ended; /* the replayed stream has ended */
	const char *recording; /* how much, NULL if it is not recorded */
	const char *replay; /* where one is in a replay, NULL when live */
};

struct panel_ops {
	const char *name;  /* "processes" */
	const char *title; /* on the frame */
	int min_rows;	   /* without frame; below that it is left out */
	int min_cols;
	bool selects;	   /* movement moves a selected line, not the top */
	/* Lines it has to show, so that movement can be bounded. */
	int (*lines)(const struct screen_facts *facts);
	/* How many of them a panel of @area shows at once. */
	int (*visible)(const struct screen_facts *facts, struct rect area);
	/* Columns that show everything; NULL: takes all it gets. */
	int (*want_cols)(const struct screen_facts *facts);
	/* The largest panel_state.left; NULL: does not scroll sideways. */
	int (*left_max)(const struct screen_facts *facts);
	/* Text after the title on the frame, into @dst; may be NULL. */
	void (*subtitle)(const struct screen_facts *facts,
			 const struct panel_state *state, char *dst,
			 size_t cap);
	int head_rows; /* of its area, above the first line */
	/*
	 * The order that the column's head at canvas column @col stands for,
	 * or -1. NULL: none of them does.
	 */
	int (*head_order)(const struct screen_facts *facts,
			  const struct panel_state *state, struct rect area,
			  int col);
	void (*draw)(const struct screen_facts *facts,
		     const struct panel_state *state, bool focused,
		     struct canvas *canvas, struct rect area);
};

enum panel {
	PANEL_HEADER, /* trust and state lines, no frame, no focus */
	PANEL_NODES,
	PANEL_FLOW,
	PANEL_PROCESSES,
	PANEL_RATE,
	PANEL_LATENCY,
	PANEL_LOG,
	PANEL_COUNT
};

extern const struct panel_ops *const panel_table[PANEL_COUNT];

extern const struct panel_ops panel_header;
extern const struct panel_ops panel_nodes;
extern const struct panel_ops panel_flow;
extern const struct panel_ops panel_processes;
extern const struct panel_ops panel_rate;
extern const struct panel_ops panel_latency;
extern const struct panel_ops panel_log;

/*
 * The last cells of the header's last line (of its first, if it has three):
 * how long the picture has been paused. Not a part of it: a frozen
 * picture has none.
 */
void panel_header_draw_pause(const struct screen_facts *facts,
			     struct canvas *canvas, struct rect area);

/*
 * The log line that is drawn on the @row-th of the panel's @rows rows: while
 * the log follows, the first may be of calls in progress that have left it.
 */
int panel_log_line_at(const struct screen_facts *facts,
		      const struct panel_state *state, int rows, int row);

/* CPUs of @node; UNKNOWN or -1 if that cannot be told. */
int64_t panel_nodes_cpus(const struct sample_node *node);

/* The length of the last interval, or UNKNOWN before the first. */
int64_t panel_interval_ns(const struct screen_facts *facts);

/* @count per second of @interval_ns as a number; UNKNOWN spreads. */
int64_t panel_rate_of(int64_t count, int64_t interval_ns);

/* Bytes per second of @pages in the last interval; UNKNOWN spreads. */
int64_t panel_bytes_of(const struct screen_facts *facts, int64_t pages);

/* As panel_rate_of(), as text in @dst; "-" for UNKNOWN. Returns @dst. */
char *panel_rate_text(char *dst, size_t cap, int64_t count,
		      int64_t interval_ns);

#endif
