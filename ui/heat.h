/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How hot a flow is beside the largest. */
#ifndef MPTOP_HEAT_H
#define MPTOP_HEAT_H

#include <stdint.h>

#include "style.h"

/* By factors of eight: migration bursts span decades. */
static inline enum style heat_style(int64_t pages, int64_t most)
{
	if (pages <= 0)
		return STYLE_DIM;
	if (pages >= most / 2)
		return STYLE_HEAT_4;
	if (pages >= most / 8)
		return STYLE_HEAT_3;
	return pages >= most / 64 ? STYLE_HEAT_2 : STYLE_HEAT_1;
}

#endif
