/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Clipping, wide characters, ASCII, and the dump. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "canvas.h"

static void assert_picture(const struct canvas *canvas, const char *expected)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	canvas_dump(canvas, out);
	fclose(out);
	assert_string_equal(text, expected);
	free(text);
}

static void test_put_clips(void **state)
{
	static const struct {
		int row, col, width;
		const char *text, *picture;
		int used;
	} cases[] = {
		{ 0, 0, 9, "ab", "ab\n\n", 2 },
		{ 0, 0, 1, "ab", "a\n\n", 1 },
		{ 0, 0, 0, "ab", "\n\n", 0 },
		{ 0, 0, -3, "ab", "\n\n", 0 },
		{ 1, 3, 9, "abc", "\n   ab\n", 3 },
		{ 0, -1, 9, "abc", "bc\n\n", 3 },
		{ 0, 5, 9, "abc", "\n\n", 3 },
		{ 2, 0, 9, "abc", "\n\n", 0 },
		{ -1, 0, 9, "abc", "\n\n", 0 },
		{ 0, 0, 9, "日本", "日本\n\n", 4 },
		{ 0, 0, 3, "日本", "日\n\n", 2 },
		{ 0, 2, 9, "日本", "  日\n\n", 4 },
		{ 0, 4, 9, "日", "\n\n", 2 },
		{ 0, -1, 9, "日x", " x\n\n", 3 },
		{ 0, 0, 9, "a\xc3", "a?\n\n", 2 },
	};
	struct canvas *canvas;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		canvas = canvas_new(2, 5);
		assert_int_equal(canvas_put(canvas, cases[i].row, cases[i].col,
					    cases[i].width, STYLE_NORMAL,
					    cases[i].text),
				 cases[i].used);
		assert_picture(canvas, cases[i].picture);
		canvas_free(canvas);
	}
}

/* What overwrites half of a wide character blanks its other half. */
static void test_put_over_wide(void **state)
{
	static const struct {
		int col;
		const char *text, *picture;
	} cases[] = {
		{ 0, "x", "x 本\n" },
		{ 1, "x", " x本\n" },
		{ 2, "x", "日x\n" },
		{ 3, "x", "日 x\n" },
		{ 1, "語", " 語\n" },
		{ 0, "語", "語本\n" },
	};
	struct canvas *canvas = canvas_new(1, 4);
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		canvas_clear(canvas);
		canvas_put(canvas, 0, 0, 4, STYLE_NORMAL, "日本");
		canvas_put(canvas, 0, cases[i].col, 4, STYLE_NORMAL,
			   cases[i].text);
		assert_picture(canvas, cases[i].picture);
	}
	canvas_free(canvas);
}

static void test_put_right(void **state)
{
	struct canvas *canvas = canvas_new(3, 6);

	(void)state;
	canvas_put_right(canvas, 0, 0, 6, STYLE_NORMAL, "12");
	canvas_put_right(canvas, 1, 1, 3, STYLE_NORMAL, "abcdef");
	canvas_put_right(canvas, 2, 0, 5, STYLE_NORMAL, "日本語");
	assert_picture(canvas, "    12\n abc\n 日本\n");
	canvas_free(canvas);
}

static void test_ascii(void **state)
{
	struct canvas *canvas = canvas_new(1, 12);

	(void)state;
	canvas_set_unicode(canvas, false);
	canvas_put(canvas, 0, 0, 12, STYLE_NORMAL, "0→1 é┌─█·日");
	assert_picture(canvas, "0>1 ?+-#.?\n");
	assert_string_equal(canvas_glyph(canvas, GLYPH_BAR_0 + 4), "=");
	canvas_set_unicode(canvas, true);
	assert_string_equal(canvas_glyph(canvas, GLYPH_BAR_0 + 4), "▄");
	canvas_free(canvas);
}

static void test_every_glyph_is_one_column(void **state)
{
	struct canvas *canvas = canvas_new(1, 2);
	int i, unicode;

	(void)state;
	for (unicode = 0; unicode < 2; unicode++) {
		canvas_set_unicode(canvas, unicode);
		for (i = 0; i < GLYPH_COUNT; i++)
			assert_int_equal(canvas_put(canvas, 0, 0, 2,
						    STYLE_NORMAL,
						    canvas_glyph(canvas, i)),
					 1);
	}
	canvas_free(canvas);
}

static void test_styles(void **state)
{
	struct canvas *canvas = canvas_new(1, 4);

	(void)state;
	canvas_put(canvas, 0, 0, 4, STYLE_BAD, "ab");
	canvas_restyle(canvas, 0, 1, 9, STYLE_SELECTED);
	canvas_restyle(canvas, 5, 0, 9, STYLE_GOOD);
	assert_int_equal(canvas_at(canvas, 0, 0)->style, STYLE_BAD);
	assert_int_equal(canvas_at(canvas, 0, 1)->style, STYLE_SELECTED);
	assert_int_equal(canvas_at(canvas, 0, 3)->style, STYLE_SELECTED);
	assert_string_equal(canvas_at(canvas, 0, 1)->text, "b");
	canvas_fill(canvas, 0, 0, 2, STYLE_NORMAL);
	assert_picture(canvas, "\n");
	canvas_free(canvas);
}

static void test_copy(void **state)
{
	struct canvas *from = canvas_new(1, 4);
	struct canvas *smaller = canvas_new(1, 3);
	struct canvas *larger = canvas_new(2, 6);

	(void)state;
	canvas_put(from, 0, 0, 4, STYLE_NORMAL, "日本");
	canvas_put(larger, 1, 0, 4, STYLE_NORMAL, "old");
	canvas_copy(smaller, from);
	canvas_copy(larger, from);
	assert_picture(smaller, "日\n");
	assert_picture(larger, "日本\n\n");
	canvas_free(from);
	canvas_free(smaller);
	canvas_free(larger);
}

static void test_empty(void **state)
{
	struct canvas *canvas = canvas_new(0, 7);

	(void)state;
	assert_int_equal(canvas_put(canvas, 0, 0, 7, STYLE_NORMAL, "x"), 0);
	assert_picture(canvas, "");
	canvas_free(canvas);
	canvas = canvas_new(-1, -1);
	assert_int_equal(canvas_rows(canvas), 0);
	assert_int_equal(canvas_cols(canvas), 0);
	canvas_free(canvas);
	canvas_free(NULL);
}

static void test_dump_styles(void **state)
{
	struct canvas *canvas = canvas_new(2, 6);
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	(void)state;
	canvas_put(canvas, 0, 1, 4, STYLE_HEAT_4, "日b");
	canvas_dump_styles(canvas, out);
	fclose(out);
	assert_string_equal(text, ".444\n\n");
	free(text);
	canvas_free(canvas);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_put_clips),
		cmocka_unit_test(test_put_over_wide),
		cmocka_unit_test(test_put_right),
		cmocka_unit_test(test_ascii),
		cmocka_unit_test(test_every_glyph_is_one_column),
		cmocka_unit_test(test_styles),
		cmocka_unit_test(test_copy),
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_dump_styles),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
