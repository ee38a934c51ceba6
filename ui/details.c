/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The list of sections, and what they share. */
#include "details.h"

#include <stdio.h>

#include "column.h"
#include "text.h"
#include "units.h"

#define METER_MAX 40

const struct details_section *const details_table[] = {
	&details_identity,
	&details_sums,
	&details_flow,
	&details_reasons,
	&details_failures,
	&details_latency,
	&details_movers,
	&details_owners,
	&details_memory_cgroup,
	&details_memory_own,
	&details_calls,
	&details_stacks,
	NULL,
};

/* Bytes of @text that go on one row: at least one character. */
static size_t row_bytes(const char *text, int cols)
{
	size_t n = text_prefix(text, cols, NULL);

	return n ? n : text_prefix(text, 2, NULL);
}

int details_wrapped(const char *text, int cols)
{
	int rows = 0;
	size_t n;

	do {
		n = row_bytes(text, cols);
		text += n;
		rows++;
	} while (n && *text);
	return rows;
}

void details_put_wrapped(struct canvas *canvas, struct rect area,
			 enum style style, const char *text, int line)
{
	while (line-- > 0)
		text += row_bytes(text, area.cols);
	canvas_put(canvas, area.row, area.col, area.cols, style, text);
}

struct rect details_put_label(struct canvas *canvas, struct rect area,
			      const char *label)
{
	canvas_put(canvas, area.row, area.col, DETAILS_LABEL - 1, STYLE_DIM,
		   label);
	area.col += DETAILS_LABEL;
	area.cols -= DETAILS_LABEL;
	return area;
}

void details_window_text(const struct details_facts *facts, char *dst,
			 size_t cap)
{
	const struct model_details *details = facts->details;
	char time[UNITS_CAP];

	units_duration(time, sizeof(time), details->window_ns);
	snprintf(dst, cap, "%d interval%s, %s", details->intervals,
		 details->intervals == 1 ? "" : "s", time);
}

void details_put_meter(struct canvas *canvas, struct rect area, int64_t part,
		       int64_t whole)
{
	struct column_cell meter = { .canvas = canvas, .width = area.cols };

	if (meter.width > METER_MAX)
		meter.width = METER_MAX;
	if (meter.width < 3)
		return;
	column_meter(&meter, part, whole);
	canvas_put(canvas, area.row, area.col, meter.width, STYLE_GOOD,
		   meter.text);
}
