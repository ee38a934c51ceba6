/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Scenarios of many calls: at once, or without pause. */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/mempolicy.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "load.h"

#define PAGE 4096UL

/* What all processes of a storm see. */
struct storm {
	pthread_barrier_t barrier;
	long processes, rounds;
	size_t pages;
	struct part {
		pid_t pid;
		char *map;
	} part[];
};

/* One process of it. */
struct self {
	struct storm *storm;
	long index;
};

static void all(struct storm *storm)
{
	int ret = pthread_barrier_wait(&storm->barrier);

	if (ret && ret != PTHREAD_BARRIER_SERIAL_THREAD)
		die("barrier");
}

/* Whose pages process i moves in a round: its own, or a neighbour's. */
static long victim(const struct storm *storm, long i, long round)
{
	return round % 2 ? (i + 1) % storm->processes : i;
}

static long mover(const struct storm *storm, long i, long round)
{
	return round % 2 ? (i + storm->processes - 1) % storm->processes : i;
}

static void push(const struct part *part, size_t pages, int node)
{
	static void **addr;
	static int *nodes, *status;
	pid_t target = part->pid == getpid() ? 0 : part->pid;
	size_t i;

	if (!addr) {
		addr = calloc(pages, sizeof(*addr));
		nodes = calloc(pages, sizeof(*nodes));
		status = calloc(pages, sizeof(*status));
	}
	if (!addr || !nodes || !status)
		die("calloc");
	for (i = 0; i < pages; i++) {
		addr[i] = part->map + i * PAGE;
		nodes[i] = node;
	}
	if (call_move_pages(target, pages, addr, nodes, status,
			    MPOL_MF_MOVE) < 0)
		die("move_pages");
}

/*
 * In each round each buffer has one mover, all move at once, and the owner
 * looks at its buffer when all are done: so each flow has a known mover.
 */
static void storm_body(void *arg)
{
	struct self *self = arg;
	struct storm *storm = self->storm;
	struct part *mine = &storm->part[self->index];
	struct flows flows[2] = { { .n = 0 }, { .n = 0 } };
	struct shot was, is;
	long round;

	be("load-storm");
	mine->map = buffer(storm->pages * PAGE, node_at(0), false);
	mine->pid = getpid();
	shot_init(&was, storm->pages);
	shot_init(&is, storm->pages);
	shot_range(&was, mine->pid, mine->map, storm->pages * PAGE);
	all(storm);
	for (round = 0; round < storm->rounds; round++) {
		push(&storm->part[victim(storm, self->index, round)],
		     storm->pages, node_at((round + 1) % 3));
		all(storm);
		shot_range(&is, mine->pid, mine->map, storm->pages * PAGE);
		diff(&flows[round % 2], &was, &is, false);
		shot_swap(&was, &is);
		all(storm);
	}
	for (round = 0; round < 2; round++)
		state(&flows[round], mine->pid,
		      storm->part[mover(storm, self->index, round)].pid,
		      "syscall");
}

static struct storm *storm_new(long processes, long rounds, size_t pages)
{
	size_t len = sizeof(struct storm) + processes * sizeof(struct part);
	pthread_barrierattr_t attr;
	struct storm *storm;

	storm = mmap(NULL, len, PROT_READ | PROT_WRITE,
		     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (storm == MAP_FAILED)
		die("mmap");
	pthread_barrierattr_init(&attr);
	pthread_barrierattr_setpshared(&attr, PTHREAD_PROCESS_SHARED);
	if (pthread_barrier_init(&storm->barrier, &attr, processes))
		die("barrier");
	storm->processes = processes;
	storm->rounds = rounds;
	storm->pages = pages;
	return storm;
}

void run_storm(int argc, char **argv)
{
	struct storm *storm = storm_new(number(argc, argv, 0, 64),
					number(argc, argv, 1, 20),
					number(argc, argv, 2, 32));
	struct self self = { .storm = storm };

	be("load-storm-top");
	vmstat_begin();
	for (self.index = 0; self.index < storm->processes; self.index++)
		spawn(storm_body, &self);
	reap();
	vmstat_end();
}

/* The whole process goes to and fro; the rest of it lives elsewhere. */
void run_pingpong(int argc, char **argv)
{
	size_t len = (size_t)number(argc, argv, 0, 64) << 20;
	long rounds = number(argc, argv, 1, 10), round;
	struct flows flows = { .n = 0 };
	struct shot was, is;
	char *map;

	be("load-pingpong");
	map = buffer(len, node_at(0), false);
	shot_init(&was, len / PAGE);
	shot_init(&is, len / PAGE);
	vmstat_begin();
	shot_range(&was, getpid(), map, len);
	for (round = 0; round < rounds; round++) {
		if (call_migrate_pages(0, 1UL << node_at(round & 1),
				       1UL << node_at(~round & 1)) < 0)
			die("migrate_pages");
		shot_range(&is, getpid(), map, len);
		diff(&flows, &was, &is, false);
		shot_swap(&was, &is);
	}
	vmstat_end();
	state(&flows, getpid(), getpid(), "syscall");
}

/* One short life: moves its few pages once, and is gone. */
static void bomb_body(void *arg)
{
	size_t pages = *(const size_t *)arg;
	struct flows flows = { .n = 0 };
	struct part part = { .pid = getpid() };
	struct shot was, is;

	be("load-bomb");
	part.map = buffer(pages * PAGE, node_at(0), false);
	shot_init(&was, pages);
	shot_init(&is, pages);
	shot_range(&was, part.pid, part.map, pages * PAGE);
	push(&part, pages, node_at(1));
	shot_range(&is, part.pid, part.map, pages * PAGE);
	diff(&flows, &was, &is, false);
	state(&flows, part.pid, part.pid, "syscall");
}

/* More processes than anybody has rows for, a few at a time. */
void run_bomb(int argc, char **argv)
{
	long processes = number(argc, argv, 0, 5000), i;
	size_t pages = number(argc, argv, 1, 4);

	be("load-bomb-top");
	vmstat_begin();
	for (i = 0; i < processes; i++) {
		spawn(bomb_body, &pages);
		if (i % 8 == 7)
			reap();
	}
	reap();
	vmstat_end();
}
