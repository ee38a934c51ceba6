/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bench_pages MIB ROUNDS: moves a buffer between nodes 0 and 1 with
 * migrate_pages(2), to and fro, and prints what that took, in ns a page.
 * Where the clock counts instructions that is instructions a page.
 */
#include <linux/mempolicy.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static double now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

/* Of all the process has, only the buffer may be on either node. */
static char *buffer(size_t len)
{
	unsigned long node = 1;
	char *map = mmap(NULL, len, PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (map == MAP_FAILED || madvise(map, len, MADV_NOHUGEPAGE) ||
	    syscall(SYS_mbind, map, len, MPOL_BIND, &node, 64UL, 0U))
		return NULL;
	memset(map, 1, len);
	/* Bound memory does not come along. */
	if (syscall(SYS_mbind, map, len, MPOL_DEFAULT, NULL, 0UL, 0U))
		return NULL;
	return map;
}

static long move(unsigned long from, unsigned long to)
{
	return syscall(SYS_migrate_pages, 0, 64UL, &from, &to);
}

int main(int argc, char **argv)
{
	size_t len = argc > 1 ? strtoul(argv[1], NULL, 10) << 20 : 0;
	unsigned long rounds = argc > 2 ? strtoul(argv[2], NULL, 10) : 0;
	unsigned long round;
	double start;

	if (!len || !rounds) {
		fputs("usage: bench_pages MIB ROUNDS\n", stderr);
		return 2;
	}
	if (!buffer(len) || move(1, 2)) {
		perror("bench_pages");
		return 1;
	}
	start = now_ns();
	for (round = 0; round < rounds; round++)
		if (move(round % 2 ? 1 : 2, round % 2 ? 2 : 1)) {
			perror("bench_pages: migrate_pages");
			return 1;
		}
	printf("%.0f\n", (now_ns() - start) / (double)rounds /
				 ((double)len / (double)sysconf(_SC_PAGESIZE)));
	return 0;
}
