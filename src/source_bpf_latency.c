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

/* Sets back @which, which had writers when it was read, if they have left. */
static void epoch_clear(struct bpf_source *source, uint32_t which)
{
	struct mptop_bpf__bss *bss = source->set.skel->bss;
	uint32_t i;

	if (!source->epoch_busy[which] || !epoch_is_left(&bss->epochs[which]))
		return;
	for (i = 0; i < MPTOP_HISTS; i++)
		max_take(bss, which * MPTOP_HISTS + i);
	bss->epochs[which].lost = 0;
	source->epoch_busy[which] = false;
}

/* An epoch that has ended. */
struct past {
	uint32_t which;
	bool left;  /* nobody writes to it any more */
	bool known; /* its maxima are all that was */
};

/* Begins the other epoch. */
static struct past epoch_advance(struct bpf_source *source)
{
	struct mptop_bpf__bss *bss = source->set.skel->bss;
	struct past past = { .which = bss->epoch % MPTOP_EPOCHS };
	struct mptop_epoch *epoch = &bss->epochs[past.which];

	epoch_clear(source, (bss->epoch + 1) % MPTOP_EPOCHS);
	__atomic_store_n(&bss->epoch, bss->epoch + 1, __ATOMIC_SEQ_CST);
	past.left = epoch_wait(epoch);
	past.known = past.left && !source->epoch_busy[past.which] &&
		     !bpf_read_once(epoch->lost);
	if (past.left) {
		epoch->lost = 0;
		source->epoch_busy[past.which] = false;
	} else {
		source->epoch_busy[past.which] = true;
	}
	return past;
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
	int64_t max = 0;

	if (past->left)
		max = max_take(source->set.skel->bss, hist);
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
	struct past past = epoch_advance(source);

	batches_add(source, &past, sample);
	calls_add(source, &past, sample);
}
