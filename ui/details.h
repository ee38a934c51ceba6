/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Details: all about one row, in sections under each other. One file a
 * section, its ops last; details_table lists them in the order on screen.
 */
#ifndef MPTOP_DETAILS_H
#define MPTOP_DETAILS_H

#include "details_world.h"
#include "model_details.h"
#include "panel.h"

#define DETAILS_SECTIONS_MAX 16

struct dashboard;

/* What the sections read. */
struct details_facts {
	const struct screen_facts *screen;
	const struct model_details *details;
	const struct details_world *world;
	int cols; /* of a line */
};

struct details_section {
	const char *name; /* the heading */
	/* Dim text after it, into @dst; may be NULL. */
	void (*note)(const struct details_facts *facts, char *dst,
		     size_t cap);
	/* Lines below the heading; 0: left out together with it. */
	int (*lines)(const struct details_facts *facts);
	/* Line 0 .. lines - 1 into @area, one row of facts->cols. */
	void (*draw_line)(const struct details_facts *facts, int line,
			  struct canvas *canvas, struct rect area);
};

/* Ends with NULL; at most DETAILS_SECTIONS_MAX. */
extern const struct details_section *const details_table[];

extern const struct details_section details_identity;
extern const struct details_section details_sums;
extern const struct details_section details_flow;
extern const struct details_section details_reasons;
extern const struct details_section details_failures;
extern const struct details_section details_latency;
extern const struct details_section details_movers;
extern const struct details_section details_owners;
extern const struct details_section details_calls;
extern const struct details_section details_memory_cgroup;
extern const struct details_section details_memory_own;
extern const struct details_section details_stacks;

/*
 * Opens them for the selected row, if there is one; of a paused picture, as
 * details_hold() left them.
 */
void details_open(struct dashboard *dashboard);

/* The picture is about to be frozen: keeps those of the selected row. */
void details_hold(struct dashboard *dashboard);

/* The model was fed or looked at: what is shown follows, unless paused. */
void details_look(struct dashboard *dashboard);

/* Asks for what is in no sample, once an interval. */
void details_ask(struct dashboard *dashboard);
void details_forget_world(struct dashboard *dashboard);

/* The screen has another size. */
void details_layout(struct dashboard *dashboard);

/* Columns of the label that lines of a section begin with. */
#define DETAILS_LABEL 11

/* Rows that @text takes when it is wrapped at @cols; at least 1. */
int details_wrapped(const char *text, int cols);

/* Puts the @line-th of them. */
void details_put_wrapped(struct canvas *canvas, struct rect area,
			 enum style style, const char *text, int line);

/* Puts a dim label of DETAILS_LABEL columns; gives the rest of @area. */
struct rect details_put_label(struct canvas *canvas, struct rect area,
			      const char *label);

/* A meter of @part of @whole in what @area has of a line. */
void details_put_meter(struct canvas *canvas, struct rect area, int64_t part,
		       int64_t whole);

/* "60 intervals, 60s" */
void details_window_text(const struct details_facts *facts, char *dst,
			 size_t cap);

#endif
