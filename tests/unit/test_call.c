/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Log lines and the names of constants. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "call.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static void test_table(void **state)
{
	(void)state;
	for (int i = 0; i < CALL_COUNT; i++) {
		const struct call_arg *arg = call_table[i].arg;

		assert_int_equal(call_find(call_table[i].name), i);
		assert_non_null(arg[0].name);
		/* The end is found by kind and by name alike. */
		for (int j = 0; j < SAMPLE_ARG_MAX; j++)
			assert_int_equal(arg[j].kind == CALL_ARG_NONE,
					 arg[j].name == NULL);
	}
	assert_int_equal(call_find("set_mempolicy"), CALL_SET_MEMPOLICY);
	assert_int_equal(call_find("mempolicy"), -1);
	assert_int_equal(call_find(""), -1);
}

static void test_arguments(void **state)
{
	const struct call_arg *arg = call_table[CALL_MIGRATE_PAGES].arg;

	(void)state;
	assert_string_equal(arg[0].name, "pid");
	assert_string_equal(arg[1].name, "maxnode");
	assert_string_equal(arg[2].name, "old_nodes");
	assert_string_equal(arg[3].name, "new_nodes");
	assert_int_equal(arg[0].kind, CALL_ARG_NUMBER);
	assert_int_equal(arg[2].kind, CALL_ARG_TEXT);
	arg = call_table[CALL_MOVE_PAGES].arg;
	assert_string_equal(arg[1].name, "count");
	assert_string_equal(arg[2].name, "nodes");
	assert_string_equal(arg[3].name, "flags");
	arg = call_table[CALL_MBIND].arg;
	assert_string_equal(arg[0].name, "start");
	assert_int_equal(arg[0].kind, CALL_ARG_TEXT);
	assert_string_equal(arg[2].name, "mode");
	assert_string_equal(arg[5].name, "flags");
}

/* The three states of a call; UNTIMED is done, but its entry was missed. */
#define DONE(...) .caller = {812, 5}, .phase = PHASE_DONE, __VA_ARGS__
#define UNTIMED(...) DONE(.duration_ns = UNKNOWN, __VA_ARGS__)
#define RUNNING(...)                                                           \
	.caller = {812, 5}, .phase = PHASE_RUNNING, .ret = UNKNOWN,            \
	.error = UNKNOWN, __VA_ARGS__

struct line {
	struct sample_event event;
	const char *target;
	const char *text; /* behind "katalyst[812] " */
};

static void assert_lines(const struct line *line, size_t n)
{
	char text[400];
	char expected[400];

	for (size_t i = 0; i < n; i++) {
		snprintf(expected, sizeof(expected), "katalyst[812] %s",
			 line[i].text);
		assert_ptr_equal(call_format(&line[i].event, "katalyst",
					     line[i].target, true, text,
					     sizeof(text)), text);
		assert_string_equal(text, expected);
	}
}

#define OLD_TO_NEW .args = {{"4242", "64", "0-1", "2"}}

