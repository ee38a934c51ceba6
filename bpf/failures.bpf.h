/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Pages that a batch failed to move, by errno where one is proven.
 *
 * How many failed is exact: mm_migrate_pages says so, in the very number that
 * is added to pgmigrate_fail. With what error is in no tracepoint. It is known
 *
 * - of a folio whose move_to_new_folio() returned -EAGAIN for the tenth time
 *   in one migrate_pages(): NR_MAX_MIGRATE_PAGES_RETRY is 10 (mm/migrate.c; a
 *   literal 10 until 6.3), so it is not tried again. From 6.3 on a synchronous
 *   batch tries each folio 3 times asynchronously, up to 512 pages at a time,
 *   and 7 times by itself (2ef7dbb26990, "migrate_pages: try migrate in batch
 *   asynchronously firstly"), which is 10, too; a sub-batch has other folios.
 * - of a folio whose move returned another error: it is not tried again within
 *   the mode of the batch. What failed asynchronously counts only if the
 *   tracepoint says at the end that the batch was asynchronous.
 * - of what is left if migrate_pages() returned -ENOMEM and that is a single
 *   page, or its list has a single folio: a folio without a destination ends
 *   the batch and is one of the failed. (The list has all that failed where
 *   migrate_pages() has a seventh argument, added in 5.15 by 5ac95884a784;
 *   in 5.10 what failed for good was put back before.)
 *
 * The first two are told by the return of each move, which costs one that
 * succeeds 211 instructions of 7,444 (6.12), and so has to be asked for.
 *
 * All else has no errno: a folio that could not be locked or unmapped, or that
 * was tried fewer times than that because it could not be locked in between;
 * base pages of a folio that was split, which are tried once; a batch that
 * ended in -ENOMEM with more left. A return that was skipped leaves a folio
 * short of its tenth try, or the rest of a batch without the -ENOMEM: unknown,
 * never wrong. That rest is counted when its thread's next batch begins, or by
 * user space at the second reading that finds it, a second old at least.
 */
#ifndef MPTOP_FAILURES_BPF_H
#define MPTOP_FAILURES_BPF_H

#include "proc.bpf.h"

#define EAGAIN 11
#define ENOMEM 12
#define MOVE_TRIES 10
#define FAILED_ERRORS 4

/* Pages of one batch that failed, with an error of which mode. */
struct failed_error {
	__u16 error; /* 0: this one is free */
	__u16 async;
	__u32 pages;
};

/* Part of a batch's frame; begins zeroed. */
struct failures {
	struct failed_error known[FAILED_ERRORS];
};

struct tried_key {
	__u64 folio;
	__u64 tid;
};

/* Tries of @start_ns' batch; an older batch's are void. */
struct tried {
	__u64 start_ns;
	__u64 tries;
};

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, MPTOP_THREADS);
	__type(key, struct tried_key);
	__type(value, struct tried);
} tried_folios SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, MPTOP_THREADS);
	__type(key, __u32);
	__type(value, struct mptop_rest);
} failed_rests SEC(".maps");

__u64 nr_failed_rests; /* in the map; not less than there are */
bool has_returns; /* of migrate_pages(); user space's, once it is attached */

/* Counts @pages that @mover failed to move with @error; 0: not known. */
static __always_inline void failed_add(const struct mptop_rest *failed,
				       __u32 error, __u64 pages)
{
	struct mptop_flow_key key = {
		.mover = failed->mover,
		.src = error,
		.dst = MPTOP_NODE_NONE,
		.reason = failed->reason & (MPTOP_REASONS - 1),
		.kind = MPTOP_FAILED,
	};
	__u32 row = flow_of(&key);

	if (row != ROW_NONE)
		add(flow_row(row)->pages, pages);
	else
		add(stats.failed_unlisted, pages);
	if (is_named(failed->mover))
		add(proc_row(failed->mover - 1)->failed_pages, pages);
}

static __always_inline void failure_known(struct failures *failures,
					  __u16 error, __u16 async, __u32 pages)
{
	struct failed_error *known = failures->known;
	int i;

#pragma unroll
	for (i = 0; i < FAILED_ERRORS; i++, known++) {
		if (known->error &&
		    (known->error != error || known->async != async))
			continue;
		known->error = error;
		known->async = async;
		known->pages += pages;
		return;
	}
}

