/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Scenarios of NUMA balancing: memory comes to who uses it. */
#define _GNU_SOURCE
#include <errno.h>
#include <inttypes.h>
#include <linux/mempolicy.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "load.h"

#define PAGE 4096UL

static const char sysctl[] = "/proc/sys/kernel/numa_balancing";
static const char scan[] = "/sys/kernel/debug/sched/numa_balancing/";
static struct shot was, is;

static void shots_init(size_t pages)
{
	shot_init(&was, pages + 8192);
	shot_init(&is, pages + 8192);
	shot_process(&was, getpid());
	shot_process(&is, getpid());
}

static long elapsed(const struct timespec *since)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec - since->tv_sec;
}

static void scan_set(const char *name, const char *value)
{
	char path[128];

	snprintf(path, sizeof(path), "%s%s", scan, name);
	if (access(path, W_OK))	/* before 5.13 it is a sysctl */
		snprintf(path, sizeof(path), "%s_%s", sysctl, name);
	if (!access(path, W_OK))
		write_file(path, value);
}

/*
 * Patience is for long-lived programs: look at each tenth of a second, and
 * take a page for hot that is used within a minute.
 */
void balance(int mode)
{
	char text[] = { '0' + mode, '\0' };

	scan_set("scan_delay_ms", "100");
	scan_set("scan_period_min_ms", "100");
	scan_set("hot_threshold_ms", "60000");
	write_file(sysctl, text);
}

/* Use the buffer until the kernel has fetched all of it, or time is up. */
static void use(volatile char *map, size_t len, long seconds)
{
	struct timespec start;
	size_t i;

	clock_gettime(CLOCK_MONOTONIC, &start);
	do {
		for (i = 0; i < len; i += PAGE)
			map[i]++;
		shot_range(&is, getpid(), (void *)map, len);
	} while (on_node(&is, 0) < len / PAGE && elapsed(&start) < seconds);
}

/* Lets the buffer move between its node and node 0. */
static bool may_move(char *map, size_t len, int from)
{
	unsigned long nodes = 1UL << 0 | 1UL << from;

	return !syscall(SYS_mbind, map, len,
			MPOL_BIND | MPOL_F_NUMA_BALANCING, &nodes, 64UL, 0);
}

/*
 * Where a bind cannot let a buffer move (before bda420b98505 "numa balancing:
 * migrate on fault among multiple bound nodes", 5.12): everything else gets
 * a bind of its own, and the task and the buffer go without.
 */
static void only_moves(char *map, size_t len)
{
	static char text[16384];
	unsigned long home = 1UL << home_node();
	uintptr_t from, to;
	char *at, *next;

	read_file("/proc/self/maps", text, sizeof(text));
	for (at = text; (next = strchr(at, '\n')); at = next + 1)
		if (sscanf(at, "%" SCNxPTR "-%" SCNxPTR, &from, &to) == 2)
			syscall(SYS_mbind, from, to - from, MPOL_BIND, &home,
				64UL, 0);
	if (syscall(SYS_mbind, map, len, MPOL_DEFAULT, NULL, 0UL, 0) ||
	    syscall(SYS_set_mempolicy, MPOL_DEFAULT, NULL, 0UL))
		die("default policy");
}

/*
 * The task's own policy, a plain bind, keeps the rest of its memory out of
 * balancing. Every hinting fault from node 0 fetches the page, none goes
 * back. Not touched after switching off: pages still marked would move then.
 */
static void fetch(char *map, size_t len, int from, long seconds)
{
	struct flows flows = { .n = 0 };

	on_cpu(0);
	shots_init(len / PAGE);
	if (!may_move(map, len, from))
		only_moves(map, len);
	vmstat_begin();
	shot_process(&was, getpid());
	balance(from == slow_node() ? 2 : 1);
	use(map, len, seconds);
	balance(0);
	shot_process(&is, getpid());
	vmstat_end();
	diff(&flows, &was, &is, false);
	state(&flows, getpid(), getpid(), "numa_misplaced");
	if (!flows.n) {
		errno = ETIME;
		die("the kernel moved nothing");
	}
}

void run_balance(int argc, char **argv)
{
	size_t len = number(argc, argv, 0, 2048) * PAGE;
	long seconds = number(argc, argv, 1, 60);

	be("load-balance");
	fetch(buffer(len, node_at(1), false), len, node_at(1), seconds);
}

void run_balance_huge(int argc, char **argv)
{
	size_t len = number(argc, argv, 0, 4) * HUGE;
	long seconds = number(argc, argv, 1, 60);

	be("load-bal-huge");
	fetch(buffer(len, node_at(1), true), len, node_at(1), seconds);
}

/* From slow memory, where pages have to be used often to be fetched. */
void run_promote(int argc, char **argv)
{
	size_t len = number(argc, argv, 0, 1024) * PAGE;
	long seconds = number(argc, argv, 1, 60);
	int slow = slow_node();

	be("load-promote");
	if (slow < 0)
		cannot("numa_misplaced", "", "no node in a lower tier");
	fetch(buffer(len, slow, false), len, slow, seconds);
}
