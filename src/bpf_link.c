/* SPDX-License-Identifier: GPL-2.0-or-later */
/* By the kind of the hook. */
#include "bpf_link.h"

#include <stdio.h>
#include <string.h>

#include <bpf/libbpf.h>

/* Entries are all in one link, with those behind it; a return has its own. */
static struct bpf_link *multi_attach(const struct bpf_program_set *set,
				     size_t first, struct bpf_program *program)
{
	const char *symbol[BPF_LINKS_MAX];
	__u64 cookie[BPF_LINKS_MAX];
	bool returns = set->hook[first]->kind == HOOK_KRETPROBE_MULTI;
	LIBBPF_OPTS(bpf_kprobe_multi_opts, opts, .syms = symbol,
		    .cookies = cookie, .retprobe = returns);
	size_t i, end = returns ? first + 1 : set->nr_hooks;

	for (i = first; i < end; i++) {
		if (set->hook[i]->kind != set->hook[first]->kind)
			continue;
		symbol[opts.cnt] = set->hook[i]->symbol;
		cookie[opts.cnt++] = set->hook[i]->point;
	}
	return bpf_program__attach_kprobe_multi_opts(program, NULL, &opts);
}

static struct bpf_link *tracepoint_attach(const char *symbol,
					  struct bpf_program *program)
{
	const char *slash = strchr(symbol, '/');
	char category[64];

	snprintf(category, sizeof(category), "%.*s", (int)(slash - symbol),
		 symbol);
	return bpf_program__attach_tracepoint(program, category, slash + 1);
}

struct bpf_link *bpf_link_of(const struct bpf_program_set *set, size_t i,
			     struct bpf_program *program)
{
	const struct hook *hook = set->hook[i];

	switch (hook->kind) {
	case HOOK_KPROBE:
		return bpf_program__attach_kprobe(program, false,
						  hook->symbol);
	case HOOK_KRETPROBE:
		return bpf_program__attach_kprobe(program, true, hook->symbol);
	case HOOK_KPROBE_MULTI:
	case HOOK_KRETPROBE_MULTI:
		return multi_attach(set, i, program);
	case HOOK_TRACEPOINT:
		return tracepoint_attach(hook->symbol, program);
	default:
		return bpf_program__attach(program);
	}
}
