/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Key scripts against a model of built samples, and the picture they give. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "dashboard.h"
#include "keys.h"
#include "make_sample.h"

#define SECOND INT64_C(1000000000)

struct screen {
	struct model *model;
	struct dashboard *dashboard;
	struct filter *base;
	uint64_t seq;
	char *text; /* of the last picture */
};

static struct screen screen_new(const char *base)
{
	struct screen screen = { .model = model_new() };
	struct filter_error error;
	struct dashboard_options options = {
		.filter_text = base,
		.delay_ns = SECOND,
		.version = "0.1.0",
	};

	if (base)
		screen.base = filter_parse(base, &error);
	options.filter = screen.base;
	screen.dashboard = dashboard_new(screen.model, &options);
	return screen;
}

static void screen_free(struct screen *screen)
{
	dashboard_free(screen->dashboard);
	model_free(screen->model);
	filter_free(screen->base);
	free(screen->text);
}

static void screen_feed(struct screen *screen, struct sample *sample)
{
	screen->seq++;
	model_feed(screen->model, sample);
	dashboard_update(screen->dashboard, (int64_t)screen->seq * SECOND);
}

static void screen_feed_busy(struct screen *screen, int nr)
{
	while (nr-- > 0)
		screen_feed(screen, make_busy_sample(4, screen->seq));
}

static const char *screen_draw(struct screen *screen, int rows, int cols)
{
	struct canvas *canvas = canvas_new(rows, cols);
	size_t size;
	FILE *out;

	free(screen->text);
	out = open_memstream(&screen->text, &size);
	dashboard_draw(screen->dashboard, canvas);
	canvas_dump(canvas, out);
	fclose(out);
	canvas_free(canvas);
	return screen->text;
}

/* Keys that one size of screen has; drawn before as a terminal would be. */
static void screen_keys(struct screen *screen, const char *keys)
{
	int key;

	screen_draw(screen, 34, 120);
	while ((key = keys_next(&keys)) != MK_NONE)
		dashboard_key(screen->dashboard, key);
	screen_draw(screen, 34, 120);
}

static bool shows(const struct screen *screen, const char *text)
{
	return strstr(screen->text, text) != NULL;
}

/* Two nodes, three seconds, at the size that every terminal has. */
static const char picture_24x80[] =
	"mptop db7 6.12.117  up 41d  2 nodes 64 cpus  fentry+kprobe"
	"                1.0s\n"
	"seen 17.2k/s = vmstat 17.2k/s 100.0%  lost 0          bala"
	"ncing on  demotion off\n"
	"hint-local 62%  moved 11.6k pg/s  failed 12/s  stalled 84m"
	"s/s  bounce 49%\n"
	"┌─ 4 Processes  by pages moved a second, 1 of 6 ──────────"
	"─────────────────────┐\n"
	"│     PID COMM        MOVER      FLOW       PAGES/S↓  FAIL"
	"  STALL% REASON      │\n"
	"│    4242 mysqld      (self) +1  0→1 1→0 +1    12.5k    12"
	"     8.4 numa_misplac│\n"
	"│   31337 postgres    kcompactd1 1→1           3.38k     0"
	"     0.0 compaction  │\n"
	"│     977 redis-serve kswapd0 +1 0→1 1→0         846     0"
	"     0.0 demotion    │\n"
	"│   20011 java        (self)     0→1             480     0"
	"     0.0 mempolicy_mb│\n"
	"│   20012 qemu-system (self)     0→1              35     0"
	"     0.0 numa_misplac│\n"
	"│       5 kworker/0:1 (self)     1→0             2.0     0"
	"     0.0 contig_range│\n"
	"│   total                                      17.2k    12"
	"     8.4             │\n"
	"├─ 5 Rate  pages/s by reason, now 17.2k ──────────────────"
	"─────────────────────┤\n"
	"│ █ numa 10.4k  ▓ sysc 2.26k  ▒ comp 3.38k  ░ demo 720  ▞"
	" memp 480  ▌ cont 2   │\n"
	"│ 20.0k│                                                  "
	"                   ▄▄│\n"
	"│      │                                                  "
	"                  ▃▓▒│\n"
	"│ 10.0k│                                                  "
	"                  ▓▓█│\n"
	"│      │                                                  "
	"                  ███│\n"
	"│                                                         "
	"                  now│\n"
	"├─ 7 Log  UTC, 2 calls ───────────────────────────────────"
	"─────────────────────┤\n"
	"│ 13:00:00.204 katalyst[812] migrate_pages(pid=4242 mysqld"
	", 0-1 → 2) = 17 not m│\n"
	"│ 13:00:00.204 katalyst[812] migrate_pages(pid=4242 mysqld"
	", 0-1 → 2) = 17 not m│\n"
	"│                                                         "
	"                     │\n"
	"└ h Help  s Sort  R Rev  / Filter  z Pause  Enter Details "
	" w Snapshot  q Quit ─┘\n";

