/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From plan to running probes. A kernel may refuse a kind of hook only when
 * it is loaded or attached, so the ladder is walked by trying: what is
 * refused is left out and all is begun again.
 */
#include "bpf_attach.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "bpf/mptop.h"
#include "bpf/mptop.skel.h"
#include "xalloc.h"

/* libbpf's own words would land on the screen, and advise the wrong thing. */
static int print_nothing(enum libbpf_print_level level, const char *format,
			 va_list args)
{
	(void)level;
	(void)format;
	(void)args;
	return 0;
}

static void set_facts(struct mptop_bpf *skel, const struct bpf_facts *facts,
		      const struct hook_plan *plan)
{
	skel->rodata->node_shift = facts->node_shift;
	skel->rodata->node_mask = facts->node_mask;
	skel->rodata->node_mask_bytes = facts->mask_bytes;
	skel->rodata->tp_arg_reason = facts->tp_arg_reason;
	skel->rodata->reason_misplaced = facts->reason_misplaced;
	skel->rodata->has_owner = plan->rung[HOOKS_OWNER] != NULL;
}

static int program_enable(struct mptop_bpf *skel, const struct hook *hook)
{
	struct bpf_program *program;
	int ret;

	program = bpf_object__find_program_by_name(skel->obj, hook->program);
	if (!program)
		return -ENOENT;
	if (hook->kind == HOOK_FEXIT) {
		ret = bpf_program__set_attach_target(program, 0, hook->symbol);
		if (ret)
			return ret;
	}
	return bpf_program__set_autoload(program, true);
}

/* Is @hook of use here? Those that are needed are: the rung was chosen. */
static bool hook_wanted(const struct hook *hook, struct bpf_facts *facts,
			unsigned int without)
{
	if (hook->need == HOOK_NEEDED)
		return true;
	if (hook->need == HOOK_SPARE && !facts->preemptible)
		return false;
	return !(without & HOOK_BIT(hook->kind)) &&
	       bpf_facts_hook_exists(facts, hook->kind, hook->symbol);
}

static void plan_list(struct bpf_program_set *set, struct bpf_facts *facts,
		      unsigned int without)
{
	const struct hook *hook;
	int group;

	set->nr_hooks = 0;
	for (group = 0; group < HOOKS_GROUPS; group++) {
		if (!set->plan.rung[group])
			continue;
		for (hook = set->plan.rung[group]->hook; hook->kind; hook++)
			if (hook_wanted(hook, facts, without))
				set->hook[set->nr_hooks++] = hook;
	}
}

static struct bpf_link *hook_attach(const struct hook *hook,
				    struct bpf_program *program)
{
	char category[64];
	const char *slash;

	switch (hook->kind) {
	case HOOK_KPROBE:
		return bpf_program__attach_kprobe(program, false,
						  hook->symbol);
	case HOOK_KRETPROBE:
		return bpf_program__attach_kprobe(program, true, hook->symbol);
	case HOOK_TRACEPOINT:
		slash = strchr(hook->symbol, '/');
		snprintf(category, sizeof(category), "%.*s",
			 (int)(slash - hook->symbol), hook->symbol);
		return bpf_program__attach_tracepoint(program, category,
						      slash + 1);
	default:
		return bpf_program__attach(program);
	}
}

/* Attaches one hook; an optional one that fails leaves only a note. */
static int hook_start(struct bpf_program_set *set, const struct hook *hook)
{
	struct bpf_program *program;
	struct bpf_link *link;

	program = bpf_object__find_program_by_name(set->skel->obj,
						   hook->program);
	if (!program || bpf_program__fd(program) < 0)
		return hook->need == HOOK_NEEDED ? -ENOENT : 0;
	link = hook_attach(hook, program);
	if (link) {
		set->link[set->nr_links++] = link;
		return 0;
	}
	if (hook->need != HOOK_NEEDED && strchr(hook->symbol, '.'))
		return 0;
	free(set->note);
	set->note = xasprintf("cannot attach %s to %s: %s",
			      hook_kind_name(hook->kind), hook->symbol,
			      strerror(errno));
	return hook->need == HOOK_NEEDED ? -errno : 0;
}

