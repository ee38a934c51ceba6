/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Stacks as lists and as text. */
#include "stack.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "xalloc.h"

void stack_add_kernel(struct sample_stack *stack, char *name)
{
	stack->kernel = xreallocarray(stack->kernel, stack->nr_kernel + 1,
				      sizeof(*stack->kernel));
	stack->kernel[stack->nr_kernel++] = name;
}

/* "bpf_trampoline_6442492613+0x69 [bpf]", and the like. */
static bool is_probe(const char *name)
{
	return !strncmp(name, "bpf_trampoline_", 15) ||
	       !strncmp(name, "bpf_prog_", 9) ||
	       !strncmp(name, "bpf_trace_run", 13);
}

static bool is_same_function(const char *a, const char *b)
{
	size_t n = strcspn(a, "+");

	return n == strcspn(b, "+") && !strncmp(a, b, n);
}

void stack_drop_probes(struct sample_stack *stack)
{
	bool after_probe = false;
	size_t i, kept = 0;
	char *name;

	for (i = 0; i < stack->nr_kernel; i++) {
		name = stack->kernel[i];
		if (is_probe(name)) {
			after_probe = true;
			free(name);
			continue;
		}
		if (after_probe && kept &&
		    is_same_function(name, stack->kernel[kept - 1]))
			free(name);
		else
			stack->kernel[kept++] = name;
		after_probe = false;
	}
	stack->nr_kernel = kept;
}

struct sample_frame *stack_add_user(struct sample_stack *stack)
{
	struct sample_frame *frame;

	stack->user = xreallocarray(stack->user, stack->nr_user + 1,
				    sizeof(*stack->user));
	frame = &stack->user[stack->nr_user++];
	*frame = (struct sample_frame){
		.offset = UNKNOWN,
		.address = UNKNOWN,
	};
	return frame;
}

void stack_free(struct sample_stack *stack)
{
	size_t i;

	if (!stack)
		return;
	for (i = 0; i < stack->nr_kernel; i++)
		free(stack->kernel[i]);
	for (i = 0; i < stack->nr_user; i++) {
		free(stack->user[i].build_id);
		free(stack->user[i].file);
		free(stack->user[i].symbol);
	}
	free(stack->kernel);
	free(stack->user);
	free(stack);
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

char *stack_frame_text(const struct sample_frame *frame)
{
	if (frame->symbol && frame->file)
		return xasprintf("%s (%s)", frame->symbol,
				 base_name(frame->file));
	if (frame->symbol)
		return xstrdup(frame->symbol);
	if (frame->file && frame->offset != UNKNOWN)
		return xasprintf("%s+0x%" PRIx64, base_name(frame->file),
				 (uint64_t)frame->offset);
	if (frame->build_id && frame->offset != UNKNOWN)
		return xasprintf("[%.8s]+0x%" PRIx64, frame->build_id,
				 (uint64_t)frame->offset);
	if (frame->address != UNKNOWN)
		return xasprintf("0x%" PRIx64, (uint64_t)frame->address);
	return xstrdup("[unknown]");
}

/* Where threads and programs begin; nobody misses who called these. */
static bool is_outermost(const char *symbol)
{
	static const char *const names[] = {
		"_start+",	 "__libc_start_",  "main+",	"start_thread+",
		"thread_start+", "clone+",	   "__clone+",	"clone3+",
		"__clone3+",	 "_dl_start_user+",
	};
	size_t i;

	for (i = 0; symbol && i < sizeof(names) / sizeof(*names); i++)
		if (!strncmp(symbol, names[i], strlen(names[i])))
			return true;
	return false;
}

/* What is missing behind the last user frame, or NULL. */
static const char *user_end(const struct sample_stack *stack)
{
	if (!stack->has_user)
		return "user frames are unknown";
	if (!stack->nr_user)
		return "no user frames: a kernel thread";
	if (stack->nr_user >= STACK_FRAMES_MAX)
		return "only the innermost 32 frames are taken";
	if (is_outermost(stack->user[stack->nr_user - 1].symbol))
		return NULL;
	return "may end early: code without frame pointers hides its callers";
}

static void line_add(FILE *out, char kind, const char *text)
{
	fprintf(out, "%c%s\n", kind, text);
}

const char *stack_kind_name(char kind)
{
	switch (kind) {
	case STACK_LINE_KERNEL:
		return "kernel";
	case STACK_LINE_USER:
		return "user";
	default:
		return "";
	}
}

char *stack_text(const struct sample_stack *stack)
{
	char *text = NULL, *frame;
	size_t size, i;
	FILE *out;

	if (!stack)
		return NULL;
	out = open_memstream(&text, &size);
	if (!out)
		return NULL;
	for (i = 0; i < stack->nr_kernel; i++)
		line_add(out, STACK_LINE_KERNEL, stack->kernel[i]);
	if (!stack->has_kernel)
		line_add(out, STACK_LINE_NOTE, "kernel frames are unknown");
	for (i = 0; i < stack->nr_user; i++) {
		frame = stack_frame_text(&stack->user[i]);
		line_add(out, STACK_LINE_USER, frame);
		free(frame);
	}
	if (user_end(stack))
		line_add(out, STACK_LINE_NOTE, user_end(stack));
	fclose(out);
	return text;
}

const char *stack_next(const char **text, char *kind, int *length)
{
	const char *line = *text;
	size_t n;

	if (!line || !*line)
		return NULL;
	*kind = *line++;
	n = strcspn(line, "\n");
	*length = (int)n;
	*text = line + n + !!line[n];
	return line;
}
