/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The themes. Heat and severity go from blue to orange, which every kind of
 * colour blindness tells apart, and carry an attribute besides; colours are
 * mostly those of Okabe and Ito (2008).
 */
#include "theme.h"

/* On the terminal's own background. */
#define INK(rgb, c8) .fg = (rgb), .bg = COLOUR_OWN, .fg8 = (c8), .bg8 = -1
#define OWN INK(COLOUR_OWN, -1)

enum { BLACK, RED, GREEN, YELLOW, BLUE, MAGENTA, CYAN, WHITE };

const struct theme theme_table[] = {
	{
		.name = "default",
		.help = "blue to orange, for dark backgrounds",
		.looks = {
			[STYLE_NORMAL] = { OWN },
			[STYLE_DIM] = { INK(COLOUR(0x8a8a8a), -1) },
			[STYLE_TITLE] = { OWN, STYLE_BOLD },
			[STYLE_FRAME] = { INK(COLOUR(0x5f5f5f), -1) },
			[STYLE_FOCUS] = { INK(COLOUR(0x56b4e9), CYAN),
					  STYLE_BOLD },
			[STYLE_HEADER] = { INK(COLOUR(0x87afd7), CYAN),
					   STYLE_UNDERLINE },
			[STYLE_SELECTED] = { OWN, STYLE_REVERSE },
			[STYLE_KEY] = { INK(COLOUR(0x56b4e9), CYAN),
					STYLE_BOLD },
			[STYLE_GOOD] = { INK(COLOUR(0x56b4e9), CYAN) },
			[STYLE_WARN] = { INK(COLOUR(0xe69f00), YELLOW),
					 STYLE_BOLD },
			[STYLE_BAD] = { INK(COLOUR(0xd55e00), RED),
					STYLE_BOLD | STYLE_REVERSE },
			[STYLE_HEAT_1] = { INK(COLOUR(0x5f87af), CYAN) },
			[STYLE_HEAT_2] = { INK(COLOUR(0x87d7ff), -1) },
			[STYLE_HEAT_3] = { INK(COLOUR(0xffd75f), YELLOW) },
			[STYLE_HEAT_4] = { INK(COLOUR(0xe69f00), YELLOW),
					   STYLE_BOLD | STYLE_REVERSE },
			[STYLE_SERIES_0] = { INK(COLOUR(0x87afd7), CYAN) },
			[STYLE_SERIES_1] = { INK(COLOUR(0xffaf00), YELLOW) },
			[STYLE_SERIES_2] = { INK(COLOUR(0xaf5fd7), MAGENTA) },
			[STYLE_SERIES_3] = { INK(COLOUR(0xffffff), WHITE) },
			[STYLE_SERIES_4] = { INK(COLOUR(0xd70000), RED) },
			[STYLE_SERIES_5] = { INK(COLOUR(0x00ff87), GREEN) },
		},
	},
	{
		.name = "light",
		.help = "strong and dark, for light backgrounds",
		.looks = {
			[STYLE_NORMAL] = { OWN },
			[STYLE_DIM] = { INK(COLOUR(0x585858), -1) },
			[STYLE_TITLE] = { OWN, STYLE_BOLD },
			[STYLE_FRAME] = { INK(COLOUR(0x949494), -1) },
			[STYLE_FOCUS] = { INK(COLOUR(0x005f9f), BLUE),
					  STYLE_BOLD },
			[STYLE_HEADER] = { INK(COLOUR(0x00507f), BLUE),
					   STYLE_UNDERLINE },
			[STYLE_SELECTED] = { OWN, STYLE_REVERSE },
			[STYLE_KEY] = { INK(COLOUR(0x005f9f), BLUE),
					STYLE_BOLD },
			[STYLE_GOOD] = { INK(COLOUR(0x0072b2), BLUE) },
			[STYLE_WARN] = { INK(COLOUR(0x875f00), MAGENTA),
					 STYLE_BOLD },
			[STYLE_BAD] = { INK(COLOUR(0xaf3000), RED),
					STYLE_BOLD | STYLE_REVERSE },
			[STYLE_HEAT_1] = { INK(COLOUR(0x5f7fa7), -1) },
			[STYLE_HEAT_2] = { INK(COLOUR(0x0050af), BLUE) },
			[STYLE_HEAT_3] = { INK(COLOUR(0x875f00), MAGENTA),
					   STYLE_BOLD },
			[STYLE_HEAT_4] = { INK(COLOUR(0xaf4000), RED),
					   STYLE_BOLD | STYLE_REVERSE },
			[STYLE_SERIES_0] = { INK(COLOUR(0x5f87af), BLUE) },
			[STYLE_SERIES_1] = { INK(COLOUR(0xaf5f00), MAGENTA) },
			[STYLE_SERIES_2] = { INK(COLOUR(0x8700d7), -1) },
			[STYLE_SERIES_3] = { INK(COLOUR(0x444444), CYAN) },
			[STYLE_SERIES_4] = { INK(COLOUR(0x870000), RED) },
			[STYLE_SERIES_5] = { INK(COLOUR(0x00875f), GREEN) },
		},
	},
	{
		.name = "contrast",
		.help = "few bright colours and bold text, for dark "
			"backgrounds",
		.looks = {
			[STYLE_NORMAL] = { OWN, STYLE_BOLD },
			[STYLE_DIM] = { OWN },
			[STYLE_TITLE] = { OWN, STYLE_BOLD | STYLE_UNDERLINE },
			[STYLE_FRAME] = { INK(COLOUR(0xbcbcbc), -1) },
			[STYLE_FOCUS] = { INK(COLOUR(0x87d7ff), CYAN),
					  STYLE_BOLD },
			[STYLE_HEADER] = { INK(COLOUR(0x87d7ff), CYAN),
					   STYLE_BOLD | STYLE_UNDERLINE },
			[STYLE_SELECTED] = { OWN,
					     STYLE_BOLD | STYLE_REVERSE },
			[STYLE_KEY] = { OWN, STYLE_BOLD | STYLE_REVERSE },
			[STYLE_GOOD] = { INK(COLOUR(0x87d7ff), CYAN) },
			[STYLE_WARN] = { INK(COLOUR(0xffd700), YELLOW),
					 STYLE_BOLD },
			[STYLE_BAD] = { INK(COLOUR(0xffaf00), YELLOW),
					STYLE_BOLD | STYLE_REVERSE },
			[STYLE_HEAT_1] = { OWN },
			[STYLE_HEAT_2] = { INK(COLOUR(0x87d7ff), CYAN),
					   STYLE_BOLD },
			[STYLE_HEAT_3] = { INK(COLOUR(0xffd700), YELLOW),
					   STYLE_BOLD },
			[STYLE_HEAT_4] = { INK(COLOUR(0xffd700), YELLOW),
					   STYLE_BOLD | STYLE_REVERSE },
			[STYLE_SERIES_0] = { INK(COLOUR(0x87d7ff), CYAN),
					     STYLE_BOLD },
			[STYLE_SERIES_1] = { INK(COLOUR(0xffd700), YELLOW),
					     STYLE_BOLD },
			[STYLE_SERIES_2] = { INK(COLOUR(0xd75fff), MAGENTA),
					     STYLE_BOLD },
			[STYLE_SERIES_3] = { INK(COLOUR(0xffffff), WHITE) },
			[STYLE_SERIES_4] = { INK(COLOUR(0xff5f5f), RED),
					     STYLE_BOLD },
			[STYLE_SERIES_5] = { INK(COLOUR(0x00ff87), GREEN),
					     STYLE_BOLD },
		},
	},
	{
		.name = "mono",
		.help = "no colours, only bold, dim, reverse, underline",
		.mono = true,
	},
};

const int nr_themes = sizeof(theme_table) / sizeof(theme_table[0]);
