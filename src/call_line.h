/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A log line in the making; private to call_format.c and call_result.c. */
#ifndef MPTOP_CALL_LINE_H
#define MPTOP_CALL_LINE_H

#include <stddef.h>

#include "sample.h"

struct call_line {
	char *dst;
	size_t cap;
	size_t used; /* what it would need, as snprintf() counts */
	const char *arrow;
};

__attribute__((format(printf, 2, 3)))
void call_put(struct call_line *line, const char *format, ...);

/* call_result.c: " = 17 not moved, 1.46 s, 31 moved"; then the marks. */
void call_put_result(struct call_line *line, const struct sample_event *event);
void call_put_marks(struct call_line *line, const struct sample_event *event);

#endif
