/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From plan to running probes. A kernel may refuse a hook only when it is
 * loaded or attached, so the ladder is walked by trying: what is refused is
 * left out and all is begun again.
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
#include "bpf_link.h"
#include "bpf_refusal.h"
#include "bpf_tables.h"
#include "pidns.h"
#include "xalloc.h"

/*
 * The program that libbpf last said the kernel refused. Its printer has no
 * context, and loading tells no more than an errno for all programs.
 */
static char refused_program[64];

/* libbpf's own words would land on the screen, and advise the wrong thing. */
static int print_nothing(enum libbpf_print_level level, const char *format,
			 va_list args)
{
	(void)level;
	if (strstr(format, "prog '%s': BPF program load failed"))
		snprintf(refused_program, sizeof(refused_program), "%s",
			 va_arg(args, const char *));
	return 0;
}

/* struct hook_kernel's question; the context is the set. */
static bool kernel_has(void *context, const struct hook *hook)
{
	struct bpf_program_set *set = context;

	return !bpf_is_refused(set, hook) &&
	       bpf_facts_hook_exists(set->facts, hook->kind, hook->symbol) &&
	       !bpf_facts_kind_refused(set->facts, hook->kind);
}

static bool runs(const struct bpf_program_set *set, const char *program)
{
	size_t i;

	for (i = 0; i < set->nr_hooks; i++)
		if (!strcmp(set->hook[i]->program, program))
			return true;
	return false;
}

static void set_facts(struct bpf_program_set *set)
{
	const struct bpf_facts *facts = set->facts;
	struct mptop_bpf *skel = set->skel;
	struct pidns ns;

	skel->rodata->node_shift = facts->node_shift;
	skel->rodata->node_mask = facts->node_mask;
	skel->rodata->node_mask_bytes = facts->mask_bytes;
	skel->rodata->tp_arg_reason = facts->tp_arg_reason;
	skel->rodata->reason_misplaced = facts->reason_misplaced;
	skel->rodata->call_reasons = facts->call_reasons;
	pidns_read(&ns);
	skel->rodata->pidns = ns.inum;
	skel->rodata->batch_args = facts->batch_args;
	skel->rodata->ia32_longs = facts->ia32_longs;
	skel->rodata->has_owner = set->plan.rung[HOOKS_OWNER] != NULL;
	skel->rodata->owner_tells_all = !runs(set, "mapping_anon_kprobe");
	skel->rodata->end_has_spares = runs(set, "batch_end_btf_2");
	skel->rodata->has_task_storage = facts->task_storage;
	skel->rodata->has_stacks = set->kernel.stacks;
}

/* Only what is used takes memory. */
static void set_maps(struct bpf_program_set *set)
{
	struct mptop_bpf *skel = set->skel;

	bpf_map__set_autocreate(skel->maps.task_threads,
				skel->rodata->has_task_storage);
	bpf_map__set_autocreate(skel->maps.ended_batches,
				skel->rodata->end_has_spares);
	bpf_map__set_autocreate(skel->maps.call_stacks,
				skel->rodata->has_stacks);
}

static int program_enable(struct mptop_bpf *skel, const struct hook *hook)
{
	struct bpf_program *program;
	int ret;

	program = bpf_object__find_program_by_name(skel->obj, hook->program);
	if (!program)
		return -ENOENT;
	if (hook->kind == HOOK_FEXIT || hook->kind == HOOK_FENTRY) {
		ret = bpf_program__set_attach_target(program, 0, hook->symbol);
		if (ret)
			return ret;
	}
	return bpf_program__set_autoload(program, true);
}

/* Lists those hooks of @group that are of @kinds (HOOK_BIT()). */
static void list_group(struct bpf_program_set *set, int group,
		       unsigned int kinds)
{
	const struct hook *hook;

	if (!set->plan.rung[group])
		return;
	for (hook = set->plan.rung[group]->hook; hook->kind; hook++)
		if (kinds & HOOK_BIT(hook->kind) &&
		    hook_wanted(hook, &set->kernel))
			set->hook[set->nr_hooks++] = hook;
}

#define MULTI HOOK_BIT(HOOK_KPROBE_MULTI)
#define ENTRIES (HOOK_BIT(HOOK_KPROBE) | HOOK_BIT(HOOK_FENTRY))

/*
 * In an order in which nothing that is counted lacks a part: who maps a folio
 * is hooked before folios are, and all returns of calls before any entry. The
 * one link for many is that of entries; it is named after what counts pages.
 */
static void plan_list(struct bpf_program_set *set)
{
	int group;

	set->nr_hooks = 0;
	list_group(set, HOOKS_OWNER, ~MULTI);
	list_group(set, HOOKS_PAGES, ~MULTI);
	list_group(set, HOOKS_PAGES, MULTI);
	list_group(set, HOOKS_OWNER, MULTI);
	for (group = HOOKS_TRIES; group < HOOKS_GROUPS; group++)
		list_group(set, group, ~ENTRIES);
	for (group = HOOKS_TRIES; group < HOOKS_GROUPS; group++)
		list_group(set, group, ENTRIES);
}

/* Is @i in the link of an earlier one? */
static bool is_attached(const struct bpf_program_set *set, size_t i)
{
	return set->hook[i]->kind == HOOK_KPROBE_MULTI && i &&
	       set->hook[i - 1]->kind == HOOK_KPROBE_MULTI;
}

