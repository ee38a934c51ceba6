/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The ladder as a table: what exists, and what is chosen for it. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "bpf/mptop.h"
#include "call.h"
#include "hooks.h"

#if defined(__aarch64__)
#define SYS "__arm64_sys_"
#else
#define SYS "__x64_sys_"
#endif

/* A kernel by what it lacks; the strings end with NULL. */
struct kernel {
	const char *name;
	unsigned int without_kinds; /* HOOK_BIT() */
	bool preemptible;
	const char *without[6];	    /* symbols */
	const char *refused;	    /* program that a try found out about */
	const char *folios;	    /* symbol of the folio hook, NULL: none */
	const char *probe[PROBE_COUNT];
};

static bool kernel_has(void *context, const struct hook *hook)
{
	const struct kernel *kernel = context;
	size_t i;

	if (kernel->without_kinds & HOOK_BIT(hook->kind))
		return false;
	if (kernel->refused && strstr(hook->program, kernel->refused))
		return false;
	for (i = 0; kernel->without[i]; i++)
		if (!strcmp(kernel->without[i], hook->symbol))
			return false;
	return true;
}

static struct hook_kernel asked(struct kernel *kernel)
{
	return (struct hook_kernel){
		.has = kernel_has,
		.context = kernel,
		.preemptible = kernel->preemptible,
	};
}

#define PAGES(kind, end)               \
	[PROBE_FOLIOS] = kind,         \
	[PROBE_REASON] = kind,         \
	[PROBE_LATENCY] = kind,        \
	[PROBE_FAILURES] = end
#define KPROBES PAGES("kprobe", "tracepoint")
#define NO_MULTI HOOK_BIT(HOOK_KPROBE_MULTI)
#define NO_KPROBES HOOK_KPROBES
#define NO_TRAMPOLINES (HOOK_BIT(HOOK_FEXIT) | HOOK_BIT(HOOK_FENTRY))
#define FEXITS [PROBE_CALLS] = "kprobe+fexit"

