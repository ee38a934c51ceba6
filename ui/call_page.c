/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the log line says in short, in words, broken between them. */
#include "call_page.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "call.h"
#include "call_arg.h"
#include "log_line.h"
#include "stack.h"
#include "text.h"
#include "units.h"

/* A command line is the longest. */
#define TEXT_CAP 4200
#define MIN_COLS 8

static const char *const nothing_words[NOTHING_COUNT] = {
	[NOTHING_QUERY] = "it only asks where pages are",
	[NOTHING_POLICY] = "it only says where future pages go",
	[NOTHING_ALREADY_THERE] = "every page was on its node already",
	[NOTHING_NO_MOVE_FLAG] =
		"without MPOL_MF_MOVE or MPOL_MF_MOVE_ALL pages that are "
		"there stay where they are",
	[NOTHING_ONE_NODE] = "only one node has memory",
	[NOTHING_NO_NODE_LEFT] =
		"none of the new nodes is allowed to the caller and has memory",
	[NOTHING_SAME_NODES] =
		"the kernel maps the n-th old node to the n-th new one, and "
		"here each to itself",
	[NOTHING_NO_PAGES] = "no page was there to move",
};

static const char *const mark_words[MARK_COUNT] = {
	"at entry user memory held other nodes than the kernel then copied: "
	"it was changed in between",
	"the kernel used fewer nodes than it copied: the others are not "
	"allowed to the caller, or have no memory",
	"it only asks where pages are",
	"the page with a list of nodes was not in memory at entry: what it "
	"held then is not known",
};

/* Bytes of @text for the next line of @cols, at least a character. */
static size_t line_break(const char *text, int cols)
{
	size_t n = text_prefix(text, cols, NULL), blank = n;

	if (!text[n])
		return n;
	while (blank && text[blank] != ' ')
		blank--;
	return blank ? blank : n;
}

static void add_text(struct call_page *page, const char *name,
		     const char *text)
{
	int cols = page->cols - CALL_PAGE_NAME;
	struct call_page_line *line;
	size_t n;

	if (cols < MIN_COLS)
		cols = MIN_COLS;
	do {
		if (page->nr == CALL_PAGE_LINES)
			return;
		line = &page->line[page->nr++];
		line->name = name;
		n = line_break(text, cols);
		snprintf(line->text, sizeof(line->text), "%.*s", (int)n, text);
		text += n + strspn(text + n, " ");
		name = "";
	} while (*text && n);
}

__attribute__((format(printf, 3, 4)))
static void add(struct call_page *page, const char *name, const char *format,
		...)
{
	char text[TEXT_CAP];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	add_text(page, name, text);
}

static void add_party(struct call_page *page, const char *name,
		      struct process_id id, const char *comm)
{
	if (id.pid > 0)
		add(page, name, "%s, pid %lld", comm ? comm : "-",
		    (long long)id.pid);
	else if (process_id_some(id))
		add(page, name, "%s, outside of this pid namespace",
		    comm ? comm : "-");
	else
		add(page, name, "-");
}

static void add_known(struct call_page *page, const char *name,
		      const char *text)
{
	if (text)
		add_text(page, name, text);
}

static void add_parties(struct call_page *page,
			const struct model_log_line *line)
{
	const struct sample_event *event = &line->event;

	add_party(page, "caller", event->caller, line->caller_comm);
	if (event->tid > 0 && event->tid != event->caller.pid)
		add(page, "  thread", "%lld", (long long)event->tid);
	add_known(page, "  user", line->caller_user);
	add_known(page, "  command", line->caller_cmdline);
	add_known(page, "  cgroup", line->caller_cgroup);
	if (process_id_equal(event->target, event->caller)) {
		add(page, "target", "itself");
		return;
	}
	add_party(page, "target", event->target, line->target_comm);
	add_known(page, "  user", line->target_user);
	add_known(page, "  command", line->target_cmdline);
	add_known(page, "  cgroup", line->target_cgroup);
}

/* The stages that a list of nodes goes through. */
enum { STAGES = 3 };
static const char *const stages[STAGES] = { "at entry", "copied", "used" };

/* "0-1 at entry, copied; 0 used": equal ones together. */
static void stages_text(const char *const value[STAGES], char *dst, size_t cap)
{
	bool said[STAGES] = { false };
	size_t n = 0;
	int i, j;

	dst[0] = '\0';
	for (i = 0; i < STAGES; i++) {
		if (!value[i] || said[i] || n >= cap)
			continue;
		n += snprintf(dst + n, cap - n, "%s%s %s", n ? "; " : "",
			      value[i][0] ? value[i] : "none", stages[i]);
		for (j = i + 1; j < STAGES && n < cap; j++) {
			if (!value[j] || strcmp(value[i], value[j]) != 0)
				continue;
			said[j] = true;
			n += snprintf(dst + n, cap - n, ", %s", stages[j]);
		}
	}
}

static bool is_result(const struct sample_event *event, int i)
{
	return event->call == CALL_GET_MEMPOLICY && i <= GET_NODES;
}

