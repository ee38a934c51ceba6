/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Keys that choose which rows there are, and what the screen says of it. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dashboard.h"
#include "make_sample.h"
#include "make_screen.h"
#include "xalloc.h"

static const struct screen_script scripts[] = {
	{ "t", { "by mover, by PAGES/S", "+mysqld", "(1 owner)", "+katalyst" },
	  { "(shared)" } },
	{ "tt", { "by cgroup, by PAGES/S", "+mysqld.servi", "(1)" },
	  { "(self) +1 0" } },
	{ "ttt", { "by user, by PAGES/S", "+mysql ", "1 of 1" }, { NULL } },
	{ "tttt", { "by pages moved a second" }, { "by owner" } },
	{ "ttt+", { "-mysql ", "├─mysqld", "└─", "of 7" }, { NULL } },
	{ "ttt+-", { "+mysql ", "1 of 1" }, { "├─mysqld" } },
	{ "ttt+jjj-", { "+mysql ", "1 of 1" }, { "├─mysqld" } },
	{ "ttt+tttt", { "├─mysqld" }, { NULL } },
	{ "ttt+R", { "reversed", "-mysql " }, { NULL } },
	{ "v", { "pages/s of mysqld[4242] by reason",
		 "of mysqld[4242], logged" },
	  { "pages/s by reason", "Latency  last" } },
	{ "vj", { "pages/s of postgres[31337] by reason" }, { NULL } },
	{ "vv", { "pages/s by reason", "Latency  last" },
	  { "mysqld[4242], logged" } },
	{ "tv", { "pages/s of mover mysqld[4242] by reason" }, { NULL } },
	{ "va", { "pages/s of mysqld[4242] by reason" },
	  { "shares since start" } },
	{ "/nosuch<Enter>v", { "no row is selected", "pages/s by reason" },
	  { NULL } },
	{ "p", { "Panels  (p, q close)", "[x] Nodes", "[x] Log" },
	  { NULL } },
	{ "p pj", { "3 Flow" }, { "2 Nodes", "Panels" } },
	{ "p p2", { "2 Nodes" }, { "3 Flow" } },
	{ "pjj p<Tab>", { "2 Nodes", "7 Log" }, { "Processes" } },
	{ "p j j j j j ", { "the last panel stays", "7 Log" },
	  { "4 Processes", "5 Rate" } },
	{ "4p", { "[x] Nodes" }, { "no room" } },
	/* The log has the focus again when it is there again. */
	{ "<Tab><Tab><Tab>", { "Enter Call" }, { NULL } },
	{ "<Tab><Tab><Tab>pG p", { "Enter Details" }, { "7 Log" } },
	{ "<Tab><Tab><Tab>pG ppG p", { "Enter Call" }, { NULL } },
	{ "<Tab><Tab><Tab>pjj G ppjj p", { "Enter Details" }, { "7 Log" } },
	{ "p jj p7<Esc>", { "7 Log" }, { "Processes" } },
	{ "v/pid=4242<Enter>", { "mysqld[4242], unfil" }, { NULL } },
	{ "p j =p", { "2 Nodes", "3 Flow" }, { NULL } },
	{ "+", { "rows are single owners" }, { NULL } },
	{ "-", { "rows are single owners" }, { NULL } },
	{ "ttt+j+", { "this row is no group" }, { NULL } },
	{ "u", { "User, pages in the window", "all", "mysql" }, { NULL } },
	{ "uj<Enter>", { "user mysql", "java" }, { "User," } },
	{ "uj<Enter>", { "2 Nodes  pages/s, unfiltered" }, { NULL } },
	{ "uj<Enter>u<Enter>", { "user mysql" }, { "User," } },
	{ "uj<Enter>ug<Enter>", { "java" }, { "user mysql" } },
	{ "uj<Esc>", { "java" }, { "user mysql", "User," } },
	{ "e", { "Reason, pages in the window", "numa_misplaced" },
	  { NULL } },
	{ "ej<Enter>", { "reason numa_misplaced", "mysqld" },
	  { "postgres[", "  java" } },
	{ "ej<Enter>=", { "  java" }, { "reason numa" } },
	{ "f", { "only mysqld[4242]", "1 of 1, 5 hidden" }, { "  java" } },
	{ "ff", { "  java" }, { "only mysqld" } },
	{ "fjf", { "  java" }, { "only" } },
	{ "f=", { "  java" }, { "only" } },
	{ "tf", { "only mover " }, { NULL } },
	{ "tf=t", { "by cgroup" }, { "only" } },
	{ "ttf", { "only cgroup mysqld.service", "5 hidden" }, { NULL } },
	{ "tttf", { "only user mysql" }, { NULL } },
	{ "fn0<Enter>/mys<Enter>uj<Enter>ej<Enter>",
	  { "only mysqld", "node 0", "filter: mys", "user mysql" },
	  { NULL } },
	{ "fn0<Enter>/mys<Enter>uj<Enter>ej<Enter>=", { "1 of 6" },
	  { "only", "filter", "reason n" } },
	{ "i", { "0 idle hidden" }, { NULL } },
	{ "ii", { "1 of 6" }, { "idle" } },
	{ "x", { "#   4242", "2 of 6" }, { NULL } },
	{ "xx*", { "3 of 6" }, { "#" } },
	{ "xkx", { "2 of 6" }, { "#" } },
	{ "xR", { "#   4242" }, { NULL } },
	{ "x/mys<Enter>", { "#   4242" }, { NULL } },
	{ "x/java<Enter>=", { "#   4242" }, { NULL } },
	{ "xttt+", { "#   4242 mysql    " }, { NULL } },
	{ "tttx", { "only a process can be tagged" }, { "#" } },
	{ "F", { "FOLLOW" }, { "not shown" } },
	{ "FF", { "1 of 6" }, { "FOLLOW" } },
	{ "FR", { "FOLLOW, 6 of 6" }, { NULL } },
	{ "FRk", { "5 of 6" }, { "FOLLOW" } },
	{ "F/java<Enter>", { "FOLLOW (not shown)" }, { NULL } },
	{ "F/java<Enter>=", { "FOLLOW, 1 of 6" }, { NULL } },
	{ "jFx", { "FOLLOW, 2 of 6" }, { NULL } },
	{ "jF<Tab><Tab><Tab>L", { "1 of 6" }, { "FOLLOW" } },
	{ "ttt<Tab><Tab><Tab>L", { "has no row: it is in a group" }, { NULL } },
	{ "jf", { "no call matches" }, { NULL } },
	{ "tttL", { "a group; + shows its members" }, { "no call by" } },
	{ "hG", { "owners" }, { NULL } },
};

