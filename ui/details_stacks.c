/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Details: where the calls came from that it made or that moved its pages, by
 * the lines that are in the log. The last few that differ, with how often.
 */
#include "details.h"

#include <stdio.h>
#include <string.h>

#include "call.h"
#include "log_line.h"
#include "stack.h"

#define STACKS_MAX 5

struct seen_stack {
	const char *text; /* of model_log_line.stack, which compares by == */
	const struct model_log_line *last;
	int calls;
};

struct seen {
	struct seen_stack stack[STACKS_MAX]; /* the last one first */
	int nr;
	bool more;  /* there were others before */
	bool taken; /* any call has one */
};

static bool is_of(const struct model_log_line *line,
		  const struct details_facts *facts)
{
	struct process_id id = facts->details->subject.id;

	return process_id_some(id) &&
	       (process_id_equal(line->event.caller, id) ||
		process_id_equal(line->event.target, id));
}

static void seen_add(struct seen *seen, const struct model_log_line *line)
{
	int i;

	for (i = 0; i < seen->nr; i++) {
		if (seen->stack[i].text != line->stack)
			continue;
		seen->stack[i].calls++;
		return;
	}
	if (seen->nr == STACKS_MAX) {
		seen->more = true;
		return;
	}
	seen->stack[seen->nr++] = (struct seen_stack){ line->stack, line, 1 };
}

static void seen_fill(const struct details_facts *facts, struct seen *seen)
{
	const struct model *model = facts->screen->model;
	const struct model_log_line *line;
	size_t i;

	memset(seen, 0, sizeof(*seen));
	for (i = model_log_length(model); i-- > 0;) {
		line = model_log(model, i);
		if (!line->stack)
			continue;
		seen->taken = true;
		if (is_of(line, facts))
			seen_add(seen, line);
	}
}

static int stack_lines(const char *text)
{
	int length, lines = 0;
	char kind;

	while (stack_next(&text, &kind, &length))
		lines++;
	return lines;
}

/* A heading and its frames each; left out where stacks are not taken. */
static int stacks_lines(const struct details_facts *facts)
{
	struct seen seen;
	int i, lines = 0;

	seen_fill(facts, &seen);
	for (i = 0; i < seen.nr; i++)
		lines += 1 + stack_lines(seen.stack[i].text);
	return lines ? lines : seen.taken;
}

static void stacks_note(const struct details_facts *facts, char *dst,
			size_t cap)
{
	struct seen seen;

	seen_fill(facts, &seen);
	snprintf(dst, cap, "%s", seen.more ? "the last 5 that differ" : "");
}

static void draw_heading(const struct seen_stack *stack,
			 struct canvas *canvas, struct rect area)
{
	const struct model_log_line *last = stack->last;
	char time[32], text[256];

	snprintf(text, sizeof(text), "%d call%s, the last %s by %s at %s",
		 stack->calls, stack->calls == 1 ? "" : "s",
		 call_table[last->event.call].name,
		 last->caller_comm ? last->caller_comm : "-",
		 log_time(last->event.time, time, sizeof(time)));
	canvas_put(canvas, area.row, area.col, area.cols, STYLE_HEADER, text);
}

/* The kind is named where it begins. */
static void draw_frame(const char *text, int line, struct canvas *canvas,
		       struct rect area)
{
	char kind = STACK_LINE_NOTE, before, frame[512];
	const char *at = NULL;
	int length = 0, i;

	for (i = 0; i <= line; i++) {
		before = kind;
		at = stack_next(&text, &kind, &length);
	}
	if (!at)
		return;
	snprintf(frame, sizeof(frame), "%.*s", length, at);
	area = details_put_label(canvas, area,
				 before == kind ? "" : stack_kind_name(kind));
	canvas_put(canvas, area.row, area.col, area.cols,
		   kind == STACK_LINE_NOTE ? STYLE_DIM : STYLE_NORMAL, frame);
}

static void stacks_draw_line(const struct details_facts *facts, int line,
			     struct canvas *canvas, struct rect area)
{
	struct seen seen;
	int i, lines;

	seen_fill(facts, &seen);
	for (i = 0; i < seen.nr; i++) {
		lines = 1 + stack_lines(seen.stack[i].text);
		if (line < lines)
			break;
		line -= lines;
	}
	if (i == seen.nr)
		canvas_put(canvas, area.row, area.col, area.cols, STYLE_DIM,
			   "none of the calls in the log is about it");
	else if (!line)
		draw_heading(&seen.stack[i], canvas, area);
	else
		draw_frame(seen.stack[i].text, line - 1, canvas, area);
}

const struct details_section details_stacks = {
	.name = "Stacks",
	.note = stacks_note,
	.lines = stacks_lines,
	.draw_line = stacks_draw_line,
};
