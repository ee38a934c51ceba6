/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What curses calls a key, and what we call it. */
#include "term_keys.h"

#include <curses.h>

#include "keys.h"

static const struct {
	wint_t curses;
	int key;
} special_keys[] = {
	{ KEY_UP, MK_UP },
	{ KEY_DOWN, MK_DOWN },
	{ KEY_LEFT, MK_LEFT },
	{ KEY_RIGHT, MK_RIGHT },
	{ KEY_PPAGE, MK_PAGE_UP },
	{ KEY_NPAGE, MK_PAGE_DOWN },
	{ KEY_HOME, MK_HOME },
	{ KEY_FIND, MK_HOME },
	{ KEY_END, MK_END },
	{ KEY_SELECT, MK_END },
	{ KEY_BTAB, MK_BACK_TAB },
	{ KEY_DC, MK_DELETE },
	{ KEY_BACKSPACE, MK_BACKSPACE },
	{ KEY_ENTER, MK_ENTER },
};

int term_special_key(wint_t key)
{
	size_t i;

	if (key >= KEY_F(1) && key <= KEY_F(10))
		return MK_F1 + (int)(key - KEY_F(1));
	for (i = 0; i < sizeof(special_keys) / sizeof(special_keys[0]); i++)
		if (special_keys[i].curses == key)
			return special_keys[i].key;
	return -1;
}

int term_plain_key(wint_t key)
{
	if (key == '\n')
		return MK_ENTER;
	return key == 0x7f ? MK_BACKSPACE : (int)key;
}
