/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A program's count is in its fdinfo, a link's takes bpf(2), but a call that
 * locks nothing and that no kernel with the count refuses to anybody.
 */
#include "bpf_misses.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "bpf/mptop.h"
#include "bpf/mptop.skel.h"

static bool is_open(const struct bpf_program_set *set, size_t hook)
{
	size_t i;

	for (i = 0; i < hook; i++)
		if (set->hook[i]->skipped != LOST_COUNT &&
		    !strcmp(set->hook[i]->program, set->hook[hook]->program))
			return true;
	return false;
}

static uint64_t program_misses(const struct bpf_miss *miss)
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

/*
 * struct bpf_link_info as of 6.7 in numbers of 64 bits; what is built with may
 * have an older header. An older kernel leaves what it does not know as it is.
 */
enum { INFO_TYPE = 0, INFO_PERF_TYPE = 2, INFO_MULTI_MISSED = 4,
       INFO_KPROBE_MISSED = 6, INFO_WORDS = 16 };
/* enum bpf_link_type, enum bpf_perf_event_type */
enum { LINK_PERF_EVENT = 7, LINK_KPROBE_MULTI = 8, PERF_KPROBE = 3 };

static uint64_t link_misses(const struct bpf_miss *miss)
{
	uint64_t info[INFO_WORDS] = { 0 };
	__u32 size = sizeof(info);

	if (bpf_obj_get_info_by_fd(miss->fd, info, &size))
		return miss->count;
	switch ((uint32_t)info[INFO_TYPE]) {
	case LINK_PERF_EVENT:
		return (uint32_t)info[INFO_PERF_TYPE] == PERF_KPROBE ?
			       info[INFO_KPROBE_MISSED] :
			       miss->count;
	case LINK_KPROBE_MULTI:
		return info[INFO_MULTI_MISSED];
	default:
		return miss->count;
	}
}

/* The count, or the last one if it cannot be read. */
static uint64_t miss_read(const struct bpf_miss *miss)
{
	return miss->is_link ? link_misses(miss) : program_misses(miss);
}

static void miss_add(struct bpf_misses *misses, int fd, bool is_link,
		     enum sample_lost kind)
{
	struct bpf_miss *miss = &misses->miss[misses->nr];

	if (fd < 0)
		return;
	*miss = (struct bpf_miss){ .fd = fd, .is_link = is_link, .kind = kind };
	miss->count = miss_read(miss);
	misses->nr++;
}

static void program_open(struct bpf_misses *misses,
			 const struct bpf_program_set *set, size_t hook)
{
	struct bpf_program *program;
	char path[64];

	if (is_open(set, hook))
		return;
	program = bpf_object__find_program_by_name(set->skel->obj,
						   set->hook[hook]->program);
	snprintf(path, sizeof(path), "/proc/self/fdinfo/%d",
		 bpf_program__fd(program));
	miss_add(misses, open(path, O_RDONLY | O_CLOEXEC), false,
		 set->hook[hook]->skipped);
}

void bpf_misses_open(struct bpf_misses *misses,
		     const struct bpf_program_set *set)
{
	size_t i;

	misses->nr = 0;
	for (i = 0; i < set->nr_hooks; i++)
		if (set->hook[i]->skipped != LOST_COUNT)
			program_open(misses, set, i);
	for (i = 0; i < set->nr_links; i++)
		if (set->linked[i]->skipped != LOST_COUNT)
			miss_add(misses,
				 fcntl(bpf_link__fd(set->link[i]),
				       F_DUPFD_CLOEXEC, 0),
				 true, set->linked[i]->skipped);
}

void bpf_misses_add(struct bpf_misses *misses, int64_t lost[LOST_COUNT])
{
	struct bpf_miss *miss;
	uint64_t count;
	size_t i;

	for (i = 0; i < misses->nr; i++) {
		miss = &misses->miss[i];
		count = miss_read(miss);
		lost[miss->kind] += count - miss->count;
		miss->count = count;
	}
}

void bpf_misses_close(struct bpf_misses *misses)
{
	while (misses->nr)
		close(misses->miss[--misses->nr].fd);
}