static void test_picture(void **state)
{
	struct screen screen = screen_new(NULL);
	int i;

	(void)state;
	for (i = 0; i < 3; i++)
		screen_feed(&screen, make_busy_sample(2, i));
	assert_string_equal(screen_draw(&screen, 24, 80), picture_24x80);
	screen_free(&screen);
}

/* What each key script must show, and must not. */
static const struct script {
	const char *keys;
	const char *shown[3];
	const char *hidden[2];
} scripts[] = {
	{ "", { "4 Processes", "PAGES/S↓", "h Help" }, { "PAUSED" } },
	{ "R", { "PAGES/S↑" }, { "PAGES/S↓" } },
	{ "RR", { "PAGES/S↓" }, { "PAGES/S↑" } },
	{ "rI", { "PAGES/S↓" }, { NULL } },
	{ "T", { "TOTAL↓" }, { "PAGES/S↓" } },
	{ "N", { "PID↑" }, { "PAGES/S↓" } },
	{ "NP", { "PAGES/S↓" }, { "PID↑" } },
	{ ">", { "TOTAL↓" }, { "PAGES/S↓" } },
	{ "<lt>", { "MOVER↑" }, { "PAGES/S↓" } },
	{ "<lt>>", { "PAGES/S↓" }, { "MOVER↑" } },
	{ "RT", { "TOTAL↓" }, { "TOTAL↑" } },
	{ "h", { "Help", "choose the sort column" }, { "no such" } },
	{ "?q", { "4 Processes" }, { "choose the sort column" } },
	{ "<F1><Esc>", { "4 Processes" }, { "choose the sort column" } },
	{ "hh", { "4 Processes" }, { "choose the sort column" } },
	{ "hG", { "virtual machine, container" }, { "choose the sort" } },
	{ "hGg", { "choose the sort column" }, { "virtual machine, con" } },
	{ "s", { "Sort by", "↓ PAGES/S" }, { NULL } },
	{ "s<Down><Enter>", { "TOTAL↓" }, { "Sort by" } },
	{ "sG<Enter>", { "REASON" }, { "Sort by", "PAGES/S↓" } },
	{ "sjj<Esc>", { "PAGES/S↓" }, { "Sort by" } },
	{ "/", { "Filter:", "pid=1" }, { "h Help" } },
	{ "/redis", { "Filter: redis", "1 of 1, 5 hidden" }, { "java" } },
	{ "/redis<Enter>", { "filter: redis", "h Help" }, { "Filter:" } },
	{ "/redis<Enter>", { "2 Nodes  pages/s, unfiltered" }, { NULL } },
	{ "n2<Enter>", { "2 Nodes  pages/s, unfiltered" }, { NULL } },
	{ "/redis<Esc>", { "2 Nodes  pages/s ─" }, { NULL } },
	{ "/redis<Esc>", { "java", "h Help" }, { "filter:", "hidden" } },
	{ "\\redis<Enter>/<C-u>java<Esc>", { "filter: redis" }, { "java" } },
	{ "/redis<Enter>/<C-u><Enter>", { "java" }, { "filter:" } },
	{ "/pid><Enter>", { "Filter: pid>", "column 5" }, { "h Help" } },
	{ "/redis<Enter>/<C-u>pid>", { "filter: pid", "column 5" },
	  { "1 of 6" } },
	{ "/pid><Esc>", { "h Help", "1 of 6" }, { "column 5" } },
	{ "/redisx<BS><Enter>", { "filter: redis" }, { "redisx" } },
	{ "/edis<Home>r<End>!<BS><Left><Del>s<Enter>", { "filter: redis" },
	  { NULL } },
	{ "/redis<Enter>=", { "java" }, { "filter:" } },
	{ "n2 from<Enter>", { "from node 2", "1 of 2" }, { "redis" } },
	{ "n3 t<Enter>", { "to node 3", "redis", "qemu" }, { "java" } },
	{ "n3<Enter>", { "node 3" }, { "java" } },
	{ "n3<Enter>=", { "java" }, { "node 3" } },
	{ "n9", { "Node: 9", "no such node" }, { "h Help" } },
	{ "n9<Enter>", { "no such node" }, { "h Help" } },
	{ "nx", { "expected a node id" }, { "h Help" } },
	{ "n1 sideways", { "expected a node id" }, { "h Help" } },
	{ "n1 from x", { "expected a node id" }, { "h Help" } },
	{ "n3<Enter>n<Enter>", { "java" }, { "node 3" } },
	{ "d", { "Interval:", "0.1 to 3600" }, { "h Help" } },
	{ "d0.5<Enter>", { "0.5s", "h Help" }, { "1.0s" } },
	{ "d0.01<Enter>", { "expected seconds" }, { "h Help" } },
	{ "d1e9", { "expected seconds" }, { "h Help" } },
	{ "dnan", { "expected seconds" }, { "h Help" } },
	{ "d5x", { "expected seconds" }, { "h Help" } },
	{ "d5<Esc>", { "1.0s" }, { "5.0s" } },
	{ "d<Enter>", { "1.0s", "h Help" }, { NULL } },
	{ "o", { "Columns", "[x] PID", "= defaults" }, { NULL } },
	{ "oo", { "4 Processes" }, { "[x]" } },
	{ "o<Esc>", { "4 Processes" }, { "[x]" } },
	{ "oj <Esc>", { "COMM" }, { "USER" } },
	{ "oj<Enter>", { "[ ] USER" }, { NULL } },
	{ "oj<Enter><Enter>q", { "PID USER" }, { NULL } },
	{ "oj<lt>q", { "USER         PID" }, { "PID USER" } },
	{ "o>q", { "USER         PID" }, { "PID USER" } },
	{ "o<Right><Left>q", { "PID USER" }, { NULL } },
	{ "oj <lt>=q", { "PID USER" }, { NULL } },
	{ "oj q>", { "TOTAL↓" }, { "USER" } },
	{ "ojjjjjjjjj q", { "PAGES/S↓" }, { "AGES/S↓  MiB" } },
	{ "ojjjjjjjjj qN", { "PID↑" }, { "PAGES/S" } },
	{ "a", { "since start", "PAGES↓", "2 Nodes  pages ─" },
	  { "PAGES/S" } },
	{ "a", { "3 Flow  pages, from", "moved 286k pg ", "stalled 1.68s" },
	  { "pg/s" } },
	{ "aa", { "PAGES/S↓" }, { "since start" } },
	{ "0", { "zeroed: counts are those since 13:00:19 UTC; a shows" },
	  { "h Help" } },
	{ "a0", { "moved 0 pg ", "zeroed: counts are those since 13:00:19" },
	  { "a shows" } },
	{ "0a", { "since 13:00:19", "h Help" }, { "since start" } },
	{ "m", { "BYTES/S↓", "2 Nodes  bytes/s", "5 Rate  bytes/s by" },
	  { "PAGES/S" } },
	{ "ma", { "BYTES↓", "2 Nodes  bytes ─", "3 Flow  bytes, from" },
	  { "PAGES" } },
	{ "mm", { "PAGES/S↓" }, { "BYTES" } },
	{ "c", { "COMMAND" }, { " COMM " } },
	{ "cc", { " COMM " }, { "COMMAND" } },
	{ "zam", { "paused; z resumes" }, { "since" } },
	{ "/redis<Enter>/<C-u>java<Enter>/<Up><Up>", { "Filter: redis" },
	  { "java" } },
	{ "/redis<Enter>/<C-u>ja<Up><Up><Down>", { "Filter: ja" },
	  { "redis-server" } },
	{ "/redis<Enter>=n3<Enter>n<Up><Up>", { "Node: 3" }, { "redis/" } },
	{ "d<Up><Down>2<Enter>", { "2.0s" }, { NULL } },
	{ "z", { "PAUSED 0s" }, { NULL } },
	{ "[", { "only a replay can seek; ^R records" }, { NULL } },
	{ "@", { "only a replay can seek" }, { "Go to" } },
	{ "zz", { "1.0s" }, { "PAUSED" } },
	{ "zj", { "PAUSED", "paused; z resumes" }, { "h Help" } },
	{ "zh", { "choose the sort column" }, { NULL } },
	{ "3", { "3 Flow" }, { "4 Processes", "2 Nodes" } },
	{ "33", { "3 Flow", "4 Processes" }, { NULL } },
	{ "3q", { "4 Processes" }, { NULL } },
	{ "3<Esc>", { "4 Processes" }, { NULL } },
	{ "35", { "5 Rate" }, { "3 Flow" } },
	{ "1", { "pgpromote_success", "unexplained" }, { "4 Processes" } },
	{ "j", { "2 of 6" }, { "1 of 6" } },
	{ "jjk", { "2 of 6" }, { NULL } },
	{ "G", { "6 of 6" }, { NULL } },
	{ "<End>jj", { "6 of 6" }, { NULL } },
	{ "Gg<Up>", { "1 of 6" }, { NULL } },
	{ "<PgDn>", { "6 of 6" }, { NULL } },
	{ "<C-f><C-b>", { "1 of 6" }, { NULL } },
	{ "<Tab><Tab><Tab>k", { "Log  UTC, 12 of 13" }, { "13 calls" } },
	{ "<Tab><Tab><Tab>kj", { "13 calls" }, { "12 of 13" } },
	{ "<Tab><Tab><Tab>gG", { "13 calls" }, { "1 of 13" } },
	{ "<Tab><Tab><Tab>g", { "Log  UTC, 1 of 13" }, { "13 calls" } },
	{ "<S-Tab><S-Tab><S-Tab>k", { "12 of 13" }, { "13 calls" } },
	{ "7<C-u>", { "Log  UTC, 1 of 13" }, { NULL } },
	{ "<Right><Right>", { "COMM" }, { "USER", "MOVER" } },
	{ "<Right><Right><Left><Left>", { "USER", "MOVER" }, { NULL } },
	{ "!<F9>~", { "1 of 6", "h Help" }, { NULL } },
};

