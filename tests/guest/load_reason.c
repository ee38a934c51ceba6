/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Scenarios of the reasons about frames: some that may not be used. */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "load.h"

#define PAGE		4096UL
#define SOFT_OFFLINE	101	/* MADV_SOFT_OFFLINE; glibc has it not */
#define REGISTER_BUFFERS 0	/* IORING_REGISTER_BUFFERS, linux/io_uring.h */

/* Frames that had errors: each page is moved out of its own, for ever. */
void run_soft_offline(int argc, char **argv)
{
	size_t len = number(argc, argv, 0, 64) * PAGE, i;
	char *map;

	be("load-softoff");
	map = buffer(len, node_at(1), false);
	measure_init(getpid(), len / PAGE);
	measure_begin(getpid());
	for (i = 0; i < len; i += PAGE) {
		if (!madvise(map + i, PAGE, SOFT_OFFLINE))
			continue;
		if (errno == EINVAL && !i)
			cannot("memory_failure", "CONFIG_MEMORY_FAILURE",
			       "madvise knows no MADV_SOFT_OFFLINE");
		die("madvise");
	}
	measure_end(getpid(), self_mover(), "memory_failure", true);
}

static bool block_set(unsigned long block, const char *state)
{
	char path[80];
	int fd;
	bool done;

	snprintf(path, sizeof(path),
		 "/sys/devices/system/memory/memory%lu/state", block);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		die(path);
	done = write(fd, state, strlen(state)) > 0;
	close(fd);
	return done;
}

/* The memory block of the frame of a page of this process. */
static unsigned long block_of(const void *addr)
{
	struct shot shot;
	char size[32];

	read_file("/sys/devices/system/memory/block_size_bytes", size,
		  sizeof(size));
	if (!*size)
		cannot("memory_hotplug", "CONFIG_MEMORY_HOTPLUG",
		       "no memory blocks");
	shot_init(&shot, 1);
	shot_range(&shot, getpid(), addr, PAGE);
	if (shot.n != 1)
		die("the page is not there");
	return shot.page->pfn * PAGE / strtoul(size, NULL, 16);
}

/*
 * Takes memory away: everything in it has to move. Wants a node with a memory
 * module of ZONE_MOVABLE, where nothing else than what can be moved lives.
 */
void run_offline(int argc, char **argv)
{
	size_t len = number(argc, argv, 0, 2048) * PAGE;
	unsigned long block;
	char *map;
	bool done;

	be("load-offline");
	map = buffer(len, node_at(1), false);
	block = block_of(map);
	measure_init(getpid(), len / PAGE);
	measure_begin(getpid());
	done = block_set(block, "offline");
	measure_end(getpid(), self_mover(), "memory_hotplug", true);
	if (!done)
		die("offline");
	if (!block_set(block, "online_movable"))
		die("online_movable");
}

/* A buffer that a device may use for ever has to leave ZONE_MOVABLE. */
void run_pin(int argc, char **argv)
{
	struct iovec iov = { .iov_len = number(argc, argv, 0, 1024) * PAGE };
	char params[120] = { 0 };	/* struct io_uring_params */
	int ring;

	be("load-pin");
	need_reason("longterm_pin");
	ring = syscall(SYS_io_uring_setup, 4, params);
	if (ring < 0 && errno == ENOSYS)
		cannot("longterm_pin", "CONFIG_IO_URING", "no io_uring_setup");
	if (ring < 0)
		die("io_uring_setup");
	iov.iov_base = buffer(iov.iov_len, node_at(1), false);
	measure_init(getpid(), iov.iov_len / PAGE);
	measure_begin(getpid());
	if (syscall(SYS_io_uring_register, ring, REGISTER_BUFFERS, &iov, 1))
		die("io_uring_register");
	measure_end(getpid(), self_mover(), "longterm_pin", true);
	close(ring);
}

static long pages_of(const char *path)
{
	char text[32];

	read_file(path, text, sizeof(text));
	return strtol(text, NULL, 10);
}

/* A buffer of which one page in 16 is left. */
static void thinned(size_t len, int node)
{
	char *map = buffer(len, node, false);
	size_t i;

	for (i = 0; i < len; i += PAGE)
		if (i / PAGE % 16 && madvise(map + i, PAGE, MADV_DONTNEED))
			die("madvise");
}

/* Bytes of @node that are free. */
static size_t free_bytes(int node)
{
	char path[64], text[4096], *line;

	snprintf(path, sizeof(path), "/sys/devices/system/node/node%d/meminfo",
		 node);
	read_file(path, text, sizeof(text));
	line = strstr(text, "MemFree:");
	if (!line)
		die("MemFree");
	return strtoul(line + strlen("MemFree:"), NULL, 10) << 10;
}

/*
 * A page of 1 GiB, of a node that has whole GiB: what is in the way moves.
 * What is left of a buffer over all of the node is in the way of any, and has
 * where to go. The kernel needs some memory of the node for itself.
 */
void run_gigantic(int argc, char **argv)
{
	size_t rest = (size_t)number(argc, argv, 0, 256) << 20, len;
	char path[96];

	be("load-gigantic");
	snprintf(path, sizeof(path), "/sys/devices/system/node/node%d/"
		 "hugepages/hugepages-1048576kB/nr_hugepages", spare_node());
	if (access(path, F_OK))
		cannot("contig_range", "CONFIG_CONTIG_ALLOC",
		       "no pages of 1 GiB");
	len = free_bytes(spare_node());
	if (len <= rest)
		die("no memory");
	len -= rest;
	measure_init(getpid(), len / PAGE);
	thinned(len, spare_node());
	measure_begin(getpid());
	write_file(path, "1");
	if (!measure_end(getpid(), self_mover(), "contig_range", true))
		cannot("contig_range", "", "a page of 1 GiB is taken only "
		       "where nothing is in use");
	if (pages_of(path) != 1)
		die("no page of 1 GiB");
	write_file(path, "0");
}
