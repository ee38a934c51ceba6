/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The live source's sums, held against the kernel's own counter, and what is
 * lost.
 */
#include "bpf_source.h"

#include <stdint.h>
#include <string.h>
#include <time.h>

#include "bpf/mptop.skel.h"
#include "vmstat.h"

/*
 * Times that the kernel's and our counters are read until they fit, and after
 * how many there is a pause: who ends a batch may be off its CPU just then,
 * for long if that is a virtual one.
 */
#define MOMENT_TRIES 120
#define MOMENT_PAUSES 20
#define MOMENT_PAUSE_NS 1000000
/* The same for the first moment, and how many readings have to fit. */
#define START_TRIES 500
#define START_FITS 5

/* Pages of all batches that have ended, by our counters; fills @moment's. */
static int64_t ended_read(const struct bpf_source *source,
			  struct bpf_moment *moment)
{
	const struct mptop_stats *stats = &source->set.skel->bss->stats;

	moment->settled = bpf_read_once(stats->settled_pages);
	moment->nonlru = bpf_read_once(stats->nonlru_pages);
	moment->uncounted = bpf_read_once(stats->uncounted_pages);
	return moment->settled + moment->nonlru - moment->uncounted;
}

/*
 * Reads the kernel's counter between two readings of ours. A batch is added
 * to vmstat and then, at once, to ours, so vmstat lies between the two: what
 * it has more than the first are batches that ended in the meantime, and
 * they are settled at the moment that the reading stands for. One that is
 * outside, by *@behind pages below the first, caught a batch between the two
 * adds, or pages are missing.
 */
static bool moment_try(const struct bpf_source *source,
		       struct bpf_moment *moment, int64_t *behind)
{
	const struct bpf_moment *base = &source->moment;
	struct bpf_moment after;
	int64_t least, most, theirs;

	least = ended_read(source, moment);
	vmstat_read(source->vmstat_fd, moment->vmstat);
	most = ended_read(source, &after);
	if (moment->vmstat[VMSTAT_PGMIGRATE_SUCCESS] == UNKNOWN ||
	    base->vmstat[VMSTAT_PGMIGRATE_SUCCESS] == UNKNOWN)
		return true;
	theirs = base->settled + base->nonlru - base->uncounted +
		 moment->vmstat[VMSTAT_PGMIGRATE_SUCCESS] -
		 base->vmstat[VMSTAT_PGMIGRATE_SUCCESS];
	*behind = least - theirs;
	/* Which of them a difference is of can only be told of one. */
	if (after.nonlru != moment->nonlru ||
	    after.uncounted != moment->uncounted)
		return false;
	if (theirs < least || theirs > most)
		return false;
	moment->settled += theirs - least;
	return true;
}

/*
 * Nothing but a start that caught a batch between the two adds puts the
 * kernel's counter below ours for good, so the first reading mends that.
 */
void bpf_source_moment(struct bpf_source *source, struct bpf_moment *moment)
{
	static const struct timespec pause = { .tv_nsec = MOMENT_PAUSE_NS };
	int64_t *start = &source->moment.vmstat[VMSTAT_PGMIGRATE_SUCCESS];
	int64_t behind = 0;
	int tries;

	for (tries = 0; tries < MOMENT_TRIES; tries++) {
		if (moment_try(source, moment, &behind))
			return;
		if (tries >= MOMENT_PAUSES)
			nanosleep(&pause, NULL);
	}
	if (source->seq > 1 || behind <= 0)
		return;
	*start -= behind;
	moment_try(source, moment, &behind);
}

/*
 * All that was counted since the probes are there belongs to the first
 * interval, so it begins when our counters were 0: vmstat of then is vmstat
 * now less what ended since. A reading that catches a batch between the two
 * adds is too high by it, so the least of some is right.
 */
void bpf_source_start(struct bpf_source *source)
{
	struct bpf_moment *moment = &source->moment;
	int64_t *theirs = &moment->vmstat[VMSTAT_PGMIGRATE_SUCCESS];
	int64_t least, most, then = 0, start = INT64_MAX;
	struct bpf_moment ended;
	int tries, fits = 0;

	for (tries = 0; tries < START_TRIES && fits < START_FITS; tries++) {
		least = ended_read(source, &ended);
		vmstat_read(source->vmstat_fd, moment->vmstat);
		if (*theirs == UNKNOWN)
			return;
		most = ended_read(source, &ended);
		then = *theirs - most;
		if (least != most)
			continue;
		fits++;
		start = then < start ? then : start;
	}
	*theirs = fits ? start : then;
}

