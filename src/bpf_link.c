/* SPDX-License-Identifier: GPL-2.0-or-later */
/* By the kind of the hook. */
#include "bpf_link.h"

#include <stdio.h>
#include <string.h>

#include <bpf/libbpf.h>

/* All hooks of that kind from the @first on, in one link. */
static struct bpf_link *multi_attach(const struct bpf_program_set *set,
				     size_t first, struct bpf_program *program)
{
	const char *symbol[BPF_LINKS_MAX];
	__u64 cookie[BPF_LINKS_MAX];
	LIBBPF_OPTS(bpf_kprobe_multi_opts, opts, .syms = symbol,
		    .cookies = cookie);
	size_t i;

	for (i = first; i < set->nr_hooks; i++) {
		if (set->hook[i]->kind != HOOK_KPROBE_MULTI)
			continue;
		symbol[opts.cnt] = set->hook[i]->symbol;
		cookie[opts.cnt++] = set->hook[i]->point;
	}
	return bpf_program__attach_kprobe_multi_opts(program, NULL, &opts);
}

static struct bpf_link *return_attach(const char *symbol,
				      struct bpf_program *program)
{
	LIBBPF_OPTS(bpf_kprobe_multi_opts, opts, .syms = &symbol, .cnt = 1,
		    .retprobe = true);

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
		return multi_attach(set, i, program);
	case HOOK_KRETPROBE_MULTI:
		return return_attach(hook->symbol, program);
	case HOOK_TRACEPOINT:
		return tracepoint_attach(hook->symbol, program);
	default:
		return bpf_program__attach(program);
	}
}
