/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names for keys that are no character, shared by scripts, help and term. */
#ifndef MPTOP_KEYS_H
#define MPTOP_KEYS_H

#include <stdbool.h>
#include <stddef.h>

/* Beyond Unicode, so that a key is one int. */
enum key {
	KEY_BASE_ = 0x110000,
	MK_UP, MK_DOWN, MK_LEFT, MK_RIGHT, MK_PAGE_UP, MK_PAGE_DOWN,
	MK_HOME, MK_END, MK_BACK_TAB, MK_DELETE, MK_BACKSPACE,
	MK_CLICK, MK_DOUBLE_CLICK, MK_WHEEL_UP, MK_WHEEL_DOWN,
	MK_F1, MK_F2, MK_F3, MK_F4, MK_F5, MK_F6, MK_F7, MK_F8, MK_F9, MK_F10,
	MK_NONE
};

/* The usual control characters by name. */
#define MK_TAB '\t'
#define MK_ENTER '\r'
#define MK_ESC 27
#define MK_CTRL(c) ((c) & 31)

/*
 * The next key of a key script: a UTF-8 character, or a name in angle
 * brackets: <Down>, <Enter>, <C-l>, <F1>, <lt>. Newlines between keys are
 * skipped. Advances *@text; MK_NONE at the end, -1 for what is no key.
 */
int keys_next(const char **text);

/*
 * A mouse key MK_CLICK to MK_WHEEL_DOWN at (@row, @col) as one key: what
 * keys_next() gives for <Click:ROW,COL>, which count from 1, and term_key().
 */
int keys_mouse(int key, int row, int col);

/* Takes that apart; false if *@key is none. */
bool keys_mouse_take(int *key, int *row, int *col);

/*
 * The UTF-8 text of @key with its end into @utf8 and its length; 0 and "" for
 * a key that is no printable character.
 */
size_t keys_utf8(int key, char utf8[5]);

/* Writes the key's name as scripts and help have it ("Down", "^L", "q"). */
char *keys_name(int key, char *dst, size_t cap);

#endif