static void check_script(const struct script *script)
{
	struct screen screen = screen_new(NULL);
	size_t i;

	screen_feed_busy(&screen, 20);
	screen_keys(&screen, script->keys);
	for (i = 0; i < 3 && script->shown[i]; i++)
		if (!shows(&screen, script->shown[i]))
			fail_msg("keys '%s' do not show '%s':\n%s",
				 script->keys, script->shown[i], screen.text);
	for (i = 0; i < 2 && script->hidden[i]; i++)
		if (shows(&screen, script->hidden[i]))
			fail_msg("keys '%s' show '%s':\n%s", script->keys,
				 script->hidden[i], screen.text);
	screen_free(&screen);
}

static void test_scripts(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(scripts) / sizeof(scripts[0]); i++)
		check_script(&scripts[i]);
}

static void test_requests(void **state)
{
	static const struct {
		const char *keys;
		unsigned int request;
	} cases[] = {
		{ "q", REQUEST_QUIT },	  { "Q", REQUEST_QUIT },
		{ "<F10>", REQUEST_QUIT }, { "<C-c>", REQUEST_QUIT },
		{ "<Esc>", 0 },		  { "hq", 0 },
		{ "hqq", REQUEST_QUIT },  { "hQ", REQUEST_QUIT },
		{ "3q", 0 },		  { "3qq", REQUEST_QUIT },
		{ "zq", REQUEST_QUIT },	  { "z3q", REQUEST_QUIT },
		{ "/q", 0 },		  { "/Q<Enter>", 0 },
		{ "/<C-c>", REQUEST_QUIT }, { "w", REQUEST_SNAPSHOT },
		{ "zw", REQUEST_SNAPSHOT }, { "hw", REQUEST_SNAPSHOT },
		{ "<Space>", REQUEST_SAMPLE }, { "<F5>", REQUEST_SAMPLE },
		{ "z<Space>", REQUEST_SAMPLE },	  { "<C-l>", REQUEST_REDRAW },
		{ "d2<Enter>", REQUEST_DELAY }, { "d2<Esc>", 0 },
		{ "d0<Enter>", 0 },	  { "jkTNP", 0 },
	};
	struct screen screen;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		screen = screen_new(NULL);
		screen_feed_busy(&screen, 2);
		screen_keys(&screen, cases[i].keys);
		if (dashboard_take_request(screen.dashboard) !=
		    cases[i].request)
			fail_msg("keys '%s'", cases[i].keys);
		assert_int_equal(dashboard_take_request(screen.dashboard), 0);
		screen_free(&screen);
	}
}

