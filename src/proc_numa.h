/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Memory by node from the kernel's own texts: memory.numa_stat of a cgroup v2
 * and numa_maps of a process. Both are hostile: what cannot be read is counted
 * and left out, never guessed.
 */
#ifndef MPTOP_PROC_NUMA_H
#define MPTOP_PROC_NUMA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What memory is; a cgroup has the first two. */
enum numa_kind {
	NUMA_ANON, /* no file's */
	NUMA_FILE, /* page cache, shared memory too */
	NUMA_MIXED, /* a file mapped with private copies of some pages: the
		     * kernel does not tell on which nodes those are */
	NUMA_HUGE, /* of hugetlb */
	NUMA_KINDS
};

/* Nodes that are told apart; the kernel has no more (MAX_NUMNODES). */
#define NUMA_NODES_MAX 1024

struct numa_node {
	int id;
	int64_t bytes[NUMA_KINDS];
};

/* Empty when zeroed. */
struct numa_memory {
	struct numa_node *nodes; /* rising ids */
	size_t nr;
	size_t mappings; /* lines of numa_maps that had pages */
	size_t bad_lines; /* that could not be read */
};

/*
 * Adds lines of a memory.numa_stat, "anon N0=4096 N1=0", in @text, which is
 * changed. False if neither anon nor file is among them.
 */
bool numa_stat_parse(char *text, struct numa_memory *memory);

/*
 * Adds a line of a numa_maps: "7f4d92800000 prefer:1 file=/a\040b anon=2
 * mapped=5 N0=3 N1=2 kernelpagesize_kB=4", in @line, which is changed. Pages
 * are of the size that the line says.
 */
void numa_maps_line(char *line, struct numa_memory *memory);

void numa_memory_clear(struct numa_memory *memory);

/* All kinds of @node together; UNKNOWN spreads. */
int64_t numa_node_bytes(const struct numa_node *node);

#endif
