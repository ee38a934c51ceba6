/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is kept of a refused hook, and what of it is told. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>

#include "bpf_refusal.h"

static const struct hook fexit = {
	.kind = HOOK_FEXIT, .program = "d", .symbol = "get_nodes",
};
static const struct hook copy = {
	.kind = HOOK_FEXIT, .program = "e", .symbol = "get_nodes",
};
static const struct hook part = {
	.kind = HOOK_KPROBE, .program = "f", .symbol = "get_nodes.part.0",
};

/* A program is refused for itself: its copies may do. */
static void test_each(void **state)
{
	struct bpf_program_set set = { 0 };

	(void)state;
	bpf_refuse(&set, &fexit, EINVAL);
	bpf_refuse(&set, &fexit, EBUSY);
	assert_int_equal(set.nr_refused, 1);
	assert_int_equal(set.refused[0].error, EINVAL);
	assert_true(bpf_is_refused(&set, &fexit));
	assert_false(bpf_is_refused(&set, &copy));
	assert_false(bpf_is_refused(&set, &part));
}

static void test_note(void **state)
{
	struct bpf_program_set set = { 0 };
	char *note;

	(void)state;
	bpf_refuse(&set, &part, ENOENT);
	assert_null(bpf_attach_note(&set));
	bpf_refuse(&set, &fexit, EBUSY);
	note = bpf_attach_note(&set);
	assert_string_equal(note, "cannot use fexit of get_nodes: "
				  "Device or resource busy");
	free(note);
}

static bool is_there(void *context, const struct hook *hook)
{
	const struct bpf_program_set *set = context;

	return !bpf_facts_kind_refused(set->facts, hook->kind);
}

/* Trampolines that are refused as such are not said to be missing. */
static void test_trampolines(void **state)
{
	struct bpf_facts facts = { .trampoline_error = EPERM };
	struct bpf_program_set set = { .facts = &facts };
	char *text;

	(void)state;
	assert_int_equal(bpf_facts_kind_refused(&facts, HOOK_FENTRY), EPERM);
	assert_int_equal(bpf_facts_kind_refused(&facts, HOOK_FEXIT), EPERM);
	assert_int_equal(bpf_facts_kind_refused(&facts, HOOK_TP_BTF), 0);
	text = bpf_attach_note(&set);
	assert_string_equal(text, "cannot use fentry and fexit: "
				  "Operation not permitted");
	free(text);
	set.kernel.has = is_there;
	set.kernel.context = &set;
	/* --probe=fentry */
	set.kernel.without = HOOK_KPROBES | HOOK_BIT(HOOK_TRACEPOINT);
	text = bpf_no_rung(&set);
	assert_string_equal(text, "cannot use fentry of folio_migrate_flags: "
				  "Operation not permitted");
	free(text);
	set.kernel.without = HOOK_BIT(HOOK_FENTRY) | HOOK_BIT(HOOK_FEXIT);
	assert_null(bpf_attach_note(&set));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each),
		cmocka_unit_test(test_note),
		cmocka_unit_test(test_trampolines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
