/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A list over the middle of the screen, or over all of it but the last line.
 * It scrolls as panels do; what an overlay does not know it leaves to the
 * commands.
 */
#ifndef MPTOP_OVERLAY_H
#define MPTOP_OVERLAY_H

#include "panel.h"

struct dashboard;

/* As many columns, and rows, as the screen has. */
#define OVERLAY_FULL 0

struct overlay_ops {
	const char *title;
	/* Text after the title, into @dst; may be NULL. */
	void (*subtitle)(const struct dashboard *dashboard, char *dst,
			 size_t cap);
	/* Inside the frame, less if the screen is smaller; OVERLAY_FULL. */
	int cols;
	bool selects; /* has a selected line; else it only scrolls */
	int (*lines)(const struct dashboard *dashboard);
	/* The line to start at; NULL: the first. */
	int (*start)(struct dashboard *dashboard);
	void (*draw_line)(const struct dashboard *dashboard, int line,
			  struct canvas *canvas, struct rect area);
	/* Keys of its own, first in the screen's footer; NULL: none. */
	const char *footer;
	/* A key of its own: true if it was taken. May be NULL. */
	bool (*key)(struct dashboard *dashboard, int key);
	/* Enter on @line; NULL: closes. */
	void (*choose)(struct dashboard *dashboard, int line);
};

extern const struct overlay_ops overlay_call;
extern const struct overlay_ops overlay_columns;
extern const struct overlay_ops overlay_details;
extern const struct overlay_ops overlay_help;
extern const struct overlay_ops overlay_panels;
extern const struct overlay_ops overlay_reason;
extern const struct overlay_ops overlay_sort;
extern const struct overlay_ops overlay_user;

/* The mark of a line that can be on or off, at the begin of @area. */
void overlay_put_mark(struct canvas *canvas, struct rect area, bool on);

/* Columns inside its frame on a screen of @cols. */
int overlay_cols(const struct overlay_ops *overlay, int cols);

/* Where the frame's inside is on a screen of @rows x @cols. */
struct rect overlay_area(const struct dashboard *dashboard, int rows,
			 int cols);

void overlay_draw(const struct dashboard *dashboard, struct canvas *canvas);

#endif