static void test_migrate_pages(void **state)
{
	static const struct line line[] = {
		{{DONE(OLD_TO_NEW, .ret = 17, .duration_ns = 1460000000)},
		 "mysqld",
		 "migrate_pages(pid=4242 mysqld, 0-1 \u2192 2) = 17 not moved,"
		 " 1.46 s"},
		{{DONE(OLD_TO_NEW, .ret = 0, .duration_ns = 84000000)}, NULL,
		 "migrate_pages(pid=4242, 0-1 \u2192 2) = 0, 84 ms"},
		{{DONE(OLD_TO_NEW, .ret = -1, .error = EPERM,
			.duration_ns = 3000)}, NULL,
		 "migrate_pages(pid=4242, 0-1 \u2192 2) = -1 EPERM "
		 "(Operation not permitted), 3 us"},
		{{UNTIMED(OLD_TO_NEW, .ret = -1, .error = 4095)}, NULL,
		 "migrate_pages(pid=4242, 0-1 \u2192 2) = -1 errno 4095"},
		{{UNTIMED(OLD_TO_NEW, .ret = UNKNOWN, .error = UNKNOWN)}, NULL,
		 "migrate_pages(pid=4242, 0-1 \u2192 2) = ?"},
		{{DONE(OLD_TO_NEW, .ret = 0, .duration_ns = 185000000000)},
		 NULL, "migrate_pages(pid=4242, 0-1 \u2192 2) = 0, 3m05s"},
		{{RUNNING(OLD_TO_NEW, .duration_ns = 2100000000)},
		 "mysqld",
		 "migrate_pages(pid=4242 mysqld, 0-1 \u2192 2) running 2.1 s"},
		{{RUNNING(OLD_TO_NEW, .duration_ns = UNKNOWN)}, NULL,
		 "migrate_pages(pid=4242, 0-1 \u2192 2) running"},
		{{UNTIMED(.args = {{"0", "64", "", "2"}})}, "katalyst",
		 "migrate_pages(pid=0 self,  \u2192 2) = 0"},
		/* Not known: at entry, else '?', and a pid from the target. */
		{{UNTIMED(.at_entry = {{NULL, NULL, "3", "1"}})}, NULL,
		 "migrate_pages(pid=?, 3 \u2192 1) = 0"},
		{{UNTIMED(.target = {77, 1})}, "x",
		 "migrate_pages(pid=77 x, ? \u2192 ?) = 0"},
	};

	(void)state;
	assert_lines(line, COUNT(line));
}

static void test_marks(void **state)
{
	static const struct line line[] = {
		{{UNTIMED(OLD_TO_NEW, .marks = MARK_TOCTOU)}, NULL,
		 "migrate_pages(pid=4242, 0-1 \u2192 2) = 0 [toctou]"},
		{{UNTIMED(OLD_TO_NEW, .marks = MARK_TOCTOU,
			.at_entry = {{NULL, "64", "0-1", "3"}})}, NULL,
		 "migrate_pages(pid=4242, 0-1 \u2192 2) = 0 [toctou] at entry "
		 "new_nodes=3"},
		{{UNTIMED(OLD_TO_NEW, .marks = MARK_NARROWED,
			.effective = {{NULL, NULL, "0", "2"}})}, NULL,
		 "migrate_pages(pid=4242, 0-1 \u2192 2) = 0 [narrowed] without"
		 " 1"},
		{{UNTIMED(OLD_TO_NEW, .marks = MARK_NARROWED)}, NULL,
		 "migrate_pages(pid=4242, 0-1 \u2192 2) = 0 [narrowed]"},
		{{UNTIMED(OLD_TO_NEW, .marks = MARK_TOCTOU | MARK_NARROWED |
				    MARK_UNREADABLE,
			.at_entry = {{NULL, NULL, "5", "6"}},
			.effective = {{NULL, NULL, "0-1", ""}})}, NULL,
		 "migrate_pages(pid=4242, 0-1 \u2192 2) = 0 [toctou] at entry "
		 "old_nodes=5 new_nodes=6 [narrowed] without 2 [unreadable]"},
	};

	(void)state;
	assert_lines(line, COUNT(line));
}

static void test_move_pages(void **state)
{
	static const struct line line[] = {
		{{UNTIMED(.call = CALL_MOVE_PAGES,
			.args = {{"0", "4096", "1-3", "MPOL_MF_MOVE"}})},
		 NULL,
		 "move_pages(pid=0 self, 4096 pages \u2192 1-3, MPOL_MF_MOVE)"
		 " = 0"},
		{{UNTIMED(.call = CALL_MOVE_PAGES, .ret = 3,
			.args = {{"9", "4096", "1", "MPOL_MF_MOVE_ALL"}})},
		 "qemu",
		 "move_pages(pid=9 qemu, 4096 pages \u2192 1, "
		 "MPOL_MF_MOVE_ALL) = 3 not moved"},
		{{UNTIMED(.call = CALL_MOVE_PAGES, .marks = MARK_QUERY,
			.args = {{"0", "4096", NULL, "0"}})}, NULL,
		 "move_pages(pid=0 self, query of 4096 pages) = 0"},
		{{UNTIMED(.call = CALL_MOVE_PAGES,
			.args = {{"0", "4096", "NULL", "0"}})}, NULL,
		 "move_pages(pid=0 self, query of 4096 pages) = 0"},
	};

	(void)state;
	assert_lines(line, COUNT(line));
}

