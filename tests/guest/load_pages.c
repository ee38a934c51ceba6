/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where pages are and what moved in between, from the kernel's own view:
 * pagemap for frames, move_pages(2) with no target nodes for nodes,
 * kpageflags and kpagecount for folios and sharing.
 */
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
#include <unistd.h>

#include "load.h"

#define PAGE		4096UL
#define PRESENT		(1ULL << 63)
#define PFN(entry)	((entry) & ((1ULL << 55) - 1))
#define COMPOUND_TAIL	(1ULL << 16)	/* linux/kernel-page-flags.h */
#define CHUNK		4096

/* Memory of known node and page size, touched. */
void *buffer(size_t len, int node, bool huge)
{
	char *map = mmap(NULL, len + HUGE, PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	size_t i;

	if (map == MAP_FAILED)
		die("mmap");
	map = (char *)(((uintptr_t)map + HUGE - 1) & -HUGE);
	if (madvise(map, len, huge ? MADV_HUGEPAGE : MADV_NOHUGEPAGE))
		die("madvise");
	quiet_mbind(map, len, MPOL_BIND, 1UL << node);
	for (i = 0; i < len; i += PAGE)
		map[i] = 1 + i / PAGE % 255;
	return map;
}

/*
 * All of it at once: a page of our own books that came in while a shot is
 * taken would be in no shot, and move nevertheless.
 */
static void *reserve(size_t len)
{
	void *map = mmap(NULL, len, PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);

	if (map == MAP_FAILED)
		die("mmap");
	return map;
}

void shot_init(struct shot *shot, size_t max)
{
	shot->page = reserve(max * sizeof(*shot->page));
	shot->max = max;
	shot->n = 0;
}

static int proc_open(pid_t pid, const char *file)
{
	char path[64];
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/%s", pid, file);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		die(path);
	return fd;
}

static void add_chunk(struct shot *shot, int fd, uintptr_t addr, size_t n)
{
	static uint64_t entry[CHUNK];
	ssize_t got = pread(fd, entry, n * 8, addr / PAGE * 8);
	size_t i;

	if (got < 0)
		die("pagemap");
	for (i = 0; i < (size_t)got / 8; i++) {
		if (!(entry[i] & PRESENT))
			continue;
		if (!PFN(entry[i])) {
			errno = EPERM;
			die("pagemap shows no frames; run as root");
		}
		if (shot->n == shot->max) {
			errno = ENOSPC;
			die("shot");
		}
		shot->page[shot->n++] = (struct page){
			.addr = addr + i * PAGE,
			.pfn = PFN(entry[i]),
		};
	}
}

static void add_range(struct shot *shot, int fd, uintptr_t from, uintptr_t to)
{
	size_t n;

	for (; from < to; from += n * PAGE) {
		n = (to - from) / PAGE;
		if (n > CHUNK)
			n = CHUNK;
		add_chunk(shot, fd, from, n);
	}
}

/* The nodes of all pages of a shot, in one query. */
static void add_nodes(struct shot *shot, pid_t pid)
{
	static void **addr;
	static int *status;
	static size_t max;
	size_t i;

	if (max < shot->max) {
		max = shot->max;
		addr = reserve(max * sizeof(*addr));
		status = reserve(max * sizeof(*status));
	}
	for (i = 0; i < shot->n; i++)
		addr[i] = (void *)shot->page[i].addr;
	if (shot->n && syscall(SYS_move_pages, pid, shot->n, addr, NULL,
			       status, 0) < 0)
		die("move_pages query");
	for (i = 0; i < shot->n; i++)
		shot->page[i].node = status[i];
}

/* The kernel's own mappings hold pages that belong to no process. */
static bool is_special(const char *name)
{
	return strstr(name, "[v") != NULL;
}

void shot_process(struct shot *shot, pid_t pid)
{
	static char text[65536];
	int maps = proc_open(pid, "maps"), pagemap = proc_open(pid, "pagemap");
	size_t got = 0;
	uintptr_t from, to;
	char *at, *next;
	ssize_t n;

	while ((n = read(maps, text + got, sizeof(text) - 1 - got)) > 0)
		got += n;
	text[got] = '\0';
	close(maps);
	shot->n = 0;
	for (at = text; (next = strchr(at, '\n')); at = next + 1) {
		*next = '\0';
		if (sscanf(at, "%" SCNxPTR "-%" SCNxPTR, &from, &to) == 2 &&
		    !is_special(at))
			add_range(shot, pagemap, from, to);
	}
	close(pagemap);
	add_nodes(shot, pid);
}

void shot_range(struct shot *shot, pid_t pid, const void *addr, size_t len)
{
	int pagemap = proc_open(pid, "pagemap");

	shot->n = 0;
	add_range(shot, pagemap, (uintptr_t)addr, (uintptr_t)addr + len);
	close(pagemap);
	add_nodes(shot, pid);
}

void shot_swap(struct shot *a, struct shot *b)
{
	struct shot c = *a;

	*a = *b;
	*b = c;
}

size_t on_node(const struct shot *shot, int node)
{
	size_t i, n = 0;

	for (i = 0; i < shot->n; i++)
		n += shot->page[i].node == node;
	return n;
}

static uint64_t of_frame(const char *path, int *fd, uint64_t pfn)
{
	uint64_t value;

	if (!*fd)
		*fd = open(path, O_RDONLY | O_CLOEXEC);
	if (*fd < 0 || pread(*fd, &value, 8, pfn * 8) != 8)
		die(path);
	return value;
}

static struct flow *flow_of(struct flows *flows, int src, int dst, bool shared)
{
	struct flow *f;

	for (f = flows->flow; f < flows->flow + flows->n; f++)
		if (f->src == src && f->dst == dst && f->shared == shared)
			return f;
	if (flows->n == sizeof(flows->flow) / sizeof(*f)) {
		errno = ENOSPC;
		die("flows");
	}
	flows->n++;
	*f = (struct flow){ .src = src, .dst = dst, .shared = shared };
	return f;
}

static void moved(struct flows *flows, int src, const struct page *to)
{
	static int flags, count;
	bool shared = of_frame("/proc/kpagecount", &count, to->pfn) > 1;
	struct flow *f = flow_of(flows, src, to->node, shared);

	f->pages++;
	if (!(of_frame("/proc/kpageflags", &flags, to->pfn) & COMPOUND_TAIL))
		f->folios++;
}

/*
 * Adds to flows what moved from before to after. A page that stayed on its
 * node and changed its frame was compacted, or written to after a fork: it
 * counts only if intra, when the process is known not to have done that.
 */
void diff(struct flows *flows, const struct shot *before,
	  const struct shot *after, bool intra)
{
	const struct page *a = before->page, *b = after->page;

	while (a < before->page + before->n && b < after->page + after->n) {
		if (a->addr < b->addr) {
			a++;
			continue;
		}
		if (a->addr == b->addr) {
			if (a->node >= 0 && b->node >= 0 &&
			    (a->node != b->node ||
			     (intra && a->pfn != b->pfn)))
				moved(flows, a->node, b);
			a++;
		}
		b++;
	}
}

void state_by(const struct flows *flows, pid_t owner, const char *mover,
	      const char *reason)
{
	const struct flow *f;

	for (f = flows->flow; f < flows->flow + flows->n; f++)
		line("{\"flow\":\"%s\",\"scenario\":\"%s\",\"owner\":%d,"
		     "\"mover\":%s,\"src\":%d,\"dst\":%d,\"reason\":\"%s\","
		     "\"pages\":%" PRIu64 ",\"folios\":%" PRIu64 "}",
		     f->shared ? "shared" : "process", scenario_name, owner,
		     mover, f->src, f->dst, reason, f->pages, f->folios);
}

void state(const struct flows *flows, pid_t owner, pid_t mover,
	   const char *reason)
{
	char text[16];

	snprintf(text, sizeof(text), "%d", mover);
	state_by(flows, owner, text, reason);
}
