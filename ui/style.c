/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The theme. Every style differs from its neighbours by an attribute or by
 * the text it stands on too, never by hue alone; the background is always the
 * terminal's own but for the reversed ones, and plain blue is never used.
 */
#include "style.h"

/* A colour on the terminal's own background. */
#define COLOUR(c8, c256) .fg8 = (c8), .fg256 = (c256), .bg8 = -1, .bg256 = -1

enum { RED = 1, GREEN, YELLOW, BLUE, MAGENTA, CYAN, WHITE };

const struct style_row style_table[STYLE_COUNT] = {
	[STYLE_NORMAL] = { COLOUR(-1, -1) },
	[STYLE_DIM] = { COLOUR(-1, 245), .mono_dim = 1 },
	[STYLE_TITLE] = { COLOUR(-1, -1), .bold = 1, .mono_bold = 1 },
	[STYLE_FRAME] = { COLOUR(-1, 240), .mono_dim = 1 },
	[STYLE_FOCUS] = { COLOUR(CYAN, 81), .bold = 1, .mono_bold = 1 },
	[STYLE_HEADER] = { COLOUR(CYAN, 110), .underline = 1,
			   .mono_underline = 1 },
	[STYLE_SELECTED] = { COLOUR(-1, -1), .reverse = 1,
			     .mono_reverse = 1 },
	[STYLE_KEY] = { COLOUR(CYAN, 81), .bold = 1, .mono_bold = 1 },
	[STYLE_GOOD] = { COLOUR(CYAN, 79) },
	[STYLE_WARN] = { COLOUR(YELLOW, 214), .bold = 1, .mono_bold = 1 },
	[STYLE_BAD] = { COLOUR(RED, 203), .bold = 1, .reverse = 1,
			.mono_bold = 1, .mono_reverse = 1 },
	[STYLE_HEAT_1] = { COLOUR(CYAN, 73), .mono_dim = 1 },
	[STYLE_HEAT_2] = { COLOUR(-1, 150) },
	[STYLE_HEAT_3] = { COLOUR(YELLOW, 220), .mono_bold = 1 },
	[STYLE_HEAT_4] = { COLOUR(YELLOW, 208), .bold = 1, .reverse = 1,
			   .mono_bold = 1, .mono_reverse = 1 },
	[STYLE_SERIES_0] = { COLOUR(CYAN, 80) },
	[STYLE_SERIES_1] = { COLOUR(YELLOW, 214), .mono_bold = 1 },
	[STYLE_SERIES_2] = { COLOUR(MAGENTA, 176) },
	[STYLE_SERIES_3] = { COLOUR(WHITE, 252), .mono_dim = 1 },
	[STYLE_SERIES_4] = { COLOUR(RED, 167), .mono_bold = 1 },
	[STYLE_SERIES_5] = { COLOUR(GREEN, 108), .mono_dim = 1 },
};
