/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Themes: what the eye can tell apart, and looks as text. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "option_row.h"
#include "theme.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Squares of distances and ten times contrasts, as far as can be seen. */
#define DISTANCE_MIN (48 * 48)
#define CONTRAST_MIN 30
#define CONTRAST_MIN_FRAME 20

struct eye {
	const char *name;
	int percent[3][3]; /* of red, green and blue that arrive as each */
};

/* Machado, Oliveira, Fernandes (2009), severity 1.0. */
static const struct eye eyes[] = {
	{ "normal", { { 100, 0, 0 }, { 0, 100, 0 }, { 0, 0, 100 } } },
	{ "protanopia", { { 15, 105, -20 }, { 11, 79, 10 }, { 0, -5, 105 } } },
	{ "deuteranopia", { { 37, 86, -23 }, { 28, 67, 5 }, { -1, 4, 97 } } },
	{ "tritanopia", { { 126, -8, -18 }, { -8, 93, 15 }, { 0, 69, 31 } } },
};

static int channel(int rgb, int i)
{
	return rgb >> (16 - 8 * i) & 255;
}

static int root(int square)
{
	int i = 0;

	while ((i + 1) * (i + 1) <= square)
		i++;
	return i;
}

/* Light is about the square of the number. */
static int seen_by(const struct eye *eye, int rgb, int i)
{
	int k, light = 0;

	for (k = 0; k < 3; k++)
		light += eye->percent[i][k] * channel(rgb, k) *
			 channel(rgb, k) / 100;
	return root(light < 0 ? 0 : light > 255 * 255 ? 255 * 255 : light);
}

static int distance_of(const struct eye *eye, int a, int b)
{
	int i, away, sum = 0;

	for (i = 0; i < 3; i++) {
		away = seen_by(eye, a, i) - seen_by(eye, b, i);
		sum += away * away;
	}
	return sum;
}

/* Both in all of 256 colours, where the terminal's own is @own. */
static void assert_apart(const struct theme *theme, enum style a,
			 enum style b, int own)
{
	struct theme_pen one = theme_pen(theme, a, THEME_256);
	struct theme_pen other = theme_pen(theme, b, THEME_256);
	int first = one.fg < 0 ? own : theme_palette_rgb(one.fg);
	int second = other.fg < 0 ? own : theme_palette_rgb(other.fg);
	size_t i;

	for (i = 0; i < COUNT(eyes); i++) {
		if (one.attributes != other.attributes ||
		    distance_of(&eyes[i], first, second) >= DISTANCE_MIN)
			continue;
		fail_msg("%s: %s and %s look the same with %s", theme->name,
			 style_table[a].name, style_table[b].name,
			 eyes[i].name);
	}
}

static bool is_light(const struct theme *theme)
{
	return !strcmp(theme->name, "light");
}

static void test_apart(void **state)
{
	static const enum style severity[] = { STYLE_GOOD, STYLE_WARN,
					       STYLE_BAD, STYLE_NORMAL };
	int t, i, k, own;

	(void)state;
	for (t = 0; t < nr_themes; t++) {
		if (theme_table[t].mono)
			continue;
		own = is_light(&theme_table[t]) ? 0 : 0xe5e5e5;
		for (i = 0; i < (int)COUNT(severity); i++)
			for (k = 0; k < i; k++)
				assert_apart(&theme_table[t], severity[i],
					     severity[k], own);
		for (i = STYLE_HEAT_1; i < STYLE_HEAT_4; i++)
			assert_apart(&theme_table[t], i, i + 1, own);
		for (i = STYLE_SERIES_0; i <= STYLE_SERIES_5; i++)
			for (k = STYLE_SERIES_0; k < i; k++)
				assert_apart(&theme_table[t], i, k, own);
	}
}

/* Ten times the contrast of WCAG. */
static int contrast(int rgb, int ground)
{
	static const int weight[] = { 21, 72, 7 };
	int i, light = 0, back = 0, swap;

	for (i = 0; i < 3; i++) {
		light += weight[i] * channel(rgb, i) * channel(rgb, i);
		back += weight[i] * channel(ground, i) * channel(ground, i);
	}
	if (light < back) {
		swap = light;
		light = back;
		back = swap;
	}
	return (int)((light + 325125LL) * 10 / (back + 325125LL));
}

static void test_legible(void **state)
{
	const struct theme *theme;
	struct theme_pen pen;
	int t, i, least;

	(void)state;
	for (t = 0; t < nr_themes; t++) {
		theme = &theme_table[t];
		for (i = 0; i < STYLE_COUNT; i++) {
			pen = theme_pen(theme, i, THEME_256);
			least = i == STYLE_FRAME ? CONTRAST_MIN_FRAME :
						   CONTRAST_MIN;
			assert_int_equal(pen.bg, COLOUR_OWN);
			if (pen.fg != COLOUR_OWN &&
			    contrast(theme_palette_rgb(pen.fg),
				     is_light(theme) ? 0xffffff : 0) < least)
				fail_msg("%s of %s is too faint",
					 style_table[i].name, theme->name);
		}
	}
}

/* Plain blue cannot be read on black, yellow not on white. */
static void test_eight(void **state)
{
	const struct theme_look *look;
	int t, i;

	(void)state;
	for (t = 0; t < nr_themes; t++) {
		for (i = 0; i < STYLE_COUNT && !theme_table[t].mono; i++) {
			look = &theme_table[t].looks[i];
			assert_int_equal(look->bg8, -1);
			assert_int_not_equal(look->fg8, 0);
			assert_int_not_equal(look->fg8,
					     is_light(&theme_table[t]) ? 3 :
									 4);
		}
	}
}

