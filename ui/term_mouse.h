/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The mouse by curses; for term.c alone. */
#ifndef MPTOP_TERM_MOUSE_H
#define MPTOP_TERM_MOUSE_H

#include <stdint.h>

/* The last click, which a second may make a double one. */
struct term_mouse {
	int64_t clicked_ns; /* 0: none */
	int row;
	int col;
};

/* Has the open terminal report it; off again with the terminal, always. */
void term_mouse_on(void);

/* What KEY_MOUSE was, as keys_mouse() has it; -1: nothing that is used. */
int term_mouse_key(struct term_mouse *mouse);

#endif
