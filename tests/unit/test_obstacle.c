/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is in the way, from what was tried: one row an obstacle. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "obstacle.h"

struct row {
	enum obstacle_need need;
	int error;
	struct obstacle_facts facts;
	const char *why; /* a part of it */
	const char *remedy;
	bool is_right;
};

#define NONE { .seccomp = false }

static const struct row rows[] = {
	{ NEED_CAP_BPF, EPERM, { .lockdown = LOCKDOWN_NONE },
	  "does not have it", "sudo", true },
	{ NEED_CAP_PERFMON, EPERM, { .not_split = true },
	  "no CAP_SYS_ADMIN", "sudo", true },
	{ NEED_BTF, ENOENT, NONE, "no BTF",
	  "CONFIG_DEBUG_INFO_BTF", false },
	{ NEED_BTF, EACCES, NONE, "cannot be read (Permission denied)",
	  "readable", false },
	{ NEED_BPF, EPERM, { .seccomp = true },
	  "seccomp filter refuses bpf(2) (Operation not permitted)",
	  "seccomp filter", false },
	{ NEED_BPF, ENOSYS, { .seccomp = true },
	  "seccomp filter refuses bpf(2) (Function not implemented)",
	  "seccomp filter", false },
	/* A filter is there, but is not to blame. */
	{ NEED_BPF, ENOSYS, { .seccomp = true, .no_bpf = true },
	  "this kernel has no bpf(2)", "CONFIG_BPF_SYSCALL", false },
	{ NEED_BPF, EPERM, { .user_namespace = true }, "user namespace",
	  "outside", true },
	{ NEED_BPF, EACCES, NONE, "security module", "audit log", false },
	{ NEED_MAP, EPERM, { .user_namespace = true }, "user namespace",
	  "outside", true },
	{ NEED_MAP, EACCES, NONE, "refuses a BPF map (Permission denied)",
	  "audit log", false },
	{ NEED_MEMLOCK, EPERM, { .memlock_limited = true },
	  "limit on locked memory", "ulimit -l", true },
	{ NEED_MEMLOCK, ENOMEM, { .memlock_limited = true },
	  "(Cannot allocate memory)", "memory", false },
	{ NEED_RING, EINVAL, NONE, "no BPF ring buffer", "5.8", false },
	{ NEED_PROGRAM, EPERM, NONE, "(Operation not permitted)",
	  "audit log", false },
	{ NEED_READ, EINVAL, { .lockdown = LOCKDOWN_CONFIDENTIALITY },
	  "lockdown (confidentiality)", "lockdown=", false },
	{ NEED_READ, EINVAL, { .lockdown = LOCKDOWN_UNKNOWN },
	  "as under lockdown=confidentiality", "lockdown=", false },
	/* Lockdown that forbids no such thing is not named. */
	{ NEED_READ, EINVAL, { .lockdown = LOCKDOWN_INTEGRITY },
	  "refuses a BPF program that reads it (Invalid argument)",
	  "audit log", false },
	{ NEED_PERF, EPERM, { .paranoid = true, .seccomp = true },
	  "seccomp filter refuses perf_event_open(2)", "seccomp filter",
	  false },
	{ NEED_PERF, ENOSYS, NONE, "no perf_event_open(2)",
	  "CONFIG_PERF_EVENTS", false },
	{ NEED_KPROBE, EACCES, { .paranoid = true }, "perf_event_paranoid",
	  "sudo", true },
	{ NEED_KPROBE, ENODEV, NONE, "no kprobes", "CONFIG_KPROBE_EVENTS",
	  false },
	{ NEED_KPROBE, EPERM, { .lockdown = LOCKDOWN_CONFIDENTIALITY },
	  "forbids kprobes", "lockdown=", false },
	{ NEED_KPROBE, EPERM, { .error = { [NEED_PERF] = EPERM } },
	  "security module refuses perf_event_open(2)", "audit log", false },
	/* It is mounted, but has no files then. */
	{ NEED_TRACEFS, ENOENT, { .lockdown = LOCKDOWN_CONFIDENTIALITY },
	  "forbids it", "lockdown=", false },
	{ NEED_TRACEFS, ENOENT, NONE, "not mounted", "mount -t tracefs",
	  false },
	{ NEED_TRACEFS, EACCES, NONE, "cannot be read (Permission denied)",
	  "CAP_DAC_READ_SEARCH", true },
};

static void test_rows(void **state)
{
	struct obstacle_facts facts;
	struct obstacle obstacle;
	const struct row *row;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		row = &rows[i];
		facts = row->facts;
		facts.error[row->need] = row->error;
		obstacle = obstacle_of(&facts, row->need);
		if (!strstr(obstacle.why, row->why) ||
		    !strstr(obstacle.remedy, row->remedy) ||
		    obstacle.is_right != row->is_right)
			fail_msg("row %zu: %s; %s", i, obstacle.why,
				 obstacle.remedy);
		free(obstacle.why);
	}
}

/* Whatever the errno, there is a rule, and no mark is left in its text. */
static void test_every_error(void **state)
{
	struct obstacle obstacle;
	int need, error;

	(void)state;
	for (need = 0; need < NEED_COUNT; need++) {
		assert_non_null(obstacle_need_name(need));
		for (error = 1; error < 134; error++) {
			struct obstacle_facts facts = { 0 };

			facts.error[need] = error;
			facts.lockdown = LOCKDOWN_NONE;
			obstacle = obstacle_of(&facts, need);
			assert_null(strchr(obstacle.why, '@'));
			assert_non_null(obstacle.remedy);
			free(obstacle.why);
		}
	}
}

static void test_first(void **state)
{
	struct obstacle_facts facts = { 0 };

	(void)state;
	assert_int_equal(obstacle_first(&facts), NEED_COUNT);
	/* There are rungs without these. */
	facts.error[NEED_PERF] = EACCES;
	facts.error[NEED_KPROBE] = ENODEV;
	facts.error[NEED_TRACEFS] = ENOENT;
	assert_int_equal(obstacle_first(&facts), NEED_COUNT);
	facts.error[NEED_RING] = NEED_UNTRIED;
	facts.error[NEED_READ] = EINVAL;
	assert_int_equal(obstacle_first(&facts), NEED_READ);
	facts.error[NEED_MEMLOCK] = EPERM;
	assert_int_equal(obstacle_first(&facts), NEED_MEMLOCK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_every_error),
		cmocka_unit_test(test_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
