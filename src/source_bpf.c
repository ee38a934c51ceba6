/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Turns the counters that the BPF program keeps in shared memory into one
 * sample an interval. They are cumulative and only read, so nothing is lost
 * between two readings. No bpf(2) call is made for counts; only what programs
 * were skipped is asked of their links, which locks nothing (bpf_misses.c), and
 * rows are given back now and then (bpf_reap.c).
 */
#include "source_bpf.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "bpf_source.h"
#include "bpf_trial.h"
#include "bpf/mptop.skel.h"
#include "clock.h"
#include "xalloc.h"

static struct bpf_source *bpf_source_of(struct source *source)
{
	return (struct bpf_source *)source;
}

static void sample_fill_reasons(const struct bpf_source *source,
				struct sample *sample)
{
	const char *name;
	char number[16];
	int i;

	for (i = 0; i < source->facts.nr_reasons; i++) {
		name = source->facts.reason[i];
		if (!name) {
			snprintf(number, sizeof(number), "%d", i);
			name = number;
		}
		sample_reason(sample, name);
	}
}

static void sample_fill_probe(const struct bpf_source *source,
			      struct sample *sample)
{
	const char *name;
	int i;

	for (i = 0; i < PROBE_COUNT; i++) {
		name = hooks_probe(&source->set.plan, i);
		if (name)
			sample->probe[i] = xstrdup(name);
	}
}

static void sample_fill_world(struct bpf_source *source, struct sample *sample,
			      int64_t now_ns)
{
	machine_fill(&source->machine, sample);
	sample->seq = source->seq;
	sample->self_pidns = source->pidns;
	sample->interval_ns = now_ns - source->last_ns;
	sample_fill_reasons(source, sample);
	sample_fill_probe(source, sample);
}

static int source_bpf_read(struct source *base, struct sample **out)
{
	struct bpf_source *source = bpf_source_of(base);
	const struct mptop_bpf__bss *bss = source->set.skel->bss;
	struct sample *sample = sample_new();
	struct bpf_moment moment;
	struct mptop_stats now;
	int64_t now_ns;

	source->seq++;
	source->round++;
	now_ns = clock_ns(CLOCK_MONOTONIC);
	sample_fill_world(source, sample, now_ns);
	bpf_source_moment(source, &moment);
	/* At once: of a later one's pages the kernel tells the next time. */
	bpf_misses_add(&source->misses, source->skipped);
	now = *(const volatile struct mptop_stats *)&bss->stats;
	bpf_source_flows(source, sample);
	ring_buffer__consume(source->ring);
	/* Behind what the ring had: a record may be lost among those. */
	now.lost_events = bpf_read_once(bss->stats.lost_events);
	now.calls_lost = bpf_read_once(bss->stats.calls_lost);
	bpf_source_calls(source, sample);
	bpf_source_latency(source, sample);
	bpf_source_sums(source, sample, &now, &moment);
	bpf_source_lost(source, sample, &now);
	machine_fill_self(&source->machine, sample);
	proc_table_age(source->procs);
	bpf_reap(source);
	source->moment = moment;
	source->stats = now;
	source->last_ns = now_ns;
	*out = sample;
	return 1;
}

static int source_bpf_fd(const struct source *base)
{
	const struct bpf_source *source = (const struct bpf_source *)base;

	return ring_buffer__epoll_fd(source->ring);
}

static void source_bpf_drain(struct source *base)
{
	ring_buffer__consume(bpf_source_of(base)->ring);
}

static void source_bpf_set_delay(struct source *base, int64_t delay_ns)
{
	bpf_source_of(base)->delay_ns = delay_ns;
}

static void source_bpf_close(struct source *base)
{
	struct bpf_source *source = bpf_source_of(base);

	ring_buffer__free(source->ring);
	bpf_source_stacks_close(source);
	bpf_misses_close(&source->misses);
	bpf_detach(&source->set);
	bpf_facts_close(&source->facts);
	machine_close(&source->machine);
	proc_table_free(source->procs);
	if (source->vmstat_fd >= 0)
		close(source->vmstat_fd);
	free(source->flow);
	free(source->proc);
	free(source->calls.bytes);
	free(source->base.note);
	free(source->base.error);
	free(source);
}

static const struct source_ops source_bpf_ops = {
	.name = "bpf",
	.fd = source_bpf_fd,
	.drain = source_bpf_drain,
	.set_delay = source_bpf_set_delay,
	.read = source_bpf_read,
	.close = source_bpf_close,
};

