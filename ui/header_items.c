/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The items of the header. A number that is not known is "-". */
#include "header_items.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "amount.h"
#include "log_line.h"
#include "text.h"
#include "units.h"

void header_add(struct header_place place, const char *format, ...)
{
	struct header_item *item;
	va_list args;

	if (place.line->nr == HEADER_ITEMS)
		return;
	item = &place.line->item[place.line->nr++];
	item->priority = place.priority;
	item->gap = place.gap;
	item->style = place.style;
	va_start(args, format);
	vsnprintf(item->text, sizeof(item->text), format, args);
	va_end(args);
}

static const char *known(const char *text)
{
	return text ? text : "-";
}

/* Is the kind @name of @length bytes in @list, which '+' separates? */
static bool has_hook(const char *list, const char *name, size_t length)
{
	for (; *list; list += *list == '+') {
		size_t n = strcspn(list, "+");

		if (n == length && !memcmp(list, name, n))
			return true;
		list += n;
	}
	return false;
}

/* "kprobe+fentry": each kind of hook once, in the order of the data. */
static void hooks_text(const struct sample *now, char *dst, size_t cap)
{
	size_t n, length = 0;
	const char *kind;
	int i;

	dst[0] = '\0';
	for (i = 0; i < PROBE_COUNT; i++) {
		kind = now->probe[i] ? now->probe[i] : "";
		for (; *kind; kind += n + (kind[n] == '+')) {
			n = strcspn(kind, "+");
			if (!n || has_hook(dst, kind, n))
				continue;
			length += snprintf(dst + length, cap - length,
					   "%s%.*s", length ? "+" : "", (int)n,
					   kind);
			if (length >= cap)
				return;
		}
	}
	if (!length)
		snprintf(dst, cap,
			 now->vmstat[VMSTAT_PGMIGRATE_SUCCESS] == UNKNOWN ?
				 "no hooks" :
				 "vmstat only");
}

static void identity_size(const struct sample *now, struct header_line *line)
{
	int64_t cpus = 0, count;
	size_t i;

	for (i = 0; i < now->nr_nodes && cpus >= 0; i++) {
		count = panel_nodes_cpus(&now->nodes[i]);
		cpus = count < 0 ? -1 : cpus + count;
	}
	header_add(PLACE(line, 30, 2, STYLE_NORMAL), "%zu node%s",
		   now->nr_nodes, now->nr_nodes == 1 ? "" : "s");
	if (cpus > 0)
		header_add(PLACE(line, 20, 1, STYLE_NORMAL),
			   "%" PRId64 " cpus", cpus);
}

void header_identity(const struct screen_facts *facts,
		     struct header_line *line, bool brief)
{
	const struct sample *now = model_now(facts->model);
	char text[UNITS_CAP], hooks[64];

	header_add(PLACE(line, HEADER_KEEP, 0, STYLE_KEY), "mptop");
	if (!now) {
		header_add(PLACE(line, 90, 1, STYLE_DIM), "%s",
			   known(facts->version));
		return;
	}
	if (now->demo)
		header_add(PLACE(line, HEADER_KEEP, 1, STYLE_WARN), "DEMO");
	header_add(PLACE(line, brief ? 10 : 90, 1, STYLE_TITLE), "%s",
		   known(now->host.host));
	if (now->self_pidns == 1)
		header_add(PLACE(line, 85, 1, STYLE_WARN), "[pidns]");
	if (brief)
		return;
	header_add(PLACE(line, 50, 1, STYLE_NORMAL), "%s",
		   known(now->host.kernel));
	units_duration(text, sizeof(text),
		       now->uptime_us == UNKNOWN ||
		       now->uptime_us > INT64_MAX / 1000 ?
		       UNKNOWN : now->uptime_us * 1000);
	header_add(PLACE(line, 10, 2, STYLE_NORMAL), "up %s", text);
	identity_size(now, line);
	hooks_text(now, hooks, sizeof(hooks));
	header_add(PLACE(line, 40, 2, STYLE_NORMAL), "%s", hooks);
}

void header_self(const struct screen_facts *facts, struct header_line *line)
{
	const struct sample *now = model_now(facts->model);
	char text[UNITS_CAP];

	if (!now || now->self_cpu_ns == UNKNOWN)
		return;
	units_percent(text, sizeof(text), now->self_cpu_ns, now->interval_ns);
	header_add(PLACE(line, 5, 3, STYLE_DIM), "%s %s",
		   header_table[HEADER_SELF].name, text);
}

/* Bits of the sysctl: 1 balances, 2 promotes between tiers. */
static const char *balancing_text(int64_t mode)
{
	static const char *const modes[] = { "off", "on", "tiering",
					     "on+tiering" };

	return mode < 0 || mode > 3 ? "-" : modes[mode];
}

static int64_t moved_pages(int64_t pages, int64_t intra_pages)
{
	if (pages == UNKNOWN || intra_pages == UNKNOWN)
		return UNKNOWN;
	return pages - intra_pages;
}