/* What is lost; each counter is its own, none is what is left over. */
void bpf_source_lost(struct bpf_source *source, struct sample *sample,
		     const struct mptop_stats *now)
{
	const struct mptop_stats *before = &source->stats;
	int i;

	sample->lost[LOST_EVENTS] = now->lost_events - before->lost_events +
				    source->calls.lost;
	source->calls.lost = 0;
	sample->lost[LOST_CALLS] = now->calls_lost - before->calls_lost;
	sample->lost[LOST_FOLIOS] = now->lost_folios - before->lost_folios +
				    now->lost_batches - before->lost_batches;
	sample->lost[LOST_FLOW_PAGES] =
		now->lost_pages - before->lost_pages + source->overflow_pages;
	source->overflow_pages = 0;
	sample->lost[LOST_CALLS] += source->dead_calls;
	source->dead_calls = 0;
	for (i = 0; i < LOST_COUNT; i++)
		sample->lost[i] += source->skipped[i];
	memset(source->skipped, 0, sizeof(source->skipped));
	if (!hooks_probe(&source->set.plan, PROBE_CALLS)) {
		sample->lost[LOST_EVENTS] = UNKNOWN;
		sample->lost[LOST_CALLS] = UNKNOWN;
	}
}

/* Without the folio hook nothing is known by node. */
static void nodes_unknown(struct sample *sample)
{
	size_t i;

	sample->sum.folios = UNKNOWN;
	sample->sum.intra_pages = UNKNOWN;
	for (i = 0; i < sample->nr_nodes; i++) {
		sample->nodes[i].in_pages = UNKNOWN;
		sample->nodes[i].out_pages = UNKNOWN;
		sample->nodes[i].intra_pages = UNKNOWN;
	}
}

/* Those of the list and, where that is full, those beside it. */
static void failures_sum(const struct bpf_source *source,
			 struct sample *sample, const struct mptop_stats *now)
{
	const struct mptop_stats *before = &source->stats;
	struct sample_sum *sum = &sample->sum;
	size_t i;

	sum->failed_pages = now->failed_unlisted - before->failed_unlisted;
	for (i = 0; i < sample->nr_failures; i++)
		sum->failed_pages += sample->failures[i].pages;
	if (source->facts.has_thp_split)
		sum->thp_split = now->thp_split - before->thp_split;
	if (source->facts.has_large_split)
		sum->large_folio_split =
			now->large_folio_split - before->large_folio_split;
}

/* The time of all processes, and of @unnamed_ns that found no room. */
static void stall_sum(struct sample *sample, int64_t unnamed_ns)
{
	size_t i;

	sample->sum.stall_ns = unnamed_ns;
	for (i = 0; i < sample->nr_procs; i++)
		sample->sum.stall_ns += sample->procs[i].stall_ns;
}

/*
 * In flight: seen in batches that have not ended. The rows are read after the
 * settled pages, so this cannot be negative.
 */
void bpf_source_sums(struct bpf_source *source, struct sample *sample,
		     const struct mptop_stats *now,
		     const struct bpf_moment *moment)
{
	const struct mptop_stats *before = &source->stats;
	bool folios = hooks_probe(&source->set.plan, PROBE_FOLIOS) != NULL;

	sample_add_up(sample);
	source->seen += sample->sum.pages;
	failures_sum(source, sample, now);
	if (folios) {
		source->in_flight = source->seen + (int64_t)now->lost_pages -
				    moment->settled;
		sample->sum.in_flight_pages = source->in_flight;
		sample->sum.nonlru_pages =
			moment->nonlru - source->moment.nonlru;
		sample->sum.hugetlb_uncounted_pages =
			moment->uncounted - source->moment.uncounted;
		stall_sum(sample, now->stall_unnamed_ns -
					  before->stall_unnamed_ns);
	} else {
		nodes_unknown(sample);
	}
	vmstat_since(moment->vmstat, source->moment.vmstat, sample->vmstat);
}
