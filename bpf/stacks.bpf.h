/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where calls come from: the user's frames by build id and offset, which hold
 * when the process has gone, and the kernel's by address. Taken once a call
 * enters and once in its first batch, never for a page; and if nobody asked,
 * the verifier leaves all of it out, and the map is not made.
 *
 * The user's frames are those that frame pointers link. What is compiled
 * without them breaks the chain, or leaves out who called it.
 */
#ifndef MPTOP_STACKS_BPF_H
#define MPTOP_STACKS_BPF_H

#include "state.bpf.h"

/* By the row of the call; user space has it mapped for those that run. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, MPTOP_CALLS);
	__uint(map_flags, BPF_F_MMAPABLE);
	__type(key, __u32);
	__type(value, struct mptop_stacked);
} call_stacks SEC(".maps");

/* The stack of the call that this thread is in, or NULL. */
static __always_inline struct mptop_stack *stack_of_thread(void)
{
	__u32 tid = thread_id();
	__u32 *row = bpf_map_lookup_elem(&call_index, &tid);
	struct mptop_stacked *stacked;

	if (!row)
		return NULL;
	stacked = bpf_map_lookup_elem(&call_stacks, row);
	return stacked ? &stacked->stack : NULL;
}

/* A call has begun; @ctx is the program's. */
static __always_inline void stack_enter(void *ctx)
{
	struct mptop_stack *stack;

	if (!has_stacks)
		return;
	stack = stack_of_thread();
	if (!stack)
		return;
	stack->batches = 0;
	stack->batch_bytes = 0;
	stack->kernel_bytes =
		bpf_get_stack(ctx, stack->kernel, sizeof(stack->kernel), 0);
	stack->user_bytes =
		bpf_get_stack(ctx, stack->user, sizeof(stack->user),
			      BPF_F_USER_STACK | BPF_F_USER_BUILD_ID);
}

/* A batch of @reason begins: of the call, if that is a reason of calls. */
static __always_inline void stack_batch(void *ctx, __u32 reason)
{
	struct mptop_stack *stack;

	if (!has_stacks || !(call_reasons >> (reason & 31) & 1))
		return;
	stack = stack_of_thread();
	if (!stack || stack->batches)
		return;
	stack->batches = 1;
	stack->batch_bytes =
		bpf_get_stack(ctx, stack->batch, sizeof(stack->batch), 0);
}

/*
 * What the ring is to get for @call of row @row: NULL if that is the call
 * alone. *@size is that of the record.
 */
static __always_inline struct mptop_stacked *
stack_emit(const struct mptop_call *call, __u32 row, __u64 *size)
{
	struct mptop_stacked *stacked;
	__u64 bytes; /* of 64 bits, or the verifier loses its bounds */

	if (!has_stacks)
		return NULL;
	stacked = bpf_map_lookup_elem(&call_stacks, &row);
	if (!stacked ||
	    bpf_probe_read_kernel(&stacked->call, sizeof(*call), call))
		return NULL;
	stacked->call.has |= MPTOP_HAS_STACK;
	bytes = stacked->stack.user_bytes;
	opaque(bytes);
	if (bytes > sizeof(stacked->stack.user)) /* an errno */
		bytes = 0;
	*size = offsetof(struct mptop_stacked, stack.user) + bytes;
	return stacked;
}

#endif
