/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Scenarios in which pages do not move, and how many that are and why. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <linux/mempolicy.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "load.h"

#define PAGE	4096UL
#define FULL	2		/* the node that has no room */

/* States @pages that @mover failed to move; @error 0: nobody can tell. */
static void state_failed(const char *reason, int error, uint64_t pages)
{
	if (!pages)
		return;
	line("{\"failed\":%" PRIu64 ",\"scenario\":\"%s\",\"mover\":%d,"
	     "\"reason\":\"%s\",\"errno\":%d}", pages, scenario_name, getpid(),
	     reason, error);
}

/*
 * A reference to each page of @map that the kernel did not expect, until the
 * other end of the pipe is read: moving it fails with EAGAIN, always.
 */
static void hold(char *map, size_t n, size_t every, int fd)
{
	struct iovec page = { .iov_len = PAGE };
	size_t i;

	for (i = 0; i < n; i += every) {
		page.iov_base = map + i * PAGE;
		if (vmsplice(fd, &page, 1, 0) != (ssize_t)PAGE)
			die("vmsplice");
	}
}

static void pipe_of(int fd[2], size_t pages)
{
	if (pipe2(fd, O_CLOEXEC) ||
	    fcntl(fd[1], F_SETPIPE_SZ, (int)(pages * PAGE)) < 0)
		die("pipe");
}

/* Moves @n pages of @map to @node in one call. */
static long move(char *map, size_t n, size_t step, int node)
{
	void **addr = calloc(n, sizeof(*addr));
	int *nodes = calloc(n, sizeof(*nodes));
	int *status = calloc(n, sizeof(*status));
	size_t i;
	long ret;

	if (!addr || !nodes || !status)
		die("calloc");
	for (i = 0; i < n; i++) {
		addr[i] = map + i * step;
		nodes[i] = node;
	}
	ret = call_move_pages(0, n, addr, nodes, status, MPOL_MF_MOVE);
	free(addr);
	free(nodes);
	free(status);
	return ret;
}

static struct shot was, is;

static void begin(char *map, size_t len)
{
	if (!was.max) {
		shot_init(&was, 65536);
		shot_init(&is, 65536);
	}
	vmstat_begin();
	shot_range(&was, getpid(), map, len);
}

/* States what of @map moved, by @reason, since begin(). */
static void end(char *map, size_t len, const char *reason)
{
	struct flows flows = { .n = 0 };

	shot_range(&is, getpid(), map, len);
	vmstat_end();
	diff(&flows, &was, &is, false);
	state(&flows, getpid(), getpid(), reason);
}

/*
 * Every third page is held. Twice, by the two calls that move pages: what is
 * held counts again, what has moved does not move again.
 */
void run_pinned(int argc, char **argv)
{
	size_t n = number(argc, argv, 0, 600), held = (n + 2) / 3;
	char *map;
	int fd[2];

	be("load-pinned");
	map = buffer(n * PAGE, 0, false);
	pipe_of(fd, held);
	hold(map, n, 3, fd[1]);
	begin(map, n * PAGE);
	/* Returns how many it did not move: 5.10 counts one less. */
	if (move(map, n, PAGE, 1) < (long)held - 1)
		die("move_pages moved what is held");
	end(map, n * PAGE, "syscall");
	state_failed("syscall", EAGAIN, held);
	begin(map, n * PAGE);
	call_mbind(map, n * PAGE, MPOL_BIND, 1UL << 2, MPOL_MF_MOVE);
	end(map, n * PAGE, "mempolicy_mbind");
	state_failed("mempolicy_mbind", EAGAIN, held);
	close(fd[0]);
	close(fd[1]);
}

/* Are @n pages of @map, 64 at most, all there? */
static bool is_on_full(char *map, size_t n)
{
	void *addr[64];
	int status[64];
	size_t i;

	for (i = 0; i < n; i++)
		addr[i] = map + i * PAGE;
	if (syscall(SYS_move_pages, 0, n, addr, NULL, status, 0))
		die("move_pages");
	for (i = 0; i < n; i++)
		if (status[i] != FULL)
			return false;
	return true;
}

/*
 * Fills node FULL until what prefers it goes elsewhere. Bound memory would
 * call for the OOM killer; locked, it is in nobody's way to reclaim.
 */
