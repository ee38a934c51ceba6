/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A call as one line, the way strace would print it. A value that is not
 * known is '?', and no line ends within a character.
 */
#define _GNU_SOURCE 1

#include "call.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "call_arg.h"
#include "nodeset.h"
#include "units.h"

/* A line in the making; @used is what it would need, as snprintf() counts. */
struct call_line {
	char *dst;
	size_t cap;
	size_t used;
	const char *arrow;
};

__attribute__((format(printf, 2, 3)))
static void call_put(struct call_line *line, const char *format, ...)
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
	size_t i = n;
	unsigned char lead;

	while (i && ((unsigned char)dst[i - 1] & 0xc0) == 0x80)
		i--;
	if (!i)
		return;
	lead = (unsigned char)dst[--i];
	if (lead >= 0xc0 && n - i < (lead >= 0xf0 ? 4u : lead >= 0xe0 ? 3u : 2u))
		dst[i] = '\0';
}

/* What the kernel copied, else what was there at entry, else "?". */
static const char *call_arg(const struct sample_event *event, size_t i)
{
	if (event->args.value[i])
		return event->args.value[i];
	if (event->at_entry.value[i])
		return event->at_entry.value[i];
	return "?";
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
	call_put(line, ", %s %s %s", call_arg(event, MIGRATE_OLD), line->arrow,
		 call_arg(event, MIGRATE_NEW));
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

static void call_put_mbind(struct call_line *line,
			   const struct sample_event *event,
			   const char *target)
{
	const char *length = call_arg(event, MBIND_LEN);
	const char *nodes = call_arg(event, MBIND_NODES);
	char bytes[UNITS_CAP];
	char *end;
	long long number = strtoll(length, &end, 10);

	(void)target; /* mbind() has none but its caller */
	if (end != length && !*end)
		length = units_bytes(bytes, sizeof(bytes), number);
	call_put(line, "%s, %s, %s%s%s, %s", call_arg(event, MBIND_START),
		 length, call_arg(event, MBIND_MODE), *nodes ? " " : "", nodes,
		 call_arg(event, MBIND_FLAGS));
}

/* A duration after @before: "1.46 s", but "3m05s"; nothing if unknown. */
static void call_put_duration(struct call_line *line, const char *before,
			      int64_t ns)
{
	char text[UNITS_CAP];
	size_t digits;

	if (ns < 0)
		return;
	units_duration(text, sizeof(text), ns);
	digits = strspn(text, "0123456789.");
	if (strpbrk(text + digits, "0123456789"))
		call_put(line, "%s%s", before, text);
	else
		call_put(line, "%s%.*s %s", before, (int)digits, text,
			 text + digits);
}

static void call_put_result(struct call_line *line,
			    const struct sample_event *event)
{
	const char *name = call_errno_name(event->error);

	if (event->phase == PHASE_RUNNING) {
		call_put(line, " running");
		call_put_duration(line, " ", event->duration_ns);
		return;
	}
	if (name)
		call_put(line, " = -1 %s (%s)", name,
			 strerrordesc_np((int)event->error));
	else if (event->error > 0)
		call_put(line, " = -1 errno %lld", (long long)event->error);
	else if (event->ret == UNKNOWN)
		call_put(line, " = ?");
	else
		call_put(line, " = %lld%s", (long long)event->ret,
			 event->ret > 0 ? " not moved" : "");
	call_put_duration(line, ", ", event->duration_ns);
}

/* Adds to @lost the nodes that @copied has and @used has not. */
static void call_lose(const char *copied, const char *used,
		      struct nodeset *lost)
{
	struct nodeset before;
	struct nodeset after;

	if (!copied || !used || nodeset_parse(copied, &before, NULL) ||
	    nodeset_parse(used, &after, NULL))
		return;
	for (size_t i = 0; i < NODESET_WORDS; i++)
		lost->bits[i] |= before.bits[i] & ~after.bits[i];
}

/* Names the nodes lost between the copied and the used masks, if known. */
static void call_put_lost(struct call_line *line,
			  const struct sample_event *event)
{
	const struct call *call = &call_table[event->call];
	struct nodeset lost = {0};
	char text[64];

	for (size_t i = 0; i < SAMPLE_ARG_MAX && call->arg[i].name; i++) {
		if (strstr(call->arg[i].name, "nodes"))
			call_lose(event->args.value[i],
				  event->effective.value[i], &lost);
	}
	if (!nodeset_is_empty(&lost))
		call_put(line, " without %s",
			 nodeset_format(&lost, text, sizeof(text)));
}

/* Names each node list that user memory held otherwise at entry. */
static void call_put_entry(struct call_line *line,
			   const struct sample_event *event)
{
	const struct call *call = &call_table[event->call];
	const char *before = " at entry";

	for (size_t i = 0; i < SAMPLE_ARG_MAX && call->arg[i].name; i++) {
		const char *entry = event->at_entry.value[i];
		const char *copied = event->args.value[i];

		if (!entry || !copied || !strcmp(entry, copied))
			continue;
		call_put(line, "%s %s=%s", before, call->arg[i].name, entry);
		before = "";
	}
}

static void call_put_marks(struct call_line *line,
			   const struct sample_event *event)
{
	if (event->marks & MARK_TOCTOU) {
		call_put(line, " [toctou]");
		call_put_entry(line, event);
	}
	if (event->marks & MARK_NARROWED) {
		call_put(line, " [narrowed]");
		call_put_lost(line, event);
	}
	if (event->marks & MARK_UNREADABLE)
		call_put(line, " [unreadable]");
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
