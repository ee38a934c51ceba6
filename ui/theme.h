/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Themes: which colours the styles have. Pure; the terminal asks for a pen by
 * the number of colours that it has. The background is the terminal's own but
 * where a theme says otherwise, and no theme tells red from green by hue
 * alone.
 */
#ifndef MPTOP_THEME_H
#define MPTOP_THEME_H

#include <stdbool.h>

#include "style.h"

/* A colour: the terminal's own, one of its palette of 256, or any. */
#define COLOUR_OWN (-1)
#define COLOUR_RGB 0x1000000
#define COLOUR(rgb) (COLOUR_RGB | (rgb))

struct theme_look {
	int fg, bg;	 /* as above */
	short fg8, bg8;	 /* where there are 8 colours: 0 to 7, or -1 */
	unsigned int attributes; /* enum style_attribute */
};

struct theme {
	const char *name;
	const char *help;
	bool mono; /* as where there is no colour */
	struct theme_look looks[STYLE_COUNT];
};

/* In the order of the words of --theme; the first is the default. */
extern const struct theme theme_table[];
extern const int nr_themes;

enum theme_depth {
	THEME_NO_COLOUR,
	THEME_8,
	THEME_256,
	THEME_DIRECT, /* a colour's number is its red, green and blue */
};

/* Numbers of colours as the terminal takes them; direct: 0xrrggbb. */
struct theme_pen {
	int fg, bg;
	unsigned int attributes;
};

/* How @theme shows @style where there are as many colours as @depth. */
struct theme_pen theme_pen(const struct theme *theme, enum style style,
			   enum theme_depth depth);

/*
 * Gives style @name of @theme the look of @text: "COLOUR [on COLOUR]
 * [ATTRIBUTE]...", see docs/interface.md section 8. Attributes that it does
 * not name stay, but "plain" takes all of them. Returns NULL, or what is
 * wrong and what is taken, to follow "color.NAME "; free() it.
 */
char *theme_set(struct theme *theme, const char *name, const char *text);

/* The nearest of 256 colours (16 to 255), or of 8, to 0xrrggbb. */
int theme_nearest_256(int rgb);
int theme_nearest_8(int rgb);

/* 0xrrggbb of number 0 to 255 of the palette, as xterm has it. */
int theme_palette_rgb(int number);

#endif