#define STATUSES(...) .statuses = {__VA_ARGS__}
#define MOVE(...)                                                              \
	UNTIMED(.call = CALL_MOVE_PAGES,                                       \
		.args = {{"0", "512", "1", "MPOL_MF_MOVE"}}, __VA_ARGS__)
#define MOVE_TEXT "move_pages(pid=0 self, 512 pages \u2192 1, MPOL_MF_MOVE) = "

static void test_effect(void **state)
{
	static const struct line line[] = {
		{{MOVE(STATUSES(UNKNOWN))}, NULL, MOVE_TEXT "0"},
		{{MOVE(.moved_pages = 500,
		       STATUSES(512, 500, 6, {[EBUSY] = 3, [ENOENT] = 1,
					      [0] = 2}))}, NULL,
		 MOVE_TEXT "0, 500 moved, 6 there already, 3 EBUSY, 1 ENOENT,"
		 " 2 other errors"},
		{{MOVE(STATUSES(512, 0, 512), .nothing = NOTHING_ALREADY_THERE)},
		 NULL, MOVE_TEXT "0, 512 there already"},
		{{MOVE(.moved_pages = 9, STATUSES(64, UNKNOWN, UNKNOWN,
						  {[EFAULT] = 1}))}, NULL,
		 MOVE_TEXT "0, 9 moved, of the first 64: 1 EFAULT"},
		{{MOVE(STATUSES(64, UNKNOWN, UNKNOWN))}, NULL,
		 MOVE_TEXT "0, of the first 64: no error"},
		{{RUNNING(OLD_TO_NEW, .duration_ns = 2100000000,
			  .moved_pages = 512)}, NULL,
		 "migrate_pages(pid=4242, 0-1 \u2192 2) running 2.1 s, "
		 "512 moved"},
		{{UNTIMED(OLD_TO_NEW, .moved_pages = UNKNOWN,
			  .nothing = NOTHING_NO_PAGES, .abi = ABI_IA32,
			  .marks = MARK_UNREADABLE)}, NULL,
		 "migrate_pages(pid=4242, 0-1 \u2192 2) = 0, nothing: no page "
		 "was there to move [ia32] [unreadable]"},
	};

	(void)state;
	assert_lines(line, COUNT(line));
}

/* Whatever could not move anything says why, in words. */
static void test_nothing(void **state)
{
	struct sample_event event = {UNTIMED(OLD_TO_NEW)};
	char text[400];

	(void)state;
	for (int i = NOTHING_NONE; i < NOTHING_COUNT; i++) {
		event.nothing = (enum sample_nothing)i;
		call_format(&event, NULL, NULL, false, text, sizeof(text));
		assert_int_equal(strstr(text, ", nothing: ") != NULL,
				 i > NOTHING_ALREADY_THERE);
		assert_null(strstr(text, "(null)"));
	}
}

