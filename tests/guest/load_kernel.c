/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Scenarios in which the kernel decides: balancing and compaction. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/mempolicy.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "load.h"

#define PAGE 4096UL

static const char node2[] = "/sys/devices/system/node/node2/compact";
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
	if (!access(path, W_OK))
		write_file(path, value);
}

/* Patience is for long-lived programs: look at each tenth of a second. */
void balance(bool on)
{
	scan_set("scan_delay_ms", "100");
	scan_set("scan_period_min_ms", "100");
	write_file("/proc/sys/kernel/numa_balancing", on ? "1" : "0");
}

static size_t on_node(const struct shot *shot, int node)
{
	size_t i, n = 0;

	for (i = 0; i < shot->n; i++)
		n += shot->page[i].node == node;
	return n;
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

/*
 * The task's own policy, a plain bind, keeps the rest of its memory out of
 * balancing; the buffer may move between nodes 0 and 1. Every hinting fault
 * from node 0 fetches the page, none goes back. Not touched after switching
 * off: pages still marked would move then.
 */
void run_balance(int argc, char **argv)
{
	size_t len = number(argc, argv, 0, 2048) * PAGE;
	long seconds = number(argc, argv, 1, 60);
	struct flows flows = { .n = 0 };
	char *map;

	be("load-balance");
	on_cpu(0);
	map = buffer(len, 1, false);
	quiet_mbind(map, len, MPOL_BIND | MPOL_F_NUMA_BALANCING, 3);
	shots_init(len / PAGE);
	vmstat_begin();
	shot_process(&was, getpid());
	balance(true);
	use(map, len, seconds);
	balance(false);
	shot_process(&is, getpid());
	vmstat_end();
	diff(&flows, &was, &is, false);
	state(&flows, getpid(), getpid(), "numa_misplaced");
	if (!flows.n) {
		errno = ETIME;
		die("the kernel moved nothing");
	}
}

/* Pages of this process that moved. */
static uint64_t compact(const char *path)
{
	struct flows flows = { .n = 0 };
	uint64_t pages = 0;
	size_t i;

	vmstat_begin();
	shot_process(&was, getpid());
	write_file(path, "1");
	shot_process(&is, getpid());
	vmstat_end();
	diff(&flows, &was, &is, true);
	state(&flows, getpid(), getpid(), "compaction");
	for (i = 0; i < flows.n; i++)
		pages += flows.flow[i].pages;
	return pages;
}

/*
 * Thins out a buffer by frame number: in its lowest quarter one page of
 * every dense stays, above one of 64. Compaction moves pages from low frames
 * to free high ones, but never into a block that is free as a whole: the few
 * that stay above make room for the many below.
 */
static void thin(char *map, size_t len, uint64_t dense)
{
	uint64_t low = UINT64_MAX, high = 0, pfn, every;
	size_t i;

	shot_range(&is, getpid(), map, len);
	for (i = 0; i < is.n; i++) {
		pfn = is.page[i].pfn;
		low = pfn < low ? pfn : low;
		high = pfn > high ? pfn : high;
	}
	for (i = 0; i < is.n; i++) {
		pfn = is.page[i].pfn;
		every = pfn < low + (high - low) / 4 ? dense : 64;
		if (pfn % every &&
		    madvise((void *)is.page[i].addr, PAGE, MADV_DONTNEED))
			die("madvise");
	}
}

/*
 * Node 2 alone first: of the load nothing but the buffer lives there, and
 * what page cache there is has been packed before, so the counters of the
 * kernel show about what is stated. Then every node: pages of others move as
 * well, which the load does not know.
 */
void run_compact(int argc, char **argv)
{
	size_t len = (size_t)number(argc, argv, 0, 64) << 20;
	int tries = 4;	/* a buffer may lie where nothing has to move */

	be("load-compact");
	shots_init(2 * len / PAGE);
	write_file(node2, "1");
	do {
		thin(buffer(len, 2, false), len, 2);
	} while (!compact(node2) && --tries);
	thin(buffer(len, 2, false), len, 2);
	compact("/proc/sys/vm/compact_memory");
}

/*
 * Pages of a compressing block device: movable, on no LRU. Direct writes
 * make the pool allocate in this context, hence on node 2; pages that
 * compress to about a third share the pool's pages, so that overwriting most
 * with zeros leaves holes.
 */
static void fill_zram(size_t len)
{
	int fd = open("/dev/zram0", O_RDWR | O_DIRECT | O_CLOEXEC);
	unsigned char *page = mmap(NULL, PAGE, PROT_READ | PROT_WRITE,
				   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	unsigned int seed = 1;
	size_t at, i;

	if (fd < 0 || page == MAP_FAILED)
		die("/dev/zram0: the zram module has to be there");
	bind_task(2);
	for (at = 0; at < len; at += PAGE) {
		for (i = 0; i < PAGE / 3; i++)
			page[i] = rand_r(&seed) >> 8;
		if (pwrite(fd, page, PAGE, at) != (ssize_t)PAGE)
			die("write to zram");
	}
	memset(page, 0, PAGE);
	for (at = 0; at < len; at += PAGE)
		if (at / PAGE % 4 && pwrite(fd, page, PAGE, at) < 0)
			die("write to zram");
	bind_task(HOME);
	close(fd);
}

static void zram_round(size_t len)
{
	char size[32], *below, *above;

	snprintf(size, sizeof(size), "%zu", len);
	write_file("/sys/block/zram0/disksize", size);
	below = buffer(len, 2, false);
	fill_zram(len);
	above = buffer(len, 2, false);
	thin(below, len, 64);
	thin(above, len, 64);
	compact(node2);
	write_file("/sys/block/zram0/reset", "1");
	munmap(below, len);
	munmap(above, len);
}

/*
 * The pool lies between two thinned out buffers, one of which has the room
 * above it. States flows of its own pages: what moved above that is the pool
 * and the page cache. Where the kernel puts the pool is its business, and no
 * counter tells its pages from others, so there are rounds enough that
 * compaction meets it in some of them.
 */
void run_zram(int argc, char **argv)
{
	size_t len = (size_t)number(argc, argv, 0, 32) << 20;
	long rounds = number(argc, argv, 1, 6);

	be("load-zram");
	shots_init(2 * len / PAGE);
	while (rounds--)
		zram_round(len);
}
