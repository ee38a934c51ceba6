/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Gathers what check.c prints. */
#include "bpf_check.h"

#include <stdlib.h>
#include <string.h>

#include "bpf_attach.h"
#include "bpf_trial.h"
#include "check.h"

static int refusal(void *context, const struct hook *hook)
{
	const struct bpf_program_set *set = context;
	size_t i;

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

/* Attaches, so that what is printed is true; 0 if that counts pages. */
static int plan_try(struct bpf_program_set *set, struct bpf_facts *facts,
		    struct obstacle_facts *obstacles,
		    const struct hook_kernel *wanted)
{
	char *error = NULL;
	int ret = bpf_attach(set, facts, wanted, &error);

	free(error);
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

enum bpf_check bpf_check(FILE *out, const struct hook_kernel *wanted)
{
	struct obstacle_facts obstacles;
	struct bpf_program_set set;
	struct bpf_facts facts;
	struct check check = { .facts = &obstacles, .refusal = refusal,
			       .context = &set };
	char *error = NULL;
	int ret;

	memset(&set, 0, sizeof(set));
	bpf_trial(&obstacles);
	ret = bpf_facts_open(&facts, &error);
	if (ret) {
		if (!obstacles.error[NEED_BTF])
			fprintf(out, "need  missing  BTF: %s\n", error);
		free(error);
		check_print(out, &check);
		return verdict(&obstacles, ret);
	}
	check.plan = &set.plan;
	check.kernel = &set.kernel;
	check.tried = obstacle_first(&obstacles) == NEED_COUNT;
	if (check.tried)
		ret = plan_try(&set, &facts, &obstacles, wanted);
	else
		plan_untried(&set, &facts, wanted);
	check_print(out, &check);
	bpf_detach(&set);
	bpf_facts_close(&facts);
	return verdict(&obstacles, check.tried ? ret : -1);
}
