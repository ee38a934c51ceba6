/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Scenarios in which the kernel moves on another's behalf, or on its own. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "load.h"

#define PAGE 4096UL
#define V2 "/sys/fs/cgroup/"
#define GROUP V2 "load/"
#define V1 "/tmp/cpuset/"
#define GROUP_V1 V1 "load/"

static void group_make(const char *controllers)
{
	write_file(V2 "cgroup.subtree_control", controllers);
	if (mkdir(GROUP, 0755))
		die(GROUP);
}

static void group_remove(const char *controllers)
{
	if (rmdir(GROUP))
		die(GROUP);
	write_file(V2 "cgroup.subtree_control", controllers);
}

static void mems(const char *dir, int node)
{
	char path[64], text[32];

	snprintf(path, sizeof(path), "%scpuset.mems", dir);
	snprintf(text, sizeof(text), "%d,%d", node, home_node());
	write_file(path, text);
}

/* The two sets have a node in common, so that it stays as it is. */
static uint64_t remap(const char *dir, const char *procs, size_t len)
{
	struct idle idle = { .len = len, .node = node_at(0), .cgroup = procs };
	uint64_t pages;
	pid_t pid;

	mems(dir, node_at(0));
	pid = idle_spawn(&idle);
	measure_init(pid, len / PAGE);
	measure_begin(pid);
	mems(dir, node_at(1));
	pages = measure_end(pid, "\"kworker\"", "syscall", false);
	idle_end(&idle);
	return pages;
}

/* It is busy as long as there is a remainder of its use in version 2. */
static void mount_v1(void)
{
	int tries = 100;

	if (mkdir(V1, 0755))
		die(V1);
	while (mount("load", V1, "cgroup", 0, "cpuset")) {
		if (errno != EBUSY || !tries--)
			die(V1);
		usleep(100000);
	}
}

/* cgroup v1, where a set says whether memory follows it. */
static void remap_v1(size_t len)
{
	char cpus[256];

	mount_v1();
	if (mkdir(GROUP_V1, 0755))
		die(GROUP_V1);
	read_file(V1 "cpuset.cpus", cpus, sizeof(cpus));
	write_file(GROUP_V1 "cpuset.cpus", cpus);
	write_file(GROUP_V1 "cpuset.memory_migrate", "1");
	remap(GROUP_V1, GROUP_V1 "cgroup.procs", len);
}

/*
 * A process whose set of nodes changes: a kworker moves its memory. The
 * unified hierarchy did not always do so.
 */
void run_cpuset_mems(int argc, char **argv)
{
	size_t len = number(argc, argv, 0, 1024) * PAGE;
	uint64_t pages;

	be("load-mems");
	group_make("+cpuset");
	pages = remap(GROUP, GROUP "cgroup.procs", len);
	group_remove("-cpuset");
	if (!pages)
		remap_v1(len);
}

/* Reclaims of a cgroup what it has, until most of it is on a slow node. */
static void reclaim(pid_t pid, size_t len, int slow)
{
	int fd = open(GROUP "memory.reclaim", O_WRONLY | O_CLOEXEC), i;
	struct shot now;
	char text[32];

	if (fd < 0)
		die(GROUP "memory.reclaim");
	shot_init(&now, len / PAGE + 8192);
	snprintf(text, sizeof(text), "%zu", len);
	for (i = 0; i < 100 && on_node(&now, slow) < len / PAGE; i++) {
		/* EAGAIN if it was less: it is looked at. */
		if (write(fd, text, strlen(text)) < 0 && errno != EAGAIN)
			die("memory.reclaim");
		shot_process(&now, pid);
	}
	close(fd);
}

