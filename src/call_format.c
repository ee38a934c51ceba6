/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A call as one line, the way strace would print it. A value that is not
 * known is '?', and no line ends within a character.
 */
#define _GNU_SOURCE 1

#include "call.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "call_arg.h"
#include "call_line.h"
#include "units.h"

void call_put(struct call_line *line, const char *format, ...)
{
	size_t at = line->used < line->cap ? line->used : line->cap;
	va_list args;
	int length;

	va_start(args, format);
	length = vsnprintf(line->dst + at, line->cap - at, format, args);
	va_end(args);
	if (length > 0)
		line->used += (size_t)length;
}

/* Cuts off a character of which the end did not fit. */
static void call_trim(char *dst)
{
	size_t n = strlen(dst);
	size_t i = n, bytes;
	unsigned char lead;

	while (i && ((unsigned char)dst[i - 1] & 0xc0) == 0x80)
		i--;
	if (!i)
		return;
	lead = (unsigned char)dst[--i];
	bytes = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
	if (lead >= 0xc0 && n - i < bytes)
		dst[i] = '\0';
}

/* What the kernel copied, was there at entry, or was used; else "?". */
static const char *call_arg(const struct sample_event *event, size_t i)
{
	if (event->args.value[i])
		return event->args.value[i];
	if (event->at_entry.value[i])
		return event->at_entry.value[i];
	if (event->effective.value[i])
		return event->effective.value[i];
	return "?";
}

/*
 * A list of nodes after @before. One that the kernel did not even read is for
 * the most part too long, so its length is the thing to show.
 */
static void call_put_nodes(struct call_line *line,
			   const struct sample_event *event, size_t nodes,
			   size_t maxnode)
{
	const char *list = call_arg(event, nodes);

	if (!strcmp(list, "?") && event->error == EINVAL)
		call_put(line, "maxnode=%s", call_arg(event, maxnode));
	else
		call_put(line, "%s", list);
}

/* Both calls with a pid have it first; 0 names the caller. */
static void call_put_pid(struct call_line *line,
			 const struct sample_event *event, const char *target)
{
	const char *pid = call_arg(event, 0);

	if (!strcmp(pid, "0"))
		target = "self";
	if (!strcmp(pid, "?") && event->target.pid > 0)
		call_put(line, "pid=%lld", (long long)event->target.pid);
	else
		call_put(line, "pid=%s", pid);
	if (target)
		call_put(line, " %s", target);
}

static void call_put_migrate(struct call_line *line,
			     const struct sample_event *event,
			     const char *target)
{
	call_put_pid(line, event, target);
	call_put(line, ", ");
	call_put_nodes(line, event, MIGRATE_OLD, MIGRATE_MAXNODE);
	call_put(line, " %s ", line->arrow);
	call_put_nodes(line, event, MIGRATE_NEW, MIGRATE_MAXNODE);
}

static void call_put_move(struct call_line *line,
			  const struct sample_event *event, const char *target)
{
	const char *count = call_arg(event, MOVE_COUNT);
	const char *nodes = call_arg(event, MOVE_NODES);

	call_put_pid(line, event, target);
	if (event->marks & MARK_QUERY || !strcmp(nodes, "NULL"))
		call_put(line, ", query of %s pages", count);
	else
		call_put(line, ", %s pages %s %s, %s", count, line->arrow,
			 nodes, call_arg(event, MOVE_FLAGS));
}

/* A length that is a number in units: "64.0M". */
static const char *call_bytes(const char *length, char text[UNITS_CAP])
{
	char *end;
	long long number = strtoll(length, &end, 10);

	if (end == length || *end)
		return length;
	return units_bytes(text, UNITS_CAP, number);
}

/* A mode, and its nodes unless there are none. */
static void call_put_policy(struct call_line *line,
			    const struct sample_event *event, size_t nodes,
			    size_t maxnode)
{
	const char *list = call_arg(event, nodes);

	if (*list)
		call_put(line, " ");
	call_put_nodes(line, event, nodes, maxnode);
}

