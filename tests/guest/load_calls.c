/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Scenarios of one system call each. */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/mempolicy.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "load.h"

#define PAGE 4096UL

/* Two readings; touched, so that they do not change what they read. */
static struct shot was, is;

static void shots_init(pid_t pid, size_t pages)
{
	shot_init(&was, pages + 8192);
	shot_init(&is, pages + 8192);
	shot_process(&was, pid);
	shot_process(&is, pid);
}

void run_migrate(int argc, char **argv)
{
	struct idle idle = {
		.len = number(argc, argv, 0, 2048) * PAGE,
		.node = node_at(0),
	};
	struct flows flows = { .n = 0 };
	pid_t pid;

	be("load-mover");
	pid = idle_spawn(&idle);
	shots_init(pid, idle.len / PAGE);
	vmstat_begin();
	shot_process(&was, pid);
	if (call_migrate_pages(pid, 1UL << node_at(0), 1UL << node_at(1)) < 0)
		die("migrate_pages");
	shot_process(&is, pid);
	vmstat_end();
	diff(&flows, &was, &is, false);
	state(&flows, pid, getpid(), "syscall");
	idle_end(&idle);
}

/* Pages of a buffer to nodes[], round robin, by move_pages(2). */
static void scatter(char *map, size_t n, const int *nodes, size_t of)
{
	void **addr = calloc(n, sizeof(*addr));
	int *node = calloc(n, sizeof(*node));
	int *status = calloc(n, sizeof(*status));
	size_t i;

	if (!addr || !node || !status)
		die("calloc");
	for (i = 0; i < n; i++) {
		addr[i] = map + i * PAGE;
		node[i] = nodes[i % of];
	}
	if (call_move_pages(0, n, addr, node, status, MPOL_MF_MOVE) < 0)
		die("move_pages");
}

/* Run act on this process and state what it moved. */
static void measured(void (*act)(void *arg), void *arg, const char *reason)
{
	struct flows flows = { .n = 0 };

	vmstat_begin();
	shot_process(&was, getpid());
	act(arg);
	shot_process(&is, getpid());
	vmstat_end();
	diff(&flows, &was, &is, false);
	state(&flows, getpid(), getpid(), reason);
}

struct piece {
	char *map;
	size_t len;
	int node;  /* where it goes... */
	size_t of; /* ...or to how many nodes behind the first */
};

#define SCATTER_MAX 63

static void scatter_act(void *arg)
{
	struct piece *piece = arg;
	int nodes[SCATTER_MAX];
	size_t i;

	for (i = 0; i < piece->of; i++)
		nodes[i] = node_at(i + 1);
	scatter(piece->map, piece->len / PAGE, nodes, piece->of);
}

void run_scatter(int argc, char **argv)
{
	struct piece piece = {
		.len = number(argc, argv, 0, 3000) * PAGE,
		.of = number(argc, argv, 1, 3),
	};

	if (!piece.of || piece.of > SCATTER_MAX)
		die("scatter: nodes");
	be("load-scatter");
	piece.map = buffer(piece.len, node_at(0), false);
	shots_init(getpid(), piece.len / PAGE);
	measured(scatter_act, &piece, "syscall");
}

static void mbind_act(void *arg)
{
	struct piece *piece = arg;

	if (call_mbind(piece->map, piece->len, MPOL_BIND, 1UL << piece->node,
		       MPOL_MF_MOVE))
		die("mbind");
}

void run_mbind(int argc, char **argv)
{
	struct piece base = { .len = number(argc, argv, 0, 1000) * PAGE,
			      .node = node_at(1) };
	struct piece huge = { .len = number(argc, argv, 1, 4) * HUGE,
			      .node = node_at(2) };

	be("load-mbind");
	base.map = buffer(base.len, node_at(0), false);
	huge.map = buffer(huge.len, node_at(0), true);
	shots_init(getpid(), (base.len + huge.len) / PAGE);
	measured(mbind_act, &base, "mempolicy_mbind");
	measured(mbind_act, &huge, "mempolicy_mbind");
}

static void hugetlb_room(int node, size_t pages)
{
	char path[128], count[32];

	snprintf(path, sizeof(path), "/sys/devices/system/node/node%d/"
		 "hugepages/hugepages-2048kB/nr_hugepages", node);
	snprintf(count, sizeof(count), "%zu", pages);
	write_file(path, count);
}

/* From a pool of its own, with a unit of its own in older kernels. */
void run_hugetlb(int argc, char **argv)
{
	size_t pages = number(argc, argv, 0, 4);
	struct piece piece = { .len = pages * HUGE, .node = 1 };
	struct flows flows = { .n = 0 };

	be("load-hugetlb");
	hugetlb_room(0, pages);
	hugetlb_room(1, pages);
	piece.map = mmap(NULL, piece.len, PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB |
			 MAP_NORESERVE, -1, 0);
	if (piece.map == MAP_FAILED)
		die("mmap of hugetlb");
	quiet_mbind(piece.map, piece.len, MPOL_BIND, 1UL << 0);
	memset(piece.map, 1, piece.len);
	shot_init(&was, piece.len / PAGE);
	shot_init(&is, piece.len / PAGE);
	shot_range(&was, getpid(), piece.map, piece.len);
	mbind_act(&piece);
	shot_range(&is, getpid(), piece.map, piece.len);
	diff(&flows, &was, &is, false);
	state(&flows, getpid(), getpid(), "mempolicy_mbind");
	munmap(piece.map, piece.len);
	hugetlb_room(0, 0);
	hugetlb_room(1, 0);
}

struct forked {
	char *map;
	size_t pages, written;
	int done[2];
};

static void fork_act(void *arg)
{
	const int nodes[] = { node_at(1) };
	struct forked *forked = arg;

	scatter(forked->map, forked->written, nodes, 1);
}

/*
 * The child's written pages are its own, though the parent's mapping is the
 * first that a walk from such a page meets: the owner must be the child.
 */
static void fork_body(void *arg)
{
	struct forked *forked = arg;

	be("load-child");
	memset(forked->map, 7, forked->written * PAGE);
	shots_init(getpid(), forked->pages);
	measured(fork_act, forked, "syscall");
}

void run_fork(int argc, char **argv)
{
	struct forked forked = { .pages = number(argc, argv, 0, 300),
				 .written = number(argc, argv, 1, 200) };
	struct flows flows = { .n = 0 };
	struct shot before, after;
	size_t len = forked.pages * PAGE;

	if (forked.written > forked.pages) {
		errno = EINVAL;
		die("more written than there are pages");
	}
	be("load-parent");
	forked.map = buffer(len, node_at(0), false);
	shot_init(&before, forked.pages);
	shot_init(&after, forked.pages);
	shot_range(&before, getpid(), forked.map, len);
	spawn(fork_body, &forked);
	reap();
	shot_range(&after, getpid(), forked.map, len);
	diff(&flows, &before, &after, false);
	state(&flows, getpid(), getpid(), "syscall");
}

static void still_act(void *arg)
{
	static const int nodes[] = { 0 };
	struct piece *piece = arg;

	scatter(piece->map, piece->len / PAGE, nodes, 1);
	mbind_act(piece);
	if (call_migrate_pages(0, 1UL << 0, 1UL << 0) < 0)
		die("migrate_pages");
}

/* Everything is asked to go where it is: nothing moves. */
void run_still(int argc, char **argv)
{
	struct piece piece = { .len = number(argc, argv, 0, 512) * PAGE };

	be("load-still");
	piece.map = buffer(piece.len, 0, false);
	shots_init(getpid(), piece.len / PAGE);
	measured(still_act, &piece, "syscall");
}