static void test_scripts(void **state)
{
	(void)state;
	screen_run(scripts, sizeof(scripts) / sizeof(scripts[0]));
}

/* Whatever is set, an 80 columns wide screen says all of it. */
static void test_all_is_said(void **state)
{
	struct screen screen = screen_new("mysql", 34, 120);

	(void)state;
	screen_feed_busy(&screen, 20);
	screen_keys(&screen, "fn0 from<Enter>uj<Enter>ej<Enter>iRtttF"
			     "/comm=mysqld<Enter>");
	screen_draw_at(&screen, 24, 80);
	assert_true(shows(&screen, "from node 0"));
	assert_true(shows(&screen, "filter: mysql comm=mysqld"));
	assert_true(shows(&screen, "user mysql"));
	assert_true(shows(&screen, "reason numa_misplaced"));
	assert_true(shows(&screen, "only mysqld[4242]"));
	assert_true(shows(&screen, "by user, by PAGES/S, reversed, FOLLOW"));
	assert_true(shows(&screen, "idle hidden"));
	screen_free(&screen);
}

/* The selection without F stays on its line, with it on its row. */
static void test_follow(void **state)
{
	struct make_flow flow = { 7, "newcomer", 0, NULL, 0, 1, "syscall",
				  1 << 20 };
	struct screen screen = screen_new(NULL, 34, 120);
	struct sample *sample;

	(void)state;
	screen_feed_busy(&screen, 2);
	sample = make_busy_sample(4, screen.seq);
	make_flow(sample, &flow);
	sample_add_up(sample);
	screen_feed(&screen, sample);
	screen_draw(&screen);
	assert_true(shows(&screen, "1 of 7"));
	screen_keys(&screen, "F");
	screen_feed_busy(&screen, 1);
	screen_draw(&screen);
	assert_true(shows(&screen, "FOLLOW, 7 of 7"));
	screen_keys(&screen, "F");
	flow.pid++;
	sample = make_busy_sample(4, screen.seq);
	make_flow(sample, &flow);
	sample_add_up(sample);
	screen_feed(&screen, sample);
	screen_draw(&screen);
	assert_true(shows(&screen, "7 of 8"));
	screen_free(&screen);
}

static void same_after_replay(const char *keys)
{
	struct screen from = screen_new(NULL, 34, 120), to = screen_new(NULL, 34, 120);
	char *view, *again;

	screen_feed_busy(&from, 20);
	screen_feed_busy(&to, 20);
	screen_keys(&from, keys);
	view = dashboard_view_json(from.dashboard);
	dashboard_set_view_json(to.dashboard, view);
	screen_draw(&to);
	assert_string_equal(to.text, from.text);
	again = dashboard_view_json(to.dashboard);
	assert_string_equal(again, view);
	free(view);
	free(again);
	screen_free(&from);
	screen_free(&to);
}

