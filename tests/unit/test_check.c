/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The lines of --check, for kernels by what they lack. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"

/* A kernel by what it lacks, and what it refuses when tried. */
struct kernel {
	unsigned int without_kinds; /* HOOK_BIT() */
	const char *without;	    /* a symbol */
	enum hook_kind refuses;
};

static int refusal(void *context, const struct hook *hook)
{
	const struct kernel *kernel = context;

	return kernel->refuses && kernel->refuses == hook->kind ? EBUSY : 0;
}

static bool has(void *context, const struct hook *hook)
{
	const struct kernel *kernel = context;

	return !(kernel->without_kinds & HOOK_BIT(hook->kind)) &&
	       !refusal(context, hook) &&
	       !(kernel->without && !strcmp(kernel->without, hook->symbol));
}

/* What is printed, to be freed; all hooks are chosen among. */
static char *printed_as(struct kernel *kernel,
			const struct obstacle_facts *facts, bool preemptible,
			enum check_state state)
{
	struct hook_kernel asked = { .has = has, .context = kernel,
				     .preemptible = preemptible };
	struct hook_plan plan;
	struct check check = { .facts = facts, .plan = &plan,
			       .kernel = &asked, .refusal = refusal,
			       .context = kernel, .state = state };
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	hooks_choose(&plan, &asked);
	check_print(out, &check);
	fclose(out);
	return text;
}

/* The same where what was chosen is attached. */
static char *printed(struct kernel *kernel, const struct obstacle_facts *facts,
		     bool preemptible)
{
	return printed_as(kernel, facts, preemptible, CHECK_ATTACHED);
}

static void assert_line(const char *text, const char *line)
{
	const char *found = strstr(text, line);

	if (!found || (found != text && found[-1] != '\n') ||
	    found[strlen(line)] != '\n')
		fail_msg("no line '%s' in:\n%s", line, text);
}

static void assert_lacks(const char *text, const char *part)
{
	if (strstr(text, part))
		fail_msg("'%s' is in:\n%s", part, text);
}

static void test_everything(void **state)
{
	struct kernel kernel = { 0 };
	struct obstacle_facts facts = { 0 };
	char *text = printed(&kernel, &facts, false);

	(void)state;
	assert_line(text, "need  ok       CAP_BPF");
	assert_line(text, "need  ok       tracefs");
	assert_line(text, "hook  ok       fentry folio_migrate_flags");
	assert_line(text, "hook  spare    kprobe folio_migrate_flags");
	assert_line(text, "rung  used     folios by fentry");
	assert_line(text, "rung  used     owner by fentry");
	assert_line(text, "rung  used     calls of mbind by kprobe+fexit");
	assert_line(text, "rung  spare    pages in all by vmstat");
	/* Nothing is said of rungs below the one that is used. */
	assert_lacks(text, "folios by kprobe");
	assert_lacks(text, "missing");
	free(text);
}

/* Nothing that was tried in vain is told as attached. */
static void test_failed(void **state)
{
	struct kernel kernel = { 0 };
	struct obstacle_facts facts = { 0 };
	char *text = printed_as(&kernel, &facts, false, CHECK_FAILED);

	(void)state;
	assert_line(text, "hook  failed   fentry folio_migrate_flags");
	assert_line(text, "rung  failed   folios by fentry");
	assert_line(text, "rung  failed   calls of mbind by kprobe+fexit");
	assert_line(text, "rung  used     pages in all by vmstat");
	assert_lacks(text, "hook  ok");
	free(text);
}

static void test_preemptible(void **state)
{
	struct kernel kernel = { 0 };
	struct obstacle_facts facts = { 0 };
	char *text = printed(&kernel, &facts, true);

	(void)state;
	assert_line(text, "rung  spare    folios by fentry: may miss some on "
			  "this kernel");
	assert_line(text, "rung  used     folios by kprobe.multi");
	free(text);
}

/* What a better rung lacks, and the need that it lacks it for. */
static void test_no_tracefs(void **state)
{
	struct kernel kernel = { .without_kinds = HOOK_BIT(HOOK_TRACEPOINT),
				 .refuses = HOOK_FENTRY };
	struct obstacle_facts facts = { 0 };
	char *text;

	(void)state;
	facts.error[NEED_TRACEFS] = EACCES;
	text = printed(&kernel, &facts, false);
	assert_line(text, "need  missing  tracefs: it cannot be read "
			  "(Permission denied); try: sudo mptop, or "
			  "CAP_DAC_READ_SEARCH");
	assert_line(text, "hook  missing  tracepoint migrate/mm_migrate_pages: "
			  "see the need tracefs");
	assert_line(text, "hook  missing  fentry folio_migrate_flags: Device "
			  "or resource busy");
	assert_line(text, "rung  missing  folios by kprobe: lacks tracepoint "
			  "migrate/mm_migrate_pages, see the need tracefs");
	assert_line(text, "rung  missing  folios by fentry: lacks fentry "
			  "folio_migrate_flags, Device or resource busy");
	assert_line(text, "rung  used     folios by kprobe.multi");
	free(text);
}

static void test_symbol(void **state)
{
	struct kernel kernel = { .without = "folio_migrate_flags" };
	struct obstacle_facts facts = { 0 };
	char *text = printed(&kernel, &facts, false);

	(void)state;
	assert_line(text, "hook  missing  fentry folio_migrate_flags: not in "
			  "this kernel");
	free(text);
}

static void test_nothing(void **state)
{
	struct kernel kernel = { .without_kinds = ~0U };
	struct obstacle_facts facts = { 0 };
	struct check check = { .facts = &facts };
	char *text = printed(&kernel, &facts, false);
	size_t size;
	FILE *out;

	(void)state;
	assert_line(text, "rung  used     pages in all by vmstat");
	free(text);
	/* Without a plan there are needs and the last rung. */
	facts.error[NEED_CAP_BPF] = EPERM;
	facts.error[NEED_BPF] = NEED_UNTRIED;
	out = open_memstream(&text, &size);
	check_print(out, &check);
	fclose(out);
	assert_line(text, "need  missing  CAP_BPF: this process does not have "
			  "it; try: sudo mptop");
	assert_line(text, "need  untried  bpf(2): it takes what is missing");
	assert_line(text, "rung  used     pages in all by vmstat");
	assert_lacks(text, "hook");
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_everything),
		cmocka_unit_test(test_failed),
		cmocka_unit_test(test_preemptible),
		cmocka_unit_test(test_no_tracefs),
		cmocka_unit_test(test_symbol),
		cmocka_unit_test(test_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
