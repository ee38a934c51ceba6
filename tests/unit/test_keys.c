/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Key scripts and key names. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "keys.h"

static void test_next(void **state)
{
	static const struct {
		const char *text;
		int key[4]; /* ends with MK_NONE */
	} cases[] = {
		{ "", { MK_NONE } },
		{ "\n\n", { MK_NONE } },
		{ "q", { 'q', MK_NONE } },
		{ "a\nb\r\n", { 'a', 'b', MK_NONE } },
		{ "<Down><Up>", { MK_DOWN, MK_UP, MK_NONE } },
		{ "<down>", { MK_DOWN, MK_NONE } },
		{ "<PgDn><PageDown>", { MK_PAGE_DOWN, MK_PAGE_DOWN,
					MK_NONE } },
		{ "<lt>>", { '<', '>', MK_NONE } },
		{ "<C-l><C-L>", { 12, 12, MK_NONE } },
		{ "<F1><F10>", { MK_F1, MK_F10, MK_NONE } },
		{ "<Enter><Esc><Tab>", { '\r', 27, '\t', MK_NONE } },
		{ "<S-Tab><Space>", { MK_BACK_TAB, ' ', MK_NONE } },
		{ "<Click:0,1><Click:1><Click:1,2,3>", { -1, -1, -1,
							 MK_NONE } },
		{ "<Down:1,1><Click:x,1>", { -1, -1, MK_NONE } },
		{ "<nokey>x", { -1, 'x', MK_NONE } },
		{ "<Down", { -1, MK_NONE } },
		{ "<>", { -1, MK_NONE } },
		{ "é→😀", { 0xe9, 0x2192, 0x1f600, MK_NONE } },
		{ "\xff" "a", { -1, 'a', MK_NONE } },
		{ "\xc3", { -1, MK_NONE } },
	};
	const char *text;
	size_t i;
	int k;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		text = cases[i].text;
		for (k = 0; k < 4; k++) {
			assert_int_equal(keys_next(&text), cases[i].key[k]);
			if (cases[i].key[k] == MK_NONE)
				break;
		}
	}
}

static void test_mouse(void **state)
{
	static const int keys[] = { MK_CLICK, MK_DOUBLE_CLICK, MK_WHEEL_UP,
				    MK_WHEEL_DOWN };
	const char *text = "<Click:1,1><wheeldown:34,120>";
	int key, row, col;
	size_t i;

	(void)state;
	assert_int_equal(keys_next(&text), keys_mouse(MK_CLICK, 0, 0));
	assert_int_equal(keys_next(&text),
			 keys_mouse(MK_WHEEL_DOWN, 33, 119));
	assert_int_equal(keys_next(&text), MK_NONE);
	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		key = keys_mouse(keys[i], 8191, 17);
		assert_true(keys_mouse_take(&key, &row, &col));
		assert_int_equal(key, keys[i]);
		assert_int_equal(row, 8191);
		assert_int_equal(col, 17);
		assert_false(keys_mouse_take(&key, &row, &col));
	}
}

static void test_name(void **state)
{
	static const struct {
		int key;
		const char *name;
	} cases[] = {
		{ 'q', "q" },		{ ' ', "Space" },
		{ '<', "<" },		{ MK_DOWN, "Down" },
		{ MK_F10, "F10" },	{ MK_CTRL('l'), "^L" },
		{ MK_ENTER, "Enter" },	{ MK_ESC, "Esc" },
		{ MK_BACK_TAB, "S-Tab" }, { 0xe9, "é" },
		{ MK_NONE, "?" },	{ -1, "?" },
	};
	char name[16];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(
			keys_name(cases[i].key, name, sizeof(name)),
			cases[i].name);
}

static void test_utf8(void **state)
{
	static const struct {
		int key;
		const char *text;
	} cases[] = {
		{ 'a', "a" },	       { 0xe9, "é" },
		{ 0x2192, "→" },       { 0x1f600, "😀" },
		{ 0x7f, "" },	       { 27, "" },
		{ 0x9b, "" },	       { 0xd800, "" },
		{ MK_DOWN, "" },       { -1, "" },
	};
	char text[5];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		keys_utf8(cases[i].key, text);
		assert_string_equal(text, cases[i].text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_next),
		cmocka_unit_test(test_mouse),
		cmocka_unit_test(test_name),
		cmocka_unit_test(test_utf8),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