static void call_put_mbind(struct call_line *line,
			   const struct sample_event *event,
			   const char *target)
{
	char bytes[UNITS_CAP];

	(void)target; /* mbind() has none but its caller; likewise below */
	call_put(line, "%s, %s, %s", call_arg(event, MBIND_START),
		 call_bytes(call_arg(event, MBIND_LEN), bytes),
		 call_arg(event, MBIND_MODE));
	call_put_policy(line, event, MBIND_NODES, MBIND_MAXNODE);
	call_put(line, ", %s", call_arg(event, MBIND_FLAGS));
}

static void call_put_set(struct call_line *line,
			 const struct sample_event *event, const char *target)
{
	(void)target;
	call_put(line, "%s", call_arg(event, SET_MODE));
	call_put_policy(line, event, SET_NODES, SET_MAXNODE);
}

static void call_put_home(struct call_line *line,
			  const struct sample_event *event, const char *target)
{
	char bytes[UNITS_CAP];

	(void)target;
	call_put(line, "%s, %s, %s, %s", call_arg(event, HOME_START),
		 call_bytes(call_arg(event, HOME_LEN), bytes),
		 call_arg(event, HOME_NODE), call_arg(event, HOME_FLAGS));
}

/* What it was asked, and what it found: "0x7f00, MPOL_F_ADDR: MPOL_BIND 1". */
static void call_put_get(struct call_line *line,
			 const struct sample_event *event, const char *target)
{
	const char *const *value = (const char *const *)event->args.value;
	const char *before = ": ";

	(void)target;
	call_put(line, "%s, %s", call_arg(event, GET_ADDR),
		 call_arg(event, GET_FLAGS));
	if (value[GET_MODE]) {
		call_put(line, "%s%s", before, value[GET_MODE]);
		before = " ";
	}
	if (value[GET_NODE]) {
		call_put(line, "%snode %s", before, value[GET_NODE]);
		before = " ";
	}
	if (value[GET_NODES] && *value[GET_NODES])
		call_put(line, "%s%s", before, value[GET_NODES]);
}

/* Its target is whoever is in the cpuset. */
static void call_put_cpuset(struct call_line *line,
			    const struct sample_event *event,
			    const char *target)
{
	if (event->target.pid > 0)
		call_put(line, "pid=%lld", (long long)event->target.pid);
	else
		call_put(line, "pid=?");
	if (target)
		call_put(line, " %s", target);
	call_put(line, ", %s %s %s", call_arg(event, CPUSET_OLD), line->arrow,
		 call_arg(event, CPUSET_NEW));
}

char *call_format(const struct sample_event *event, const char *caller,
		  const char *target, bool unicode, char *dst, size_t cap)
{
	static void (*const put[CALL_COUNT])(struct call_line *,
					     const struct sample_event *,
					     const char *) = {
		[CALL_MIGRATE_PAGES] = call_put_migrate,
		[CALL_MOVE_PAGES] = call_put_move,
		[CALL_MBIND] = call_put_mbind,
		[CALL_SET_MEMPOLICY] = call_put_set,
		[CALL_SET_MEMPOLICY_HOME_NODE] = call_put_home,
		[CALL_GET_MEMPOLICY] = call_put_get,
		[CALL_CPUSET] = call_put_cpuset,
	};
	struct call_line line = {dst, cap, 0, unicode ? "\u2192" : "->"};

	if (!cap)
		return dst;
	dst[0] = '\0';
	call_put(&line, "%s", caller ? caller : "?");
	if (event->caller.pid > 0)
		call_put(&line, "[%lld]", (long long)event->caller.pid);
	call_put(&line, " %s(", call_table[event->call].name);
	put[event->call](&line, event, target);
	call_put(&line, ")");
	call_put_result(&line, event);
	call_put_marks(&line, event);
	call_trim(dst);
	return dst;
}
