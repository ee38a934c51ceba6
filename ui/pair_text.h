/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A flow's two nodes as text. */
#ifndef MPTOP_PAIR_TEXT_H
#define MPTOP_PAIR_TEXT_H

#include "canvas.h"

#define PAIR_CAP 40

/* "0→1" by the glyphs of @canvas, "?" for a node that is not known. */
void pair_text(const struct canvas *canvas, int src, int dst,
	       char text[PAIR_CAP]);

#endif
