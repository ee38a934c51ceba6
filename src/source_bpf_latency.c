/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The live source's durations, read an epoch at a time (bpf/hist.bpf.h). */
#include "bpf_source.h"

#include <sched.h>
#include <string.h>

#include "bpf/mptop.skel.h"
#include "model_log.h"

/* A writer takes less than a us, unless it is preempted in between. */
#define LEAVE_TRIES 1000

static bool epoch_is_left(const struct mptop_epoch *epoch)
{
	uint64_t left = __atomic_load_n(&epoch->left, __ATOMIC_SEQ_CST);

	return left == __atomic_load_n(&epoch->entered, __ATOMIC_SEQ_CST);
}

/* Waits until nobody writes to it any more; false if that takes long. */
static bool epoch_wait(const struct mptop_epoch *epoch)
{
	int tries;

	for (tries = 0; tries < LEAVE_TRIES; tries++) {
		if (epoch_is_left(epoch))
			return true;
		sched_yield();
	}
	return false;
}

/* The longest of @hist in all slots, which are set back for the next time. */
static int64_t max_take(struct mptop_bpf__bss *bss, uint32_t hist)
{
	__u64 max = 0, *slot;
	int i;

	for (i = 0; i < MPTOP_MAX_SLOTS; i++) {
		slot = &bss->hist_max[i * MPTOP_EPOCHS * MPTOP_HISTS + hist];
		if (bpf_read_once(*slot) > max)
			max = bpf_read_once(*slot);
		*slot = 0;
	}
	bss->hist_hint[hist] = 0;
	return (int64_t)max;
}

/* An epoch that has ended, and that all its writers have left. */
struct past {
	uint32_t which;
	bool known; /* its maxima are all that was */
};

/* Begins the other epoch; false if the last one has writers still. */
static bool epoch_advance(struct bpf_source *source, struct past *past)
{
	struct mptop_bpf__bss *bss = source->set.skel->bss;
	struct mptop_epoch *epoch;

	past->which = bss->epoch % MPTOP_EPOCHS;
	epoch = &bss->epochs[past->which];
	__atomic_store_n(&bss->epoch, bss->epoch + 1, __ATOMIC_SEQ_CST);
	if (!epoch_wait(epoch))
		return false;
	past->known = !bpf_read_once(epoch->lost);
	epoch->lost = 0;
	return true;
}

/* Adds what @hist has more than the last time to @row. */
static void hist_since(struct bpf_source *source, uint32_t hist,
		       struct sample_latency *row)
{
	struct mptop_bpf__bss *bss = source->set.skel->bss;
	struct mptop_hist *before = &source->hist[hist];
	struct mptop_hist now =
		*(const volatile struct mptop_hist *)&bss->hists[hist];
	int i;

	row->count += now.count - before->count;
	row->sum_ns += now.sum_ns - before->sum_ns;
	for (i = 0; i < MPTOP_LOG2; i++)
		row->log2_ns[i] += now.log2_ns[i] - before->log2_ns[i];
	*before = now;
}

static void max_since(struct bpf_source *source, const struct past *past,
		      uint32_t hist, struct sample_latency *row)
{
	int64_t max = max_take(source->set.skel->bss, hist);

	if (!past->known)
		row->max_ns = UNKNOWN;
	else if (max > row->max_ns)
		row->max_ns = max;
}

/* Adds histogram @i of the epoch to @row. */
static void hist_add(struct bpf_source *source, const struct past *past,
		     uint32_t i, struct sample_latency *row)
{
	uint32_t hist = past->which * MPTOP_HISTS + i;

	hist_since(source, hist, row);
	max_since(source, past, hist, row);
}

static void row_add(struct sample *sample, const struct sample_latency *row)
{
	if (row->count)
		*sample_add_latency(sample) = *row;
}

/* Several calls move by one reason; what moves nothing is not asked for. */
static void calls_add(struct bpf_source *source, const struct past *past,
		      struct sample *sample)
{
	struct sample_latency rows[SAMPLE_REASON_MAX + 1];
	const char *name;
	int i;

	memset(rows, 0, sizeof(rows));
	for (i = 0; i < MPTOP_SYSCALLS; i++) {
		name = log_call_reason((enum sample_call)i);
		if (name)
			hist_add(source, past, MPTOP_REASONS + i,
				 &rows[sample_reason(sample, name) + 1]);
	}
	for (i = 0; i <= SAMPLE_REASON_MAX; i++) {
		rows[i].scope = SCOPE_CALL;
		rows[i].reason = i - 1;
		rows[i].process.start_us = UNKNOWN;
		row_add(sample, &rows[i]);
	}
}

static void batches_add(struct bpf_source *source, const struct past *past,
			struct sample *sample)
{
	struct sample_latency row;
	int i;

	for (i = 0; i < MPTOP_REASONS; i++) {
		row = (struct sample_latency){
			.scope = SCOPE_BATCH,
			.process = { 0, UNKNOWN },
			.reason = i < sample->nr_reasons ? i : REASON_UNKNOWN,
		};
		hist_add(source, past, i, &row);
		row_add(sample, &row);
	}
}

void bpf_source_latency(struct bpf_source *source, struct sample *sample)
{
	struct past past;

	/* Counts and maximum would not be of the same durations. */
	if (!epoch_advance(source, &past))
		return;
	batches_add(source, &past, sample);
	calls_add(source, &past, sample);
}
