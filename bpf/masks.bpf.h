/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Node masks: in user memory as get_nodes() takes them, and as the kernel has
 * them.
 */
#ifndef MPTOP_MASKS_BPF_H
#define MPTOP_MASKS_BPF_H

#include "state.bpf.h"

/* One word more: the verifier's idea of a size in bytes is not exact. */
struct mask {
	__u64 bits[MPTOP_MASK_WORDS + 1];
};

/* Stores @bits as @call's mask @which. */
static __always_inline void mask_keep(struct mptop_call *call,
				      enum mptop_mask which,
				      const struct mask *bits)
{
	int i;

	for (i = 0; i < MPTOP_MASK_WORDS; i++) {
		call->word[i].mask[which] = bits->bits[i];
		if (bits->bits[i] && call->words <= i)
			call->words = i + 1;
	}
	call->has |= 1 << which;
}

/* More bits than fit a page get_nodes() refuses, unread. */
#if defined(__TARGET_ARCH_x86)
#define MASK_BITS_MAX (4096 * 8)
#else
#define MASK_BITS_MAX (65536 * 8)
#endif

/*
 * Bytes of a mask of @bits bits; it is made of longs, of 32 bits in ia32.
 * Bounded in longs: 6.18 warns of a bug of its verifier where a range has no
 * multiple of 8 left. UINT32_MAX for more than there are.
 */
static __always_inline __u32 mask_bytes(__u64 bits, bool ia32)
{
	__u32 longs;

	if (ia32) {
		longs = (bits + 31) / 32;
		opaque(longs);
		return longs > 2 * MPTOP_MASK_WORDS ? ~0U : longs * 4;
	}
	longs = (bits + 63) / 64;
	opaque(longs);
	return longs > MPTOP_MASK_WORDS ? ~0U : longs * 8;
}

/*
 * Reads the node mask of @bits bits at @user as get_nodes() would, but for
 * those beyond its nodemask_t, which have to be 0. Returns whether all of it
 * could be read.
 */
static __always_inline bool mask_read_user(struct mask *mask, __u64 user,
					   __u64 bits, bool ia32)
{
	__u32 bytes, last;

	__builtin_memset(mask, 0, sizeof(*mask));
	if (!user || !bits)
		return true;
	if (bits > MPTOP_MASK_WORDS * 64)
		bits = MPTOP_MASK_WORDS * 64;
	bytes = mask_bytes(bits, ia32);
	if (bytes == ~0U || bpf_probe_read_user(mask, bytes, (void *)user))
		return false;
	last = (bits - 1) / 64;
	opaque(last);
	if (bits % 64 && last < MPTOP_MASK_WORDS)
		mask->bits[last] &= (1ULL << (bits % 64)) - 1;
	return true;
}

/* Reads the kernel's nodemask_t at @nodes as @call's mask @which. */
static __always_inline bool mask_read_kernel(struct mptop_call *call,
					     enum mptop_mask which,
					     const void *nodes)
{
	struct mask mask = {};

	if (bpf_probe_read_kernel(&mask, node_mask_bytes, nodes))
		return false;
	mask_keep(call, which, &mask);
	return true;
}

/*
 * Which of the nodes in COPY_NEW are not in this task's mems_allowed: the
 * kernel leaves those out (kernel_migrate_pages(), mpol_set_nodemask()).
 */
static __always_inline void mask_denied(struct mptop_call *call)
{
	struct task_struct *task = (void *)bpf_get_current_task();
	struct mask mask = {};
	int i;

	if (!bpf_core_field_exists(task->mems_allowed) ||
	    bpf_probe_read_kernel(&mask, node_mask_bytes, &task->mems_allowed))
		return;
	for (i = 0; i < MPTOP_MASK_WORDS; i++)
		mask.bits[i] = call->word[i].mask[MPTOP_COPY_NEW] &
			       ~mask.bits[i];
	mask_keep(call, MPTOP_DENIED, &mask);
}

#endif
