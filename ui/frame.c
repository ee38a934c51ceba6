/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Each cell of the grid knows in which directions lines leave it; the glyph
 * follows from that, so junctions cannot be wrong.
 */
#include "frame.h"

#include <stdlib.h>

#include "text.h"
#include "xalloc.h"

enum {
	LINE_UP = 1,
	LINE_DOWN = 2,
	LINE_LEFT = 4,
	LINE_RIGHT = 8,
	LINE_ANY = 15,
	LINE_FOCUSED = 16,
};

struct frame {
	int rows;
	int cols;
	unsigned char *lines;
};

static const enum glyph line_glyph[LINE_ANY + 1] = {
	[LINE_UP] = GLYPH_VLINE,
	[LINE_DOWN] = GLYPH_VLINE,
	[LINE_UP | LINE_DOWN] = GLYPH_VLINE,
	[LINE_LEFT] = GLYPH_HLINE,
	[LINE_RIGHT] = GLYPH_HLINE,
	[LINE_LEFT | LINE_RIGHT] = GLYPH_HLINE,
	[LINE_DOWN | LINE_RIGHT] = GLYPH_TOP_LEFT,
	[LINE_DOWN | LINE_LEFT] = GLYPH_TOP_RIGHT,
	[LINE_UP | LINE_RIGHT] = GLYPH_BOTTOM_LEFT,
	[LINE_UP | LINE_LEFT] = GLYPH_BOTTOM_RIGHT,
	[LINE_DOWN | LINE_LEFT | LINE_RIGHT] = GLYPH_TEE_DOWN,
	[LINE_UP | LINE_LEFT | LINE_RIGHT] = GLYPH_TEE_UP,
	[LINE_UP | LINE_DOWN | LINE_RIGHT] = GLYPH_TEE_RIGHT,
	[LINE_UP | LINE_DOWN | LINE_LEFT] = GLYPH_TEE_LEFT,
	[LINE_ANY] = GLYPH_CROSS,
};

struct frame *frame_new(int rows, int cols)
{
	struct frame *frame = xcalloc(1, sizeof(*frame));

	frame->rows = rows;
	frame->cols = cols;
	frame->lines = xcalloc((size_t)rows * cols + 1, 1);
	return frame;
}

void frame_free(struct frame *frame)
{
	if (!frame)
		return;
	free(frame->lines);
	free(frame);
}

static void line_add(struct frame *frame, int row, int col, int lines)
{
	if (row >= 0 && row < frame->rows && col >= 0 && col < frame->cols)
		frame->lines[row * frame->cols + col] |= lines;
}

void frame_add(struct frame *frame, struct rect inside, bool focused)
{
	int top = inside.row - 1, bottom = inside.row + inside.rows;
	int left = inside.col - 1, right = inside.col + inside.cols;
	int focus = focused ? LINE_FOCUSED : 0;
	int row, col;

	for (col = left + 1; col < right; col++) {
		line_add(frame, top, col, LINE_LEFT | LINE_RIGHT | focus);
		line_add(frame, bottom, col, LINE_LEFT | LINE_RIGHT | focus);
	}
	for (row = top + 1; row < bottom; row++) {
		line_add(frame, row, left, LINE_UP | LINE_DOWN | focus);
		line_add(frame, row, right, LINE_UP | LINE_DOWN | focus);
	}
	line_add(frame, top, left, LINE_DOWN | LINE_RIGHT | focus);
	line_add(frame, top, right, LINE_DOWN | LINE_LEFT | focus);
	line_add(frame, bottom, left, LINE_UP | LINE_RIGHT | focus);
	line_add(frame, bottom, right, LINE_UP | LINE_LEFT | focus);
}

void frame_draw(const struct frame *frame, struct canvas *canvas)
{
	int row, col, lines;

	for (row = 0; row < frame->rows; row++)
		for (col = 0; col < frame->cols; col++) {
			lines = frame->lines[row * frame->cols + col];
			if (!lines)
				continue;
			canvas_put(canvas, row, col, 1,
				   lines & LINE_FOCUSED ? STYLE_FOCUS :
							  STYLE_FRAME,
				   canvas_glyph(canvas,
						line_glyph[lines & LINE_ANY]));
		}
}

int frame_title(struct canvas *canvas, struct rect inside, enum style style,
		const char *title)
{
	int used, col = inside.col + 1, room = inside.cols - 2;

	if (room < 3)
		return 0;
	canvas_put(canvas, inside.row - 1, col, 1, style, " ");
	used = canvas_put(canvas, inside.row - 1, col + 1, room - 2, style,
			  title);
	canvas_put(canvas, inside.row - 1, col + 1 + used, 1, style, " ");
	return used + 2;
}
