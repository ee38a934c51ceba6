/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Key scripts against a model of built samples, and the picture they give. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "dashboard.h"
#include "keys.h"
#include "make_sample.h"
#include "make_screen.h"

#define SECOND INT64_C(1000000000)

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
	struct screen screen = screen_new(NULL, 34, 120);
	int i;

	(void)state;
	for (i = 0; i < 3; i++)
		screen_feed(&screen, make_busy_sample(2, i));
	assert_string_equal(screen_draw_at(&screen, 24, 80), picture_24x80);
	screen_free(&screen);
}

/* What each key script must show, and must not. */
static const struct screen_script scripts[] = {
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

static void test_scripts(void **state)
{
	(void)state;
	screen_run(scripts, sizeof(scripts) / sizeof(scripts[0]));
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
		screen = screen_new(NULL, 34, 120);
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
	struct screen screen = screen_new(NULL, 34, 120);

	(void)state;
	screen_keys(&screen, "d0.25<Enter>");
	assert_true(shows(&screen, "0.25s"));
	assert_int_equal(dashboard_delay_ns(screen.dashboard), SECOND / 4);
	screen_keys(&screen, "d7200<Enter>");
	assert_int_equal(dashboard_delay_ns(screen.dashboard), SECOND / 4);
	screen_free(&screen);
}

/* The picture stays while the model goes on; only the counter moves. */
static void test_pause(void **state)
{
	struct screen screen = screen_new(NULL, 34, 120);
	char *before;

	(void)state;
	screen_feed_busy(&screen, 5);
	screen_keys(&screen, "z");
	before = strdup(screen.text);
	screen_feed_busy(&screen, 3);
	screen_draw(&screen);
	assert_true(shows(&screen, "PAUSED 3"));
	assert_string_equal(strchr(strchr(screen.text, '\n') + 1, '\n'),
			    strchr(strchr(before, '\n') + 1, '\n'));
	screen_draw_at(&screen, 24, 80); /* a new size is no new picture */
	screen_draw_at(&screen, 40, 140);
	assert_true(shows(&screen, "PAUSED 3"));
	screen_keys(&screen, "z");
	assert_string_not_equal(strchr(screen.text, '\n'),
				strchr(before, '\n'));
	free(before);
	screen_free(&screen);
}

static void test_command_line_filter(void **state)
{
	struct screen screen = screen_new("redis", 34, 120);

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
	struct screen screen = screen_new(NULL, 34, 120);

	(void)state;
	dashboard_set_status(screen.dashboard, false, "wrote /tmp/a.txt");
	screen_draw_at(&screen, 24, 80);
	assert_true(shows(&screen, "wrote /tmp/a.txt"));
	assert_false(shows(&screen, "h Help"));
	screen_keys(&screen, "j");
	assert_false(shows(&screen, "wrote"));
	assert_true(shows(&screen, "h Help"));
	screen_free(&screen);
}

static void test_view_json(void **state)
{
	struct screen from = screen_new("mysql", 34, 120), to = screen_new(NULL, 34, 120);
	char *view;

	(void)state;
	screen_feed_busy(&from, 20);
	screen_feed_busy(&to, 20);
	screen_keys(&from, "o>jjj q"
		    "amcTR/o<Enter>n0<Enter>j<Tab><Tab><Tab>gj<Right>");
	view = dashboard_view_json(from.dashboard);
	dashboard_set_view_json(to.dashboard, view);
	screen_draw(&to);
	assert_string_equal(to.text, from.text);
	free(view);
	view = dashboard_view_json(to.dashboard);
	screen_keys(&from, "4");
	dashboard_set_view_json(to.dashboard, "{\"sort\":7,\"columns\":\"x\"");
	dashboard_set_view_json(to.dashboard, "[]");
	screen_draw(&to);
	assert_true(shows(&to, "filter: mysql o"));
	free(view);
	screen_free(&from);
	screen_free(&to);
}

/* A replay's interval is the recording's. */
static void test_no_delay_in_a_replay(void **state)
{
	struct screen screen = screen_new(NULL, 34, 120);

	(void)state;
	dashboard_set_replay(screen.dashboard, "x.json 1/2");
	screen_feed_busy(&screen, 1);
	screen_keys(&screen, "d");
	assert_true(shows(&screen, "a replay has the intervals"));
	screen_keys(&screen, "5<Enter>");
	assert_int_equal(dashboard_delay_ns(screen.dashboard), SECOND);
	screen_free(&screen);
}

/* Who chose another panel since keeps it. */
static void test_focus_comes_back_once(void **state)
{
	struct screen screen = screen_new(NULL, 34, 120);

	(void)state;
	screen_feed_busy(&screen, 3);
	screen_keys(&screen, "<S-Tab>");
	assert_true(shows(&screen, "3 Flow"));
	screen_draw_at(&screen, 24, 80);
	dashboard_key(screen.dashboard, '4');
	screen_draw_at(&screen, 24, 80);
	dashboard_key(screen.dashboard, '4');
	screen_draw_at(&screen, 24, 80);
	screen_keys(&screen, "j");
	assert_true(shows(&screen, "2 of 6"));
	screen_free(&screen);
}

static void test_too_small(void **state)
{
	struct screen screen = screen_new(NULL, 34, 120);

	(void)state;
	screen_feed_busy(&screen, 2);
	assert_string_equal(screen_draw_at(&screen, 5, 80),
			    "mptop: too small (6x30)\n\n\n\n\n");
	assert_string_equal(screen_draw_at(&screen, 1, 12), "needs 6x30\n");
	assert_string_equal(screen_draw_at(&screen, 1, 8), "6x30\n");
	assert_string_equal(screen_draw_at(&screen, 1, 2), "6x\n");
	assert_string_equal(screen_draw_at(&screen, 0, 0), "");
	screen_draw_at(&screen, 6, 30);
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
		screen = screen_new(NULL, 34, 120);
		for (i = 0; i < 4; i++)
			screen_feed(&screen, make_busy_sample(nodes[n], i));
		for (rows = 0; rows < 70; rows += 3)
			for (i = 0; i < nr_commands; i++) {
				dashboard_key(screen.dashboard,
					      command_table[i].keys[i % 2]);
				screen_draw_at(&screen, rows, rows * 37 % 211);
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
	struct screen screen = screen_new(NULL, 34, 120);
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
		cmocka_unit_test(test_pause),
		cmocka_unit_test(test_command_line_filter),
		cmocka_unit_test(test_status),
		cmocka_unit_test(test_view_json),
		cmocka_unit_test(test_no_delay_in_a_replay),
		cmocka_unit_test(test_focus_comes_back_once),
		cmocka_unit_test(test_too_small),
		cmocka_unit_test(test_every_key_at_every_size),
		cmocka_unit_test(test_command_table),
		cmocka_unit_test(test_ascii),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
