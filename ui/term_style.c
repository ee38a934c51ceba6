/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How many colours the terminal has, and the pens of a theme in them. */
#include "term_style.h"

#include <stdio.h>
#include <stdlib.h>

#include "theme.h"

/* Colour pair 0 is the terminal's own; a style's pair follows its number. */
#define PAIR_OF(style) ((short)((style) + 1))

/* Bits of red, green and blue in the number of a colour. */
struct channels {
	int red, green, blue;
};

/*
 * The capability RGB, in each form that user_caps(5) has for it: a flag that
 * says that the bits are shared out evenly, the number of bits of each, or
 * those as a text. False without it.
 */
static bool channels_of(struct channels *channels)
{
	const char *text = tigetstr("RGB");
	int bits = tigetnum("RGB"), all = 0;

	if (text && text != (char *)-1)
		return sscanf(text, "%d/%d/%d", &channels->red,
			      &channels->green, &channels->blue) == 3;
	if (bits <= 0 && tigetflag("RGB") > 0) {
		while (all < 30 && 1 << all < COLORS)
			all++;
		bits = (all + 2) / 3;
		channels->red = channels->green = bits;
		channels->blue = all - 2 * bits;
		return channels->blue > 0;
	}
	channels->red = channels->green = channels->blue = bits;
	return bits > 0;
}

static bool is_true_colour(void)
{
	struct channels channels;

	return COLORS > 256 && channels_of(&channels) && channels.red == 8 &&
	       channels.green == 8 && channels.blue == 8;
}

static enum theme_depth depth_of(const struct term_options *options)
{
	const char *no_color = getenv("NO_COLOR");

	if (options->colour == TERM_COLOUR_NEVER || options->theme->mono ||
	    (options->colour == TERM_COLOUR_AUTO && no_color && no_color[0]) ||
	    !has_colors() || start_color() == ERR)
		return THEME_NO_COLOUR;
	use_default_colors();
	if (is_true_colour())
		return THEME_DIRECT;
	/* Of many colours, but not by their red, green and blue: which? */
	return COLORS >= 256 && COLORS < 1 << 15 ? THEME_256 : THEME_8;
}

static attr_t attributes_of(unsigned int bits)
{
	return (bits & STYLE_BOLD ? A_BOLD : 0) |
	       (bits & STYLE_DIMMED ? A_DIM : 0) |
	       (bits & STYLE_REVERSE ? A_REVERSE : 0) |
	       (bits & STYLE_UNDERLINE ? A_UNDERLINE : 0);
}

void term_styles_set(const struct term_options *options,
		     struct term_style styles[STYLE_COUNT])
{
	enum theme_depth depth = depth_of(options);
	struct theme_pen pen;
	int i;

	for (i = 0; i < STYLE_COUNT; i++) {
		pen = theme_pen(options->theme, i, depth);
		styles[i].attributes = attributes_of(pen.attributes);
		styles[i].pair = 0;
		if (pen.fg == COLOUR_OWN && pen.bg == COLOUR_OWN)
			continue;
		if (init_extended_pair(PAIR_OF(i), pen.fg, pen.bg) != ERR)
			styles[i].pair = PAIR_OF(i);
	}
}
