/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names of keys, one table for scripts, help and footer. */
#include "keys.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

struct key_row {
	int key;
	const char *name;
};

/* The first name of a key is the one it is shown by. */
static const struct key_row key_table[] = {
	{ MK_UP, "Up" },
	{ MK_DOWN, "Down" },
	{ MK_LEFT, "Left" },
	{ MK_RIGHT, "Right" },
	{ MK_PAGE_UP, "PgUp" },
	{ MK_PAGE_UP, "PageUp" },
	{ MK_PAGE_DOWN, "PgDn" },
	{ MK_PAGE_DOWN, "PageDown" },
	{ MK_HOME, "Home" },
	{ MK_END, "End" },
	{ MK_TAB, "Tab" },
	{ MK_BACK_TAB, "S-Tab" },
	{ MK_DELETE, "Del" },
	{ MK_BACKSPACE, "BS" },
	{ MK_ENTER, "Enter" },
	{ MK_ENTER, "CR" },
	{ MK_ESC, "Esc" },
	{ ' ', "Space" },
	{ '<', "lt" },
	{ MK_CLICK, "Click" },
	{ MK_DOUBLE_CLICK, "DoubleClick" },
	{ MK_WHEEL_UP, "WheelUp" },
	{ MK_WHEEL_DOWN, "WheelDown" },
	{ MK_F1, "F1" },
	{ MK_F2, "F2" },
	{ MK_F3, "F3" },
	{ MK_F4, "F4" },
	{ MK_F5, "F5" },
	{ MK_F6, "F6" },
	{ MK_F7, "F7" },
	{ MK_F8, "F8" },
	{ MK_F9, "F9" },
	{ MK_F10, "F10" },
};

#define KEY_ROWS (sizeof(key_table) / sizeof(key_table[0]))

/* A mouse key: the flag, two bits of which, 13 of its row, 13 of its column. */
#define MOUSE_FLAG (1 << 30)
#define MOUSE_BITS 13
#define MOUSE_MASK ((1 << MOUSE_BITS) - 1)

int keys_mouse(int key, int row, int col)
{
	return MOUSE_FLAG | (key - MK_CLICK) << 2 * MOUSE_BITS |
	       (row & MOUSE_MASK) << MOUSE_BITS | (col & MOUSE_MASK);
}

bool keys_mouse_take(int *key, int *row, int *col)
{
	if (*key < MOUSE_FLAG)
		return false;
	*row = *key >> MOUSE_BITS & MOUSE_MASK;
	*col = *key & MOUSE_MASK;
	*key = MK_CLICK + (*key >> 2 * MOUSE_BITS & 3);
	return true;
}

static int key_named(const char *name, size_t length);

/* "Click:ROW,COL" */
static int mouse_named(const char *name, size_t length)
{
	const char *colon = memchr(name, ':', length);
	int key, row, col, used = 0;

	if (!colon)
		return -1;
	key = key_named(name, colon - name);
	if (key < MK_CLICK || key > MK_WHEEL_DOWN ||
	    sscanf(colon, ":%4d,%4d%n", &row, &col, &used) != 2 ||
	    used != (int)(name + length - colon) || row < 1 || col < 1)
		return -1;
	return keys_mouse(key, row - 1, col - 1);
}

static int key_named(const char *name, size_t length)
{
	size_t i;

	if (length == 3 && !strncasecmp(name, "C-", 2))
		return MK_CTRL(name[2]);
	for (i = 0; i < KEY_ROWS; i++)
		if (strlen(key_table[i].name) == length &&
		    !strncasecmp(key_table[i].name, name, length))
			return key_table[i].key;
	return mouse_named(name, length);
}

/* Decodes one UTF-8 character; -1 for what is none. */
static int character_next(const char **text)
{
	const unsigned char *s = (const unsigned char *)*text;
	int more = s[0] < 0x80 ? 0 :
		   s[0] >= 0xc2 && s[0] < 0xe0 ? 1 :
		   (s[0] & 0xf0) == 0xe0 ? 2 :
		   s[0] >= 0xf0 && s[0] < 0xf5 ? 3 : -1;
	int i, value;

	(*text)++;
	if (more < 0)
		return -1;
	value = more ? s[0] & (0x3f >> more) : s[0];
	for (i = 1; i <= more; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return -1;
		value = value << 6 | (s[i] & 0x3f);
		(*text)++;
	}
	return value;
}

int keys_next(const char **text)
{
	const char *start, *end;

	while (**text == '\n' || **text == '\r')
		(*text)++;
	if (!**text)
		return MK_NONE;
	if (**text != '<')
		return character_next(text);
	start = *text + 1;
	end = strchr(start, '>');
	if (!end) {
		*text += strlen(*text);
		return -1;
	}
	*text = end + 1;
	return key_named(start, end - start);
}

static size_t utf8_encode(int key, char utf8[5])
{
	static const unsigned char lead[] = { 0, 0, 0xc0, 0xe0, 0xf0 };
	size_t n = key < 0x80 ? 1 : key < 0x800 ? 2 : key < 0x10000 ? 3 : 4;
	size_t i;

	for (i = n - 1; i > 0; i--, key >>= 6)
		utf8[i] = (char)(0x80 | (key & 0x3f));
	utf8[0] = (char)(n == 1 ? key : lead[n] | key);
	utf8[n] = '\0';
	return n;
}

size_t keys_utf8(int key, char utf8[5])
{
	bool surrogate = key >= 0xd800 && key < 0xe000;

	utf8[0] = '\0';
	if (key < 0x20 || (key >= 0x7f && key < 0xa0) || surrogate ||
	    key > 0x10ffff)
		return 0;
	return utf8_encode(key, utf8);
}

char *keys_name(int key, char *dst, size_t cap)
{
	char utf8[5];
	size_t i;

	for (i = 0; i < KEY_ROWS; i++) {
		if (key_table[i].key != key || key == '<')
			continue;
		snprintf(dst, cap, "%s", key_table[i].name);
		return dst;
	}
	if (keys_utf8(key, utf8))
		snprintf(dst, cap, "%s", utf8);
	else if (key > 0 && key < 0x20)
		snprintf(dst, cap, "^%c", key + '@');
	else
		snprintf(dst, cap, "?");
	return dst;
}
