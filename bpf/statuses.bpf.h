/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The statuses that move_pages() leaves in user memory, counted at its return:
 * nobody else has them. A status is the page's node or -errno.
 */
#ifndef MPTOP_STATUSES_BPF_H
#define MPTOP_STATUSES_BPF_H

#include "calls.bpf.h"

/* These bound what is read; the piece has to fit the stack twice. */
#define STATUS_PIECE 32
#define STATUS_PIECES 32

struct status_piece {
	__s32 status[STATUS_PIECE];
	__s32 node[STATUS_PIECE];
};

/* Which enum mptop_status, without a branch more than it takes. */
static __always_inline __u32 status_slot(__s32 status, __s32 node)
{
	if (status == node)
		return MPTOP_STATUS_NODE;
	if (status >= 0)
		return MPTOP_STATUS_OTHER;
	return -status < MPTOP_STATUS_NODE ? -status : 0;
}

static __always_inline void piece_count(struct mptop_page_list *list,
					const struct status_piece *piece)
{
	__u32 slot;
	int i;

#pragma clang loop unroll(disable)
	for (i = 0; i < STATUS_PIECE; i++) {
		slot = status_slot(piece->status[i], piece->node[i]);
		opaque(slot);
		if (slot < MPTOP_STATUSES)
			list->status[slot]++;
	}
}

/*
 * Counts, of the thread's call, the statuses from the @done-th on that @bytes
 * hold; false if they cannot be read. Global and of numbers alone (pointers:
 * since 5.12), so that the verifier walks its rounds once a program and not
 * once a piece, which made loading a return take 45 ms.
 */
__noinline int statuses_count(__u64 done, __u64 bytes)
{
	struct mptop_call *call = call_of_thread();
	struct status_piece piece;

	opaque(bytes);
	if (!call || bytes > sizeof(piece.status))
		return false;
	/* What is not read counts in the slot that nobody asks for. */
	__builtin_memset(&piece.status, 1, sizeof(piece.status));
	__builtin_memset(&piece.node, 0, sizeof(piece.node));
	if (bpf_probe_read_user(&piece.status, bytes,
				(void *)(call->arg[4] + done * 4)) ||
	    bpf_probe_read_user(&piece.node, bytes,
				(void *)(call->arg[3] + done * 4)))
		return false;
	piece_count(&call->list, &piece);
	return true;
}

/*
 * Only of a call that returned 0: after any other result, some of the
 * statuses were never written (do_pages_move(), mm/migrate.c), and what
 * user memory held there is no status.
 */
static __always_inline void call_statuses(struct mptop_call *call, __s64 ret)
{
	__u64 count = call->arg[1], done = 0;
	int i;

	if (ret || !call->arg[3] || !call->arg[4])
		return;
	__builtin_memset(call->list.status, 0, sizeof(call->list.status));
	call->list.statuses = 0;
	call->has |= MPTOP_HAS_STATUSES;
#pragma clang loop unroll(disable)
	for (i = 0; i < STATUS_PIECES; i++) {
		if (done + STATUS_PIECE > count)
			break;
		if (!statuses_count(done, STATUS_PIECE * sizeof(__s32)))
			return;
		done += STATUS_PIECE;
		call->list.statuses = done;
	}
	if (i == STATUS_PIECES || done >= count)
		return;
	if (statuses_count(done, (count - done) * sizeof(__s32)))
		call->list.statuses = count;
}

#endif
