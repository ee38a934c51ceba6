/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bench_calls CALLS: asks move_pages(2) for one page where it is already, and
 * prints what that took, in ns a call. Where the clock counts instructions
 * that is instructions a call.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static char page[4096] __attribute__((aligned(4096)));

static double now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

static long call(const int *node, int *status)
{
	void *pages[] = { page };

	return syscall(SYS_move_pages, 0, 1UL, pages, node, status, 2);
}

int main(int argc, char **argv)
{
	unsigned long calls = argc > 1 ? strtoul(argv[1], NULL, 10) : 0;
	unsigned long i;
	int node, status;
	double start;

	if (!calls) {
		fputs("usage: bench_calls CALLS\n", stderr);
		return 2;
	}
	page[0] = 1;
	if (call(NULL, &node)) {
		perror("bench_calls");
		return 1;
	}
	start = now_ns();
	for (i = 0; i < calls; i++)
		if (call(&node, &status)) {
			perror("bench_calls: move_pages");
			return 1;
		}
	printf("%.0f\n", (now_ns() - start) / (double)calls);
	return 0;
}
