/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A recording that is not long is fed from its start, so that what is counted
 * since the start stays so; of a long one only the window is, and that is
 * said.
 */
#include "travel.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "source_replay.h"
#include "xalloc.h"

/* Bytes that are fed again at most if they are more than the window. */
#define REFEED_BYTES ((int64_t)16 << 20)

static char *clock_text(struct timespec time, char dst[16])
{
	struct tm tm;

	if (!gmtime_r(&time.tv_sec, &tm) ||
	    !strftime(dst, 16, "%H:%M:%S", &tm))
		strcpy(dst, "-");
	return dst;
}

void travel_tell(const struct travel *travel, const struct sample *sample)
{
	char where[256];

	if (!travel->dashboard)
		return;
	/* Where it is scrolled to goes by what there is. */
	if (sample->view)
		dashboard_set_view_json(travel->dashboard, sample->view);
	source_replay_where(travel->source, where, sizeof(where));
	dashboard_set_replay(travel->dashboard, where);
}

int travel_next(struct travel *travel)
{
	struct sample *sample;
	int ret = source_read(travel->source, &sample);

	if (ret != 1)
		return ret;
	model_feed(travel->model, sample);
	travel_tell(travel, sample);
	return 1;
}

/* The line from which the model is fed again to be at @line. */
static size_t first_line(struct travel *travel, size_t line)
{
	int64_t bytes = source_replay_bytes(travel->source, 1, line);

	if (line <= MODEL_HISTORY || (bytes != UNKNOWN && bytes <= REFEED_BYTES))
		return 1;
	return line - MODEL_HISTORY + 1;
}

static char *read_error(struct travel *travel)
{
	return xstrdup(source_error(travel->source));
}

/* Zeroes the counts where @zero, from before a reset, says they were. */
static void zero_again(struct travel *travel, const struct model_since *zero)
{
	const struct sample *now = model_now(travel->model);

	if (zero->is_zeroed &&
	    seek_time_ns(now->time) == seek_time_ns(zero->time))
		model_zero(travel->model);
}

/* Feeds up to line @line; @zero is NULL without a reset. */
static int feed_to(struct travel *travel, size_t line,
		   const struct model_since *zero, char **message)
{
	int ret = 1;

	while (ret == 1 && source_replay_line(travel->source) < line) {
		ret = travel_next(travel);
		if (ret == 1 && zero)
			zero_again(travel, zero);
	}
	if (ret == 1 || ret == -ENODATA)
		return 0;
	*message = ret ? read_error(travel) : xstrdup("nothing to read");
	return ret ? ret : -EIO;
}

static int go_to_line(struct travel *travel, size_t line, char **message)
{
	size_t from = first_line(travel, line);
	struct model_since zero;
	char clock[16];
	int ret;

	if (line > source_replay_line(travel->source) &&
	    line - source_replay_line(travel->source) <= MODEL_HISTORY)
		return feed_to(travel, line, NULL, message);
	ret = source_replay_seek(travel->source, from);
	if (ret) {
		*message = xasprintf("cannot seek: %s", strerror(-ret));
		return ret;
	}
	zero = *model_since(travel->model);
	model_reset(travel->model);
	ret = feed_to(travel, line, &zero, message);
	if (ret || from == 1 || !model_window_length(travel->model))
		return ret;
	*message = xasprintf("a long recording: log and totals begin at %s "
			     "here",
			     clock_text(model_window(travel->model, 0)->time,
					clock));
	return 0;
}

static int must_seek(struct travel *travel, char **message)
{
	if (source_replay_seeks(travel->source))
		return 0;
	*message = xstrdup("standard input cannot go back or seek; write it "
			   "to a file, then --replay that");
	return -ESPIPE;
}

int travel_by(struct travel *travel, int steps, char **message)
{
	int64_t line = (int64_t)source_replay_line(travel->source);
	int64_t lines;
	int ret = must_seek(travel, message);

	if (ret)
		return ret;
	lines = (int64_t)source_replay_lines(travel->source);
	if (line + steps < 1)
		*message = xstrdup("this is the start of the recording");
	else if (line + steps > lines)
		*message = xstrdup("this is the end of the recording");
	steps = line + steps < 1     ? (int)(1 - line) :
		line + steps > lines ? (int)(lines - line) :
				       steps;
	return steps ? go_to_line(travel, (size_t)(line + steps), message) : 0;
}

/* The time of line @line, in ns since the epoch. */
static int time_of(struct travel *travel, size_t line, int64_t *ns,
		   char **message)
{
	struct sample *sample = NULL;
	int ret = source_replay_seek(travel->source, line);

	if (!ret)
		ret = source_read(travel->source, &sample);
	if (ret == 1) {
		*ns = seek_time_ns(sample->time);
		sample_free(sample);
		return 0;
	}
	*message = ret == -ENODATA ? xstrdup("the recording has become shorter")
		   : ret < 0	   ? read_error(travel)
				   : xstrdup("nothing to read");
	return ret < 0 ? ret : -EIO;
}

/* The first line at @ns or later, the last if there is none. */
static int line_at(struct travel *travel, int64_t ns, size_t *line,
		   char **message)
{
	size_t from = 1, to = source_replay_lines(travel->source), middle;
	int64_t time;
	int ret;

	while (from < to) {
		middle = from + (to - from) / 2;
		ret = time_of(travel, middle, &time, message);
		if (ret)
			return ret;
		if (time < ns)
			from = middle + 1;
		else
			to = middle;
	}
	*line = from;
	return 0;
}

/* A recording's first and last moment, and where one is; as enum. */
enum { FIRST, LAST, NOW, MOMENTS };

static int moments(struct travel *travel, int64_t ns[MOMENTS], char **message)
{
	size_t lines = source_replay_lines(travel->source);
	const struct sample *now = model_now(travel->model);
	int ret = time_of(travel, 1, &ns[FIRST], message);

	if (!ret)
		ret = time_of(travel, lines, &ns[LAST], message);
	ns[NOW] = !ret && now ? seek_time_ns(now->time) : ns[FIRST];
	return ret;
}

static struct timespec timespec_of(int64_t ns)
{
	return (struct timespec){ .tv_sec = ns / 1000000000 };
}

static int line_of_time(struct travel *travel, const struct seek_time *time,
			size_t *line, char **message)
{
	int64_t ns[MOMENTS], at;
	char first[16], last[16];
	int ret = moments(travel, ns, message);

	if (ret)
		return ret;
	at = time->kind == SEEK_OFFSET ?
		     ns[NOW] + time->value :
		     seek_clock_ns(time->value, ns[NOW],
				   ns[FIRST] / 1000000000 * 1000000000,
				   ns[LAST]);
	if (at == INT64_MIN) {
		*message = xasprintf("that time is not in the recording, "
				     "which is from %s to %s",
				     clock_text(timespec_of(ns[FIRST]), first),
				     clock_text(timespec_of(ns[LAST]), last));
		return -ERANGE;
	}
	return line_at(travel, at, line, message);
}

int travel_to(struct travel *travel, const struct seek_time *time,
	      char **message)
{
	size_t before = source_replay_line(travel->source), line, lines;
	int ret = must_seek(travel, message);

	if (ret)
		return ret;
	lines = source_replay_lines(travel->source);
	if (time->kind == SEEK_PERMILLE) {
		line = (size_t)((int64_t)lines * time->value / 1000);
		return go_to_line(travel, line ? line : 1, message);
	}
	ret = line_of_time(travel, time, &line, message);
	/* Looking at times has moved it. */
	source_replay_seek(travel->source, before + 1);
	return ret ? ret : go_to_line(travel, line, message);
}
