/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A line of the log as text, for what draws it and what searches in it. */
#ifndef MPTOP_LOG_LINE_H
#define MPTOP_LOG_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#include "model.h"

/* Columns of the time and the blank behind it. */
#define LOG_TIME_COLS 13
#define LOG_LINE_CAP 1024

/* "16:38:22.790", UTC, into @dst of @cap bytes; "-" if it is none. */
char *log_time(struct timespec time, char *dst, size_t cap);

/* All of the line: its time, LOG_TIME_COLS wide, and its call. */
char *log_line_text(const struct model_log_line *line, bool unicode, char *dst,
		    size_t cap);

/*
 * What a search for @search finds in a log_line_text(): "->" is the arrow.
 * Returns @dst, of @cap bytes.
 */
char *log_line_pattern(const char *search, bool unicode, char *dst,
		       size_t cap);

#endif
