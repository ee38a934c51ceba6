/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The picture before the terminal: a grid of cells, each a character of one
 * or two columns and a style. Everything is drawn here, clipped, and only
 * term.c shows it; canvas_dump() gives the same picture as text.
 */
#ifndef MPTOP_CANVAS_H
#define MPTOP_CANVAS_H

#include <stdbool.h>
#include <stdio.h>

#include "style.h"

struct canvas;

struct canvas_cell {
	char text[8]; /* one UTF-8 character; "" right of a wide one */
	enum style style;
};

/* A blank canvas of @rows x @cols (0 allowed). Dies on OOM. */
struct canvas *canvas_new(int rows, int cols);
void canvas_free(struct canvas *canvas);

int canvas_rows(const struct canvas *canvas);
int canvas_cols(const struct canvas *canvas);

/* Glyphs beyond ASCII may be drawn (default); otherwise see canvas_glyph(). */
void canvas_set_unicode(struct canvas *canvas, bool unicode);
bool canvas_unicode(const struct canvas *canvas);

void canvas_clear(struct canvas *canvas);

/* Makes @canvas show @from, clipped or padded with blanks. */
void canvas_copy(struct canvas *canvas, const struct canvas *from);

/*
 * Puts clean UTF-8 @text at (@row, @col), clipped to @width columns and to
 * the canvas; a wide character that does not fit whole is left out. Without
 * unicode, the characters of glyphs become their stand-ins and all others
 * beyond ASCII become '?'. Returns the columns used.
 */
int canvas_put(struct canvas *canvas, int row, int col, int width,
	       enum style style, const char *text);

/* As canvas_put(), right-aligned in exactly @width columns. */
void canvas_put_right(struct canvas *canvas, int row, int col, int width,
		      enum style style, const char *text);

/* Blanks @width cells from (@row, @col). */
void canvas_fill(struct canvas *canvas, int row, int col, int width,
		 enum style style);

/* Gives @width cells from (@row, @col) another style; text stays. */
void canvas_restyle(struct canvas *canvas, int row, int col, int width,
		    enum style style);

enum glyph {
	GLYPH_HLINE, GLYPH_VLINE, GLYPH_TOP_LEFT, GLYPH_TOP_RIGHT,
	GLYPH_BOTTOM_LEFT, GLYPH_BOTTOM_RIGHT, GLYPH_TEE_DOWN, GLYPH_TEE_UP,
	GLYPH_TEE_RIGHT, GLYPH_TEE_LEFT, GLYPH_CROSS, GLYPH_ARROW,
	GLYPH_DOT, GLYPH_UP, GLYPH_DOWN,
	/* Eighth blocks, empty to full: GLYPH_BAR_0 + 0..8. */
	GLYPH_BAR_0, GLYPH_BAR_8 = GLYPH_BAR_0 + 8,
	/* Left blocks for horizontal meters: GLYPH_METER_0 + 0..8. */
	GLYPH_METER_0, GLYPH_METER_8 = GLYPH_METER_0 + 8,
	GLYPH_COUNT
};

/* UTF-8 text of @glyph, or its ASCII stand-in. */
const char *canvas_glyph(const struct canvas *canvas, enum glyph glyph);

/* The cell at (@row, @col); both must lie on the canvas. */
const struct canvas_cell *canvas_at(const struct canvas *canvas, int row,
				    int col);

/* Writes the picture as text, one line a row, trailing blanks cut off. */
void canvas_dump(const struct canvas *canvas, FILE *out);

/* Writes the letter of each cell's style; normal ones at the end cut off. */
void canvas_dump_styles(const struct canvas *canvas, FILE *out);

#endif
