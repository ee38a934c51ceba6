/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How a call ended, what it did or why nothing, and its marks. */
#define _GNU_SOURCE 1

#include "call_line.h"

#include <stdio.h>
#include <string.h>

#include "call.h"
#include "nodeset.h"
#include "units.h"

static const char *const nothing_text[NOTHING_COUNT] = {
	[NOTHING_NO_MOVE_FLAG] = "no MPOL_MF_MOVE",
	[NOTHING_ONE_NODE] = "only one node has memory",
	[NOTHING_NO_NODE_LEFT] = "no new node is allowed",
	[NOTHING_SAME_NODES] = "no old node goes to another",
	[NOTHING_NO_PAGES] = "no page was there to move",
};

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

/* ", 3 EBUSY", or " 3 EBUSY" first after a colon; whether there was one. */
static bool call_put_errors(struct call_line *line, const uint32_t *error,
			    const char *before)
{
	const char *first = before;
	const char *name;
	int i;

	for (i = SAMPLE_STATUS_ERRNOS - 1; i >= 0; i--) {
		if (!error[i])
			continue;
		name = i ? call_errno_name(i) : NULL;
		call_put(line, "%s%u %s", before, error[i],
			 name ? name : "other errors");
		before = ", ";
	}
	return before != first;
}

/* ", 7 there already, 3 EBUSY", or ", of the first 2048: 3 EBUSY". */
static void call_put_statuses(struct call_line *line,
			      const struct sample_event *event)
{
	const struct sample_statuses *statuses = &event->statuses;

	if (statuses->pages <= 0)
		return;
	if (statuses->already > 0)
		call_put(line, ", %lld there already",
			 (long long)statuses->already);
	if (statuses->already != UNKNOWN) {
		call_put_errors(line, statuses->error, ", ");
		return;
	}
	call_put(line, ", of the first %lld:", (long long)statuses->pages);
	if (!call_put_errors(line, statuses->error, " "))
		call_put(line, " no error");
}

/* What it did beside what it returned; or why it did not. */
static void call_put_effect(struct call_line *line,
			    const struct sample_event *event)
{
	if (event->moved_pages > 0)
		call_put(line, ", %lld moved", (long long)event->moved_pages);
	call_put_statuses(line, event);
	/* Up to there, the rest of the line tells so. */
	if (event->nothing > NOTHING_ALREADY_THERE)
		call_put(line, ", nothing: %s", nothing_text[event->nothing]);
}

void call_put_result(struct call_line *line, const struct sample_event *event)
{
	const char *name = call_errno_name(event->error);

	if (event->phase == PHASE_RUNNING) {
		call_put(line, " running");
		call_put_duration(line, " ", event->duration_ns);
		call_put_effect(line, event);
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
	call_put_effect(line, event);
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

void call_put_marks(struct call_line *line, const struct sample_event *event)
{
	if (event->abi == ABI_IA32)
		call_put(line, " [ia32]");
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

