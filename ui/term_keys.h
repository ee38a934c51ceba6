/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Keys of curses to keys of keys.h; for term.c alone. */
#ifndef MPTOP_TERM_KEYS_H
#define MPTOP_TERM_KEYS_H

#include <wchar.h>

/* For a KEY_* code of curses; -1 for those that we have no name for. */
int term_special_key(wint_t key);

/* For a character: Enter and Backspace come as several. */
int term_plain_key(wint_t key);

#endif