/* What one key asks for, no other does. */
static void test_requests_are_apart(void **state)
{
	static const unsigned int requests[] = {
		REQUEST_QUIT, REQUEST_SNAPSHOT, REQUEST_DELAY, REQUEST_SAMPLE,
		REQUEST_REDRAW, REQUEST_STEP, REQUEST_SEEK, REQUEST_RECORD,
		REQUEST_SAVE, REQUEST_DETAILS, REQUEST_NUMA_MAPS,
	};
	unsigned int all = 0;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(requests) / sizeof(requests[0]); i++) {
		assert_int_equal(all & requests[i], 0);
		all |= requests[i];
	}
}

static void test_delay(void **state)
{
	struct screen screen = screen_new(NULL);

	(void)state;
	screen_keys(&screen, "d0.25<Enter>");
	assert_true(shows(&screen, "0.25s"));
	assert_int_equal(dashboard_delay_ns(screen.dashboard), SECOND / 4);
	screen_keys(&screen, "d7200<Enter>");
	assert_int_equal(dashboard_delay_ns(screen.dashboard), SECOND / 4);
	screen_free(&screen);
}

/* Before there is anything to know, nothing claims to be zero. */
static void test_nothing_known(void **state)
{
	struct screen screen = screen_new(NULL);

	(void)state;
	screen_draw(&screen, 34, 120);
	assert_true(shows(&screen, "seen -  vmstat -"));
	assert_true(shows(&screen, "lost -"));
	assert_true(shows(&screen, "moved - pg/s"));
	assert_true(shows(&screen, "balancing -"));
	assert_true(shows(&screen, "waiting for the first interval"));
	screen_free(&screen);
}

