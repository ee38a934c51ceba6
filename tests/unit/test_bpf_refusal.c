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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each),
		cmocka_unit_test(test_note),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
