/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Gathers what check.c prints. */
#include "bpf_check.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "bpf_attach.h"
#include "bpf_trial.h"
#include "check.h"
#include "source_bpf.h"

/* One line stands for all programs on that function. */
static int refusal(void *context, const struct hook *hook)
{
	const struct bpf_program_set *set = context;
	struct bpf_facts *facts = set->facts;
	size_t i;

	if (facts && bpf_facts_hook_exists(facts, hook->kind, hook->symbol) &&
	    bpf_facts_kind_refused(facts, hook->kind))
		return bpf_facts_kind_refused(facts, hook->kind);
	for (i = 0; i < set->nr_refused; i++)
		if (set->refused[i].hook->kind == hook->kind &&
		    !strcmp(set->refused[i].hook->symbol, hook->symbol))
			return set->refused[i].error;
	return 0;
}

static bool has_hook(void *facts, const struct hook *hook)
{
	return bpf_facts_hook_exists(facts, hook->kind, hook->symbol);
}

/* The choice that would be tried with the rights for it. */
static void plan_untried(struct bpf_program_set *set, struct bpf_facts *facts,
			 const struct hook_kernel *wanted)
{
	memset(set, 0, sizeof(*set));
	set->kernel = *wanted;
	set->kernel.has = has_hook;
	set->kernel.context = facts;
	set->kernel.preemptible = facts->preemptible;
	hooks_choose(&set->plan, &set->kernel);
}

/* A line of @why, which may have more. */
static void failure_print(FILE *out, const char *name, const char *why)
{
	fprintf(out, "test  failed   %s: %.*s\n", name,
		(int)strcspn(why, "\n"), why);
}

/*
 * Attaches, so that what is printed is true; 0 if that counts pages. Else
 * @set->plan is what was tried last, if anything was.
 */
static int plan_try(struct bpf_program_set *set, struct bpf_facts *facts,
		    struct obstacle_facts *obstacles,
		    const struct hook_kernel *wanted, char **error)
{
	int ret = bpf_attach(set, facts, wanted, error);

	if (ret) {
		hooks_choose(&set->plan, &set->kernel);
		if (!set->plan.rung[HOOKS_PAGES])
			memset(&set->plan, 0, sizeof(set->plan));
	}
	/* It is a guess how much memory that takes; this is not. */
	if (!ret && obstacles->error[NEED_MEMLOCK] > 0)
		obstacles->error[NEED_MEMLOCK] = 0;
	return ret;
}

static enum bpf_check verdict(const struct obstacle_facts *facts, int ret)
{
	enum obstacle_need need = obstacle_first(facts);
	struct obstacle obstacle;

	if (!ret)
		return BPF_CHECK_FULL;
	if (need == NEED_COUNT)
		return BPF_CHECK_SUPPORT;
	obstacle = obstacle_of(facts, need);
	free(obstacle.why);
	return obstacle.is_right ? BPF_CHECK_PRIVILEGE : BPF_CHECK_SUPPORT;
}

/* 0 if the stacks of calls are known in full. */
static int stacks_print(FILE *out, const struct source *source)
{
	char *lack = source_bpf_stacks_lack(source);

	if (!lack) {
		fprintf(out, "test  ok       stacks\n");
		return 0;
	}
	failure_print(out, "stacks", lack);
	free(lack);
	return -ENOTSUP;
}

/*
 * Opens the source as mptop does; 0 if its own page was counted right, and
 * stacks are taken if they are wanted.
 */
static int selftest_print(FILE *out, const struct hook_kernel *wanted)
{
	const struct source_bpf_options options = {
		.without = wanted->without,
		.without_groups = wanted->without_groups,
		.needs_folios = wanted->needs_folios,
		.stacks = wanted->stacks,
	};
	struct source *source;
	const char *selftest;
	char *error = NULL;
	int ret = source_bpf_open(&options, &source, &error);

	if (ret) {
		failure_print(out, "own page", error);
		free(error);
		return ret;
	}
	selftest = source_bpf_selftest(source);
	if (!strcmp(selftest, "passed"))
		fprintf(out, "test  ok       own page\n");
	else
		fprintf(out, "test  untried  own page: %s\n", selftest);
	if (wanted->stacks)
		ret = stacks_print(out, source);
	source_close(source);
	return ret;
}

/* The needs alone: without BTF nothing is known of hooks. */
static enum bpf_check check_needs(FILE *out, struct check *check,
				  const char *error)
{
	if (!check->facts->error[NEED_BTF])
		fprintf(out, "need  missing  BTF: %s\n", error);
	check_print(out, check);
	return verdict(check->facts, -1);
}

/* With the rights for it. */
static int check_tried(FILE *out, struct check *check,
		       struct obstacle_facts *obstacles,
		       const struct hook_kernel *wanted)
{
	struct bpf_program_set *set = check->context;
	struct bpf_facts *facts = set->facts;
	char *error = NULL;
	int ret = plan_try(set, facts, obstacles, wanted, &error);

	check->state = ret ? CHECK_FAILED : CHECK_ATTACHED;
	check_print(out, check);
	if (ret)
		failure_print(out, "attaching", error);
	free(error);
	bpf_detach(set);
	bpf_facts_forget(facts);
	return ret ? ret : selftest_print(out, wanted);
}

enum bpf_check bpf_check(FILE *out, const struct hook_kernel *wanted)
{
	struct obstacle_facts obstacles;
	struct bpf_program_set set = { .nr_hooks = 0 };
	struct bpf_facts facts;
	struct check check = { .facts = &obstacles, .refusal = refusal,
			       .context = &set };
	char *error = NULL;
	enum bpf_check result;
	int ret = -1;

	bpf_trial(&obstacles);
	if (bpf_facts_open(&facts, &error)) {
		result = check_needs(out, &check, error);
		free(error);
		return result;
	}
	set.facts = &facts;
	check.plan = &set.plan;
	check.kernel = &set.kernel;
	if (obstacle_first(&obstacles) == NEED_COUNT) {
		ret = check_tried(out, &check, &obstacles, wanted);
	} else {
		plan_untried(&set, &facts, wanted);
		check_print(out, &check);
	}
	bpf_facts_close(&facts);
	return verdict(&obstacles, ret);
}
