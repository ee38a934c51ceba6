/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Real processes with hostile names, asked about alive and gone. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "proc.h"

struct child {
	pid_t pid;
	int end; /* closing it ends the child */
	uint64_t start_ns;
};

/* Start of @pid by the plainest reading there is: awk's, after the last ')'. */
static uint64_t start_of(pid_t pid)
{
	unsigned long long ticks = 0;
	char command[128];
	FILE *pipe;

	snprintf(command, sizeof(command),
		 "sed 's/.*) //' /proc/%d/stat | cut -d' ' -f20", pid);
	pipe = popen(command, "r");
	assert_non_null(pipe);
	assert_int_equal(fscanf(pipe, "%llu", &ticks), 1);
	pclose(pipe);
	return ticks * (1000000000ULL / sysconf(_SC_CLK_TCK));
}

static struct child child_start(const char *name)
{
	struct child child;
	int up[2], down[2];
	char byte;

	assert_int_equal(pipe(up), 0);
	assert_int_equal(pipe(down), 0);
	child.pid = fork();
	if (!child.pid) {
		close(down[1]);
		prctl(PR_SET_NAME, name);
		_exit(write(up[1], "", 1) != 1 || read(down[0], &byte, 1));
	}
	close(down[0]);
	assert_int_equal(read(up[0], &byte, 1), 1);
	close(up[0]);
	close(up[1]);
	child.end = down[1];
	child.start_ns = start_of(child.pid);
	return child;
}

static void child_end(struct child *child)
{
	close(child->end);
	waitpid(child->pid, NULL, 0);
}

static struct proc_key key_of(const struct child *child)
{
	return (struct proc_key){ child->pid, child->pid, child->start_ns };
}

/* As seen under the name @comm, after @exec execs. */
static void describe_exec(struct proc_table *table, const struct child *child,
			  const char *comm, uint64_t exec,
			  struct sample_proc *proc)
{
	static const char args[] = "captured\0-x";
	struct proc_seen seen = {
		.key = key_of(child),
		.comm = comm,
		.args = { args, sizeof(args), false },
		.exec = exec,
		.uid = getuid(),
		.nspid = UNKNOWN,
	};

	*proc = (struct sample_proc){ 0 };
	proc_describe(table, &seen, proc);
}

static struct proc_table *table_new(void)
{
	struct pidns ns;

	pidns_read(&ns);
	return proc_table_new(&ns);
}

static void describe(struct proc_table *table, const struct child *child,
		     const char *comm, struct sample_proc *proc)
{
	describe_exec(table, child, comm, 1, proc);
}

static void test_alive(void **state)
{
	struct child child = child_start(") R 1 (x");
	struct proc_thread thread = { child.pid, child.pid };
	struct proc_key key = key_of(&child), other = key;
	struct proc_table *table = table_new();

	(void)state;
	assert_true(proc_alive(table, &key));
	/* The same pid, another time: another process. */
	other.start_ns += 1000000000;
	assert_false(proc_alive(table, &other));
	assert_true(proc_thread_alive(table, &key, &thread));
	assert_true(proc_is_known(table, &key));
	child_end(&child);
	assert_false(proc_alive(table, &key));
	assert_false(proc_thread_alive(table, &key, &thread));
	/* Without an id here there is no knowing. */
	key.pid = thread.tid = 0;
	assert_true(proc_alive(table, &key));
	assert_false(proc_is_known(table, &key));
	assert_true(proc_thread_alive(table, &key, &thread));
	proc_table_free(table);
}

static void test_names_outlive(void **state)
{
	struct child child = child_start("\033[31mred");
	struct proc_table *table = table_new();
	struct sample_proc proc;

	(void)state;
	describe(table, &child, "\033[31mred", &proc);
	assert_string_equal(proc.comm, "?[31mred");
	assert_non_null(strstr(proc.cmdline, "test_proc"));
	assert_non_null(proc.cgroup);
	assert_int_equal(proc.id.pid, child.pid);
	assert_int_equal(proc.id.start_us, child.start_ns / 1000);
	sample_proc_clear(&proc);
	child_end(&child);
	proc_table_age(table);
	describe(table, &child, "\033[31mred", &proc);
	assert_string_equal(proc.comm, "?[31mred");
	assert_non_null(strstr(proc.cmdline, "test_proc"));
	sample_proc_clear(&proc);
	proc_table_age(table);
	/* It gave itself another name after that, and ended. */
	describe(table, &child, "third", &proc);
	assert_string_equal(proc.comm, "third");
	sample_proc_clear(&proc);
	proc_table_age(table);
	/* It called exec after that, and ended. */
	describe_exec(table, &child, "other", 2, &proc);
	assert_string_equal(proc.comm, "other");
	assert_string_equal(proc.cmdline, "captured -x");
	sample_proc_clear(&proc);
	/* Known by a call alone, which tells less. */
	proc_table_age(table);
	describe_exec(table, &child, "less", 0, &proc);
	assert_string_equal(proc.comm, "other");
	sample_proc_clear(&proc);
	proc_table_free(table);
}

static void test_never_seen_alive(void **state)
{
	struct child child = child_start("brief");
	struct proc_table *table = table_new();
	struct sample_proc proc;

	(void)state;
	child_end(&child);
	describe(table, &child, "brief", &proc);
	assert_string_equal(proc.comm, "brief");
	assert_string_equal(proc.cmdline, "captured -x");
	assert_null(proc.cgroup);
	assert_non_null(proc.user);
	sample_proc_clear(&proc);
	proc_table_free(table);
}

static void test_reused_pid(void **state)
{
	struct child child = child_start("second");
	struct proc_table *table = table_new();
	struct child first = child;
	struct sample_proc proc;

	(void)state;
	first.start_ns -= 5000000000;
	describe(table, &first, "first", &proc);
	assert_string_equal(proc.comm, "first");
	assert_string_equal(proc.cmdline, "captured -x");
	assert_null(proc.cgroup);
	sample_proc_clear(&proc);
	describe(table, &child, "second", &proc);
	assert_string_equal(proc.comm, "second");
	assert_non_null(strstr(proc.cmdline, "test_proc"));
	sample_proc_clear(&proc);
	child_end(&child);
	proc_table_free(table);
}

/* /proc of another namespace than ours names others. */
static void test_foreign_proc(void **state)
{
	struct child child = child_start("here");
	struct pidns ns = { 7, PIDNS_PROC_OTHER };
	struct proc_table *table = proc_table_new(&ns);
	struct proc_key key = key_of(&child);
	struct sample_proc proc;

	(void)state;
	describe(table, &child, "there", &proc);
	assert_string_equal(proc.comm, "there");
	assert_string_equal(proc.cmdline, "captured -x");
	sample_proc_clear(&proc);
	assert_true(proc_alive(table, &key));
	proc_table_free(table);
	ns.proc = PIDNS_PROC_INITIAL;
	table = proc_table_new(&ns);
	key.pid = 0; /* none of ours, but one in /proc */
	assert_true(proc_alive(table, &key));
	key.start_ns += 1000000000;
	assert_false(proc_alive(table, &key));
	proc_table_free(table);
	child_end(&child);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_alive),
		cmocka_unit_test(test_names_outlive),
		cmocka_unit_test(test_never_seen_alive),
		cmocka_unit_test(test_reused_pid),
		cmocka_unit_test(test_foreign_proc),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
