/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Frames that share their lines: rectangles in, junctions out. */
#ifndef MPTOP_FRAME_H
#define MPTOP_FRAME_H

#include "panel.h"

struct frame;

/* For a canvas of @rows x @cols. */
struct frame *frame_new(int rows, int cols);
void frame_free(struct frame *frame);

/* A line around @inside; @focused ones win where lines are shared. */
void frame_add(struct frame *frame, struct rect inside, bool focused);

void frame_draw(const struct frame *frame, struct canvas *canvas);

/* Writes @title into the upper line of the frame around @inside. */
int frame_title(struct canvas *canvas, struct rect inside, enum style style,
		const char *title);

#endif
