/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Styles to what curses draws with; for term.c alone. */
#ifndef MPTOP_TERM_STYLE_H
#define MPTOP_TERM_STYLE_H

#include <curses.h>

#include "style.h"
#include "term.h"

struct term_style {
	attr_t attributes;
	short pair; /* 0: the terminal's own colours */
};

/*
 * Makes ready how the open terminal shows each style: in as many colours as it
 * has, or in none if @options say so.
 */
void term_styles_set(const struct term_options *options,
		     struct term_style styles[STYLE_COUNT]);

#endif
