/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A process that holds memory, and what becomes of it. */
#define _GNU_SOURCE
#include <stdio.h>
#include <unistd.h>

#include "load.h"

#define PAGE 4096UL

/* Two readings; touched, so that they do not change what they read. */
static struct shot was, is;

void measure_init(pid_t pid, size_t pages)
{
	shot_init(&was, pages + 8192);
	shot_init(&is, pages + 8192);
	shot_process(&was, pid);
	shot_process(&is, pid);
}

void measure_begin(pid_t pid)
{
	vmstat_begin();
	shot_process(&was, pid);
}

uint64_t measure_end(pid_t pid, const char *mover, const char *reason,
		     bool intra)
{
	struct flows flows = { .n = 0 };
	uint64_t pages = 0;
	size_t i;

	shot_process(&is, pid);
	vmstat_end();
	diff(&flows, &was, &is, intra);
	state_by(&flows, pid, mover, reason);
	for (i = 0; i < flows.n; i++)
		pages += flows.flow[i].pages;
	return pages;
}

const char *self_mover(void)
{
	static char text[16];

	snprintf(text, sizeof(text), "%d", getpid());
	return text;
}

static void idle_body(void *arg)
{
	struct idle *idle = arg;

	close(idle->done[1]);
	be("load-owner");
	if (idle->cgroup)
		write_file(idle->cgroup, "0");
	buffer(idle->len, idle->node, false);
	signal_byte(idle->ready[1]);
	await_byte(idle->done[0]);
}

pid_t idle_spawn(struct idle *idle)
{
	pid_t pid;

	if (pipe(idle->ready) || pipe(idle->done))
		die("pipe");
	pid = spawn(idle_body, idle);
	close(idle->ready[1]);
	await_byte(idle->ready[0]);
	return pid;
}

void idle_end(struct idle *idle)
{
	signal_byte(idle->done[1]);
	reap();
}
