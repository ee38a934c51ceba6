/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bench_crowd PROCESSES SECONDS: so many small processes, each of which moves
 * pages of its own about once a second, from node to node.
 */
#include <linux/mempolicy.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PAGES 8
#define PAGE 4096
#define NODES 3

static long now_s(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec;
}

static void move(char *map, int node)
{
	int nodes[PAGES], status[PAGES];
	void *addr[PAGES];
	int i;

	for (i = 0; i < PAGES; i++) {
		addr[i] = map + i * PAGE;
		nodes[i] = node;
	}
	syscall(SYS_move_pages, 0, (unsigned long)PAGES, addr, nodes, status,
		MPOL_MF_MOVE);
}

static void live(long end)
{
	char *map = mmap(NULL, PAGES * PAGE, PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int node = 0;

	if (map == MAP_FAILED)
		_exit(1);
	memset(map, 1, PAGES * PAGE);
	while (now_s() < end) {
		move(map, node);
		node = (node + 1) % NODES;
		sleep(1);
	}
	_exit(0);
}

int main(int argc, char **argv)
{
	long processes = argc > 1 ? strtol(argv[1], NULL, 10) : 0;
	long seconds = argc > 2 ? strtol(argv[2], NULL, 10) : 0;
	pid_t pid;

	if (processes <= 0 || seconds <= 0) {
		fputs("usage: bench_crowd PROCESSES SECONDS\n", stderr);
		return 2;
	}
	while (processes-- > 0) {
		pid = fork();
		if (pid < 0) {
			perror("bench_crowd: fork");
			return 1;
		}
		if (!pid)
			live(now_s() + seconds);
	}
	while (wait(NULL) > 0)
		;
	return 0;
}
