/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a cell means; term.c turns it into colour and attributes. */
#ifndef MPTOP_STYLE_H
#define MPTOP_STYLE_H

enum style {
	STYLE_NORMAL,
	STYLE_DIM,
	STYLE_TITLE,
	STYLE_FRAME,
	STYLE_FOCUS,   /* frame and title of the focused panel */
	STYLE_HEADER,  /* column heads */
	STYLE_SELECTED,
	STYLE_KEY,
	STYLE_GOOD,
	STYLE_WARN,
	STYLE_BAD,
	STYLE_HEAT_1,  /* heat of the flow matrix, low to high */
	STYLE_HEAT_2,
	STYLE_HEAT_3,
	STYLE_HEAT_4,
	STYLE_SERIES_0, /* colours of the stacked histogram */
	STYLE_SERIES_1,
	STYLE_SERIES_2,
	STYLE_SERIES_3,
	STYLE_SERIES_4,
	STYLE_SERIES_5,
	STYLE_COUNT
};

/*
 * One row a style: foreground for 8 and 256 colours (-1: the terminal's own),
 * background likewise, and the attributes that carry it in mono and beside
 * the colour. Severity never rests on hue alone.
 */
struct style_row {
	short fg8, fg256, bg8, bg256;
	unsigned int bold : 1, dim : 1, reverse : 1, underline : 1;
	unsigned int mono_bold : 1, mono_dim : 1, mono_reverse : 1,
		mono_underline : 1;
};

extern const struct style_row style_table[STYLE_COUNT];

#endif
