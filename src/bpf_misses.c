/* SPDX-License-Identifier: GPL-2.0-or-later */
/* /proc/self/fdinfo of a program: no bpf(2) call, which would cause skips. */
#include "bpf_misses.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <bpf/libbpf.h>

#include "bpf/mptop.h"
#include "bpf/mptop.skel.h"

static bool is_open(const struct bpf_program_set *set, size_t hook)
{
	size_t i;

	for (i = 0; i < hook; i++)
		if (!strcmp(set->hook[i]->program, set->hook[hook]->program))
			return true;
	return false;
}

/* The count, or the last one if it cannot be read. */
static uint64_t miss_read(const struct bpf_miss *miss)
{
	static const char name[] = "recursion_misses:";
	char text[1024];
	const char *line;
	ssize_t n = pread(miss->fd, text, sizeof(text) - 1, 0);

	if (n <= 0)
		return miss->count;
	text[n] = '\0';
	line = strstr(text, name);
	return line ? strtoull(line + strlen(name), NULL, 10) : miss->count;
}

void bpf_misses_open(struct bpf_misses *misses,
		     const struct bpf_program_set *set)
{
	struct bpf_program *program;
	struct bpf_miss *miss;
	char path[64];
	size_t i;

	misses->nr = 0;
	for (i = 0; i < set->nr_hooks; i++) {
		if (set->hook[i]->skipped == LOST_COUNT || is_open(set, i))
			continue;
		program = bpf_object__find_program_by_name(
			set->skel->obj, set->hook[i]->program);
		snprintf(path, sizeof(path), "/proc/self/fdinfo/%d",
			 bpf_program__fd(program));
		miss = &misses->program[misses->nr];
		miss->kind = set->hook[i]->skipped;
		miss->count = 0;
		miss->fd = open(path, O_RDONLY | O_CLOEXEC);
		if (miss->fd < 0)
			continue;
		miss->count = miss_read(miss);
		misses->nr++;
	}
}

void bpf_misses_add(struct bpf_misses *misses, int64_t lost[LOST_COUNT])
{
	struct bpf_miss *miss;
	uint64_t count;
	size_t i;

	for (i = 0; i < misses->nr; i++) {
		miss = &misses->program[i];
		count = miss_read(miss);
		if (lost[miss->kind] != UNKNOWN)
			lost[miss->kind] += count - miss->count;
		miss->count = count;
	}
}

void bpf_misses_close(struct bpf_misses *misses)
{
	while (misses->nr)
		close(misses->program[--misses->nr].fd);
}
