/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What one refused hook says of others, and what of it is told. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>

#include "bpf_refusal.h"

static const struct hook kprobe = {
	.kind = HOOK_KPROBE, .program = "a", .symbol = "migrate_pages",
};
static const struct hook fentry = {
	.kind = HOOK_FENTRY, .program = "b", .symbol = "migrate_pages",
};
static const struct hook other = {
	.kind = HOOK_FENTRY, .program = "c", .symbol = "get_nodes",
};
static const struct hook fexit = {
	.kind = HOOK_FEXIT, .program = "d", .symbol = "get_nodes",
};
static const struct hook copy = {
	.kind = HOOK_FEXIT, .program = "e", .symbol = "get_nodes",
};
static const struct hook part = {
	.kind = HOOK_KPROBE, .program = "f", .symbol = "get_nodes.part.0",
};

/* A right that one trampoline lacks is lacking for all, and for no other. */
static void test_right(void **state)
{
	struct bpf_program_set set = { 0 };

	(void)state;
	bpf_refuse(&set, &fentry, EPERM);
	assert_int_equal(bpf_refusal_error(&set, &other), EPERM);
	assert_int_equal(bpf_refusal_error(&set, &fexit), EPERM);
	assert_int_equal(bpf_refusal_error(&set, &kprobe), 0);
	bpf_refuse(&set, &fexit, ENOENT);
	assert_int_equal(set.nr_refused, 1);
}

static void test_each(void **state)
{
	struct bpf_program_set set = { 0 };

	(void)state;
	bpf_refuse(&set, &kprobe, EPERM);
	assert_int_equal(bpf_refusal_error(&set, &part), 0);
	bpf_refuse(&set, &fexit, EINVAL);
	assert_int_equal(bpf_refusal_error(&set, &fexit), EINVAL);
	assert_int_equal(bpf_refusal_error(&set, &copy), 0);
	assert_int_equal(bpf_refusal_error(&set, &fentry), 0);
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
		cmocka_unit_test(test_right),
		cmocka_unit_test(test_each),
		cmocka_unit_test(test_note),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
