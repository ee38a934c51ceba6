/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where a call came from: the stack of an event, and it as text. */
#ifndef MPTOP_STACK_H
#define MPTOP_STACK_H

#include "sample.h"

/* As many frames as are ever taken of one side. */
#define STACK_FRAMES_MAX 32

/* Adds a kernel frame; the clean text @name is taken over. */
void stack_add_kernel(struct sample_stack *stack, char *name);

/*
 * Takes the probes out of the kernel frames: BPF's own code, and the start of
 * the function that calls it, which the frame before is in already.
 */
void stack_drop_probes(struct sample_stack *stack);

/* Adds a user frame, with nothing known of it, and returns it. */
struct sample_frame *stack_add_user(struct sample_stack *stack);

/* Frees @stack with all its frames; NULL is allowed. */
void stack_free(struct sample_stack *stack);

/*
 * A user frame in one line, by the best that is known: "function+0x1f (file)",
 * "file+0x123", "[0123abcd]+0x123" by the first 4 bytes of the build id, the
 * address "0x7f…", or "[unknown]". To be freed.
 */
char *stack_frame_text(const struct sample_frame *frame);

/* What a line of stack_text() is; its first character. */
#define STACK_LINE_KERNEL 'k'
#define STACK_LINE_USER 'u'
#define STACK_LINE_NOTE '!' /* what is missing, and why */

/* What a line of kind @kind is of, to be shown: "kernel", "user", or "". */
const char *stack_kind_name(char kind);

/*
 * All of @stack, a line a frame, innermost first and the kernel's before the
 * user's, each behind its kind; the same text for the same stack. To be freed.
 * NULL stays NULL.
 */
char *stack_text(const struct sample_stack *stack);

/*
 * The next line of such a text: moves *@text behind it, and gives its kind and
 * length, without the end, of what is returned. NULL: there is none.
 */
const char *stack_next(const char **text, char *kind, int *length);

#endif
