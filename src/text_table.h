/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What Unicode says of a character; the same in every locale. */
#ifndef MPTOP_TEXT_TABLE_H
#define MPTOP_TEXT_TABLE_H

#include <stdint.h>

/*
 * Terminal columns of character @code: 1 or 2, or 0 if it cannot stand in a
 * cell of its own. Those are controls, format and bidi controls, separators of
 * lines, surrogates, private use, unassigned, combining marks, and what some
 * terminals join with its neighbour.
 */
int text_columns(uint32_t code);

#endif
