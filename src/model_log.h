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
	struct model_log_line line;
	/* Beside the comms, what a filter may ask for; interned. */
	const char *caller_cmdline;
	const char *caller_user;
	const char *caller_cgroup;
	const char *target_cmdline;
	const char *target_user;
	const char *target_cgroup;
	char *texts; /* of the event's arguments */
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
};

/*
 * Adds @event, or turns the line of the call that it ends into it. The names
 * are those that @owners has.
 */
void log_add(struct log *log, struct owner_table *owners,
	     const struct sample_event *event);

/* Ends an interval: gives owners the call that is moving their pages. */
void log_mark_running(struct log *log, struct owner_table *owners);

/* Chooses the lines that @view shows until lines are added; NULL: all. */
void log_look(struct log *log, const struct model_view *view);

/* Those lines, oldest first. */
size_t log_shown_length(const struct log *log);
const struct model_log_line *log_shown(const struct log *log, size_t i);

/* The reason by which the kernel counts what @call moves; NULL: nothing. */
const char *log_call_reason(enum sample_call call);

void log_free(struct log *log, struct intern *intern);

#endif