/* A sample in which nothing but its time is known. */
static void test_unknown_is_not_zero(void **state)
{
	struct screen screen = screen_new(NULL);
	struct sample *sample = sample_new();

	(void)state;
	sample->interval_ns = SECOND;
	screen_feed(&screen, sample);
	screen_draw(&screen, 34, 120);
	assert_true(shows(&screen, "seen -"));
	assert_true(shows(&screen, "vmstat -"));
	assert_true(shows(&screen, "hint-local -"));
	assert_true(shows(&screen, "moved - pg/s"));
	assert_true(shows(&screen, "failed -"));
	assert_true(shows(&screen, "stalled -"));
	assert_true(shows(&screen, "bounce -"));
	assert_true(shows(&screen, "demotion -"));
	screen_free(&screen);
}

/* Whatever a recording says, drawing it computes nothing undefined. */
static void test_absurd_numbers(void **state)
{
	static const int64_t absurd[] = { INT64_MAX, INT64_C(1) << 53, 1,
					  0, -1 };
	struct screen screen = screen_new(NULL);
	struct make_flow flow = { 7, "a", 8, "b", 0, 1, "syscall", 0 };
	struct make_flow other = { 9, "c", 8, "b", 1, 0, "compaction", 0 };
	struct sample *sample;
	size_t i, j;

	(void)state;
	/* Only sums can be larger than what the reader takes. */
	for (i = 0; i < 5; i++)
		for (j = 1; j < 5; j++) {
			sample = make_sample(2, screen.seq);
			sample->vmstat[VMSTAT_PGMIGRATE_SUCCESS] = -absurd[i];
			flow.pages = absurd[i];
			other.pages = absurd[i];
			make_flow(sample, &flow);
			make_flow(sample, &other);
			sample_add_up(sample);
			sample->interval_ns = absurd[j];
			sample->host.page_size = absurd[i];
			sample->uptime_us = absurd[i];
			sample->nodes[0].mem_total_bytes = absurd[i];
			sample->nodes[1].mem_free_bytes = absurd[i];
			sample->sum.stall_ns = absurd[i];
			screen_feed(&screen, sample);
			screen_draw(&screen, 34, 120);
		}
	assert_true(shows(&screen, "4 Processes"));
	screen_free(&screen);
}