static void test_policies(void **state)
{
	static const struct line line[] = {
		{{UNTIMED(.call = CALL_SET_MEMPOLICY,
			  .args = {{"MPOL_BIND", "0-1", "64"}})}, NULL,
		 "set_mempolicy(MPOL_BIND 0-1) = 0"},
		{{UNTIMED(.call = CALL_SET_MEMPOLICY,
			  .args = {{"MPOL_DEFAULT", "", "0"}})}, NULL,
		 "set_mempolicy(MPOL_DEFAULT) = 0"},
		{{UNTIMED(.call = CALL_SET_MEMPOLICY, .ret = -1,
			  .error = EINVAL,
			  .args = {{"MPOL_BIND", NULL, "70000"}})}, NULL,
		 "set_mempolicy(MPOL_BIND maxnode=70000) = -1 EINVAL "
		 "(Invalid argument)"},
		{{UNTIMED(.call = CALL_SET_MEMPOLICY_HOME_NODE,
			  .args = {{"0x7f00", "4096", "1", "0"}})}, NULL,
		 "set_mempolicy_home_node(0x7f00, 4.00K, 1, 0) = 0"},
		{{UNTIMED(.call = CALL_GET_MEMPOLICY,
			  .args = {{"MPOL_BIND", NULL, "2", "64", "0x7f00",
				    "MPOL_F_ADDR"}})}, NULL,
		 "get_mempolicy(0x7f00, MPOL_F_ADDR: MPOL_BIND 2) = 0"},
		{{UNTIMED(.call = CALL_GET_MEMPOLICY,
			  .args = {{NULL, "3", NULL, "0", "0x7f00",
				    "MPOL_F_NODE|MPOL_F_ADDR"}})}, NULL,
		 "get_mempolicy(0x7f00, MPOL_F_NODE|MPOL_F_ADDR: node 3) = 0"},
		{{UNTIMED(.call = CALL_CPUSET, .target = {77, 1},
			  .effective = {{"0", "1"}}, .moved_pages = 8)}, "x",
		 "cpuset(pid=77 x, 0 \u2192 1) = 0, 8 moved"},
		{{UNTIMED(.call = CALL_CPUSET)}, NULL,
		 "cpuset(pid=?, ? \u2192 ?) = 0"},
	};

	(void)state;
	assert_lines(line, COUNT(line));
}

static void test_mbind(void **state)
{
	static const struct line line[] = {
		{{UNTIMED(.call = CALL_MBIND,
			.args = {{"0x7f00", "67108864", "MPOL_BIND", "1", "64",
				  "MPOL_MF_MOVE"}})}, NULL,
		 "mbind(0x7f00, 64.0M, MPOL_BIND 1, MPOL_MF_MOVE) = 0"},
		{{UNTIMED(.call = CALL_MBIND,
			.args = {{"0x7f00", "4096", "MPOL_DEFAULT", "", "0",
				  "0"}}, .ret = -1, .error = EIO)}, NULL,
		 "mbind(0x7f00, 4.00K, MPOL_DEFAULT, 0) = -1 EIO "
		 "(Input/output error)"},
		{{UNTIMED(.call = CALL_MBIND)}, NULL,
		 "mbind(?, ?, ? ?, ?) = 0"},
	};

	(void)state;
	assert_lines(line, COUNT(line));
}

static void test_unnamed_caller(void **state)
{
	struct sample_event event = {
		.args = {{"4242", "64", "0", "1"}},
		.phase = PHASE_DONE,
		.duration_ns = UNKNOWN,
	};
	char text[100];

	(void)state;
	call_format(&event, NULL, NULL, false, text, sizeof(text));
	assert_string_equal(text, "? migrate_pages(pid=4242, 0 -> 1) = 0");
	event.caller.pid = 7;
	call_format(&event, NULL, NULL, false, text, sizeof(text));
	assert_string_equal(text, "?[7] migrate_pages(pid=4242, 0 -> 1) = 0");
}

/* At every size: terminated, a prefix, and no character cut in two. */
static void test_truncation(void **state)
{
	struct sample_event event = {
		.caller = {1, 1},
		.args = {{"4242", "64", "0", "1"}},
		.duration_ns = 5,
	};
	static const char name[] = "\u00e9\u4e2d\U0001f600";
	char whole[128];
	size_t n;

	(void)state;
	call_format(&event, name, name, true, whole, sizeof(whole));
	n = strlen(whole);
	for (size_t cap = 1; cap <= n + 2; cap++) {
		char *text = malloc(cap);
		size_t length;

		call_format(&event, name, name, true, text, cap);
		length = strlen(text);
		assert_memory_equal(text, whole, length);
		assert_int_not_equal(whole[length] & 0xc0, 0x80);
		assert_true(length + 4 >= (cap <= n ? cap : n));
		free(text);
	}
	call_format(&event, name, name, true, NULL, 0);
}

