/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where each panel goes: a pure function of the screen's size and of what the
 * panels ask for. Panels are framed and neighbours share a border line; the
 * footer lies on the last line, which is the lowest border.
 *
 * When room is short they give way in a fixed order, latency first, then flow,
 * nodes, rate and log; the header and the processes stay. Where it lies
 * beside the rate the latency takes no rows, and goes with it.
 */
#ifndef MPTOP_LAYOUT_H
#define MPTOP_LAYOUT_H

#include <stdbool.h>

#include "panel.h"

#define LAYOUT_MIN_ROWS 6
#define LAYOUT_MIN_COLS 30
/* From here the header's identity and trust fit on one line. */
#define LAYOUT_WIDE_COLS 118

#define LAYOUT_NO_ZOOM (-1)

struct layout_panel {
	bool available;
	int min_rows; /* inside the frame, as the next three */
	int min_cols;
	int want_rows;
	int want_cols;
};

struct layout_request {
	int rows;
	int cols;
	int zoom; /* enum panel, or LAYOUT_NO_ZOOM */
	struct layout_panel panel[PANEL_COUNT];
};

struct layout {
	bool too_small;
	/* Inside of the frames (the header has none); 0 rows: not shown. */
	struct rect panel[PANEL_COUNT];
};

void layout_compute(const struct layout_request *request,
		    struct layout *layout);

#endif