static void test_trust(void **state)
{
	static const struct {
		int64_t in_flight, nonlru, vmstat, lost, hugetlb;
		const char *shown[2], *hidden;
	} cases[] = {
		{ 0, 0, 100, 0, 0,
		  { "seen 100/s = vmstat 100/s 100.0%  lost 0" },
		  "unexplained" },
		{ 0, 50, 150, 0, 0, { "seen 100/s + non-LRU 50/s = vmstat 150/s "
				   "100.0%" }, "unexplained" },
		{ 30, 0, 70, 0, 0, { "seen 100/s - in flight 30/s = vmstat 70/s -" },
		  "100.0%" },
		{ 0, 0, 104, 0, 0, { "!= vmstat 104/s unexplained -4 96.1%" },
		  "= vmstat 104/s 9" },
		{ 0, 0, 99, 0, 0, { "!= vmstat 99/s unexplained 1 101.0%" },
		  "100.0%" },
		{ 0, 0, 100, 7, 0, { "100.0%  !lost events 7" }, "lost 0" },
		{ 0, 0, 40, 0, 60, { "seen 100/s - hugetlb 60/s = vmstat 40/s "
				     "100.0%" }, "unexplained" },
	};
	const struct make_flow flow = { 7, "a", 0, NULL, 0, 1, "syscall",
					100 };
	struct sample *sample;
	struct screen screen;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		screen = screen_new(NULL);
		sample = make_sample(2, 0);
		make_flow(sample, &flow);
		sample_add_up(sample);
		sample->sum.in_flight_pages = cases[i].in_flight;
		sample->sum.nonlru_pages = cases[i].nonlru;
		sample->sum.hugetlb_uncounted_pages = cases[i].hugetlb;
		sample->vmstat[VMSTAT_PGMIGRATE_SUCCESS] = cases[i].vmstat;
		sample->lost[LOST_EVENTS] = cases[i].lost;
		screen_feed(&screen, sample);
		screen_draw(&screen, 34, 160);
		if (!shows(&screen, cases[i].shown[0]))
			fail_msg("no '%s':\n%.300s", cases[i].shown[0],
				 screen.text);
		assert_false(shows(&screen, cases[i].hidden));
		screen_free(&screen);
	}
}

/* A recording that begins with pages in flight: they are not missing. */
static void test_trust_from_the_middle(void **state)
{
	const struct make_flow flow = { 7, "a", 0, NULL, 0, 1, "syscall",
					100 };
	struct screen screen = screen_new(NULL);
	struct sample *sample = make_sample(2, 500);

	(void)state;
	sample->sum.in_flight_pages = 40;
	sample->sum.pages = 0;
	sample->vmstat[VMSTAT_PGMIGRATE_SUCCESS] = 1000;
	screen_feed(&screen, sample);
	screen_draw(&screen, 34, 160);
	assert_true(shows(&screen, "seen 0/s  vmstat 1.00k/s -%  lost 0"));
	sample = make_sample(2, 501);
	make_flow(sample, &flow);
	sample_add_up(sample);
	sample->sum.in_flight_pages = 0;
	sample->vmstat[VMSTAT_PGMIGRATE_SUCCESS] = 140;
	screen_feed(&screen, sample);
	screen_draw(&screen, 34, 160);
	assert_true(shows(&screen, "seen 100/s + landed 40/s = vmstat 140/s "
				   "100.0%"));
	/* One is missing: what was in flight before it is not known. */
	screen_feed(&screen, make_sample(2, 502));
	sample = make_sample(2, 504);
	sample->sum.in_flight_pages = 9;
	screen_feed(&screen, sample);
	screen_draw(&screen, 34, 160);
	assert_false(shows(&screen, "in flight"));
	screen_free(&screen);
}

/* What there is no room for is left out, never cut to another number. */
static void test_nothing_is_cut_to_another_number(void **state)
{
	static const char *const reasons[] = { "numa_misplaced", "syscall",
		"compaction", "demotion", "mempolicy_mbind", "longterm_pin" };
	struct screen screen = screen_new(NULL);
	struct sample *sample = make_sample(8, 1);
	struct make_flow flow = { 7, "redis-server", 0, "mover-of-all", 0, 0,
				  NULL, 12345 };
	int i;

	(void)state;
	for (i = 0; i < 20; i++) {
		flow.mover = 100 + i;
		flow.src = i % 7;
		flow.dst = 7 - i / 7;
		flow.reason = reasons[i % 6];
		if (flow.src != flow.dst)
			make_flow(sample, &flow);
	}
	flow.pid = 9;
	make_flow(sample, &flow);
	sample->flows[sample->nr_flows - 1].owner = OWNER_SHARED;
	sample_add_up(sample);
	screen_feed(&screen, sample);
	screen_draw(&screen, 24, 80);
	assert_true(shows(&screen, "redis-serve mover- +17 0→5 +17 "));
	assert_true(shows(&screen, "redis- (sh) "));
	assert_true(shows(&screen, " num 49.4k  ▓ sys 37.0k  "));
	assert_true(shows(&screen, " lon 37.0k │"));
	screen_draw(&screen, 60, 260);
	assert_true(shows(&screen, " numa_misplaced 49.4k 21%   "
				   "▓ syscall 37.0k 16% "));
	screen_free(&screen);
}