/* Memory that is not used goes to a slow node when there is too little. */
void run_demote(int argc, char **argv)
{
	struct idle idle = {
		.len = number(argc, argv, 0, 1024) * PAGE,
		.node = node_at(0),
		.cgroup = GROUP "cgroup.procs",
	};
	int slow = slow_node();
	pid_t pid;

	be("load-demote");
	need_reason("demotion");
	if (slow < 0)
		cannot("demotion", "", "no node in a lower tier");
	group_make("+memory");
	write_file("/sys/kernel/mm/numa/demotion_enabled", "true");
	pid = idle_spawn(&idle);
	measure_init(pid, idle.len / PAGE);
	measure_begin(pid);
	reclaim(pid, idle.len, slow);
	measure_end(pid, self_mover(), "demotion", false);
	write_file("/sys/kernel/mm/numa/demotion_enabled", "false");
	idle_end(&idle);
	group_remove("-memory");
}

#define KDAMOND "/sys/kernel/mm/damon/admin/kdamonds/"
#define CONTEXT KDAMOND "0/contexts/0/"
#define SCHEME CONTEXT "schemes/0/"

static void number_file(const char *path, uint64_t value)
{
	char text[32];

	snprintf(text, sizeof(text), "%" PRIu64, value);
	write_file(path, text);
}

/* Frames from..to, whoever has them, to a node as soon as they are cold. */
static void damon_set(uint64_t from, uint64_t to, int node)
{
	write_file(KDAMOND "nr_kdamonds", "1");
	write_file(KDAMOND "0/contexts/nr_contexts", "1");
	write_file(CONTEXT "operations", "paddr");
	number_file(CONTEXT "monitoring_attrs/intervals/sample_us", 5000);
	number_file(CONTEXT "monitoring_attrs/intervals/aggr_us", 100000);
	write_file(CONTEXT "targets/nr_targets", "1");
	write_file(CONTEXT "targets/0/regions/nr_regions", "1");
	number_file(CONTEXT "targets/0/regions/0/start", from * PAGE);
	number_file(CONTEXT "targets/0/regions/0/end", to * PAGE);
	write_file(CONTEXT "schemes/nr_schemes", "1");
	write_file(SCHEME "action", "migrate_cold");
	number_file(SCHEME "target_nid", node);
	number_file(SCHEME "access_pattern/sz/max", 1ULL << 40);
	number_file(SCHEME "access_pattern/age/max", 1000000);
}

/* Frames of the buffer; and no page of another within, hopefully. */
static void damon_watch(const char *map, size_t len, int node)
{
	uint64_t from = UINT64_MAX, to = 0;
	struct shot shot;
	size_t i;

	shot_init(&shot, len / PAGE);
	shot_range(&shot, getpid(), map, len);
	for (i = 0; i < shot.n; i++) {
		if (shot.page[i].pfn < from)
			from = shot.page[i].pfn;
		if (shot.page[i].pfn >= to)
			to = shot.page[i].pfn + 1;
	}
	damon_set(from, to, node);
}

static void await_node(const char *map, size_t len, int node, long seconds)
{
	time_t end = time(NULL) + seconds;
	struct shot now;

	shot_init(&now, len / PAGE);
	do {
		usleep(50000);
		shot_range(&now, getpid(), map, len);
	} while (on_node(&now, node) < len / PAGE && time(NULL) < end);
}

/* A kernel thread that finds out what is not used. */
void run_damon(int argc, char **argv)
{
	size_t len = number(argc, argv, 0, 1024) * PAGE;
	long seconds = number(argc, argv, 1, 60);
	char *map;

	be("load-damon");
	need_reason("damon");
	if (access(KDAMOND "nr_kdamonds", W_OK))
		cannot("damon", "CONFIG_DAMON_SYSFS", "no kdamonds");
	map = buffer(len, node_at(1), false);
	damon_watch(map, len, spare_node());
	measure_init(getpid(), len / PAGE);
	measure_begin(getpid());
	write_file(KDAMOND "0/state", "on");
	await_node(map, len, spare_node(), seconds);
	write_file(KDAMOND "0/state", "off");
	measure_end(getpid(), "\"kdamond\"", "damon", false);
	write_file(KDAMOND "nr_kdamonds", "0");
}