static const struct kernel kernels[] = {
	{
		.name = "6.12: not preemptible, so the cheapest is exact",
		.without = { "migrate_page_states" },
		.folios = "folio_migrate_flags",
		.probe = { PAGES("fentry", "tp_btf"),
			   [PROBE_OWNER] = "fentry", FEXITS },
	},
	{
		.name = "6.12 preempt=full",
		.preemptible = true,
		.without = { "migrate_page_states" },
		.folios = "folio_migrate_flags",
		.probe = { PAGES("kprobe.multi", "tracepoint"),
			   [PROBE_OWNER] = "kprobe.multi", FEXITS },
	},
	{
		.name = "6.1 preempt=full: no fprobe",
		.preemptible = true,
		.without_kinds = NO_MULTI,
		.folios = "folio_migrate_flags",
		.probe = { KPROBES, [PROBE_OWNER] = "kprobe", FEXITS },
	},
	{
		.name = "5.19: both folio functions, one calls the other",
		.preemptible = true,
		.without_kinds = NO_MULTI,
		.folios = "folio_migrate_flags",
		.probe = { KPROBES, [PROBE_OWNER] = "kprobe", FEXITS },
	},
	{
		.name = "5.10: older folio function, no owner tracepoint",
		.without_kinds = NO_MULTI,
		.without = { "folio_migrate_flags",
			     "migrate/remove_migration_pte",
			     "mm_migrate_pages_start" },
		.refused = "mapping_done",
		.folios = "migrate_page_states",
		.probe = { PAGES("fentry", "tp_btf"),
			   [PROBE_OWNER] = "kprobe", FEXITS },
	},
	{
		.name = "no THP: the owner rung stands without its pmd hook",
		.preemptible = true,
		.without_kinds = NO_MULTI,
		.without = { "thp/remove_migration_pmd" },
		.folios = "folio_migrate_flags",
		.probe = { KPROBES, [PROBE_OWNER] = "kprobe", FEXITS },
	},
	{
		.name = "no trampolines: kretprobes for returns",
		.without_kinds = NO_TRAMPOLINES | NO_MULTI,
		.folios = "folio_migrate_flags",
		.probe = { KPROBES, [PROBE_OWNER] = "kprobe",
			   [PROBE_CALLS] = "kprobe+kretprobe" },
	},
	{
		.name = "one call cannot be hooked: only that one falls",
		.refused = "migrate_pages_exit",
		.folios = "folio_migrate_flags",
		.probe = { PAGES("fentry", "tp_btf"),
			   [PROBE_OWNER] = "fentry",
			   [PROBE_CALLS] = "kprobe+kretprobe" },
	},
	{
		.name = "a folio hook refused: kprobes instead",
		.without_kinds = NO_MULTI,
		.refused = "folio_moved_fentry",
		.folios = "folio_migrate_flags",
		.probe = { KPROBES, [PROBE_OWNER] = "fentry", FEXITS },
	},
	{
		.name = "no kprobes, preemptible: inexact, but all there is",
		.preemptible = true,
		.without_kinds = NO_KPROBES,
		.folios = "folio_migrate_flags",
		.probe = { PAGES("fentry", "tp_btf"),
			   [PROBE_OWNER] = "fentry",
			   [PROBE_CALLS] = "fentry+fexit" },
	},
	{
		.name = "CAP_BPF and CAP_PERFMON, no perf, preemptible",
		.preemptible = true,
		.without_kinds = HOOK_BIT(HOOK_TRACEPOINT) |
				 HOOK_BIT(HOOK_KPROBE) |
				 HOOK_BIT(HOOK_KRETPROBE),
		.folios = "folio_migrate_flags",
		.probe = { PAGES("kprobe.multi", "tp_btf"),
			   [PROBE_OWNER] = "kprobe.multi",
			   [PROBE_CALLS] = "fentry+fexit" },
	},
	{
		.name = "the same, not preemptible",
		.without_kinds = HOOK_BIT(HOOK_TRACEPOINT) |
				 HOOK_BIT(HOOK_KPROBE) |
				 HOOK_BIT(HOOK_KRETPROBE),
		.folios = "folio_migrate_flags",
		.probe = { PAGES("fentry", "tp_btf"),
			   [PROBE_OWNER] = "fentry",
			   [PROBE_CALLS] = "fentry+fexit" },
	},
	{
		.name = "neither kprobes nor fentry: the tracepoint alone",
		.without_kinds = NO_KPROBES | NO_TRAMPOLINES,
		.probe = { [PROBE_REASON] = "tp_btf",
			   [PROBE_FAILURES] = "tp_btf" },
	},
	{
		.name = "no tracefs, no fentry: tp_btf tells a batch's end",
		.without_kinds = HOOK_BIT(HOOK_TRACEPOINT) | NO_MULTI |
				 HOOK_BIT(HOOK_FENTRY),
		.refused = "page_add",
		.folios = "folio_migrate_flags",
		.probe = { PAGES("kprobe", "tp_btf"),
			   [PROBE_OWNER] = "kprobe", FEXITS },
	},
	{
		.name = "nothing",
		.without_kinds = ~0U,
	},
};

static const char *folio_symbol(const struct hook_plan *plan)
{
	const struct hook *hook;

	if (!plan->rung[HOOKS_PAGES])
		return NULL;
	for (hook = plan->rung[HOOKS_PAGES]->hook; hook->kind; hook++)
		if (strstr(hook->program, "folio_moved") ||
		    (hook->kind == HOOK_KPROBE_MULTI &&
		     hook->point == MPTOP_FOLIO_MOVED))
			return hook->symbol;
	return NULL;
}

static void assert_text(const char *kernel, const char *text,
			const char *expected)
{
	if (!text != !expected || (text && strcmp(text, expected)))
		fail_msg("%s: %s instead of %s", kernel, text ? text : "none",
			 expected ? expected : "none");
}

static void test_ladder(void **state)
{
	struct hook_plan plan;
	struct hook_kernel question;
	struct kernel kernel;
	size_t i;
	int datum;

	(void)state;
	for (i = 0; i < sizeof(kernels) / sizeof(*kernels); i++) {
		kernel = kernels[i];
		question = asked(&kernel);
		hooks_choose(&plan, &question);
		assert_text(kernel.name, folio_symbol(&plan), kernel.folios);
		for (datum = 0; datum < PROBE_COUNT; datum++)
			assert_text(kernel.name, hooks_probe(&plan, datum),
				    kernel.probe[datum]);
	}
}

/* Of what is of use on a kernel, @kind is so often in the rung of @group. */
static int wanted(const struct hook_plan *plan, enum hook_group group,
		  const struct hook_kernel *kernel, enum hook_kind kind)
{
	const struct hook *hook;
	int n = 0;

	assert_non_null(plan->rung[group]);
	for (hook = plan->rung[group]->hook; hook->kind; hook++)
		n += hook->kind == kind && hook_wanted(hook, kernel);
	return n;
}