/* The picture stays while the model goes on; only the counter moves. */
static void test_pause(void **state)
{
	struct screen screen = screen_new(NULL);
	char *before;

	(void)state;
	screen_feed_busy(&screen, 5);
	screen_keys(&screen, "z");
	before = strdup(screen.text);
	screen_feed_busy(&screen, 3);
	screen_draw(&screen, 34, 120);
	assert_true(shows(&screen, "PAUSED 3"));
	assert_string_equal(strchr(strchr(screen.text, '\n') + 1, '\n'),
			    strchr(strchr(before, '\n') + 1, '\n'));
	screen_draw(&screen, 24, 80); /* a new size is no new picture */
	screen_draw(&screen, 40, 140);
	assert_true(shows(&screen, "PAUSED 3"));
	screen_keys(&screen, "z");
	assert_string_not_equal(strchr(screen.text, '\n'),
				strchr(before, '\n'));
	free(before);
	screen_free(&screen);
}

static void test_command_line_filter(void **state)
{
	struct screen screen = screen_new("redis");

	(void)state;
	screen_feed_busy(&screen, 3);
	screen_keys(&screen, "");
	assert_true(shows(&screen, "filter: redis"));
	assert_false(shows(&screen, "java"));
	screen_keys(&screen, "/pid>5<Enter>");
	assert_true(shows(&screen, "filter: redis pid>5"));
	screen_keys(&screen, "=");
	assert_true(shows(&screen, "filter: redis  "));
	assert_false(shows(&screen, "java"));
	screen_keys(&screen, "j=j==");
	assert_false(shows(&screen, "filter:"));
	assert_true(shows(&screen, "java"));
	screen_free(&screen);
}

static void test_status(void **state)
{
	struct screen screen = screen_new(NULL);

	(void)state;
	dashboard_set_status(screen.dashboard, false, "wrote /tmp/a.txt");
	screen_draw(&screen, 24, 80);
	assert_true(shows(&screen, "wrote /tmp/a.txt"));
	assert_false(shows(&screen, "h Help"));
	screen_keys(&screen, "j");
	assert_false(shows(&screen, "wrote"));
	assert_true(shows(&screen, "h Help"));
	screen_free(&screen);
}

static void test_flags(void **state)
{
	struct screen screen = screen_new(NULL);
	struct sample *sample = make_busy_sample(4, 0);

	(void)state;
	sample->demo = true;
	screen_feed(&screen, sample);
	dashboard_set_replay(screen.dashboard, "demo.json 12/60");
	dashboard_set_ended(screen.dashboard, true);
	screen_draw(&screen, 34, 120);
	assert_true(shows(&screen, "mptop DEMO"));
	assert_true(shows(&screen, " END "));
	screen_draw(&screen, 34, 160);
	assert_true(shows(&screen, "demo.json 12/60   END   1.0s"));
	/* It has the interval that it was recorded at. */
	sample = make_busy_sample(4, 1);
	sample->interval_ns = SECOND / 4 + 1234567;
	screen_feed(&screen, sample);
	screen_draw(&screen, 34, 160);
	assert_true(shows(&screen, "demo.json 12/60   END   0.25s"));
	sample = make_busy_sample(4, 2);
	sample->interval_ns = SECOND - 12345678;
	screen_feed(&screen, sample);
	screen_draw(&screen, 34, 160);
	assert_true(shows(&screen, "demo.json 12/60   END   1.0s"));
	screen_free(&screen);
}

