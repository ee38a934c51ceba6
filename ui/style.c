/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What styles are called and how they look in mono. Severity never rests on
 * hue alone: each differs from its neighbours by an attribute or by the text
 * it stands on too.
 */
#include "style.h"

const struct style_row style_table[STYLE_COUNT] = {
	[STYLE_NORMAL] = { "normal", '.', 0 },
	[STYLE_DIM] = { "dim", 'd', STYLE_DIMMED },
	[STYLE_TITLE] = { "title", 't', STYLE_BOLD },
	[STYLE_FRAME] = { "frame", 'f', STYLE_DIMMED },
	[STYLE_FOCUS] = { "focus", 'F', STYLE_BOLD },
	[STYLE_HEADER] = { "header", 'h', STYLE_UNDERLINE },
	[STYLE_SELECTED] = { "selected", 's', STYLE_REVERSE },
	[STYLE_KEY] = { "key", 'k', STYLE_BOLD },
	[STYLE_GOOD] = { "good", 'g', 0 },
	[STYLE_WARN] = { "warn", 'w', STYLE_BOLD },
	[STYLE_BAD] = { "bad", 'b', STYLE_BOLD | STYLE_REVERSE },
	[STYLE_MATCH] = { "match", 'm', STYLE_BOLD | STYLE_REVERSE |
					   STYLE_UNDERLINE },
	[STYLE_HEAT_1] = { "heat1", '1', STYLE_DIMMED },
	[STYLE_HEAT_2] = { "heat2", '2', 0 },
	[STYLE_HEAT_3] = { "heat3", '3', STYLE_BOLD },
	[STYLE_HEAT_4] = { "heat4", '4', STYLE_BOLD | STYLE_REVERSE },
	[STYLE_SERIES_0] = { "series0", 'U', 0 },
	[STYLE_SERIES_1] = { "series1", 'V', STYLE_BOLD },
	[STYLE_SERIES_2] = { "series2", 'W', 0 },
	[STYLE_SERIES_3] = { "series3", 'X', STYLE_DIMMED },
	[STYLE_SERIES_4] = { "series4", 'Y', STYLE_BOLD },
	[STYLE_SERIES_5] = { "series5", 'Z', STYLE_DIMMED },
};
