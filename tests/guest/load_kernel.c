/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Scenarios of compaction, in which the kernel decides. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "load.h"

#define PAGE 4096UL

static struct shot was, is;

static void shots_init(size_t pages)
{
	shot_init(&was, pages + 8192);
	shot_init(&is, pages + 8192);
	shot_process(&was, getpid());
	shot_process(&is, getpid());
}

/* States and returns what of this process moved. */
static uint64_t compact_own(const char *path)
{
	struct flows flows = { .n = 0 };
	uint64_t pages = 0;
	size_t i;

	shot_process(&was, getpid());
	write_file(path, "1");
	shot_process(&is, getpid());
	diff(&flows, &was, &is, true);
	state(&flows, getpid(), getpid(), "compaction");
	for (i = 0; i < flows.n; i++)
		pages += flows.flow[i].pages;
	return pages;
}

static uint64_t compact(const char *path)
{
	uint64_t pages;

	vmstat_begin();
	pages = compact_own(path);
	vmstat_end();
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

static const char *of_node(int node)
{
	static char path[64];

	snprintf(path, sizeof(path),
		 "/sys/devices/system/node/node%d/compact", node);
	return path;
}

/*
 * One node alone first: of the load nothing but the buffer lives there, if it
 * is not the only one, and what page cache there is has been packed before, so
 * the counters of the kernel show about what is stated. Then every node: pages
 * of others move as well, which the load does not know.
 */
void run_compact(int argc, char **argv)
{
	size_t len = (size_t)number(argc, argv, 0, 64) << 20;
	int tries = 4;	/* a buffer may lie where nothing has to move */
	int node = spare_node();

	be("load-compact");
	shots_init(2 * len / PAGE);
	compact_own(of_node(node));
	do {
		thin(buffer(len, node, false), len, 2);
	} while (!compact(of_node(node)) && --tries);
	thin(buffer(len, node, false), len, 2);
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
	bind_task(home_node());
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
	compact(of_node(2));
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