static void test_view_json(void **state)
{
	struct screen from = screen_new("mysql"), to = screen_new(NULL);
	char *view;

	(void)state;
	screen_feed_busy(&from, 20);
	screen_feed_busy(&to, 20);
	screen_keys(&from, "o>jjj q"
		    "amcTR/o<Enter>n0<Enter>j<Tab><Tab><Tab>gj<Right>");
	view = dashboard_view_json(from.dashboard);
	dashboard_set_view_json(to.dashboard, view);
	screen_draw(&to, 34, 120);
	assert_string_equal(to.text, from.text);
	free(view);
	view = dashboard_view_json(to.dashboard);
	screen_keys(&from, "4");
	dashboard_set_view_json(to.dashboard, "{\"sort\":7,\"columns\":\"x\"");
	dashboard_set_view_json(to.dashboard, "[]");
	screen_draw(&to, 34, 120);
	assert_true(shows(&to, "filter: mysql o"));
	free(view);
	screen_free(&from);
	screen_free(&to);
}

static void test_too_small(void **state)
{
	struct screen screen = screen_new(NULL);

	(void)state;
	screen_feed_busy(&screen, 2);
	assert_string_equal(screen_draw(&screen, 5, 80),
			    "mptop: too small (6x30)\n\n\n\n\n");
	assert_string_equal(screen_draw(&screen, 1, 12), "needs 6x30\n");
	assert_string_equal(screen_draw(&screen, 1, 8), "6x30\n");
	assert_string_equal(screen_draw(&screen, 1, 2), "6x\n");
	assert_string_equal(screen_draw(&screen, 0, 0), "");
	screen_draw(&screen, 6, 30);
	assert_true(shows(&screen, "PID COMM"));
	assert_true(shows(&screen, "4242 mysqld"));
	screen_free(&screen);
}

/* Every key at every size: no crash, no line too long. */
static void test_every_key_at_every_size(void **state)
{
	static const int nodes[] = { 1, 4, 33 };
	struct screen screen;
	int rows, i;
	size_t n;

	(void)state;
	for (n = 0; n < sizeof(nodes) / sizeof(nodes[0]); n++) {
		screen = screen_new(NULL);
		for (i = 0; i < 4; i++)
			screen_feed(&screen, make_busy_sample(nodes[n], i));
		for (rows = 0; rows < 70; rows += 3)
			for (i = 0; i < nr_commands; i++) {
				dashboard_key(screen.dashboard,
					      command_table[i].keys[i % 2]);
				screen_draw(&screen, rows, rows * 37 % 211);
				dashboard_take_request(screen.dashboard);
			}
		screen_free(&screen);
	}
}

/* Each key does one thing, and every command can be read about. */
static void test_command_table(void **state)
{
	int i, k;

	(void)state;
	for (i = 0; i < nr_commands; i++) {
		assert_non_null(command_table[i].help);
		assert_non_null(command_table[i].run);
		for (k = 0; k < COMMAND_KEYS && command_table[i].keys[k]; k++)
			assert_ptr_equal(command_find(command_table[i].keys[k]),
					 &command_table[i]);
	}
	assert_null(command_find(MK_NONE));
	assert_null(command_find(-1));
	assert_null(command_find(0));
}

static void test_ascii(void **state)
{
	struct screen screen = screen_new(NULL);
	struct canvas *canvas = canvas_new(34, 120);
	int row, col;

	(void)state;
	screen_feed_busy(&screen, 20);
	canvas_set_unicode(canvas, false);
	dashboard_draw(screen.dashboard, canvas);
	for (row = 0; row < 34; row++)
		for (col = 0; col < 120; col++)
			assert_in_range(
				canvas_at(canvas, row, col)->text[0], ' ',
				'~');
	canvas_free(canvas);
	screen_free(&screen);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_picture),
		cmocka_unit_test(test_scripts),
		cmocka_unit_test(test_requests),
		cmocka_unit_test(test_requests_are_apart),
		cmocka_unit_test(test_delay),
		cmocka_unit_test(test_nothing_known),
		cmocka_unit_test(test_unknown_is_not_zero),
		cmocka_unit_test(test_absurd_numbers),
		cmocka_unit_test(test_trust),
		cmocka_unit_test(test_trust_from_the_middle),
		cmocka_unit_test(test_nothing_is_cut_to_another_number),
		cmocka_unit_test(test_pause),
		cmocka_unit_test(test_command_line_filter),
		cmocka_unit_test(test_status),
		cmocka_unit_test(test_flags),
		cmocka_unit_test(test_view_json),
		cmocka_unit_test(test_too_small),
		cmocka_unit_test(test_every_key_at_every_size),
		cmocka_unit_test(test_command_table),
		cmocka_unit_test(test_ascii),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
