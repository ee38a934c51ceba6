/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The choice of rungs. What counts has to lose nothing, so an inexact rung is
 * taken only where no exact one stands, however cheap it is.
 */
#include "hooks.h"

#include <string.h>

const struct hook_rung *const hook_tables[HOOK_TABLES] = {
	hook_rungs_pages,
	hook_rungs_owner,
	hook_rungs_failures,
	hook_rungs_calls,
};

const struct hook *hooks_lacks(const struct hook_rung *rung,
			       const struct hook_kernel *kernel)
{
	const struct hook *hook;

	for (hook = rung->hook; hook->kind; hook++) {
		if (hook->need != HOOK_NEEDED)
			continue;
		if (kernel->without & HOOK_BIT(hook->kind) ||
		    !kernel->has(kernel->context, hook))
			return hook;
	}
	return NULL;
}

bool hook_wanted(const struct hook *hook, const struct hook_kernel *kernel)
{
	if (hook->need == HOOK_SPARE && !kernel->preemptible)
		return false;
	return !(kernel->without & HOOK_BIT(hook->kind)) &&
	       kernel->has(kernel->context, hook);
}

bool hook_rung_is_exact(const struct hook_rung *rung,
			const struct hook_kernel *kernel)
{
	return rung->exact == HOOK_EXACT ||
	       (rung->exact != HOOK_INEXACT && !kernel->preemptible);
}

/* How much @rung may lose on @kernel: 0 nothing, 1 little. */
static int rung_losses(const struct hook_rung *rung,
		       const struct hook_kernel *kernel)
{
	if (hook_rung_is_exact(rung, kernel))
		return 0;
	return rung->exact == HOOK_SPARED ? 1 : 2;
}

/* Takes @rung if nothing that loses as little was found before it. */
static void rung_consider(struct hook_plan *plan, const struct hook_rung *rung,
			  const struct hook_kernel *kernel)
{
	const struct hook_rung **best = &plan->rung[rung->group];

	if (kernel->without_groups & HOOK_BIT(rung->group))
		return;
	if (kernel->needs_folios && rung->group == HOOKS_PAGES &&
	    !rung->gives[PROBE_FOLIOS])
		return;
	if (*best && rung_losses(*best, kernel) <= rung_losses(rung, kernel))
		return;
	if (!hooks_lacks(rung, kernel))
		*best = rung;
}

static bool has_call(const struct hook_plan *plan)
{
	int group;

	for (group = HOOKS_CALL; group < HOOKS_GROUPS; group++)
		if (plan->rung[group])
			return true;
	return false;
}

void hooks_choose(struct hook_plan *plan, const struct hook_kernel *kernel)
{
	const struct hook_rung *rung;
	size_t table;

	memset(plan, 0, sizeof(*plan));
	for (table = 0; table < HOOK_TABLES; table++)
		for (rung = hook_tables[table]; rung->hook->kind; rung++)
			rung_consider(plan, rung, kernel);
	rung = plan->rung[HOOKS_PAGES];
	if (!rung || !rung->gives[PROBE_FOLIOS]) {
		plan->rung[HOOKS_OWNER] = NULL;
		plan->rung[HOOKS_TRIES] = NULL;
		plan->rung[HOOKS_RETURNS] = NULL;
	}
	if (!has_call(plan))
		plan->rung[HOOKS_MASKS] = NULL;
}

const char *hooks_probe(const struct hook_plan *plan, enum sample_probe datum)
{
	int group;

	for (group = 0; group < HOOKS_GROUPS; group++)
		if (plan->rung[group] && plan->rung[group]->gives[datum])
			return plan->rung[group]->gives[datum];
	return NULL;
}

const char *hook_kind_name(enum hook_kind kind)
{
	static const char *const name[HOOK_KIND_COUNT] = {
		[HOOK_NONE] = "none",
		[HOOK_KPROBE] = "kprobe",
		[HOOK_KPROBE_MULTI] = "kprobe.multi",
		[HOOK_KRETPROBE] = "kretprobe",
		[HOOK_KRETPROBE_MULTI] = "kretprobe.multi",
		[HOOK_TRACEPOINT] = "tracepoint",
		[HOOK_TP_BTF] = "tp_btf",
		[HOOK_FENTRY] = "fentry",
		[HOOK_FEXIT] = "fexit",
	};

	return name[kind];
}
