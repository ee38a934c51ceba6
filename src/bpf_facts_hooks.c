/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which hooks the running kernel has, as far as that is to be seen. */
#include "bpf_facts.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <bpf/btf.h>

static bool tracepoint_exists(const char *symbol)
{
	static const char *const root[] = { "/sys/kernel/tracing",
					    "/sys/kernel/debug/tracing" };
	char path[256];
	size_t i;

	for (i = 0; i < sizeof(root) / sizeof(*root); i++) {
		snprintf(path, sizeof(path), "%s/events/%s/id", root[i],
			 symbol);
		if (!access(path, R_OK))
			return true;
	}
	return false;
}

static bool kprobes_exist(void)
{
	return !access("/sys/bus/event_source/devices/kprobe", F_OK);
}

/* Is there @name in the kernel's BTF? -1 if that cannot be read now. */
static int btf_has(struct bpf_facts *facts, const char *name, int kind)
{
	if (!facts->btf)
		facts->btf = btf__load_vmlinux_btf();
	if (!facts->btf)
		return -1;
	return btf__find_by_name_kind(facts->btf, name, kind) > 0;
}

/* Likewise of @prefix and @symbol, which stays; the answer is kept. */
static bool symbol_exists(struct bpf_facts *facts, const char *prefix,
			  const char *symbol, int kind)
{
	struct bpf_facts_answer *answer = facts->answer;
	char name[128];
	size_t i;
	int exists;

	for (i = 0; i < facts->nr_answers; i++, answer++)
		if (answer->kind == kind && !strcmp(answer->symbol, symbol))
			return answer->exists;
	snprintf(name, sizeof(name), "%s%s", prefix, symbol);
	exists = btf_has(facts, name, kind);
	if (exists < 0)
		return false;
	if (facts->nr_answers < BPF_FACTS_ANSWERS)
		facts->answer[facts->nr_answers++] =
			(struct bpf_facts_answer){ symbol, kind, exists };
	return exists;
}

/*
 * A ".part.N" that gcc made of a function is in no BTF: trying is the way to
 * find out, so it counts as existing (its hooks are optional).
 */
static bool function_exists(struct bpf_facts *facts, const char *symbol)
{
	return strchr(symbol, '.') ||
	       symbol_exists(facts, "", symbol, BTF_KIND_FUNC);
}

/*
 * What attaches them came with 0dcac2725406 ("bpf: Add multi kprobe link",
 * 5.18) and is a stub without CONFIG_FPROBE, which may be in the BTF or not;
 * what it is built on is not (kernel/trace/fprobe.c).
 */
static bool multi_exists(struct bpf_facts *facts)
{
	return function_exists(facts, "bpf_kprobe_multi_link_attach") &&
	       function_exists(facts, "register_fprobe_ips");
}

bool bpf_facts_hook_exists(void *context, enum hook_kind kind,
			   const char *symbol)
{
	struct bpf_facts *facts = context;

	switch (kind) {
	case HOOK_KPROBE:
	case HOOK_KRETPROBE:
		return kprobes_exist() && function_exists(facts, symbol);
	case HOOK_KPROBE_MULTI:
	case HOOK_KRETPROBE_MULTI:
		return multi_exists(facts) && function_exists(facts, symbol);
	case HOOK_TRACEPOINT:
		return tracepoint_exists(symbol);
	case HOOK_TP_BTF:
		return symbol_exists(facts, "btf_trace_", symbol,
				     BTF_KIND_TYPEDEF);
	case HOOK_FENTRY:
	case HOOK_FEXIT:
		return function_exists(facts, symbol);
	default:
		return false;
	}
}