static char *fill(size_t *len)
{
	size_t max = 1UL << 30, chunk = 64 * PAGE;
	unsigned long mask = 1UL << FULL;
	char *map = mmap(NULL, max, PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (map == MAP_FAILED || madvise(map, max, MADV_NOHUGEPAGE))
		die("mmap");
	if (syscall(SYS_mbind, map, max, MPOL_PREFERRED, &mask, 64, 0))
		die("mbind");
	for (*len = 0; *len < max; *len += chunk) {
		if (mlock(map + *len, chunk))
			die("mlock");
		if (!is_on_full(map + *len, 64))
			return map;
	}
	errno = ENOSPC;
	die("a node larger than 1 GiB");
}

/*
 * Frees single pages of @map, far from each other by frame: there is room on
 * the node, but not for a huge page. The rest is locked, and compaction may
 * not move that.
 */
static size_t perforate(char *map, size_t len)
{
	const struct page *page;
	struct shot filled;
	size_t i, n = 0;

	write_file("/proc/sys/vm/compact_unevictable_allowed", "0");
	shot_init(&filled, len / PAGE + 64);
	shot_range(&filled, getpid(), map, len);
	for (i = 0; i < filled.n; i++) {
		page = &filled.page[i];
		if (page->pfn % 8 || page->node != FULL)
			continue;
		if (munlock((void *)page->addr, PAGE) ||
		    madvise((void *)page->addr, PAGE, MADV_DONTNEED))
			die("munlock");
		n++;
	}
	return n;
}

/*
 * Moves THPs to where, but for a few, there is only room for their pages one
 * by one. How many had to be split is the kernel's to tell; those are tried
 * once more by their pages, of which none fails for good.
 */
static void split(size_t n)
{
	char *map = buffer(n * HUGE, 0, true);
	uint64_t splits = vmstat("thp_migration_split");
	uint64_t failed = vmstat("pgmigrate_fail");

	begin(map, n * HUGE);
	move(map, n, HUGE, FULL);
	end(map, n * HUGE, "syscall");
	splits = vmstat("thp_migration_split") - splits;
	state_failed("syscall", 0, vmstat("pgmigrate_fail") - failed);
	line("{\"split\":%" PRIu64 ",\"scenario\":\"%s\"}", splits,
	     scenario_name);
	if (!splits)
		die("all THPs moved as they are");
}

static void pool(int node, size_t pages)
{
	char path[128], text[32];

	snprintf(path, sizeof(path), "/sys/devices/system/node/node%d/"
		 "hugepages/hugepages-2048kB/nr_hugepages", node);
	snprintf(text, sizeof(text), "%zu", pages);
	write_file(path, text);
}

/* Memory of @n pages of hugetlb on node 0. */
static char *hugetlb(size_t n)
{
	char *map;
	size_t i;

	pool(0, n);
	map = mmap(NULL, n * HUGE, PROT_READ | PROT_WRITE,
		   MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB | MAP_NORESERVE,
		   -1, 0);
	if (map == MAP_FAILED)
		die("mmap");
	quiet_mbind(map, n * HUGE, MPOL_BIND, 1);
	for (i = 0; i < n; i++)
		map[i * HUGE] = 1;
	return map;
}

/*
 * One page of hugetlb a call, to where there is none and, but for the first
 * few, none can be made.
 * (Base pages would do, but for them the kernel warns that it has no memory.)
 */
static void overfill(char *map, size_t n)
{
	uint64_t failed = vmstat("pgmigrate_fail");
	size_t i;

	for (i = 0; i < n; i++)
		if (move(map + i * HUGE, 1, HUGE, FULL) < 0 && errno != ENOMEM)
			die("move_pages");
	failed = vmstat("pgmigrate_fail") - failed;
	if (!failed)
		die("move_pages to a full node did not fail");
	state_failed("syscall", ENOMEM, failed);
}

void run_full(int argc, char **argv)
{
	size_t n = number(argc, argv, 0, 24), len;
	char *huge;

	be("load-full");
	huge = hugetlb(n);
	fill(&len);
	overfill(huge, n);
	munmap(huge, n * HUGE);
	pool(0, 0);
}

/* By itself: the kernel warns that it has no memory for a page. */
void run_split(int argc, char **argv)
{
	size_t thps = number(argc, argv, 0, 12), len;
	char *map;

	be("load-split");
	map = fill(&len);
	if (perforate(map, len) < thps * (HUGE / PAGE))
		die("not enough room was made");
	split(thps);
}
