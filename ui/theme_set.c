/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The look of a style as text: "#d55e00 on default bold". */
#include "theme.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "xalloc.h"

#define BLANKS " \t"
#define PALETTE 256

static const char *const colour_names[] = {
	"default", "black", "red", "green", "yellow", "blue", "magenta",
	"cyan", "white",
};

static const struct {
	const char *name;
	unsigned int bit;
} attribute_names[] = {
	{ "plain", 0 },
	{ "bold", STYLE_BOLD },
	{ "dim", STYLE_DIMMED },
	{ "reverse", STYLE_REVERSE },
	{ "underline", STYLE_UNDERLINE },
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Digits of @base to the end of @text, or -1. */
static long number_of(const char *text, int base)
{
	const char *digits = base == 16 ? "0123456789abcdefABCDEF" :
					  "0123456789";

	if (!*text || text[strspn(text, digits)] || strlen(text) > 6)
		return -1;
	return strtol(text, NULL, base);
}

static bool colour_of(const char *word, int *colour)
{
	long number;
	size_t i;

	for (i = 0; i < COUNT(colour_names); i++) {
		if (strcmp(colour_names[i], word))
			continue;
		*colour = (int)i - 1;
		return true;
	}
	number = word[0] == '#' ? number_of(word + 1, 16) :
				  number_of(word, 10);
	if (word[0] == '#' && strlen(word) == 7 && number >= 0) {
		*colour = COLOUR((int)number);
		return true;
	}
	*colour = (int)number;
	return word[0] != '#' && number >= 0 && number < PALETTE;
}

static short colour_8(int colour)
{
	if (colour < 16)
		return (short)(colour < 8 ? colour : colour - 8);
	return (short)theme_nearest_8(colour & COLOUR_RGB ?
				      colour : theme_palette_rgb(colour));
}

static bool attribute_add(const char *word, bool *named,
			  struct theme_look *look)
{
	size_t i;

	for (i = 0; i < COUNT(attribute_names); i++)
		if (!strcmp(attribute_names[i].name, word))
			break;
	if (i == COUNT(attribute_names))
		return false;
	if (!attribute_names[i].bit)
		look->attributes = 0;
	look->attributes |= attribute_names[i].bit;
	*named = true;
	return true;
}

/* NULL, or the word that is none. */
static const char *look_of(char *text, struct theme_look *look)
{
	bool named = false, has_fg = false;
	char *rest = text, *word;
	int colour;

	while ((word = strsep(&rest, BLANKS))) {
		if (!*word || attribute_add(word, &named, look))
			continue;
		if (!strcmp(word, "on")) {
			do
				word = strsep(&rest, BLANKS);
			while (word && !*word);
			if (!word)
				return "on";
			if (!colour_of(word, &colour))
				return word;
			look->bg = colour;
			look->bg8 = colour_8(colour);
			named = true;
		} else if (!has_fg && colour_of(word, &colour)) {
			look->fg = colour;
			look->fg8 = colour_8(colour);
			has_fg = true;
		} else {
			return word;
		}
	}
	return has_fg || named ? NULL : "";
}

static char *unknown_style(void)
{
	char *text = xstrdup("is no style; there are"), *longer;
	int i;

	for (i = 0; i < STYLE_COUNT; i++) {
		longer = xasprintf("%s%s %s", text, i ? "," : "",
				   style_table[i].name);
		free(text);
		text = longer;
	}
	return text;
}

char *theme_set(struct theme *theme, const char *name, const char *text)
{
	struct theme_look look;
	const char *wrong;
	char *words, *error = NULL;
	int i;

	for (i = 0; i < STYLE_COUNT; i++)
		if (!strcmp(style_table[i].name, name))
			break;
	if (i == STYLE_COUNT)
		return unknown_style();
	look = theme->looks[i];
	words = xstrdup(text);
	wrong = look_of(words, &look);
	if (wrong)
		error = xasprintf("takes COLOUR [on COLOUR] and bold, dim, "
				  "reverse, underline or plain, where COLOUR "
				  "is #rrggbb, 0-255, default, black, red, "
				  "green, yellow, blue, magenta, cyan or "
				  "white; not '%s'", wrong);
	else
		theme->looks[i] = look;
	free(words);
	return error;
}
