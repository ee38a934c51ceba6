/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a theme is where there are few colours, many, or none. */
#include "theme.h"

#include <limits.h>

#define CUBE_FIRST 16
#define GREY_FIRST 232
#define PALETTE 256

/* xterm's; others differ, which only matters to what is nearest. */
static const int basic[CUBE_FIRST] = {
	0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd,
	0xe5e5e5, 0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff,
	0x00ffff, 0xffffff,
};

int theme_palette_rgb(int number)
{
	static const int level[] = { 0, 95, 135, 175, 215, 255 };
	int grey, cube = number - CUBE_FIRST;

	if (number < CUBE_FIRST)
		return basic[number];
	if (number < GREY_FIRST)
		return level[cube / 36] << 16 | level[cube / 6 % 6] << 8 |
		       level[cube % 6];
	grey = 8 + 10 * (number - GREY_FIRST);
	return grey << 16 | grey << 8 | grey;
}

/* Green weighs most in what the eye sees, blue least. */
static int distance(int a, int b)
{
	int red = (a >> 16 & 255) - (b >> 16 & 255);
	int green = (a >> 8 & 255) - (b >> 8 & 255);
	int blue = (a & 255) - (b & 255);

	return 3 * red * red + 4 * green * green + 2 * blue * blue;
}

static int nearest(int rgb, int first, int end)
{
	int i, best = first, least = INT_MAX, away;

	for (i = first; i < end; i++) {
		away = distance(rgb, theme_palette_rgb(i));
		if (away >= least)
			continue;
		least = away;
		best = i;
	}
	return best;
}

int theme_nearest_256(int rgb)
{
	return nearest(rgb & 0xffffff, CUBE_FIRST, PALETTE);
}

int theme_nearest_8(int rgb)
{
	return nearest(rgb & 0xffffff, 0, 8);
}

static int colour_256(int colour)
{
	return colour & COLOUR_RGB && colour != COLOUR_OWN ?
		       theme_nearest_256(colour) : colour;
}

/* The first eight numbers are the palette's there, too. */
static int colour_direct(int colour)
{
	int rgb;

	if (colour < 8)
		return colour;
	rgb = colour & COLOUR_RGB ? colour & 0xffffff :
				    theme_palette_rgb(colour);
	return rgb > 0 && rgb < 8 ? 8 : rgb;
}

struct theme_pen theme_pen(const struct theme *theme, enum style style,
			   enum theme_depth depth)
{
	const struct theme_look *look = &theme->looks[style];
	const struct style_row *row = &style_table[style];
	struct theme_pen pen = { COLOUR_OWN, COLOUR_OWN, look->attributes };

	if (theme->mono || depth == THEME_NO_COLOUR) {
		pen.attributes = row->mono;
	} else if (depth == THEME_8) {
		pen.fg = look->fg8;
		pen.bg = look->bg8;
		/* A quiet colour that the eight have not. */
		if (look->fg8 < 0 && look->fg != COLOUR_OWN)
			pen.attributes |= row->mono & STYLE_DIMMED;
	} else if (depth == THEME_256) {
		pen.fg = colour_256(look->fg);
		pen.bg = colour_256(look->bg);
	} else {
		pen.fg = colour_direct(look->fg);
		pen.bg = colour_direct(look->bg);
	}
	return pen;
}