/* Attaches one hook; one that is refused and needed ends the try. */
static int hook_start(struct bpf_program_set *set, size_t i)
{
	const struct hook *hook = set->hook[i];
	struct bpf_program *program;
	struct bpf_link *link;
	int error;

	if (is_attached(set, i))
		return 0;
	program = bpf_object__find_program_by_name(set->skel->obj,
						   hook->program);
	if (!program || bpf_program__fd(program) < 0) {
		bpf_refuse(set, hook, ENOENT);
		return hook->need == HOOK_NEEDED ? -ENOENT : 0;
	}
	link = bpf_link_of(set, i, program);
	if (link) {
		set->linked[set->nr_links] = hook;
		set->link[set->nr_links++] = link;
		/* From now on their returns tell of batches that failed. */
		if (!strcmp(hook->program, "batch_return_1"))
			set->skel->bss->has_returns = true;
		return 0;
	}
	error = errno;
	bpf_refuse(set, hook, error);
	return hook->need == HOOK_NEEDED ? -error : 0;
}

static int plan_start(struct bpf_program_set *set)
{
	size_t i;
	int ret;

	for (i = 0; i < set->nr_hooks; i++) {
		ret = hook_start(set, i);
		if (ret)
			return ret;
	}
	return 0;
}

void bpf_detach(struct bpf_program_set *set)
{
	while (set->nr_links)
		bpf_link__destroy(set->link[--set->nr_links]);
	mptop_bpf__destroy(set->skel);
	set->skel = NULL;
}

static void plan_enable(struct bpf_program_set *set)
{
	size_t i;
	int ret;

	for (i = 0; i < set->nr_hooks; i++) {
		ret = program_enable(set->skel, set->hook[i]);
		if (ret)
			bpf_refuse(set, set->hook[i], -ret);
	}
}

/* Is it the verifier that refuses? Then stacks are the first to go. */
static bool is_for_stacks(const struct bpf_program_set *set, int error)
{
	return set->kernel.stacks && *refused_program &&
	       (error == EACCES || error == EINVAL || error == E2BIG);
}

/* The kernel refused to load one program: its hooks are refused. */
static void load_refused(struct bpf_program_set *set, int error)
{
	size_t i;

	if (is_for_stacks(set, error))
		return;
	for (i = 0; i < set->nr_hooks; i++)
		if (!strcmp(set->hook[i]->program, refused_program))
			bpf_refuse(set, set->hook[i], error);
}

/*
 * libbpf looks for a type that is in no vmlinux in the BTF of modules, too;
 * listing those takes CAP_SYS_ADMIN, and libbpf before 1.5 fails without it.
 * It does not look there if it is told which file to read.
 */
static struct mptop_bpf *skel_open(void)
{
	LIBBPF_OPTS(bpf_object_open_opts, opts);
	__u32 id;

	if (bpf_btf_get_next_id(0, &id) && errno == EPERM)
		opts.btf_custom_path = "/sys/kernel/btf/vmlinux";
	return mptop_bpf__open_opts(&opts);
}

/* One try; what is refused in it is in the set then. */
static int attach_once(struct bpf_program_set *set)
{
	size_t refused;
	int ret;

	plan_list(set);
	/* libbpf reads the BTF, too: there is room for one at a time. */
	bpf_facts_forget(set->facts);
	set->skel = skel_open();
	if (!set->skel)
		return -errno;
	refused = set->nr_refused;
	plan_enable(set);
	if (set->nr_refused > refused)
		return -ENOENT;
	set_facts(set);
	set_maps(set);
	refused_program[0] = '\0';
	ret = mptop_bpf__load(set->skel);
	if (ret) {
		load_refused(set, -ret);
		return ret;
	}
	ret = bpf_tables_fill(set->skel);
	if (!ret)
		ret = plan_start(set);
	return ret;
}

static int explain(const struct bpf_program_set *set, int ret, char **error)
{
	*error = bpf_attach_note(set);
	if (!*error)
		*error = xasprintf("cannot load the BPF program: %s",
				   strerror(-ret));
	return ret == -EPERM || ret == -EACCES ? -EPERM : -ENOTSUP;
}

/* Nothing else is left that could have been refused: true, if they were on. */
static bool give_up_stacks(struct bpf_program_set *set, int error)
{
	if (!set->kernel.stacks)
		return false;
	set->kernel.stacks = false;
	set->stacks_error = error;
	return true;
}

/*
 * Walks the ladder by trying. Each failed try has to leave something out that
 * it had, so it ends.
 */
int bpf_attach(struct bpf_program_set *set, struct bpf_facts *facts,
	       const struct hook_kernel *wanted, char **error)
{
	size_t refused;
	int ret = 0;

	memset(set, 0, sizeof(*set));
	set->facts = facts;
	set->kernel = *wanted;
	set->kernel.has = kernel_has;
	set->kernel.context = set;
	set->kernel.preemptible = facts->preemptible;
	libbpf_set_print(print_nothing);
	do {
		hooks_choose(&set->plan, &set->kernel);
		if (!set->plan.rung[HOOKS_PAGES])
			break;
		refused = set->nr_refused;
		ret = attach_once(set);
		if (!ret)
			return 0;
		bpf_detach(set);
	} while (set->nr_refused > refused || give_up_stacks(set, -ret));
	memset(&set->plan, 0, sizeof(set->plan));
	if (ret)
		return explain(set, ret, error);
	*error = bpf_no_rung(set);
	return -ENOTSUP;
}
