/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Programs that the kernel skipped: it runs none on a CPU that is inside
 * another one, or inside a bpf(2) call that changes a map, and counts that
 * with the program (recursion_misses; for kprobes and tracepoints since
 * dd8657894c11, "bpf: Count missed stats in trace_call_bpf", 6.7). A kprobe
 * that is hit inside of another one does not get as far: its link counts that
 * (3acf8ace6823, "bpf: Add missed value to kprobe perf link info", 6.7).
 */
#ifndef MPTOP_BPF_MISSES_H
#define MPTOP_BPF_MISSES_H

#include "bpf_attach.h"

struct bpf_miss {
	int fd; /* of the program's fdinfo, or of the link */
	bool is_link;
	enum sample_lost kind;
	uint64_t count; /* when last read */
};

struct bpf_misses {
	struct bpf_miss miss[2 * BPF_LINKS_MAX];
	size_t nr;
};

/*
 * Opens the counters of the programs and links that @set runs. While rights
 * are there: a process that gave them up may not open its own fdinfo.
 */
void bpf_misses_open(struct bpf_misses *misses,
		     const struct bpf_program_set *set);

/* Adds to @lost what was skipped since the last call. */
void bpf_misses_add(struct bpf_misses *misses, int64_t lost[LOST_COUNT]);

void bpf_misses_close(struct bpf_misses *misses);

#endif
