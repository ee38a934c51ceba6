/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A stack as text: the best name of each frame, and what is missing. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "stack.h"
#include "xalloc.h"

static const struct {
	struct sample_frame frame;
	const char *text;
} frames[] = {
	{ { "00112233aa", 16, UNKNOWN, "/usr/lib/libc.so.6", "syscall+0x19" },
	  "syscall+0x19 (libc.so.6)" },
	{ { "00112233aa", 16, UNKNOWN, "libc.so.6", NULL }, "libc.so.6+0x10" },
	{ { "00112233aa", 16, UNKNOWN, NULL, NULL }, "[00112233]+0x10" },
	{ { NULL, UNKNOWN, 0x7f0000001000, NULL, NULL }, "0x7f0000001000" },
	{ { NULL, UNKNOWN, UNKNOWN, NULL, NULL }, "[unknown]" },
	{ { NULL, UNKNOWN, UNKNOWN, NULL, "main+0x1" }, "main+0x1" },
};

static void test_frames(void **state)
{
	char *text;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(frames) / sizeof(*frames); i++) {
		text = stack_frame_text(&frames[i].frame);
		assert_string_equal(text, frames[i].text);
		free(text);
	}
}

static void check(struct sample_stack *stack, const char *expected)
{
	char *text = stack_text(stack);

	assert_string_equal(text, expected);
	free(text);
	stack_free(stack);
}

static struct sample_stack *stack_of(const char *symbol)
{
	struct sample_stack *stack = xcalloc(1, sizeof(*stack));

	stack->has_kernel = true;
	stack_add_kernel(stack, xstrdup("do_migrate_pages+0x1f"));
	if (!symbol)
		return stack;
	stack->has_user = true;
	stack_add_user(stack)->symbol = xstrdup("syscall+0x19");
	stack_add_user(stack)->symbol = xstrdup(symbol);
	return stack;
}

static void test_text(void **state)
{
	(void)state;
	check(stack_of("_start+0x25"),
	      "kdo_migrate_pages+0x1f\nusyscall+0x19\nu_start+0x25\n");
	check(stack_of("main+0x5"),
	      "kdo_migrate_pages+0x1f\nusyscall+0x19\numain+0x5\n");
	check(stack_of("main_loop+0x5"),
	      "kdo_migrate_pages+0x1f\nusyscall+0x19\numain_loop+0x5\n"
	      "!may end early: code without frame pointers hides its "
	      "callers\n");
}

static void test_unknown(void **state)
{
	struct sample_stack *stack = stack_of(NULL);

	(void)state;
	check(stack, "kdo_migrate_pages+0x1f\n!user frames are unknown\n");
	stack = stack_of(NULL);
	stack->has_user = true;
	check(stack,
	      "kdo_migrate_pages+0x1f\n!no user frames: a kernel thread\n");
	stack = xcalloc(1, sizeof(*stack));
	check(stack, "!kernel frames are unknown\n!user frames are unknown\n");
	assert_null(stack_text(NULL));
}

static void test_deep(void **state)
{
	struct sample_stack *stack = xcalloc(1, sizeof(*stack));
	char *text;
	int i;

	(void)state;
	stack->has_user = true;
	stack->has_kernel = true;
	for (i = 0; i < STACK_FRAMES_MAX; i++)
		stack_add_user(stack)->address = 16;
	text = stack_text(stack);
	assert_non_null(strstr(text, "!only the innermost 32 frames"));
	free(text);
	stack_free(stack);
}

static void test_probes(void **state)
{
	static const char *const names[] = {
		"bpf_prog_6deef7357e7b4530+0x1 [bpf]",
		"bpf_trace_run2+0x86",
		"migrate_pages+0x6f4",
		"bpf_trampoline_6442492613+0x69 [bpf]",
		"migrate_pages+0x9",
		"migrate_pages_batch+0x9",
		"bpf_trampoline_6442492143+0x49 [bpf]",
		"do_migrate_pages+0x9",
		"do_migrate_pages+0x1",
	};
	struct sample_stack *stack = xcalloc(1, sizeof(*stack));
	size_t i;

	(void)state;
	stack->has_kernel = true;
	for (i = 0; i < sizeof(names) / sizeof(*names); i++)
		stack_add_kernel(stack, xstrdup(names[i]));
	stack_drop_probes(stack);
	check(stack, "kmigrate_pages+0x6f4\nkmigrate_pages_batch+0x9\n"
		     "kdo_migrate_pages+0x9\nkdo_migrate_pages+0x1\n"
		     "!user frames are unknown\n");
}

static void test_lines(void **state)
{
	const char *text = "kmigrate_pages+0x0\numain+0x1\n!note", *line;
	char kind, kinds[8] = "";
	int length, n = 0, bytes = 0;

	(void)state;
	while ((line = stack_next(&text, &kind, &length))) {
		kinds[n++] = kind;
		bytes += length;
		assert_true(strchr("mn", *line) != NULL);
	}
	assert_string_equal(kinds, "ku!");
	assert_int_equal(bytes, 17 + 8 + 4);
	text = NULL;
	assert_null(stack_next(&text, &kind, &length));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_frames),
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_unknown),
		cmocka_unit_test(test_deep),
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_probes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
