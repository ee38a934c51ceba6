/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The log of calls: a ring of the last MODEL_LOG lines, and which of them are
 * of calls that still run. Private to the model.
 */
#ifndef MPTOP_MODEL_LOG_H
#define MPTOP_MODEL_LOG_H

#include <stddef.h>
#include <stdint.h>

#include "intern.h"
#include "model.h"
#include "model_owner.h"

struct log_line {
	struct model_log_line line; /* names are interned */
	char *texts;		    /* of the event's arguments */
};

struct open_call;

/* Empty when zeroed. */
struct log {
	struct log_line *ring;
	size_t cap;
	uint64_t next; /* number of the next line, at next % MODEL_LOG */
	struct open_call *open;
	uint32_t *shown; /* ring indexes of the view, if it is restricted */
	size_t nr_shown;
	bool restricted;
	uint32_t *running; /* indexes into what is shown, rising */
	size_t nr_running;
	uint64_t interval; /* the last */
};

/* A call that was in progress when it was last mentioned. */
struct open_key {
	int64_t pid;
	int64_t start_us;
	int64_t tid;
};

struct open_call {
	struct open_key key;
	uint64_t line;
	uint64_t interval; /* the last that mentioned it */
	UT_hash_handle hh;
};

/* The line with number @line, which is in the ring. */
static inline struct log_line *log_at(const struct log *log, uint64_t line)
{
	return &log->ring[line % MODEL_LOG];
}

static inline size_t log_length(const struct log *log)
{
	return log->next < MODEL_LOG ? (size_t)log->next : MODEL_LOG;
}

/* Was it mentioned lately enough to count as running? */
bool log_is_running(const struct log *log, const struct open_call *open);

/*
 * Adds @event, or turns the line of the call that it ends into it. The names
 * are those that @owners has.
 */
void log_add(struct log *log, struct owner_table *owners,
	     const struct sample_event *event);

/* Ends an interval: gives owners the call that is moving their pages. */
void log_mark_running(struct log *log, struct owner_table *owners);

/*
 * model_log_look.c: chooses the lines that @view shows until lines are added;
 * NULL: all.
 */
void log_look(struct log *log, const struct model_view *view);

/* Those lines, oldest first. */
size_t log_shown_length(const struct log *log);
const struct model_log_line *log_shown(const struct log *log, size_t i);

/* Index of the first of them with @number or a later one, or their length. */
size_t log_shown_find(const struct log *log, uint64_t number);

/* The reason by which the kernel counts what @call moves; NULL: nothing. */
const char *log_call_reason(enum sample_call call);

void log_free(struct log *log, struct intern *intern);

#endif