/* What catches a skipped return is hooked where one may be skipped. */
static void test_spares(void **state)
{
	struct kernel kernel = { .name = "all there is" };
	struct hook_kernel question = asked(&kernel);
	struct hook_plan plan;
	int i;

	(void)state;
	for (i = 0; i < 3; i++) {
		question.preemptible = i > 0;
		question.without = i > 1 ? HOOK_KPROBES : 0;
		hooks_choose(&plan, &question);
		assert_int_equal(wanted(&plan, HOOKS_CALL, &question,
					HOOK_FEXIT), i ? 6 : 1);
		assert_int_equal(wanted(&plan, HOOKS_CALL, &question,
					HOOK_KRETPROBE_MULTI), i == 1);
		assert_int_equal(wanted(&plan, HOOKS_CALL, &question,
					HOOK_KRETPROBE), i == 1);
	}
}

/* The end of a batch or call is hooked before its beginning is. */
static void rungs_end_first(const struct hook_rung *rung)
{
	const struct hook *hook;
	bool begun;

	for (; rung->hook->kind; rung++) {
		begun = false;
		for (hook = rung->hook; hook->kind; hook++) {
			if (strstr(hook->program, "_begin") ||
			    strstr(hook->program, "_enter") ||
			    hook->kind == HOOK_KPROBE_MULTI)
				begun = true;
			if (strstr(hook->program, "_end") ||
			    strstr(hook->program, "_exit"))
				assert_false(begun);
		}
	}
}

static void test_ends_first(void **state)
{
	(void)state;
	rungs_end_first(hook_rungs_pages);
	rungs_end_first(hook_rungs_owner);
	rungs_end_first(hook_rungs_calls);
}

/* A rung that promises never to lose anything has no kind that may. */
static void test_exact_kinds(void **state)
{
	const struct hook_rung *tables[] = { hook_rungs_pages,
					     hook_rungs_owner };
	const struct hook_rung *rung;
	const struct hook *hook;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(tables) / sizeof(*tables); i++)
		for (rung = tables[i]; rung->hook->kind; rung++)
			for (hook = rung->hook; hook->kind; hook++)
				if (hook->kind == HOOK_FENTRY ||
				    hook->kind == HOOK_FEXIT ||
				    hook->kind == HOOK_TP_BTF)
					assert_int_not_equal(rung->exact,
							     HOOK_EXACT);
}

/* What is missing is named, for whoever wants to know why. */
static void test_lacks(void **state)
{
	struct kernel kernel = { .without = { "migrate_pages" } };
	struct hook_kernel question = asked(&kernel);
	const struct hook_rung *rung = hook_rungs_pages;

	(void)state;
	while (rung->exact != HOOK_EXACT)
		rung++;
	assert_string_equal(hooks_lacks(rung, &question)->symbol,
			    "migrate_pages");
	kernel.without[0] = NULL;
	assert_null(hooks_lacks(rung, &question));
	question.without = HOOK_BIT(HOOK_TRACEPOINT);
	assert_int_equal(hooks_lacks(rung, &question)->kind, HOOK_TRACEPOINT);
}

static void test_without_groups(void **state)
{
	struct kernel kernel = { .name = "all" };
	struct hook_kernel question = asked(&kernel);
	struct hook_plan plan;

	(void)state;
	question.without_groups = HOOK_BIT(HOOKS_CALL + CALL_MBIND);
	hooks_choose(&plan, &question);
	assert_null(plan.rung[HOOKS_CALL + CALL_MBIND]);
	assert_non_null(plan.rung[HOOKS_MASKS]);
	question.without_groups = ~0U << HOOKS_CALL;
	hooks_choose(&plan, &question);
	assert_null(plan.rung[HOOKS_MASKS]);
	assert_non_null(plan.rung[HOOKS_PAGES]);
}

