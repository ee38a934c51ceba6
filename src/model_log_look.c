/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which lines of the log a view shows, by their index; the ring is not copied,
 * so that a line turns from running to done where it is.
 */
#include "model_log.h"

#include <stdlib.h>

#include "call.h"
#include "model_state.h"
#include "model_view.h"

/* Is @process of a line let through by the view's restrictions? */
static bool process_matches(const struct model_view *view,
			    struct process_id id, const char *user,
			    const char *cgroup)
{
	struct view_whose whose = { OWNER_PROCESS, id, user, cgroup };

	return view_whose_matches(view, &whose);
}

/* A line is shown if the view lets its caller or its target through. */
static bool line_matches(const struct log_line *line,
			 const struct model_view *view)
{
	const struct sample_event *event = &line->line.event;
	struct filter_subject subject = {
		.pid = view_pid(event->caller),
		.mover = view_pid(event->caller),
		.src = NODE_UNKNOWN,
		.dst = NODE_UNKNOWN,
		.reason = log_call_reason(event->call),
		.user = line->line.caller_user,
		.cgroup = line->line.caller_cgroup,
		.comm = line->line.caller_comm,
		.cmdline = line->line.caller_cmdline,
		.call = call_table[event->call].name,
		.pages = UNKNOWN,
		.rate = UNKNOWN,
		.fail = UNKNOWN,
	};

	if (!view_reason_matches(view, subject.reason) ||
	    !view_mover_matches(view, event->caller))
		return false;
	if (process_matches(view, event->caller, subject.user,
			    subject.cgroup) &&
	    view_filters_match(view, &subject))
		return true;
	if (!process_id_some(event->target) ||
	    process_id_equal(event->target, event->caller))
		return false;
	subject.pid = view_pid(event->target);
	subject.user = line->line.target_user;
	subject.cgroup = line->line.target_cgroup;
	subject.comm = line->line.target_comm;
	subject.cmdline = line->line.target_cmdline;
	return process_matches(view, event->target, subject.user,
			       subject.cgroup) &&
	       view_filters_match(view, &subject);
}

static int by_index(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* Finds the shown lines of the calls that are in progress. */
static void find_running(struct log *log)
{
	size_t i, length = log_shown_length(log);
	struct open_call *open, *next;

	log->nr_running = 0;
	log->running = xreallocarray(log->running, HASH_COUNT(log->open) + 1,
				     sizeof(*log->running));
	HASH_ITER(hh, log->open, open, next) {
		i = log_shown_find(log, open->line);
		if (i < length && log_shown(log, i)->number == open->line &&
		    log_is_running(log, open))
			log->running[log->nr_running++] = (uint32_t)i;
	}
	qsort(log->running, log->nr_running, sizeof(*log->running), by_index);
}

static void find_shown(struct log *log, const struct model_view *view)
{
	size_t length = log_length(log);
	uint64_t i;

	log->restricted = view && (view->filter || view->base || view->user ||
				   view->reason || view->only);
	log->nr_shown = 0;
	if (!log->restricted)
		return;
	log->shown = xreallocarray(log->shown, length, sizeof(*log->shown));
	for (i = log->next - length; i < log->next; i++)
		if (line_matches(log_at(log, i), view))
			log->shown[log->nr_shown++] = i % MODEL_LOG;
}

void log_look(struct log *log, const struct model_view *view)
{
	find_shown(log, view);
	find_running(log);
}

size_t log_shown_length(const struct log *log)
{
	return log->restricted ? log->nr_shown : log_length(log);
}

const struct model_log_line *log_shown(const struct log *log, size_t i)
{
	if (log->restricted)
		return &log->ring[log->shown[i]].line;
	return &log_at(log, log->next - log_length(log) + i)->line;
}


size_t log_shown_find(const struct log *log, uint64_t number)
{
	size_t from = 0, to = log_shown_length(log), middle;

	while (from < to) {
		middle = from + (to - from) / 2;
		if (log_shown(log, middle)->number < number)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

size_t model_log_length(const struct model *model)
{
	return log_shown_length(&model->log);
}

const struct model_log_line *model_log(const struct model *model, size_t i)
{
	return log_shown(&model->log, i);
}

size_t model_log_find(const struct model *model, uint64_t number)
{
	return log_shown_find(&model->log, number);
}

const uint32_t *model_log_running(const struct model *model, size_t *nr)
{
	*nr = model->log.nr_running;
	return model->log.running;
}

struct process_id model_log_owner(const struct sample_event *event)
{
	return owner_key_id(event_key(event));
}
