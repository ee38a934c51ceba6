/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Another user of BPF: while bpf(2) changes a map no kprobe program runs on
 * its CPU (bpf_disable_instrumentation), and where the kernel preempts,
 * somebody's pages move meanwhile.
 */
#define _GNU_SOURCE
#include <linux/bpf.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "load.h"

#define KEYS 64

static int map_new(void)
{
	union bpf_attr attr;
	int fd;

	memset(&attr, 0, sizeof(attr));
	attr.map_type = BPF_MAP_TYPE_HASH;
	attr.key_size = sizeof(uint32_t);
	attr.value_size = 4096;
	attr.max_entries = KEYS;
	fd = syscall(SYS_bpf, BPF_MAP_CREATE, &attr, sizeof(attr));
	if (fd < 0)
		die("bpf map");
	return fd;
}

static void neighbour_body(void *arg)
{
	static char value[4096];
	int fd = map_new();
	union bpf_attr attr;
	uint32_t key;

	on_cpu(*(int *)arg);
	be("load-neighbour");
	for (key = 0;; key = (key + 1) % KEYS) {
		memset(&attr, 0, sizeof(attr));
		attr.map_fd = fd;
		attr.key = (uintptr_t)&key;
		attr.value = (uintptr_t)value;
		if (syscall(SYS_bpf, BPF_MAP_UPDATE_ELEM, &attr, sizeof(attr)))
			die("bpf update");
	}
}

static void storm_body(void *arg)
{
	char **argv = arg;
	int argc = 0;

	while (argv[argc])
		argc++;
	run_storm(argc, argv);
}

/* One on each of four CPUs, as long as pages go to and fro. */
void run_neighbour(int argc, char **argv)
{
	pid_t pid[4], storm;
	int cpu, status;

	(void)argc;
	for (cpu = 0; cpu < 4; cpu++)
		pid[cpu] = spawn(neighbour_body, &cpu);
	storm = spawn(storm_body, argv);
	if (waitpid(storm, &status, 0) != storm || status)
		die("the storm failed");
	for (cpu = 0; cpu < 4; cpu++)
		kill(pid[cpu], SIGKILL);
}