/* Severity must not rest on hue: in mono each differs from plain text. */
static void test_severity_without_colour(void **state)
{
	static const enum style severe[] = { STYLE_WARN, STYLE_BAD,
					     STYLE_SELECTED, STYLE_HEAT_4 };
	const unsigned int marks = STYLE_BOLD | STYLE_REVERSE |
				   STYLE_UNDERLINE;
	struct theme_pen pen;
	size_t i;
	int t;

	(void)state;
	for (i = 0; i < COUNT(severe); i++)
		assert_true(style_table[severe[i]].mono & marks);
	for (t = 0; t < nr_themes; t++) {
		pen = theme_pen(&theme_table[t], STYLE_BAD, THEME_NO_COLOUR);
		assert_int_equal(pen.fg, COLOUR_OWN);
		assert_int_equal(pen.attributes, STYLE_BOLD | STYLE_REVERSE);
		pen = theme_pen(&theme_table[t], STYLE_BAD, THEME_8);
		assert_true(pen.attributes & marks);
	}
}

static void test_names(void **state)
{
	const struct option_row *row = option_table;
	int i, k;

	(void)state;
	for (i = 0; i < STYLE_COUNT; i++)
		for (k = 0; k < i; k++) {
			assert_string_not_equal(style_table[i].name,
						style_table[k].name);
			assert_int_not_equal(style_table[i].letter,
					     style_table[k].letter);
		}
	while (strcmp(row->name, "theme"))
		row++;
	for (i = 0; i < nr_themes; i++)
		assert_string_equal(row->words[i], theme_table[i].name);
	assert_null(row->words[i]);
}

static void test_nearest(void **state)
{
	int i;

	(void)state;
	for (i = 16; i < 256; i++)
		assert_int_equal(
			theme_palette_rgb(theme_nearest_256(
				theme_palette_rgb(i))), theme_palette_rgb(i));
	assert_int_equal(theme_nearest_256(0xd55e00), 166);
	assert_int_equal(theme_nearest_8(0xd55e00), 1);
	assert_int_equal(theme_nearest_8(0x56b4e9), 6);
	assert_int_equal(theme_nearest_8(0xfffffe), 7);
}

static void test_set(void **state)
{
	static const struct {
		const char *text;
		int fg8, fg256, direct, bg256;
		unsigned int attributes;
	} cases[] = {
		{ "#d55e00", 1, 166, 0xd55e00, -1, STYLE_BOLD | STYLE_REVERSE },
		{ "208 plain", 3, 208, 0xff8700, -1, 0 },
		{ "yellow", 3, 3, 3, -1, STYLE_BOLD | STYLE_REVERSE },
		{ "9", 1, 9, 0xff0000, -1, STYLE_BOLD | STYLE_REVERSE },
		{ "#000003", 0, 16, 8, -1, STYLE_BOLD | STYLE_REVERSE },
		{ "default on  blue plain\tunderline", -1, -1, -1, 4,
		  STYLE_UNDERLINE },
		{ " plain dim", 3, 178, 0xe69f00, -1, STYLE_DIMMED },
	};
	struct theme theme;
	struct theme_pen pen;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		theme = theme_table[0];
		assert_null(theme_set(&theme, "heat4", cases[i].text));
		pen = theme_pen(&theme, STYLE_HEAT_4, THEME_8);
		assert_int_equal(pen.fg, cases[i].fg8);
		assert_int_equal(pen.attributes, cases[i].attributes);
		pen = theme_pen(&theme, STYLE_HEAT_4, THEME_256);
		assert_int_equal(pen.fg, cases[i].fg256);
		assert_int_equal(pen.bg, cases[i].bg256);
		pen = theme_pen(&theme, STYLE_HEAT_4, THEME_DIRECT);
		assert_int_equal(pen.fg, cases[i].direct);
	}
}

static void test_set_wrong(void **state)
{
	static const struct {
		const char *text, *word;
	} cases[] = {
		{ "", "''" }, { "orange", "'orange'" }, { "256", "'256'" },
		{ "-1", "'-1'" }, { "#d55e0", "'#d55e0'" },
		{ "#d55e0g", "'#d55e0g'" }, { "red green", "'green'" },
		{ "red on", "'on'" }, { "red on x", "'x'" },
		{ "+8", "'+8'" }, { "0x10", "'0x10'" }, { "on", "'on'" },
	};
	struct theme theme = theme_table[0];
	char *error;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		error = theme_set(&theme, "heat4", cases[i].text);
		assert_non_null(error);
		assert_non_null(strstr(error, cases[i].word));
		assert_non_null(strstr(error, "#rrggbb, 0-255, default"));
		free(error);
		assert_memory_equal(&theme, &theme_table[0], sizeof(theme));
	}
	error = theme_set(&theme, "heat5", "red");
	assert_non_null(strstr(error, "is no style; there are normal, dim,"));
	assert_non_null(strstr(error, ", series5"));
	free(error);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_apart),
		cmocka_unit_test(test_legible),
		cmocka_unit_test(test_eight),
		cmocka_unit_test(test_severity_without_colour),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_nearest),
		cmocka_unit_test(test_set),
		cmocka_unit_test(test_set_wrong),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