static int plan_start(struct bpf_program_set *set, unsigned int *without)
{
	size_t i;
	int ret;

	for (i = 0; i < set->nr_hooks; i++) {
		ret = hook_start(set, set->hook[i]);
		if (ret) {
			*without |= HOOK_BIT(set->hook[i]->kind);
			return ret;
		}
	}
	return 0;
}

/* Fills a table's stack of free rows, so that row @first is taken first. */
static int rows_free(const struct bpf_map *map, uint32_t first, uint32_t n)
{
	int fd = bpf_map__fd(map);
	uint32_t row;

	for (row = first + n; row-- > first;)
		if (bpf_map_update_elem(fd, NULL, &row, BPF_ANY))
			return -errno;
	return 0;
}

static int tables_fill(struct mptop_bpf *skel)
{
	int ret;

	ret = rows_free(skel->maps.flow_free, 0, MPTOP_FLOWS);
	if (!ret)
		ret = rows_free(skel->maps.overflow_free, MPTOP_FLOWS,
				MPTOP_OVERFLOWS);
	if (!ret)
		ret = rows_free(skel->maps.proc_free, 0, MPTOP_PROCS);
	if (!ret)
		ret = rows_free(skel->maps.call_free, 0, MPTOP_CALLS);
	return ret;
}

void bpf_detach(struct bpf_program_set *set)
{
	while (set->nr_links)
		bpf_link__destroy(set->link[--set->nr_links]);
	mptop_bpf__destroy(set->skel);
	set->skel = NULL;
}

/* One try; what was refused is added to *@without. */
static int attach_once(struct bpf_program_set *set, struct bpf_facts *facts,
		       unsigned int *without)
{
	size_t i;
	int ret;

	plan_list(set, facts, *without);
	/* libbpf reads the BTF, too: there is room for one at a time. */
	bpf_facts_forget(facts);
	set->skel = mptop_bpf__open();
	if (!set->skel)
		return -errno;
	set_facts(set->skel, facts, &set->plan);
	for (i = 0; i < set->nr_hooks; i++)
		program_enable(set->skel, set->hook[i]);
	ret = mptop_bpf__load(set->skel);
	if (ret) {
		free(set->note);
		set->note = xasprintf("the kernel refused a program: %s",
				      strerror(-ret));
		/* The kinds that kernels refuse, most often refused first. */
		if (!(*without & HOOK_BIT(HOOK_FEXIT)))
			*without |= HOOK_BIT(HOOK_FEXIT);
		else
			*without |= HOOK_BIT(HOOK_KPROBE) |
				    HOOK_BIT(HOOK_KRETPROBE);
		return ret;
	}
	ret = tables_fill(set->skel);
	if (!ret)
		ret = plan_start(set, without);
	return ret;
}

/* What is missing for the best rung, and for the last one. */
static char *no_rung(unsigned int without)
{
	const char *obstacle = bpf_facts_obstacle();

	if (without & HOOK_BIT(HOOK_TP_BTF))
		return xasprintf("cannot use kprobes: %s",
				 obstacle ? obstacle : "the kernel refuses");
	return xasprintf("%s, and there is no tracepoint mm_migrate_pages "
			 "(CONFIG_MIGRATION)",
			 obstacle ? obstacle : "the kernel refuses kprobes");
}

static int explain(int ret, char **error)
{
	if (ret == -EPERM || ret == -EACCES) {
		*error = xasprintf("cannot load the BPF program: %s",
				   strerror(-ret));
		return -EPERM;
	}
	*error = xasprintf("cannot load the BPF program: %s", strerror(-ret));
	return -ENOTSUP;
}

int bpf_attach(struct bpf_program_set *set, struct bpf_facts *facts,
	       unsigned int without, char **error)
{
	unsigned int tried;
	int ret = -ENOTSUP;

	memset(set, 0, sizeof(*set));
	libbpf_set_print(print_nothing);
	do {
		hooks_choose(&set->plan, bpf_facts_hook_exists, facts,
			     without);
		if (!set->plan.rung[HOOKS_PAGES])
			break;
		tried = without;
		ret = attach_once(set, facts, &without);
		if (!ret)
			return 0;
		bpf_detach(set);
	} while (without != tried);
	free(set->note);
	set->note = NULL;
	if (!set->plan.rung[HOOKS_PAGES] && ret == -ENOTSUP) {
		*error = no_rung(without);
		return -ENOTSUP;
	}
	return explain(ret, error);
}