/* "pg/s", or what else the amounts of the header are. */
static const char *moved_unit(const struct screen_facts *facts)
{
	if (facts->bytes)
		return facts->view->since ? "" : "/s";
	return facts->view->since ? " pg" : " pg/s";
}

static void state_moved(const struct screen_facts *facts,
			struct header_line *line)
{
	const struct sample *now = model_now(facts->model);
	const struct model_since *since = model_since(facts->model);
	int64_t moved = moved_pages(now->sum.pages, now->sum.intra_pages);
	int64_t all = moved_pages(since->pages, since->intra_pages);
	const char *per = facts->view->since ? "" : "/s";
	char text[UNITS_CAP];

	amount_text(text, sizeof(text), facts, moved, all);
	header_add(PLACE(line, 90, 2, STYLE_NORMAL), "%s %s%s",
		   header_table[HEADER_MOVED].name, text, moved_unit(facts));
	units_mib(text, sizeof(text),
		  amount_of(facts, panel_bytes_of(facts, moved),
			    amount_bytes(facts, all)));
	if (!facts->bytes)
		header_add(PLACE(line, 40, 1, STYLE_NORMAL), "%s MiB%s", text,
			   per);
	amount_text(text, sizeof(text), facts, now->sum.intra_pages,
		    since->intra_pages);
	header_add(PLACE(line, 20, 2, STYLE_DIM), "%s %s%s",
		   header_table[HEADER_INTRA].name, text,
		   text[0] == '-' ? "" : per);
}

/* Units of nothing: what counts is whether there are more or fewer. */
static void state_distance(const struct screen_facts *facts,
			   struct header_line *line)
{
	int64_t last = model_distance(facts->model);
	int64_t all = model_since(facts->model)->distance;
	char text[UNITS_CAP];

	if (facts->view->since)
		units_count(text, sizeof(text), all);
	else
		panel_rate_text(text, sizeof(text), last,
				panel_interval_ns(facts));
	header_add(PLACE(line, 18, 2, STYLE_NORMAL), "%s %s%s",
		   header_table[HEADER_DISTANCE].name, text,
		   text[0] == '-' || facts->view->since ? "" : "/s");
}

void header_modes(const struct screen_facts *facts, struct header_line *line)
{
	const struct sample *now = model_now(facts->model);
	int64_t demotion = now ? now->demotion : UNKNOWN;

	header_add(PLACE(line, 50, 0, STYLE_NORMAL), "%s %s",
		   header_table[HEADER_BALANCING].name,
		   balancing_text(now ? now->numa_balancing : UNKNOWN));
	header_add(PLACE(line, 30, 2, STYLE_NORMAL), "%s %s",
		   header_table[HEADER_DEMOTION].name,
		   demotion == UNKNOWN ? "-" : demotion ? "on" : "off");
}

void header_state(const struct screen_facts *facts, struct header_line *line)
{
	const struct sample *now = model_now(facts->model);
	int64_t interval_ns = panel_interval_ns(facts);

	if (!now) {
		header_add(PLACE(line, 1, 2, STYLE_DIM),
			   "hint-local -  moved - pg/s  failed -  stalled -  "
			   "bounce -");
		return;
	}
	header_locality(facts, line);
	state_moved(facts, line);
	header_troubles(facts, line, interval_ns);
	state_distance(facts, line);
}

/*
 * "1.0s", "0.25s"; in a replay it is the recorded one, which is never exact:
 * it is a number of tenths if that is as good as right.
 */
static void interval_text(const struct screen_facts *facts, char *dst,
			  size_t cap)
{
	int64_t ns = facts->replay ? panel_interval_ns(facts) : facts->delay_ns;
	double seconds = (double)ns / 1e9;
	double tenths = (double)(int64_t)(seconds * 10 + 0.5) / 10;
	double off = seconds > tenths ? seconds - tenths : tenths - seconds;

	if (ns == UNKNOWN)
		snprintf(dst, cap, "-");
	else
		snprintf(dst, cap, "%.*fs", off * 30 > tenths ? 2 : 1, seconds);
}

void header_flags(const struct screen_facts *facts, struct header_line *line)
{
	char text[UNITS_CAP];

	if (facts->recording)
		header_add(PLACE(line, HEADER_KEEP, 2, STYLE_SELECTED),
			   " REC %s ", facts->recording);
	/* Where one is, is the question only when it stands still. */
	if (facts->replay && facts->paused && model_now(facts->model))
		header_add(PLACE(line, 95, 2, STYLE_NORMAL), "%.8s %s",
			   log_time(model_now(facts->model)->time, text,
				    sizeof(text)), facts->replay);
	else if (facts->replay)
		header_add(PLACE(line, 45, 2, STYLE_DIM), "%s", facts->replay);
	if (facts->ended)
		header_add(PLACE(line, HEADER_KEEP, 2, STYLE_SELECTED),
			   " END ");
	if (facts->view->since)
		header_add(PLACE(line, HEADER_KEEP, 2, STYLE_WARN), "%s",
			   amount_since_text(text, sizeof(text), facts));
	header_view(facts, line);
	interval_text(facts, text, sizeof(text));
	header_add(PLACE(line, 80, 2, STYLE_NORMAL), "%s", text);
}
