/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "pair_text.h"

#include <stdio.h>

#include "sample.h"

void pair_text(const struct canvas *canvas, int src, int dst,
	       char text[PAIR_CAP])
{
	char from[16] = "?", to[16] = "?";

	if (src != NODE_UNKNOWN)
		snprintf(from, sizeof(from), "%d", src);
	if (dst != NODE_UNKNOWN)
		snprintf(to, sizeof(to), "%d", dst);
	snprintf(text, PAIR_CAP, "%s%s%s", from,
		 canvas_glyph(canvas, GLYPH_ARROW), to);
}
