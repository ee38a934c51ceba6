/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The lines of --check. */
#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "call.h"

/* What hooks of a kind need besides their symbol. */
static const enum obstacle_need kind_need[HOOK_KIND_COUNT] = {
	[HOOK_KPROBE] = NEED_KPROBE,
	[HOOK_KPROBE_MULTI] = NEED_READ,
	[HOOK_KRETPROBE] = NEED_KPROBE,
	[HOOK_KRETPROBE_MULTI] = NEED_READ,
	[HOOK_TRACEPOINT] = NEED_TRACEFS,
	[HOOK_TP_BTF] = NEED_BTF,
	[HOOK_FENTRY] = NEED_BTF,
	[HOOK_FEXIT] = NEED_BTF,
};

/* Of what the plan has. */
static const char *const hook_state[CHECK_STATES] = {
	[CHECK_UNTRIED] = "untried ",
	[CHECK_FAILED] = "failed  ",
	[CHECK_ATTACHED] = "ok      ",
};
static const char *const rung_state[CHECK_STATES] = {
	[CHECK_UNTRIED] = "untried ",
	[CHECK_FAILED] = "failed  ",
	[CHECK_ATTACHED] = "used    ",
};

static void need_print(FILE *out, const struct obstacle_facts *facts,
		       enum obstacle_need need)
{
	const char *name = obstacle_need_name(need);
	struct obstacle obstacle;

	if (!facts->error[need]) {
		fprintf(out, "need  ok       %s\n", name);
		return;
	}
	if (facts->error[need] == NEED_UNTRIED) {
		fprintf(out, "need  untried  %s: it takes what is missing\n",
			name);
		return;
	}
	obstacle = obstacle_of(facts, need);
	fprintf(out, "need  missing  %s: %s; try: %s\n", name, obstacle.why,
		obstacle.remedy);
	free(obstacle.why);
}

static bool same_hook(const struct hook *a, const struct hook *b)
{
	return a->kind == b->kind && !strcmp(a->symbol, b->symbol);
}

/* The first hook on the same symbol: copies of a program are one line. */
static const struct hook *first_like(const struct hook *like)
{
	const struct hook_rung *rung;
	const struct hook *hook;
	size_t i;

	for (i = 0; i < HOOK_TABLES; i++)
		for (rung = hook_tables[i]; rung->hook->kind; rung++)
			for (hook = rung->hook; hook->kind; hook++)
				if (same_hook(hook, like))
					return hook;
	return like;
}

static bool hook_runs(const struct check *check, const struct hook *like)
{
	const struct hook *hook;
	int group;

	for (group = 0; group < HOOKS_GROUPS; group++) {
		if (!check->plan->rung[group])
			continue;
		hook = check->plan->rung[group]->hook;
		for (; hook->kind; hook++)
			if (same_hook(hook, like) &&
			    hook_wanted(hook, check->kernel))
				return true;
	}
	return false;
}

/* Why the kernel lacks @hook. */
static void hook_lack_print(FILE *out, const struct check *check,
			    const struct hook *hook)
{
	enum obstacle_need need = kind_need[hook->kind];
	int error = check->refusal(check->context, hook);

	if (check->kernel->without & HOOK_BIT(hook->kind))
		fprintf(out, "excluded by --probe");
	else if (check->facts->error[need] > 0)
		fprintf(out, "see the need %s", obstacle_need_name(need));
	else if (error)
		fprintf(out, "%s", strerror(error));
	else
		fprintf(out, "not in this kernel");
}

static void hook_print(FILE *out, const struct check *check,
		       const struct hook *hook)
{
	const char *kind = hook_kind_name(hook->kind);

	if (hook_runs(check, hook)) {
		fprintf(out, "hook  %s %s %s\n", hook_state[check->state],
			kind, hook->symbol);
		return;
	}
	if (check->kernel->has(check->kernel->context, hook) &&
	    !(check->kernel->without & HOOK_BIT(hook->kind)) &&
	    check->facts->error[kind_need[hook->kind]] <= 0) {
		fprintf(out, "hook  spare    %s %s\n", kind, hook->symbol);
		return;
	}
	fprintf(out, "hook  missing  %s %s: ", kind, hook->symbol);
	hook_lack_print(out, check, hook);
	fputc('\n', out);
}

static void hooks_print(FILE *out, const struct check *check)
{
	const struct hook_rung *rung;
	const struct hook *hook;
	size_t i;

	for (i = 0; i < HOOK_TABLES; i++)
		for (rung = hook_tables[i]; rung->hook->kind; rung++)
			for (hook = rung->hook; hook->kind; hook++)
				if (first_like(hook) == hook)
					hook_print(out, check, hook);
}

static void rung_print(FILE *out, const struct check *check,
		       const struct hook_rung *rung, enum sample_probe datum)
{
	const struct hook *lacking = hooks_lacks(rung, check->kernel);
	bool is_used = check->plan->rung[rung->group] == rung;
	int call = rung->group - HOOKS_CALL;

	fprintf(out, "rung  %s %s%s%s%s by %s",
		is_used ? rung_state[check->state] :
		lacking ? "missing " :
			  "spare   ",
		sample_probe_name[datum], call < 0 ? "" : " of ",
		call < 0 ? "" : call_table[call % CALL_COUNT].name,
		call < CALL_COUNT ? "" : " in 32 bits", rung->gives[datum]);
	if (lacking) {
		fprintf(out, ": lacks %s %s, ", hook_kind_name(lacking->kind),
			lacking->symbol);
		hook_lack_print(out, check, lacking);
	} else if (!check->plan->rung[rung->group]) {
		fprintf(out, ": of no use without folios");
	} else if (!hook_rung_is_exact(rung, check->kernel)) {
		fprintf(out, ": may miss some on this kernel");
	}
	fputc('\n', out);
}

/* Is @rung asked for, and not below the one that is used? */
static bool is_considered(const struct check *check,
			  const struct hook_rung *rung)
{
	const struct hook_rung *used = check->plan->rung[rung->group];

	if (check->kernel->without_groups & HOOK_BIT(rung->group))
		return false;
	/* Rungs of a group are in one table, best first. */
	return !used || rung <= used;
}

static void ladder_print(FILE *out, const struct check *check,
			 enum sample_probe datum)
{
	const struct hook_rung *rung;
	size_t i;

	for (i = 0; i < HOOK_TABLES; i++)
		for (rung = hook_tables[i]; rung->hook->kind; rung++)
			if (rung->gives[datum] &&
			    is_considered(check, rung))
				rung_print(out, check, rung, datum);
}

void check_print(FILE *out, const struct check *check)
{
	int i;

	for (i = 0; i < NEED_COUNT; i++)
		need_print(out, check->facts, i);
	if (check->plan) {
		hooks_print(out, check);
		for (i = 0; i < PROBE_COUNT; i++)
			ladder_print(out, check, i);
	}
	fprintf(out, "rung  %s pages in all by vmstat\n",
		check->plan && check->plan->rung[HOOKS_PAGES] &&
				check->state != CHECK_FAILED ?
			"spare   " :
			"used    ");
}