static void test_mode(void **state)
{
	static const struct {
		uint64_t mode;
		const char *text;
	} row[] = {
		{0, "MPOL_DEFAULT"},
		{1, "MPOL_PREFERRED"},
		{2, "MPOL_BIND"},
		{3, "MPOL_INTERLEAVE"},
		{4, "MPOL_LOCAL"},
		{5, "MPOL_PREFERRED_MANY"},
		{6, "MPOL_WEIGHTED_INTERLEAVE"},
		{7, "0x7"},
		{2 | 1 << 15, "MPOL_BIND|MPOL_F_STATIC_NODES"},
		{3 | 1 << 14, "MPOL_INTERLEAVE|MPOL_F_RELATIVE_NODES"},
		{2 | 1 << 13, "MPOL_BIND|MPOL_F_NUMA_BALANCING"},
		{2 | 7 << 13, "MPOL_BIND|MPOL_F_STATIC_NODES|"
			      "MPOL_F_RELATIVE_NODES|MPOL_F_NUMA_BALANCING"},
		{2 | 1 << 16, "0x10002"},
		{UINT64_MAX, "0xffffffffffff1fff|MPOL_F_STATIC_NODES|"
			     "MPOL_F_RELATIVE_NODES|MPOL_F_NUMA_BALANCING"},
	};
	char text[128];

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++)
		assert_string_equal(
			call_mode_format(row[i].mode, text, sizeof(text)),
			row[i].text);
	assert_string_equal(call_mode_format(2 | 1 << 15, text, 12),
			    "MPOL_BIND|M");
}

static void test_flags(void **state)
{
	static const struct {
		uint64_t flags;
		const char *text;
	} row[] = {
		{0, "0"},
		{1, "MPOL_MF_STRICT"},
		{2, "MPOL_MF_MOVE"},
		{4, "MPOL_MF_MOVE_ALL"},
		{8, "0x8"},
		{6, "MPOL_MF_MOVE|MPOL_MF_MOVE_ALL"},
		{0x10, "0x10"},
		{0x8000000000000001, "MPOL_MF_STRICT|0x8000000000000000"},
	};
	char text[128];

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++)
		assert_string_equal(
			call_flags_format(row[i].flags, text, sizeof(text)),
			row[i].text);
}

static void test_get_flags(void **state)
{
	char text[128];

	(void)state;
	assert_string_equal(call_get_flags_format(0, text, sizeof(text)), "0");
	assert_string_equal(call_get_flags_format(15, text, sizeof(text)),
			    "MPOL_F_NODE|MPOL_F_ADDR|MPOL_F_MEMS_ALLOWED|0x8");
}

static void test_errno_names(void **state)
{
	(void)state;
	assert_string_equal(call_errno_name(EPERM), "EPERM");
	assert_string_equal(call_errno_name(ESRCH), "ESRCH");
	assert_null(call_errno_name(0));
	assert_null(call_errno_name(-EPERM));
	assert_null(call_errno_name(UNKNOWN));
	assert_null(call_errno_name(512));
	assert_null(call_errno_name((INT64_C(1) << 32) + EPERM));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table),
		cmocka_unit_test(test_arguments),
		cmocka_unit_test(test_migrate_pages),
		cmocka_unit_test(test_marks),
		cmocka_unit_test(test_move_pages),
		cmocka_unit_test(test_effect),
		cmocka_unit_test(test_nothing),
		cmocka_unit_test(test_policies),
		cmocka_unit_test(test_mbind),
		cmocka_unit_test(test_unnamed_caller),
		cmocka_unit_test(test_truncation),
		cmocka_unit_test(test_mode),
		cmocka_unit_test(test_flags),
		cmocka_unit_test(test_get_flags),
		cmocka_unit_test(test_errno_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
