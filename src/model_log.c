/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A thread is in one call at a time, so (process, thread) finds the line of a
 * call that was running. Lines have numbers that only grow; an open call's
 * line is always in the ring.
 */
#include "model_log.h"

#include <stdlib.h>
#include <string.h>

#include "call.h"
#include "stack.h"

/* Intervals after which a running call that nobody mentions is forgotten. */
#define OPEN_AGE MODEL_ROW_AGE
/* Intervals for which it still counts as running. */
#define OPEN_SHOWN 2
#define LINES_FIRST 256

/* NULL for a call that moves nothing. */
static const char *const call_reason[CALL_COUNT] = {
	[CALL_MIGRATE_PAGES] = "syscall",
	[CALL_MOVE_PAGES] = "syscall",
	[CALL_MBIND] = "mempolicy_mbind",
	[CALL_CPUSET] = "syscall",
};

const char *log_call_reason(enum sample_call call)
{
	return call_reason[call];
}

static struct open_key open_key(const struct sample_event *event)
{
	return (struct open_key){
		.pid = event->caller.pid,
		.start_us = event->caller.start_us,
		.tid = event->tid,
	};
}

static struct open_call *open_find(const struct log *log,
				   const struct sample_event *event)
{
	struct open_key key = open_key(event);
	struct open_call *open;

	HASH_FIND(hh, log->open, &key, sizeof(key), open);
	return open;
}

static void open_drop(struct log *log, struct open_call *open)
{
	HASH_DEL(log->open, open);
	free(open);
}

static void open_add(struct log *log, const struct sample_event *event,
		     uint64_t interval)
{
	struct open_call *open = xcalloc(1, sizeof(*open));

	open->key = open_key(event);
	open->line = log->next - 1;
	open->interval = interval;
	HASH_ADD(hh, log->open, key, sizeof(open->key), open);
}

static size_t args_size(const struct sample_args *args)
{
	size_t size = 0;
	int i;

	for (i = 0; i < SAMPLE_ARG_MAX; i++)
		if (args->value[i])
			size += strlen(args->value[i]) + 1;
	return size;
}

/* Moves the values of @args to @to, which is moved behind them. */
static void args_copy(struct sample_args *args, char **to)
{
	int i;

	for (i = 0; i < SAMPLE_ARG_MAX; i++) {
		const char *text = args->value[i];

		if (!text)
			continue;
		args->value[i] = *to;
		*to = stpcpy(*to, text) + 1;
	}
}

/* One block for all texts of an event: there may be 10,000 of them. */
static void set_event(struct log_line *line, const struct sample_event *event)
{
	struct sample_event *copy = &line->line.event;
	char *texts, *to;

	texts = xmalloc(args_size(&event->args) + args_size(&event->at_entry) +
			args_size(&event->effective));
	to = texts;
	*copy = *event;
	copy->stack = NULL;
	args_copy(&copy->args, &to);
	args_copy(&copy->at_entry, &to);
	args_copy(&copy->effective, &to);
	free(line->texts);
	line->texts = texts;
}

static void set_names(struct log_line *line, struct owner_table *owners)
{
	const struct sample_event *event = &line->line.event;
	const struct owner *caller =
		owner_find(owners, process_key(event->caller));
	const struct owner *target =
		owner_find(owners, process_key(event->target));
	struct intern *intern = &owners->intern;

	if (caller) {
		intern_set(intern, &line->line.caller_comm, caller->comm);
		intern_set(intern, &line->line.caller_cmdline, caller->cmdline);
		intern_set(intern, &line->line.caller_user, caller->user);
		intern_set(intern, &line->line.caller_cgroup, caller->cgroup);
	}
	if (target) {
		intern_set(intern, &line->line.target_comm, target->comm);
		intern_set(intern, &line->line.target_cmdline, target->cmdline);
		intern_set(intern, &line->line.target_user, target->user);
		intern_set(intern, &line->line.target_cgroup, target->cgroup);
	}
}

static void set_stack(struct log_line *line, struct intern *intern,
		      const struct sample_stack *stack)
{
	char *text = stack_text(stack);

	intern_set(intern, &line->line.stack, text);
	free(text);
}

