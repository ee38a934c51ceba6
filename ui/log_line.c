/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The time is cut to whole milliseconds, the text to LOG_LINE_CAP. */
#include "log_line.h"

#include <stdio.h>
#include <string.h>

#include "call.h"

static const char *const arrows[] = { "->", "\u2192" };

char *log_time(struct timespec time, char *dst, size_t cap)
{
	struct tm tm;

	if (!gmtime_r(&time.tv_sec, &tm))
		snprintf(dst, cap, "-");
	else
		snprintf(dst, cap, "%02d:%02d:%02d.%03d", tm.tm_hour,
			 tm.tm_min, tm.tm_sec,
			 (int)(time.tv_nsec / 1000000) % 1000);
	return dst;
}

char *log_line_text(const struct model_log_line *line, bool unicode, char *dst,
		    size_t cap)
{
	char time[32];
	int n = snprintf(dst, cap, "%-*s", LOG_TIME_COLS,
			 log_time(line->event.time, time, sizeof(time)));

	if (n >= 0 && (size_t)n < cap)
		call_format(&line->event, line->caller_comm,
			    line->target_comm, unicode, dst + n, cap - n);
	return dst;
}

char *log_line_pattern(const char *search, bool unicode, char *dst, size_t cap)
{
	const char *from = arrows[!unicode], *to = arrows[unicode];
	size_t n = 0;

	dst[0] = '\0';
	while (*search && n + strlen(to) < cap) {
		if (!strncmp(search, from, strlen(from))) {
			strcpy(dst + n, to);
			search += strlen(from);
			n += strlen(to);
			continue;
		}
		dst[n++] = *search++;
		dst[n] = '\0';
	}
	return dst;
}