/* Counts a try of @folio that said -EAGAIN; returns whether it was the last. */
static __always_inline bool failure_last(__u64 folio, __u64 start_ns)
{
	struct tried_key key = {
		.folio = folio,
		.tid = (__u32)bpf_get_current_pid_tgid(),
	};
	struct tried *tried = bpf_map_lookup_elem(&tried_folios, &key);
	struct tried first = { .start_ns = start_ns, .tries = 1 };

	if (!tried || tried->start_ns != start_ns) {
		bpf_map_update_elem(&tried_folios, &key, &first, BPF_ANY);
		return false;
	}
	tried->tries++;
	if (tried->tries != MOVE_TRIES)
		return false;
	return true;
}

/* A move of @folio in @mode, in the batch of @start_ns, returned -@error. */
static __always_inline void failure_move(struct failures *failures,
					 __u64 start_ns, __u64 folio,
					 __u32 mode, __u32 error)
{
	unsigned long flags = kernel_page_flags((void *)folio, false);
	__u32 pages = kernel_folio_pages((void *)folio, flags);

	if (error != EAGAIN)
		failure_known(failures, error, kernel_is_async(mode), pages);
	else if (failure_last(folio, start_ns))
		failure_known(failures, error, 0, pages);
}

/*
 * Counts @waiting, this thread's, as failed with @error; 0: not known. Who
 * deletes it counts it, which may be user space.
 */
static __always_inline void failures_take(const struct mptop_rest *waiting,
					  __u32 error)
{
	struct mptop_rest rest = *waiting;
	__u32 tid = thread_id();

	if (bpf_map_delete_elem(&failed_rests, &tid))
		return;
	add(nr_failed_rests, -1);
	failed_add(&rest, error, rest.pages);
}

/* This thread's rest, or NULL. */
static __always_inline struct mptop_rest *failures_waiting(void)
{
	__u32 tid = thread_id();

	if (!read_once(nr_failed_rests))
		return NULL;
	return bpf_map_lookup_elem(&failed_rests, &tid);
}

/*
 * At the beginning and end of a batch: the return of one before was skipped.
 * User space counts that of a thread that begins none (source_bpf_flows.c).
 */
static __always_inline void failures_left(void)
{
	struct mptop_rest *rest = failures_waiting();

	if (rest)
		failures_take(rest, 0);
}

/* The rest of a batch has no errno, unless its return tells one. */
static __always_inline void failures_wait(struct mptop_rest *rest)
{
	__u32 tid = thread_id();

	rest->ended_ns = bpf_ktime_get_ns();
	if (is_named(rest->mover))
		rest->start_ns = proc_row(rest->mover - 1)->key.start_ns;
	add(nr_failed_rests, 1);
	if (!bpf_map_update_elem(&failed_rests, &tid, rest, BPF_NOEXIST))
		return;
	add(nr_failed_rests, -1);
	failed_add(rest, 0, rest->pages);
}

/* Of @rest, a batch in @mode, counts what is known to have failed why. */
static __always_inline void failures_count(struct failures *failures,
					   struct mptop_rest *rest, __u32 mode)
{
	struct failed_error *known = failures->known;
	bool async = kernel_is_async(mode);
	__u64 sum = 0;
	int i;

#pragma unroll
	for (i = 0; i < FAILED_ERRORS; i++) {
		if (known[i].async && !async)
			known[i].pages = 0;
		sum += known[i].pages;
	}
	/* More than failed: the kernel does not count base pages. */
	if (!sum || sum > rest->pages)
		return;
	rest->pages -= sum;
#pragma clang loop unroll(disable)
	for (i = 0; i < FAILED_ERRORS; i++, known++)
		if (known->pages)
			failed_add(rest, known->error, known->pages);
}

/* Counts what is left, of which only a return could tell more. */
static __always_inline void failures_rest(struct mptop_rest *rest)
{
	failures_left();
	if (!rest->pages)
		return;
	if (read_once(has_returns))
		failures_wait(rest);
	else
		failed_add(rest, 0, rest->pages);
}

/* migrate_pages() returned @ret, with what did not move in the list @from. */
static __always_inline void failures_return(const void *from, int ret)
{
	struct mptop_rest *rest = failures_waiting();
	__u32 error = 0;

	if (!rest)
		return;
	if (ret == -ENOMEM &&
	    (rest->pages == 1 || (batch_args > 6 && kernel_is_singular(from))))
		error = ENOMEM;
	failures_take(rest, error);
}

#endif
