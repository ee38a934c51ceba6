/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What older kernels do otherwise: before 5.19 only anonymous mappings tell
 * that they are made again, and before 5.14 a NUMA hint fault moves a THP
 * outside of migrate_pages().
 */
#ifndef MPTOP_THP_BPF_H
#define MPTOP_THP_BPF_H

#include "pages.bpf.h"

/* A NUMA hint fault's THP has moved: it is mapped in its new place. */
static __always_inline void thp_moved(struct thread *thread,
				      struct frame *frame)
{
	batch_time(thread, frame);
	frame_end(thread, frame, frame->seen);
	add(stats.batches_ended, 1);
	thread_pop(thread);
}

/* An anonymous page is mapped: one that was moved, and so @vma has it. */
static __always_inline void mapping_anon(const void *page,
					 const struct vm_area_struct *vma)
{
	struct thread *thread = thread_find();
	struct frame *frame = thread ? thread_top(thread) : NULL;

	if (!frame || frame->dst != (__u64)page)
		return;
	if (frame->guessed) {
		frame->guessed = 0;
		frame->mm = 0;
	}
	mapping_add(frame, (__u64)BPF_CORE_READ(vma, vm_mm), 0);
	if (frame->kind == FRAME_THP_NUMA)
		thp_moved(thread, frame);
}

static __always_inline void thp_begin(__u64 sp, const void *page)
{
	struct thread *thread = thread_get();
	struct frame *frame;

	if (!thread) {
		add(stats.lost_batches, 1);
		return;
	}
	add(stats.batches, 1);
	frame = frame_push(thread, sp, reason_misplaced);
	if (!frame)
		return;
	frame->kind = FRAME_THP_NUMA;
	frame->pages = kernel_folio_pages(page, kernel_page_flags(page, false));
}

/* Its return: one that is still there was not moved. */
static __always_inline void thp_end(void)
{
	struct thread *thread = thread_find();
	struct frame *frame = thread ? thread_top(thread) : NULL;

	if (!frame || frame->kind != FRAME_THP_NUMA)
		return;
	batch_time(thread, frame);
	thp_failed(thread, frame);
	thread_pop(thread);
}

#endif
