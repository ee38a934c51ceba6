/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A call out of functions whose names are known, compiled so that their frames
 * are linked, by a program that says where its file is.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "load.h"

#define PAGE	4096UL
#define MAXNODE	64
#define LINKED	__attribute__((noinline, optimize("no-omit-frame-pointer", \
						  "no-optimize-sibling-calls")))

struct ask {
	pid_t pid;
	unsigned long from, to;
};

/* The call itself, not by the libc: that would leave out who called it. */
static long ask(const struct ask *ask)
{
	long ret;

#if defined(__x86_64__)
	register const unsigned long *to __asm__("r10") = &ask->to;

	__asm__ volatile("syscall"
			 : "=a"(ret)
			 : "0"(SYS_migrate_pages), "D"((long)ask->pid),
			   "S"((long)MAXNODE), "d"(&ask->from), "r"(to)
			 : "rcx", "r11", "memory");
	if (ret < 0) {
		errno = (int)-ret;
		ret = -1;
	}
#else
	ret = syscall(SYS_migrate_pages, ask->pid, MAXNODE, &ask->from,
		      &ask->to);
#endif
	return ret;
}

long stacks_c(const struct ask *what);
long stacks_b(const struct ask *what);
long stacks_a(const struct ask *what);

/* Something is left to do after each, so that nobody is replaced by a jump. */
LINKED long stacks_c(const struct ask *what)
{
	long ret = ask(what);

	__asm__ volatile("");
	return ret;
}

LINKED long stacks_b(const struct ask *what)
{
	long ret = stacks_c(what);

	__asm__ volatile("");
	return ret;
}

LINKED long stacks_a(const struct ask *what)
{
	long ret = stacks_b(what);

	__asm__ volatile("");
	return ret;
}

/* Once more, under its own name: `load` has another one (go_home()). */
static void exec_named(char **argv)
{
	char path[256];
	ssize_t n = readlink("/proc/self/exe", path, sizeof(path) - 1);

	if (n <= 0)
		die("readlink");
	path[n] = '\0';
	setenv("LOAD_NAMED", "1", 1);
	execl(path, path, "stacks", argv[0], (char *)NULL);
	die("exec");
}

LINKED void run_stacks(int argc, char **argv)
{
	struct idle idle = {
		.len = number(argc, argv, 0, 256) * PAGE,
		.node = node_at(0),
	};
	struct ask what = {
		.from = 1UL << node_at(0),
		.to = 1UL << node_at(1),
	};
	long ret;

	if (!getenv("LOAD_NAMED"))
		exec_named(argv);
	be("load-stacks");
	what.pid = idle_spawn(&idle);
	measure_init(what.pid, idle.len / PAGE);
	measure_begin(what.pid);
	ret = stacks_a(&what);
	say_migrate_pages(what.pid, what.from, what.to, ret);
	if (ret < 0)
		die("migrate_pages");
	measure_end(what.pid, self_mover(), "syscall", false);
	idle_end(&idle);
}
