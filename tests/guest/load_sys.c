/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The border to the kernel: system calls by number, because libnuma is not
 * linked and would hide what is asked for, and each printed as it was made.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <linux/mempolicy.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "load.h"

#define MAXNODE 64	/* the kernel uses one less */

const char *scenario_name = "";

static const char *const counters[] = {
	"pgmigrate_success", "pgmigrate_fail", "thp_migration_success",
	"numa_pages_migrated", "pgpromote_success", "pgdemote_kswapd",
	"pgdemote_direct", "pgdemote_proactive",
};
#define COUNTERS (sizeof(counters) / sizeof(counters[0]))
static uint64_t before[COUNTERS];

_Noreturn void die(const char *what)
{
	fprintf(stderr, "load: %s: %s: %s\n", scenario_name, what,
		strerror(errno));
	exit(1);
}

void line(const char *fmt, ...)
{
	char text[1024];
	va_list args;
	int n;

	va_start(args, fmt);
	n = vsnprintf(text, sizeof(text) - 1, fmt, args);
	va_end(args);
	if (n < 0 || (size_t)n >= sizeof(text) - 1)
		die("line too long");
	text[n] = '\n';
	if (write(STDOUT_FILENO, text, n + 1) != n + 1)
		die("write");
}

long number(int argc, char **argv, int i, long missing)
{
	char *end;
	long value;

	if (i >= argc)
		return missing;
	errno = 0;
	value = strtol(argv[i], &end, 10);
	if (errno || *end || end == argv[i] || value < 1) {
		fprintf(stderr, "load: %s: '%s' is no count\n", scenario_name,
			argv[i]);
		exit(2);
	}
	return value;
}

/* "0-1,3", as strace's masks are compared and mptop prints them. */
static const char *list(unsigned long mask, char *text)
{
	char *p = text;
	int i, first;

	*p = '\0';
	for (i = 0; i < MAXNODE; i++) {
		if (!(mask >> i & 1))
			continue;
		first = i;
		while (i + 1 < MAXNODE && mask >> (i + 1) & 1)
			i++;
		p += sprintf(p, p == text ? "%d" : ",%d", first);
		if (i > first)
			p += sprintf(p, "-%d", i);
	}
	return text;
}

static void called(const char *name, pid_t target, long ret, const char *args)
{
	int error = ret < 0 ? errno : 0;

	line("{\"call\":\"%s\",\"scenario\":\"%s\",\"pid\":%d,\"tid\":%d,"
	     "\"target\":%d,\"ret\":%ld,\"errno\":%d,%s}", name, scenario_name,
	     getpid(), (int)syscall(SYS_gettid), target ? target : getpid(),
	     ret, error, args);
	errno = error;
}

void say_migrate_pages(pid_t target, unsigned long from, unsigned long to,
		       long ret)
{
	char args[512], a[128], b[128];

	snprintf(args, sizeof(args),
		 "\"old_nodes\":\"%s\",\"new_nodes\":\"%s\"", list(from, a),
		 list(to, b));
	called("migrate_pages", target, ret, args);
}

long call_migrate_pages(pid_t target, unsigned long from, unsigned long to)
{
	long ret = syscall(SYS_migrate_pages, target, MAXNODE, &from, &to);

	say_migrate_pages(target, from, to, ret);
	return ret;
}

long call_move_pages(pid_t target, size_t n, void **addr, const int *nodes,
		     int *status, int flags)
{
	char args[64];
	long ret = syscall(SYS_move_pages, target, n, addr, nodes, status,
			   flags);

	snprintf(args, sizeof(args), "\"count\":%zu,\"flags\":%d", n, flags);
	called("move_pages", target, ret, args);
	return ret;
}

long call_mbind(void *addr, size_t len, int mode, unsigned long nodes,
		unsigned int flags)
{
	char args[256], a[128];
	long ret = syscall(SYS_mbind, addr, len, mode, &nodes, MAXNODE, flags);

	snprintf(args, sizeof(args),
		 "\"len\":%zu,\"mode\":%d,\"nodes\":\"%s\",\"flags\":%u", len,
		 mode, list(nodes, a), flags);
	called("mbind", 0, ret, args);
	return ret;
}

/* Only says where future pages go: moves nothing, so is not printed. */
void quiet_mbind(void *addr, size_t len, int mode, unsigned long nodes)
{
	if (syscall(SYS_mbind, addr, len, mode, &nodes, MAXNODE, 0))
		die("mbind");
}

void bind_task(int node)
{
	unsigned long mask = 1UL << node;

	if (syscall(SYS_set_mempolicy, MPOL_BIND, &mask, MAXNODE))
		die("set_mempolicy");
}

void on_cpu(int cpu)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	if (sched_setaffinity(0, sizeof(set), &set))
		die("sched_setaffinity");
}

void write_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	ssize_t len = strlen(text);

	if (fd < 0 || write(fd, text, len) != len)
		die(path);
	close(fd);
}

/* UINT64_MAX if this kernel has no such counter. */
uint64_t vmstat(const char *name)
{
	static char text[32768];
	int fd = open("/proc/vmstat", O_RDONLY | O_CLOEXEC);
	size_t got = 0, len = strlen(name);
	ssize_t n;
	char *at;

	if (fd < 0)
		die("/proc/vmstat");
	while ((n = read(fd, text + got, sizeof(text) - 1 - got)) > 0)
		got += n;
	text[got] = '\0';
	close(fd);
	for (at = text; (at = strstr(at, name)); at += len)
		if ((at == text || at[-1] == '\n') && at[len] == ' ')
			return strtoull(at + len, NULL, 10);
	return UINT64_MAX;
}

/* Introduce this process under a name of its own. */
void be(const char *comm)
{
	prctl(PR_SET_NAME, comm);
	line("{\"process\":%d,\"scenario\":\"%s\",\"comm\":\"%s\"}", getpid(),
	     scenario_name, comm);
}

void vmstat_begin(void)
{
	size_t i;

	for (i = 0; i < COUNTERS; i++)
		before[i] = vmstat(counters[i]);
}

void vmstat_end(void)
{
	char a[400], b[400];
	size_t i, na = 0, nb = 0;
	uint64_t now;

	for (i = 0; i < COUNTERS; i++) {
		now = vmstat(counters[i]);
		if (now == UINT64_MAX)
			continue;
		na += sprintf(a + na, "%s\"%s\":%" PRIu64, na ? "," : "",
			      counters[i], before[i]);
		nb += sprintf(b + nb, "%s\"%s\":%" PRIu64, nb ? "," : "",
			      counters[i], now);
	}
	line("{\"vmstat\":{\"before\":{%s},\"after\":{%s}},"
	     "\"scenario\":\"%s\"}", a, b, scenario_name);
}

pid_t spawn(void (*body)(void *arg), void *arg)
{
	pid_t pid = fork();

	if (pid < 0)
		die("fork");
	if (pid)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	body(arg);
	_exit(0);
}

/* Wait for all children; one that failed fails the scenario. */
void reap(void)
{
	int status, bad = 0;

	while (wait(&status) > 0)
		bad |= status;
	errno = 0;
	if (bad)
		die("a child failed");
}

void signal_byte(int fd)
{
	if (write(fd, "", 1) != 1)
		die("write to pipe");
}

void await_byte(int fd)
{
	char byte;

	if (read(fd, &byte, 1) != 1)
		die("the other process is gone");
}
