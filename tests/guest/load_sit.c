/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A process that does nothing, and tells what others did to its memory. */
#define _GNU_SOURCE
#include <alloca.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "load.h"

#define PAGE 4096UL
#define STACK 65536

static struct shot was, is;

/*
 * A page first touched after a shot was taken, and moved before the next, is
 * in neither: none may be left to touch.
 */
static void touch_all(void)
{
	explicit_bzero(alloca(STACK), STACK);
	if (mlockall(MCL_CURRENT | MCL_FUTURE))
		die("mlockall");
}

/*
 * Each line of standard input names who has moved pages of this process
 * since the last one: pid, comm, reason. The pid is 0 where only the kernel
 * knows it. Answers with what moved, then with the counters, and then sits
 * on until the input ends.
 */
void run_sit(int argc, char **argv)
{
	size_t len = number(argc, argv, 0, 2048) * PAGE;
	char comm[32], reason[32];
	struct flows flows;
	int mover;

	setvbuf(stdin, NULL, _IONBF, 0);
	buffer(len, 0, false);
	shot_init(&was, len / PAGE + 8192);
	shot_init(&is, len / PAGE + 8192);
	touch_all();
	shot_process(&is, getpid());
	shot_process(&was, getpid());
	vmstat_begin();
	be("load-sit");
	while (scanf("%d %31s %31s", &mover, comm, reason) == 3) {
		flows.n = 0;
		shot_process(&is, getpid());
		diff(&flows, &was, &is, false);
		line("{\"process\":%d,\"scenario\":\"%s\",\"comm\":\"%s\"}",
		     mover, scenario_name, comm);
		state(&flows, getpid(), mover, reason);
		vmstat_end();
		vmstat_begin();
		shot_swap(&was, &is);
	}
}