static void add_argument(struct call_page *page,
			 const struct sample_event *event, int i)
{
	const struct call_arg *arg = &call_table[event->call].arg[i];
	const char *value[STAGES] = { event->at_entry.value[i],
				      event->args.value[i],
				      event->effective.value[i] };
	char text[TEXT_CAP];

	if (!value[0] && !value[1] && !value[2])
		add(page, arg->name, "-");
	else if (is_result(event, i))
		add(page, arg->name, "%s, a result", value[1] ? value[1] : "-");
	else if (strstr(arg->name, "nodes")) {
		stages_text(value, text, sizeof(text));
		add_text(page, arg->name, text);
	} else {
		add_text(page, arg->name,
			 value[1] ? value[1] : value[0] ? value[0] : value[2]);
	}
}

static void add_result(struct call_page *page,
		       const struct sample_event *event)
{
	const char *error = call_errno_name(event->error);

	if (event->phase == PHASE_RUNNING)
		add(page, "result", "none yet: it runs");
	else if (error)
		add(page, "result", "-1 %s: %s", error,
		    strerrordesc_np((int)event->error));
	else if (event->error > 0)
		add(page, "result", "-1, errno %lld", (long long)event->error);
	else if (event->ret == UNKNOWN)
		add(page, "result", "-");
	else if (event->ret > 0)
		add(page, "result", "%lld: so many pages could not be moved",
		    (long long)event->ret);
	else
		add(page, "result", "%lld", (long long)event->ret);
}

static void add_statuses(struct call_page *page,
			 const struct sample_event *event)
{
	const struct sample_statuses *statuses = &event->statuses;
	const char *name;
	int i;

	if (statuses->pages <= 0)
		return;
	add(page, "statuses", "%lld of %s pages read",
	    (long long)statuses->pages,
	    event->args.value[MOVE_COUNT] ? event->args.value[MOVE_COUNT] :
					    "-");
	if (statuses->moved >= 0)
		add(page, "", "%lld moved", (long long)statuses->moved);
	if (statuses->already >= 0)
		add(page, "", "%lld there already",
		    (long long)statuses->already);
	for (i = SAMPLE_STATUS_ERRNOS - 1; i >= 0; i--) {
		if (!statuses->error[i])
			continue;
		name = i ? call_errno_name(i) : NULL;
		add(page, "", "%u %s%s%s", statuses->error[i],
		    name ? name : "other errors", name ? ": " : "",
		    name ? strerrordesc_np(i) : "");
	}
}

static void add_effect(struct call_page *page,
		       const struct sample_event *event)
{
	char text[UNITS_CAP];
	int i;

	units_duration(text, sizeof(text), event->duration_ns);
	add(page, "duration", "%s%s", text,
	    event->duration_ns == UNKNOWN ? ": its entry was not seen" :
	    event->phase == PHASE_RUNNING ? " so far" : "");
	if (event->moved_pages == UNKNOWN)
		add(page, "moved", "-");
	else
		add(page, "moved", "%lld page%s%s",
		    (long long)event->moved_pages,
		    event->moved_pages == 1 ? "" : "s",
		    event->phase == PHASE_RUNNING ? " so far" : "");
	add_statuses(page, event);
	if (event->nothing > NOTHING_NONE && event->nothing < NOTHING_COUNT)
		add(page, "nothing", "moved: %s",
		    nothing_words[event->nothing]);
	for (i = 0; i < MARK_COUNT; i++)
		if (event->marks & 1U << i)
			add_text(page, sample_mark_name[i], mark_words[i]);
}

static void add_stack(struct call_page *page, const char *stack)
{
	char kind, before = STACK_LINE_NOTE;
	const char *line;
	int length;

	while ((line = stack_next(&stack, &kind, &length))) {
		add(page, kind == before ? "" : stack_kind_name(kind), "%.*s",
		    length, line);
		before = kind;
	}
}

static void add_time(struct call_page *page, const struct sample_event *event)
{
	char time[32], day[16] = "-";
	struct tm tm;

	if (gmtime_r(&event->time.tv_sec, &tm))
		strftime(day, sizeof(day), "%Y-%m-%d", &tm);
	add(page, "time", "%s %s UTC, %s", day,
	    log_time(event->time, time, sizeof(time)),
	    event->phase == PHASE_RUNNING ? "still in progress" :
					    "when it returned");
}

void call_page_fill(struct call_page *page, const struct model_log_line *line)
{
	const struct sample_event *event = &line->event;
	const struct call *call = &call_table[event->call];
	int i;

	page->nr = 0;
	add(page, "call", "%s%s%s", call->name,
	    event->call == CALL_CPUSET ?
		    ", no system call: cpuset.mems was written" : "",
	    event->abi == ABI_IA32 ? ", of a 32-bit program or by int 0x80" :
				     "");
	add_time(page, event);
	add_parties(page, line);
	for (i = 0; i < SAMPLE_ARG_MAX && call->arg[i].name; i++)
		add_argument(page, event, i);
	add_result(page, event);
	add_effect(page, event);
	add_stack(page, line->stack);
}