/* "nodes, owners and calls": what no hook of the plan gives; "" for none. */
static void unknown_list(const struct bpf_source *source, char *dst, size_t cap)
{
	static const char *const name[PROBE_COUNT] = {
		[PROBE_FOLIOS] = "nodes",
		[PROBE_OWNER] = "owners",
		[PROBE_CALLS] = "calls",
	};
	size_t length = 0;
	int i;

	dst[0] = '\0';
	for (i = 0; i < PROBE_COUNT; i++)
		if (name[i] && !hooks_probe(&source->set.plan, i))
			length += snprintf(dst + length, cap - length, "%s%s",
					   length ? ", " : "", name[i]);
}

/* What only kprobes give where all else has another rung. */
#define FEW "calls of 32 bits and moves of cpusets"

/* Why kprobes do not work here, so that @unknown is; NULL: they do. */
static char *kprobe_note(const char *unknown)
{
	struct obstacle_facts facts;
	struct obstacle obstacle;
	char *note;

	bpf_trial(&facts);
	if (facts.error[NEED_KPROBE] <= 0)
		return NULL;
	obstacle = obstacle_of(&facts, NEED_KPROBE);
	note = xasprintf("%s are unknown: %s; try: %s", unknown, obstacle.why,
			 obstacle.remedy);
	free(obstacle.why);
	return note;
}

/* Both notes as one; takes over both, NULL for none. */
static char *notes_join(char *first, char *second)
{
	char *joined;

	if (!first || !second)
		return first ? first : second;
	joined = xasprintf("%s; %s", first, second);
	free(first);
	free(second);
	return joined;
}

/*
 * Why fewer hooks run than could: what was refused, or what of the ways to
 * attach one does not work here; and what is not known of stacks.
 */
static void source_explain(struct bpf_source *source,
			   const struct source_bpf_options *options)
{
	char *refused = bpf_attach_note(&source->set), *kprobes = NULL;
	char unknown[64];

	unknown_list(source, unknown, sizeof(unknown));
	if (!options->without && (*unknown || refused))
		kprobes = kprobe_note(*unknown ? unknown : FEW);
	if (kprobes) {
		free(refused);
		refused = kprobes;
	}
	source->base.note = notes_join(refused,
				       source_bpf_stacks_lack(&source->base));
}

bool source_bpf_may_call(void *context)
{
	struct bpf_source *source = context;
	struct bpf_map_info info = { 0 };
	uint32_t size = sizeof(info);

	/* No lookup: while it holds the map, probes of its CPU are skipped. */
	return !bpf_obj_get_info_by_fd(
		bpf_map__fd(source->set.skel->maps.flow_free), &info, &size);
}

int source_bpf_open(const struct source_bpf_options *options,
		    struct source **out, char **error)
{
	struct bpf_source *source = xcalloc(1, sizeof(*source));
	const struct hook_kernel wanted = {
		.without = options->without,
		.without_groups = options->without_groups,
		.needs_folios = options->needs_folios,
		.stacks = options->stacks,
	};
	struct pidns ns;
	int ret;

	source->base.ops = &source_bpf_ops;
	source->delay_ns = options->delay_ns;
	source->vmstat_fd = open("/proc/vmstat", O_RDONLY | O_CLOEXEC);
	source->flow = xcalloc(MPTOP_FLOW_ROWS, sizeof(*source->flow));
	source->proc = xcalloc(MPTOP_PROCS, sizeof(*source->proc));
	ret = bpf_facts_open(&source->facts, error);
	if (!ret)
		ret = bpf_attach(&source->set, &source->facts, &wanted, error);
	if (ret)
		goto out;
	source->ring = ring_buffer__new(
		bpf_map__fd(source->set.skel->maps.ring), bpf_source_call,
		source, NULL);
	if (!source->ring) {
		ret = -errno;
		*error = xasprintf("cannot map the ring buffer: %s",
				   strerror(-ret));
		goto out;
	}
	ret = bpf_source_stacks_open(source, error);
	if (ret)
		goto out;
	machine_open(&source->machine);
	pidns_read(&ns);
	source->pidns = ns.inum != 0;
	source->procs = proc_table_new(&ns);
	source->last_ns = clock_ns(CLOCK_MONOTONIC);
	bpf_misses_open(&source->misses, &source->set);
	bpf_source_start(source);
	ret = bpf_source_selftest(source, error);
	if (ret)
		goto out;
	source_explain(source, options);
	*out = &source->base;
	return 0;
out:
	source_bpf_close(&source->base);
	return ret;
}
