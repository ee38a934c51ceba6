/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Details: who it is. */
#include "details.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

#include "units.h"

#define VALUE_CAP 8192

struct value {
	char text[VALUE_CAP];
	enum style style;
};

static void put(struct value *value, const char *text, const char *why_not)
{
	if (!text)
		value->style = STYLE_DIM;
	snprintf(value->text, sizeof(value->text), "%s", text ? text : why_not);
}

static const char *const whose[OWNER_COUNT] = {
	[OWNER_PROCESS] = "a process",
	[OWNER_SHARED] = "pages that several processes map; the first seen:",
	[OWNER_UNMAPPED] = "pages of files that no process maps",
	[OWNER_UNKNOWN] = "pages whose owner could not be told",
	[OWNER_OVERFLOW] = "pages that found no row: counted by nodes and "
			   "reason alone",
};

static void value_what(const struct details_facts *facts, struct value *value)
{
	put(value, whose[facts->details->subject.owner], "-");
}

static void value_pid(const struct details_facts *facts, struct value *value)
{
	int64_t pid = facts->details->subject.id.pid;

	if (pid)
		snprintf(value->text, sizeof(value->text), "%" PRId64, pid);
	else
		put(value, NULL, "- (none in mptop's pid namespace)");
}

static void value_nspid(const struct details_facts *facts, struct value *value)
{
	int64_t nspid = facts->details->nspid;

	if (nspid != UNKNOWN)
		snprintf(value->text, sizeof(value->text),
			 "%" PRId64 " in its own pid namespace", nspid);
	else
		put(value, NULL, "- (has no pid namespace of its own)");
}

static void value_start(const struct details_facts *facts, struct value *value)
{
	const struct model_details *details = facts->details;
	int64_t start_us = details->subject.id.start_us, age_us;
	char age[UNITS_CAP], date[32];
	struct tm tm;
	time_t at;

	if (start_us == UNKNOWN || details->uptime_us == UNKNOWN) {
		put(value, NULL, "-");
		return;
	}
	age_us = details->uptime_us - start_us;
	at = details->time.tv_sec - (time_t)(age_us / 1000000);
	if (age_us < 0 || !gmtime_r(&at, &tm)) {
		put(value, NULL, "-");
		return;
	}
	strftime(date, sizeof(date), "%Y-%m-%d %H:%M:%S", &tm);
	units_duration(age, sizeof(age), age_us * 1000);
	snprintf(value->text, sizeof(value->text), "%s UTC, %s ago", date,
		 age);
}

static void value_life(const struct details_facts *facts, struct value *value)
{
	static const char *const life[] = {
		[LIFE_RUNS] = "is running",
		[LIFE_ENDED] = "has ended, or its first thread",
	};
	bool is_replay = facts->screen->replay;

	put(value, is_replay ? NULL : life[facts->world->life],
	    is_replay ? "- (not recorded)" : "- (cannot be seen)");
}

static void value_comm(const struct details_facts *facts, struct value *value)
{
	put(value, facts->details->comm, "-");
}

static void value_command(const struct details_facts *facts,
			  struct value *value)
{
	put(value, facts->details->cmdline,
	    "- (a kernel thread, or gone before it could be read)");
}

static void value_user(const struct details_facts *facts, struct value *value)
{
	const struct model_details *details = facts->details;

	if (details->uid == UNKNOWN)
		put(value, details->user, "-");
	else
		snprintf(value->text, sizeof(value->text), "%s, uid %" PRId64,
			 details->user ? details->user : "-", details->uid);
}

static void value_cgroup(const struct details_facts *facts,
			 struct value *value)
{
	put(value, facts->details->cgroup,
	    "- (removed before it could be read)");
}

static void value_container(const struct details_facts *facts,
			    struct value *value)
{
	put(value, facts->details->container, "- (none that is known)");
}

static void value_vm(const struct details_facts *facts, struct value *value)
{
	put(value, facts->details->vm, "- (none that is known)");
}

struct item {
	const char *label;
	unsigned int owners; /* bits of enum sample_owner that have it */
	void (*value)(const struct details_facts *facts, struct value *value);
};

#define OF(owner) (1U << (owner))
#define NAMED (OF(OWNER_PROCESS) | OF(OWNER_SHARED))
#define OTHERS (OF(OWNER_SHARED) | OF(OWNER_UNMAPPED) | \
		OF(OWNER_UNKNOWN) | OF(OWNER_OVERFLOW))

static const struct item items[] = {
	{ "what", OTHERS, value_what },
	{ "pid", NAMED, value_pid },
	{ "started", NAMED, value_start },
	{ "state", NAMED, value_life },
	{ "name", NAMED, value_comm },
	{ "command", NAMED, value_command },
	{ "user", NAMED, value_user },
	{ "cgroup", NAMED, value_cgroup },
	{ "container", NAMED, value_container },
	{ "VM", NAMED, value_vm },
	{ "nspid", NAMED, value_nspid },
};

#define ITEMS (sizeof(items) / sizeof(items[0]))

static bool has_item(const struct details_facts *facts,
		     const struct item *item)
{
	return item->owners & OF(facts->details->subject.owner);
}

static int item_lines(const struct details_facts *facts,
		      const struct item *item, struct value *value)
{
	value->style = STYLE_NORMAL;
	item->value(facts, value);
	return details_wrapped(value->text, facts->cols - DETAILS_LABEL);
}

static int identity_lines(const struct details_facts *facts)
{
	struct value value;
	int lines = 0;
	size_t i;

	for (i = 0; i < ITEMS; i++)
		if (has_item(facts, &items[i]))
			lines += item_lines(facts, &items[i], &value);
	return lines;
}

static void identity_draw_line(const struct details_facts *facts, int line,
			       struct canvas *canvas, struct rect area)
{
	struct value value;
	size_t i;
	int lines;

	for (i = 0; i < ITEMS; i++, line -= lines) {
		lines = 0;
		if (!has_item(facts, &items[i]))
			continue;
		lines = item_lines(facts, &items[i], &value);
		if (line >= lines)
			continue;
		area = details_put_label(canvas, area,
					 line ? "" : items[i].label);
		details_put_wrapped(canvas, area, value.style, value.text,
				    line);
		return;
	}
}

const struct details_section details_identity = {
	.name = "Who",
	.lines = identity_lines,
	.draw_line = identity_draw_line,
};