static void line_clear(struct log_line *line, struct intern *intern)
{
	intern_put(intern, line->line.caller_comm);
	intern_put(intern, line->line.target_comm);
	intern_put(intern, line->line.caller_cmdline);
	intern_put(intern, line->line.caller_user);
	intern_put(intern, line->line.caller_cgroup);
	intern_put(intern, line->line.target_cmdline);
	intern_put(intern, line->line.target_user);
	intern_put(intern, line->line.target_cgroup);
	intern_put(intern, line->line.stack);
	free(line->texts);
	*line = (struct log_line){ 0 };
}

static void log_grow(struct log *log)
{
	log->cap = log->cap ? log->cap * 2 : LINES_FIRST;
	if (log->cap > MODEL_LOG)
		log->cap = MODEL_LOG;
	log->ring = xreallocarray(log->ring, log->cap, sizeof(*log->ring));
}

/* A new line, emptied: the ring's oldest if it is full. */
static struct log_line *log_next(struct log *log, struct intern *intern)
{
	struct log_line *line;
	struct open_call *open;

	if (log->next < MODEL_LOG) {
		if (log->next == log->cap)
			log_grow(log);
		line = log_at(log, log->next++);
		*line = (struct log_line){ 0 };
		return line;
	}
	line = log_at(log, log->next);
	open = open_find(log, &line->line.event);
	if (open && open->line + MODEL_LOG == log->next)
		open_drop(log, open);
	line_clear(line, intern);
	log->next++;
	return line;
}

static int64_t time_us(struct timespec time)
{
	return (int64_t)time.tv_sec * 1000000 + time.tv_nsec / 1000;
}

/*
 * Is @event of the call that @line shows as running? One that began after the
 * line was written is another; recorded times are cut to whole ms.
 */
static bool is_same_call(const struct sample_event *line,
			 const struct sample_event *event)
{
	if (line->call != event->call)
		return false;
	if (event->duration_ns == UNKNOWN)
		return true;
	return time_us(event->time) - event->duration_ns / 1000 <=
	       time_us(line->time) + 1000;
}

void log_add(struct log *log, struct owner_table *owners,
	     const struct sample_event *event)
{
	struct open_call *open = open_find(log, event);
	struct log_line *line;

	if (open &&
	    !is_same_call(&log_at(log, open->line)->line.event, event)) {
		open_drop(log, open);
		open = NULL;
	}
	line = open ? log_at(log, open->line) : log_next(log, &owners->intern);
	set_event(line, event);
	set_names(line, owners);
	if (!open)
		line->line.number = log->next - 1;
	set_stack(line, &owners->intern, event->stack);
	if (open)
		open->interval = owners->interval;
	if (open && event->phase == PHASE_DONE)
		open_drop(log, open);
	else if (!open && event->phase == PHASE_RUNNING)
		open_add(log, event, owners->interval);
}

bool log_is_running(const struct log *log, const struct open_call *open)
{
	return log->interval - open->interval < OPEN_SHOWN;
}

void log_mark_running(struct log *log, struct owner_table *owners)
{
	struct open_call *open, *next;

	log->interval = owners->interval;
	HASH_ITER(hh, log->open, open, next) {
		const struct sample_event *event =
			&log_at(log, open->line)->line.event;
		struct owner *owner;

		if (owners->interval - open->interval >= OPEN_AGE) {
			open_drop(log, open);
			continue;
		}
		if (!log_is_running(log, open))
			continue;
		owner = owner_find(owners, event_key(event));
		if (!owner)
			continue;
		owner->running = call_table[event->call].name;
		owner->running_interval = owners->interval;
		owner->running_caller = event->caller;
	}
}

void log_free(struct log *log, struct intern *intern)
{
	struct open_call *open, *next;
	size_t i;

	HASH_ITER(hh, log->open, open, next)
		open_drop(log, open);
	for (i = 0; i < log_length(log); i++)
		line_clear(&log->ring[i], intern);
	free(log->ring);
	free(log->shown);
	free(log->running);
}
