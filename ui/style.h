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
	STYLE_MATCH, /* of a search, on the selected line as well */
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

/* How a cell is set off besides its colour; bits. */
enum style_attribute {
	STYLE_BOLD = 1 << 0,
	STYLE_DIMMED = 1 << 1,
	STYLE_REVERSE = 1 << 2,
	STYLE_UNDERLINE = 1 << 3,
};

/* One row a style; what colours it has is in the themes (theme.h). */
struct style_row {
	const char *name;  /* in configuration files: "color.heat4=..." */
	char letter;	   /* in canvas_dump_styles() */
	unsigned int mono; /* enum style_attribute, where there is no colour */
};

extern const struct style_row style_table[STYLE_COUNT];

#endif