/* How the errno of failed pages is told; the copies only where skipped. */
static void test_failures(void **state)
{
	static const struct {
		struct kernel kernel;
		const char *symbol; /* NULL: not told */
		int returns;
	} cases[] = {
		{ { .without = { "move_to_new_page" } }, "move_to_new_folio",
		  1 },
		{ { .without = { "move_to_new_folio" } }, "move_to_new_page",
		  1 },
		{ { .preemptible = true }, "move_to_new_folio", 2 },
		{ { .refused = "batch_return" }, "move_to_new_folio", 0 },
		{ { .without_kinds = HOOK_BIT(HOOK_FEXIT) }, NULL, 0 },
		{ { .without = { "migrate_page_states",
				 "folio_migrate_flags" } }, NULL, 0 },
	};
	struct hook_kernel question;
	struct hook_plan plan;
	struct kernel kernel;
	const struct hook *hook;
	size_t i;
	int returns;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		kernel = cases[i].kernel;
		question = asked(&kernel);
		hooks_choose(&plan, &question);
		assert_text("tries",
			    plan.rung[HOOKS_TRIES] ?
				    plan.rung[HOOKS_TRIES]->hook->symbol :
				    NULL,
			    cases[i].symbol);
		returns = 0;
		if (plan.rung[HOOKS_RETURNS])
			for (hook = plan.rung[HOOKS_RETURNS]->hook; hook->kind;
			     hook++)
				returns += hook_wanted(hook, &question);
		assert_int_equal(returns, cases[i].returns);
	}
}

static void test_kind_names(void **state)
{
	int kind;

	(void)state;
	for (kind = 0; kind < HOOK_KIND_COUNT; kind++)
		assert_non_null(hook_kind_name(kind));
}

/* The symbol that the first hook of @group's rung is on, or NULL. */
static const char *symbol_of(struct kernel *kernel, int group,
			     unsigned int calls)
{
	struct hook_kernel hook_kernel = asked(kernel);
	struct hook_plan plan;

	hook_kernel.without_groups = hooks_without_calls(calls);
	hooks_choose(&plan, &hook_kernel);
	return plan.rung[group] ? plan.rung[group]->hook[0].symbol : NULL;
}

/* Each call has a ladder, and one that the kernel lacks is missing alone. */
static void calls_stand_alone(void **state)
{
	struct kernel old = {
		.without = { SYS "set_mempolicy_home_node" },
	};
	int call;

	(void)state;
	for (call = 0; call < CALL_COUNT; call++)
		assert_int_equal(symbol_of(&old, HOOKS_CALL + call,
					   CALLS_ALL) != NULL,
				 call != CALL_SET_MEMPOLICY_HOME_NODE);
	for (call = 0; call < CALL_COUNT; call++)
		assert_int_equal(symbol_of(&old, HOOKS_CALL + call,
					   CALL_BIT(CALL_MBIND)) != NULL,
				 call == CALL_MBIND);
	assert_null(symbol_of(&old, HOOKS_CALL + CALL_GET_MEMPOLICY,
			      CALLS_DEFAULT));
	assert_null(symbol_of(&old, HOOKS_CALL32 + CALL_GET_MEMPOLICY,
			      CALLS_DEFAULT));
	assert_null(symbol_of(&old, HOOKS_MASKS, 0));
}

/* A compat entry, where there is one, is hooked besides. */
static void calls_of_32_bits(void **state)
{
	struct kernel old = { .name = "5.10" };
	struct kernel now = {
		.without = { "__ia32_compat_sys_mbind" },
	};
	struct kernel none = {
		.without = { "__ia32_compat_sys_mbind", "__ia32_sys_mbind" },
	};
	int group = HOOKS_CALL32 + CALL_MBIND;
	int compat = HOOKS_COMPAT + CALL_MBIND;

	(void)state;
	if (strcmp(SYS, "__x64_sys_"))
		skip();
	assert_string_equal(symbol_of(&old, group, CALLS_DEFAULT),
			    "__ia32_sys_mbind");
	assert_string_equal(symbol_of(&old, compat, CALLS_DEFAULT),
			    "__ia32_compat_sys_mbind");
	assert_non_null(symbol_of(&now, group, CALLS_DEFAULT));
	assert_null(symbol_of(&now, compat, CALLS_DEFAULT));
	assert_null(symbol_of(&none, group, CALLS_DEFAULT));
	assert_non_null(symbol_of(&none, HOOKS_CALL + CALL_MBIND,
				  CALLS_DEFAULT));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ladder),
		cmocka_unit_test(test_spares),
		cmocka_unit_test(test_ends_first),
		cmocka_unit_test(test_exact_kinds),
		cmocka_unit_test(test_lacks),
		cmocka_unit_test(test_without_groups),
		cmocka_unit_test(calls_stand_alone),
		cmocka_unit_test(calls_of_32_bits),
		cmocka_unit_test(test_failures),
		cmocka_unit_test(test_kind_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
