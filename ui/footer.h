/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The last line when it has nothing else to say. */
#ifndef MPTOP_FOOTER_H
#define MPTOP_FOOTER_H

#include "canvas.h"

struct dashboard;

/* Draws the labels of command_table's rows that work now on the last line. */
void footer_draw(const struct dashboard *dashboard, struct canvas *canvas);

#endif
