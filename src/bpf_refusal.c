/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "bpf_refusal.h"

#include <string.h>

#include "xalloc.h"

static bool hook_equal(const struct hook *a, const struct hook *b)
{
	return a->kind == b->kind && !strcmp(a->program, b->program) &&
	       !strcmp(a->symbol, b->symbol);
}

bool bpf_is_refused(const struct bpf_program_set *set,
		    const struct hook *hook)
{
	size_t i;

	for (i = 0; i < set->nr_refused; i++)
		if (hook_equal(set->refused[i].hook, hook))
			return true;
	return false;
}

void bpf_refuse(struct bpf_program_set *set, const struct hook *hook,
		int error)
{
	if (bpf_is_refused(set, hook) || set->nr_refused == BPF_LINKS_MAX)
		return;
	set->refused[set->nr_refused++] = (struct bpf_refusal){ hook, error };
}

#define TRAMPOLINES (HOOK_BIT(HOOK_FENTRY) | HOOK_BIT(HOOK_FEXIT))

/* What a kernel says whose trampolines take six arguments, to a seventh. */
#define ENOTSUPP 524

/* Of no use to tell: all kernels of some versions refuse it. */
static bool is_expected(const struct bpf_refusal *refusal)
{
	return strchr(refusal->hook->symbol, '.') ||
	       (refusal->hook->need != HOOK_NEEDED &&
		refusal->error == ENOTSUPP);
}

static char *cannot_use(const struct hook *hook, int error)
{
	return xasprintf("cannot use %s of %s: %s",
			 hook_kind_name(hook->kind), hook->symbol,
			 strerror(error));
}

char *bpf_attach_note(const struct bpf_program_set *set)
{
	const struct hook *hook;
	size_t i;

	for (i = 0; i < set->nr_refused; i++) {
		hook = set->refused[i].hook;
		if (!is_expected(&set->refused[i]))
			return cannot_use(hook, set->refused[i].error);
	}
	if (!set->facts || !set->facts->trampoline_error ||
	    !(~set->kernel.without & TRAMPOLINES))
		return NULL;
	return xasprintf("cannot use fentry and fexit: %s",
			 strerror(set->facts->trampoline_error));
}

char *bpf_no_rung(const struct bpf_program_set *set)
{
	const struct hook_rung *rung;
	const struct hook *hook;
	int error;

	for (rung = hook_rungs_pages; rung->hook->kind; rung++) {
		hook = hooks_lacks(rung, &set->kernel);
		if (!hook || set->kernel.without & HOOK_BIT(hook->kind))
			continue;
		error = set->facts ? bpf_facts_kind_refused(set->facts,
							    hook->kind) : 0;
		return error ? cannot_use(hook, error) :
			       xasprintf("there is no %s on %s here",
					 hook_kind_name(hook->kind),
					 hook->symbol);
	}
	return xstrdup("there is nothing to hook here");
}