static void test_view_json(void **state)
{
	(void)state;
	same_after_replay("uj<Enter>ej<Enter>f");
	same_after_replay("ttt+jjxxjF");
	same_after_replay("ttf+i");
	same_after_replay("tj+jxjF");
	same_after_replay("ttttx");
	same_after_replay("7<Right>7");
	same_after_replay("p jj pv");
	same_after_replay("p j j j j p");
	same_after_replay("jjjpjjj j j p");
}

static void test_absurd_view(void **state)
{
	static const char *const views[] = {
		"{\"group\":7,\"user\":{},\"only\":[{}],\"tags\":3}",
		"{\"group\":\"moon\",\"only\":{\"group\":\"user\"}}",
		"{\"only\":[{\"group\":\"cgroup\",\"owner\":\"process\","
		"\"pid\":null,\"name\":\"a\\u001b[31m\"}]}",
		"{\"only_text\":\"x\",\"follow\":[[]],\"expanded\":[1]}",
		"{\"reason\":\"\\u001b]0;x\\u0007\",\"user\":\"\"}",
	};
	struct screen screen = screen_new(NULL, 34, 120);
	size_t i;

	(void)state;
	screen_feed_busy(&screen, 3);
	for (i = 0; i < sizeof(views) / sizeof(views[0]); i++) {
		dashboard_set_view_json(screen.dashboard, views[i]);
		screen_draw(&screen);
		assert_null(strchr(screen.text, '\033'));
		screen_keys(&screen, "t+xFfi=");
	}
	screen_free(&screen);
}

/* Before the first interval there is nothing to choose. */
static void test_nothing_yet(void **state)
{
	struct screen screen = screen_new(NULL, 34, 120);

	(void)state;
	screen_keys(&screen, "ff");
	screen_keys(&screen, "f");
	assert_true(shows(&screen, "no row is selected"));
	screen_keys(&screen, "F");
	assert_true(shows(&screen, "no row is selected"));
	screen_keys(&screen, "xtx+-*u");
	assert_true(shows(&screen, "all"));
	screen_keys(&screen, "<Enter>ej<Enter>i");
	screen_free(&screen);
}

#define CROWD 20000

/* Process i moved i pages from node i % 4 to the next, all in one interval. */
static struct sample *crowd(void)
{
	struct sample *sample = make_sample(4, 1);
	int reason = sample_reason(sample, "numa_misplaced");
	struct sample_proc *proc;
	struct sample_flow *flow;
	char comm[16];
	int i;

	for (i = 1; i <= CROWD; i++) {
		proc = sample_add_proc(sample);
		proc->id = (struct process_id){ i, i };
		snprintf(comm, sizeof(comm), "p%d", i);
		proc->comm = xstrdup(comm);
		flow = sample_add_flow(sample);
		flow->process = flow->mover = proc->id;
		flow->src = i % 4;
		flow->dst = (i + 1) % 4;
		flow->reason = reason;
		flow->folios = flow->pages = i;
	}
	sample->vmstat[VMSTAT_PGMIGRATE_SUCCESS] =
		(int64_t)CROWD * (CROWD + 1) / 2;
	sample_add_up(sample);
	return sample;
}

/* Nobody is left out, in any order, and all sums are of all. */
static void test_crowd(void **state)
{
	static const struct screen_script crowds[] = {
		{ "", { "1 of 20000", "p20000", "200M", "= vmstat 200M" },
		  { NULL } },
		{ "G", { "20000 of 20000", " p1 ", "200M" }, { " p20000 " } },
		{ "R", { "1 of 20000", " p1 " }, { " p20000 " } },
		{ "/comm=p77<Enter>", { "1 of 1", " p77 " }, { "20000" } },
		{ "n3<Enter>", { "1 of 10000" }, { NULL } },
		{ "t", { "+p20000", "1 of 20000" }, { NULL } },
	};
	struct screen screen;
	size_t i, k;

	(void)state;
	for (i = 0; i < sizeof(crowds) / sizeof(crowds[0]); i++) {
		screen = screen_new(NULL, 34, 120);
		screen_feed(&screen, crowd());
		screen_keys(&screen, crowds[i].keys);
		screen_draw(&screen);
		for (k = 0; k < 4 && crowds[i].shown[k]; k++)
			if (!shows(&screen, crowds[i].shown[k]))
				fail_msg("'%s' hides '%s':\n%s",
					 crowds[i].keys, crowds[i].shown[k],
					 screen.text);
		for (k = 0; k < 3 && crowds[i].hidden[k]; k++)
			assert_false(shows(&screen, crowds[i].hidden[k]));
		screen_free(&screen);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_scripts),
		cmocka_unit_test(test_all_is_said),
		cmocka_unit_test(test_follow),
		cmocka_unit_test(test_view_json),
		cmocka_unit_test(test_absurd_view),
		cmocka_unit_test(test_nothing_yet),
		cmocka_unit_test(test_crowd),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
