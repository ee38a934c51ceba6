/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A busy machine to look at: processes with well-known names that move
 * memory in the ways their models do, at rates that change. For recordings
 * and demonstrations; it states no flows.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/mempolicy.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "load.h"

#define PAGE 4096UL
#define MIB (1UL << 20)

struct actor {
	const char *comm;
	const char *args;	/* of its command line */
	size_t mib;
	int node, pause_ms;	/* where it starts, how long between steps */
	void (*step)(const struct actor *self, char *map, long n);
};

/* Read-mostly memory pulled to and fro between two nodes, in slices. */
static void step_slices(const struct actor *self, char *map, long n)
{
	size_t slice = self->mib * MIB / 8;
	int node = (self->node + (n / 8 + 1) % 2) % 4;

	syscall(SYS_mbind, map + n % 8 * slice, slice, MPOL_BIND,
		&(unsigned long){ 1UL << node }, 64UL, MPOL_MF_MOVE);
}

/* Single hot pages to where they are used. */
static void step_hot(const struct actor *self, char *map, long n)
{
	void *addr[256];
	int node[256], status[256], i;

	for (i = 0; i < 256; i++) {
		addr[i] = map + (n * 977 + i * 31L) % (self->mib * 256) * PAGE;
		node[i] = (n + i) % 4;
	}
	syscall(SYS_move_pages, 0, 256L, addr, node, status, MPOL_MF_MOVE);
}

/* A snapshot: fork, write, and the child's copies go elsewhere. */
static void step_snapshot(const struct actor *self, char *map, long n)
{
	if (n % 4)
		return;
	if (!fork()) {
		memset(map, n, self->mib * MIB / 4);
		syscall(SYS_mbind, map, self->mib * MIB / 4, MPOL_BIND,
			&(unsigned long){ 1UL << (self->node + 2) % 4 }, 64UL,
			MPOL_MF_MOVE);
		_exit(0);
	}
	wait(NULL);
}

/* Used from a cpu of another node: balancing fetches it. */
static void step_use(const struct actor *self, char *map, long n)
{
	size_t i;

	if (n % 64 == 0)
		on_cpu((self->node + 1 + n / 64) % 4);
	for (i = 0; i < self->mib * MIB; i += PAGE)
		map[i]++;
}

static void step_none(const struct actor *self, char *map, long n)
{
	(void)self;
	(void)map;
	(void)n;
}

/* The last one is the agent: it moves the others. */
static const struct actor actors[] = {
	{ "mysqld", "--datadir=/var/lib/mysql", 32, 0, 90, step_slices },
	{ "redis-server", "*:6379", 16, 1, 250, step_snapshot },
	{ "java", "-Xmx2g -jar app.jar", 32, 2, 400, step_slices },
	{ "postgres", "-D /var/lib/postgresql", 8, 2, 20, step_use },
	{ "memcached", "-m 64", 16, 3, 60, step_hot },
	{ "qemu-system-x86", "-name guest=web1 -m 4096", 32, 0, 100,
	  step_none },
	{ "qemu-system-x86", "-name guest=db2 -m 4096", 32, 1, 100,
	  step_none },
	{ "katalyst-agent", "--config=/etc/katalyst.yaml", 1, 3, 700,
	  step_none },
};
#define ACTORS (sizeof(actors) / sizeof(actors[0]))

static pid_t pids[ACTORS];

/* The agent evens out two machines and, now and then, the database. */
static void step_agent(long n)
{
	static const int victims[] = { 5, 6, 5, 0 };
	unsigned long from = 0xf, to = 1UL << n % 4;

	syscall(SYS_migrate_pages, pids[victims[n % 4]], 64UL, &from, &to);
}

/* A wave: three seconds of the nominal pace, then slower, then faster. */
static void rest(const struct actor *self, long n)
{
	static const int tenths[] = { 10, 20, 5, 10, 3, 30 };
	long ms = self->pause_ms * tenths[n / 24 % 6] / 10;
	struct timespec ts = { ms / 1000, ms % 1000 * 1000000 };

	nanosleep(&ts, NULL);
}

/* Overwrite argv, which is what /proc/PID/cmdline shows. */
static void title(char **argv, const struct actor *self)
{
	char *start = argv[0], *p;
	size_t room;

	for (p = start; *argv; argv++)
		p = *argv + strlen(*argv) + 1;
	room = p - start;
	memset(start, 0, room);
	snprintf(start, room, "%s %s", self->comm, self->args);
	for (p = start; (p = strchr(p, ' ')); )
		*p++ = '\0';
	prctl(PR_SET_NAME, self->comm);
}

struct play {
	const struct actor *self;
	time_t until;
	char **argv;
};

static void play_body(void *arg)
{
	struct play *play = arg;
	const struct actor *self = play->self;
	char *map;
	long n;

	title(play->argv, self);
	map = buffer(self->mib * MIB, self->node, !strcmp(self->comm, "java"));
	if (self->step == step_use)
		quiet_mbind(map, self->mib * MIB, MPOL_BIND |
			    MPOL_F_NUMA_BALANCING, 0xf);
	for (n = 0; time(NULL) < play->until; n++) {
		if (self == &actors[ACTORS - 1])
			step_agent(n);
		self->step(self, map, n);
		rest(self, n);
	}
}

/* argv is the tail of main's; the title needs all of it, and some room. */
void run_mixed(int argc, char **argv)
{
	struct play play = {
		.until = time(NULL) + number(argc, argv, 0, 30),
		.argv = argv - 2,
	};
	size_t i;

	balance(1);
	for (i = 0; i < ACTORS; i++) {
		play.self = &actors[i];
		pids[i] = spawn(play_body, &play);
	}
	reap();
	balance(0);
}
