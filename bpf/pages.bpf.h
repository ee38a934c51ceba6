/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Pages: which folio went from where to where (folio_migrate_flags), and who
 * maps it again (remove_migration_pte), which is whose it is.
 */
#ifndef MPTOP_PAGES_BPF_H
#define MPTOP_PAGES_BPF_H

#include "batch.bpf.h"

static __always_inline __u16 node_of(unsigned long flags)
{
	return flags >> node_shift & node_mask;
}

/* @typed: as in kernel_page_flags(). */
static __always_inline void folio_moved(const void *dst, const void *src,
					bool typed)
{
	unsigned long src_flags = kernel_page_flags(src, typed);
	__u32 pages = kernel_folio_pages(src, src_flags);
	struct thread *thread = thread_get();
	struct frame *frame = NULL;

	if (thread) {
		frame = thread_top(thread);
		/* Moved by a batch that began before the probes, or by none. */
		if (!frame && !thread->depth) {
			frame = frame_push(thread, 0, MPTOP_REASONS - 1);
			if (frame)
				frame->kind = FRAME_LOOSE;
		}
	}
	if (!frame) {
		add(stats.lost_folios, 1);
		return;
	}
	frame_flush(thread, frame);
	frame->dst = (__u64)dst;
	frame->pages = pages;
	frame->src_node = node_of(src_flags);
	frame->dst_node = node_of(kernel_page_flags(dst, typed));
	frame->seen += pages;
	frame->folios++;
	if (pages > 1 && kernel_is_hugetlb(src))
		frame->hugetlb += pages - 1;
	/* A batch can take seconds: its stall is not to come all at its end. */
	if (frame->kind == FRAME_BATCH &&
	    frame->seen - frame->stalled >= STALL_PAGES)
		batch_stall(thread, frame, bpf_ktime_get_ns());
}

static __always_inline struct frame *frame_of_thread(void)
{
	struct thread *thread = thread_find();

	return thread ? thread_top(thread) : NULL;
}

/* A try to move @folio in @mode returned -@error. */
static __always_inline void folio_failed(__u64 folio, __u32 mode, __u32 error)
{
	struct thread *thread = thread_find();
	struct frame *frame = thread ? thread_top(thread) : NULL;
	__u64 now;

	if (!frame || frame->kind != FRAME_BATCH)
		return;
	failure_move(&frame->failures, frame->start_ns, folio, mode, error);
	now = bpf_ktime_get_ns();
	if (now - frame->stall_ns >= STALL_NS)
		batch_stall(thread, frame, now);
}

/* @mm maps the folio that waits in @frame again; @owner: its task, if known */
static __always_inline void mapping_add(struct frame *frame, __u64 mm,
					__u64 owner)
{
	if (!frame->mm) {
		frame->mm = mm;
		frame->owner = owner;
	} else if (frame->mm != mm) {
		frame->shared = 1;
	}
}

/* Of a folio of which nobody will tell who maps it: is it one mm alone? */
static __always_inline void mapping_guess(struct frame *frame, __u64 mm)
{
	if (!frame->mm) {
		mapping_add(frame, mm, 0);
		frame->guessed = 1;
	} else if (frame->guessed && frame->mm != mm) {
		frame->guessed = 2;
	}
}

/*
 * rmap asks @vma to map @dst again; it may turn out not to have it. Typed, the
 * way to the owner is two loads; else it is not gone before it is needed.
 */
static __always_inline void mapping_asked(const void *dst,
					  const struct vm_area_struct *vma,
					  bool typed)
{
	struct frame *frame = frame_of_thread();
	const struct mm_struct *mm;

	if (!frame)
		return;
	if (frame->dst != (__u64)dst) {
		frame->asked = 0;
		return;
	}
	mm = typed ? vma->vm_mm : BPF_CORE_READ(vma, vm_mm);
	frame->asked_owner = typed ? (__u64)mm->owner : 0;
	frame->asked = (__u64)mm;
	if (!owner_tells_all)
		mapping_guess(frame, (__u64)mm);
}

/* It did: that vma's mm is an owner. */
static __always_inline void mapping_done(void)
{
	struct frame *frame = frame_of_thread();

	if (frame && frame->asked)
		mapping_add(frame, frame->asked, frame->asked_owner);
}

#endif
