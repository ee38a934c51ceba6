/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The ladder as a table: what exists, and what is chosen for it. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "hooks.h"

/* A kernel by what it lacks; the strings end with NULL. */
struct kernel {
	const char *name;
	unsigned int without_kinds; /* HOOK_BIT() */
	const char *without[4];	    /* symbols */
	unsigned int refused;	    /* what a try has found out */
	const char *folios;	    /* symbol of the folio hook, NULL: none */
	const char *probe[PROBE_COUNT];
};

static bool kernel_has(void *context, enum hook_kind kind, const char *symbol)
{
	const struct kernel *kernel = context;
	size_t i;

	if (kernel->without_kinds & HOOK_BIT(kind))
		return false;
	for (i = 0; kernel->without[i]; i++)
		if (!strcmp(kernel->without[i], symbol))
			return false;
	return true;
}

#define KPROBES                               \
	[PROBE_FOLIOS] = "kprobe",            \
	[PROBE_REASON] = "kprobe",            \
	[PROBE_LATENCY] = "kprobe",           \
	[PROBE_FAILURES] = "tracepoint"

static const struct kernel kernels[] = {
	{
		.name = "6.12",
		.without = { "migrate_page_states" },
		.folios = "folio_migrate_flags",
		.probe = { KPROBES, [PROBE_OWNER] = "kprobe",
			   [PROBE_CALLS] = "kprobe+fexit" },
	},
	{
		.name = "5.19: both folio functions, one calls the other",
		.folios = "folio_migrate_flags",
		.probe = { KPROBES, [PROBE_OWNER] = "kprobe",
			   [PROBE_CALLS] = "kprobe+fexit" },
	},
	{
		.name = "5.10: older folio function, no owner tracepoint",
		.without = { "folio_migrate_flags",
			     "migrate/remove_migration_pte" },
		.folios = "migrate_page_states",
		.probe = { KPROBES, [PROBE_CALLS] = "kprobe+fexit" },
	},
	{
		.name = "no THP: the owner rung stands without its pmd hook",
		.without = { "thp/remove_migration_pmd" },
		.folios = "folio_migrate_flags",
		.probe = { KPROBES, [PROBE_OWNER] = "kprobe",
			   [PROBE_CALLS] = "kprobe+fexit" },
	},
	{
		.name = "no trampolines: kretprobes for returns",
		.without_kinds = HOOK_BIT(HOOK_FEXIT),
		.folios = "folio_migrate_flags",
		.probe = { KPROBES, [PROBE_OWNER] = "kprobe",
			   [PROBE_CALLS] = "kprobe+kretprobe" },
	},
	{
		.name = "trampolines refused when loading",
		.refused = HOOK_BIT(HOOK_FEXIT),
		.folios = "folio_migrate_flags",
		.probe = { KPROBES, [PROBE_OWNER] = "kprobe",
			   [PROBE_CALLS] = "kprobe+kretprobe" },
	},
	{
		.name = "no kprobes: the tracepoint alone",
		.without_kinds = HOOK_BIT(HOOK_KPROBE) |
				 HOOK_BIT(HOOK_KRETPROBE),
		.probe = { [PROBE_REASON] = "tp_btf",
			   [PROBE_FAILURES] = "tp_btf" },
	},
	{
		.name = "no tracefs: batches have no end to count by",
		.without_kinds = HOOK_BIT(HOOK_TRACEPOINT),
		.probe = { [PROBE_REASON] = "tp_btf",
			   [PROBE_FAILURES] = "tp_btf",
			   [PROBE_CALLS] = "kprobe+fexit" },
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
		if (!strcmp(hook->program, "folio_moved_kprobe"))
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
	struct kernel kernel;
	size_t i;
	int datum;

	(void)state;
	for (i = 0; i < sizeof(kernels) / sizeof(*kernels); i++) {
		kernel = kernels[i];
		hooks_choose(&plan, kernel_has, &kernel, kernel.refused);
		assert_text(kernel.name, folio_symbol(&plan), kernel.folios);
		for (datum = 0; datum < PROBE_COUNT; datum++)
			assert_text(kernel.name, hooks_probe(&plan, datum),
				    kernel.probe[datum]);
	}
}

/* The end of a batch or call is hooked before its beginning is. */
static void test_ends_first(void **state)
{
	struct kernel all = { .name = "all" };
	const struct hook *hook;
	struct hook_plan plan;
	bool begun = false;
	int group;

	(void)state;
	hooks_choose(&plan, kernel_has, &all, 0);
	for (group = 0; group < HOOKS_GROUPS; group++) {
		begun = false;
		for (hook = plan.rung[group]->hook; hook->kind; hook++) {
			if (strstr(hook->program, "_begin") ||
			    strstr(hook->program, "_enter"))
				begun = true;
			if (strstr(hook->program, "_end") ||
			    strstr(hook->program, "_exit"))
				assert_false(begun);
		}
	}
}

static void test_kind_names(void **state)
{
	int kind;

	(void)state;
	for (kind = 0; kind < HOOK_KIND_COUNT; kind++)
		assert_non_null(hook_kind_name(kind));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ladder),
		cmocka_unit_test(test_ends_first),
		cmocka_unit_test(test_kind_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
