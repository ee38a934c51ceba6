/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The lists of a sample and the sums over them. A list holds as many elements
 * as the next power of two of its length, so it needs no capacity of its own.
 */
#include "sample.h"

#include <stdlib.h>
#include <string.h>

#include "stack.h"
#include "xalloc.h"

const char *const sample_vmstat_name[VMSTAT_COUNT] = {
	[VMSTAT_PGMIGRATE_SUCCESS] = "pgmigrate_success",
	[VMSTAT_PGMIGRATE_FAIL] = "pgmigrate_fail",
	[VMSTAT_THP_MIGRATION_SUCCESS] = "thp_migration_success",
	[VMSTAT_THP_MIGRATION_SPLIT] = "thp_migration_split",
	[VMSTAT_NUMA_PAGES_MIGRATED] = "numa_pages_migrated",
	[VMSTAT_NUMA_HINT_FAULTS] = "numa_hint_faults",
	[VMSTAT_NUMA_HINT_FAULTS_LOCAL] = "numa_hint_faults_local",
	[VMSTAT_PGPROMOTE_SUCCESS] = "pgpromote_success",
	[VMSTAT_PGDEMOTE_KSWAPD] = "pgdemote_kswapd",
	[VMSTAT_PGDEMOTE_DIRECT] = "pgdemote_direct",
	[VMSTAT_PGDEMOTE_KHUGEPAGED] = "pgdemote_khugepaged",
	[VMSTAT_PGDEMOTE_PROACTIVE] = "pgdemote_proactive",
};

const char *const sample_lost_name[LOST_COUNT] = {
	[LOST_EVENTS] = "events",
	[LOST_CALLS] = "calls",
	[LOST_FOLIOS] = "folios",
	[LOST_FLOW_PAGES] = "flow_pages",
};

const char *const sample_probe_name[PROBE_COUNT] = {
	[PROBE_CALLS] = "calls",
	[PROBE_FOLIOS] = "folios",
	[PROBE_OWNER] = "owner",
	[PROBE_REASON] = "reason",
	[PROBE_LATENCY] = "latency",
	[PROBE_FAILURES] = "failures",
};

const char *const sample_owner_name[OWNER_COUNT] = {
	[OWNER_PROCESS] = "process",
	[OWNER_SHARED] = "shared",
	[OWNER_UNMAPPED] = "unmapped",
	[OWNER_UNKNOWN] = "unknown",
	[OWNER_OVERFLOW] = "overflow",
};

const char *const sample_scope_name[SCOPE_COUNT] = {
	[SCOPE_CALL] = "call",
	[SCOPE_BATCH] = "batch",
};

const char *const sample_mark_name[MARK_COUNT] = {
	"toctou",
	"narrowed",
	"query",
	"unreadable",
};

const char *const sample_abi_name[ABI_COUNT] = {
	[ABI_NATIVE] = "native",
	[ABI_IA32] = "ia32",
};

const char *const sample_nothing_name[NOTHING_COUNT] = {
	[NOTHING_QUERY] = "query",
	[NOTHING_POLICY] = "policy",
	[NOTHING_ALREADY_THERE] = "already_there",
	[NOTHING_NO_MOVE_FLAG] = "no_move_flag",
	[NOTHING_ONE_NODE] = "one_node",
	[NOTHING_NO_NODE_LEFT] = "no_node_left",
	[NOTHING_SAME_NODES] = "same_nodes",
	[NOTHING_NO_PAGES] = "no_pages",
};

static void set_unknown(int64_t *count, size_t nr)
{
	size_t i;

	for (i = 0; i < nr; i++)
		count[i] = UNKNOWN;
}

struct sample *sample_new(void)
{
	struct sample *sample = xcalloc(1, sizeof(*sample));

	sample->interval_ns = UNKNOWN;
	sample->uptime_us = UNKNOWN;
	sample->host.page_size = UNKNOWN;
	sample->numa_balancing = UNKNOWN;
	sample->demotion = UNKNOWN;
	sample->self_cpu_ns = UNKNOWN;
	sample->self_bpf_ns = UNKNOWN;
	sample->self_rss_bytes = UNKNOWN;
	sample->self_pidns = UNKNOWN;
	sample->sum = (struct sample_sum){
		.pages = UNKNOWN,
		.folios = UNKNOWN,
		.intra_pages = UNKNOWN,
		.nonlru_pages = UNKNOWN,
		.hugetlb_uncounted_pages = UNKNOWN,
		.in_flight_pages = UNKNOWN,
		.failed_pages = UNKNOWN,
		.stall_ns = UNKNOWN,
		.thp_split = UNKNOWN,
		.large_folio_split = UNKNOWN,
	};
	set_unknown(sample->vmstat, VMSTAT_COUNT);
	set_unknown(sample->lost, LOST_COUNT);
	return sample;
}

static void free_texts(char **text, size_t nr)
{
	size_t i;

	for (i = 0; i < nr; i++)
		free(text[i]);
}

static void free_nodes(struct sample *sample)
{
	size_t i;

	for (i = 0; i < sample->nr_nodes; i++)
		free(sample->nodes[i].cpu_list);
	free(sample->nodes);
	free(sample->distance);
}

void sample_proc_clear(struct sample_proc *proc)
{
	free(proc->comm);
	free(proc->cmdline);
	free(proc->user);
	free(proc->cgroup);
	free(proc->container);
	free(proc->vm);
}

void sample_event_clear(struct sample_event *event)
{
	free_texts(event->args.value, SAMPLE_ARG_MAX);
	free_texts(event->at_entry.value, SAMPLE_ARG_MAX);
	free_texts(event->effective.value, SAMPLE_ARG_MAX);
	stack_free(event->stack);
}

static void free_procs(struct sample *sample)
{
	size_t i;

	for (i = 0; i < sample->nr_procs; i++)
		sample_proc_clear(&sample->procs[i]);
	free(sample->procs);
}

static void free_events(struct sample *sample)
{
	size_t i;

	for (i = 0; i < sample->nr_events; i++)
		sample_event_clear(&sample->events[i]);
	free(sample->events);
}

void sample_free(struct sample *sample)
{
	if (!sample)
		return;
	free(sample->host.host);
	free(sample->host.kernel);
	free(sample->host.arch);
	free(sample->host.boot_id);
	free_texts(sample->probe, PROBE_COUNT);
	free_texts(sample->reasons, SAMPLE_REASON_MAX);
	free_nodes(sample);
	free_procs(sample);
	free(sample->flows);
	free(sample->failures);
	free(sample->latency);
	free_events(sample);
	free(sample->view);
	free(sample);
}

/* Room for one more after @nr elements of @size bytes: list, maybe moved. */
static void *list_grow(void *list, size_t nr, size_t size)
{
	if (nr & (nr - 1))
		return list;
	return xreallocarray(list, nr ? nr * 2 : 1, size);
}

#define LIST_ADD(list, nr)                                             \
	((list) = list_grow((list), (nr), sizeof(*(list))),            \
	 memset(&(list)[(nr)], 0, sizeof(*(list))), &(list)[(nr)++])

struct sample_proc *sample_add_proc(struct sample *sample)
{
	return LIST_ADD(sample->procs, sample->nr_procs);
}

struct sample_flow *sample_add_flow(struct sample *sample)
{
	return LIST_ADD(sample->flows, sample->nr_flows);
}

struct sample_failure *sample_add_failure(struct sample *sample)
{
	return LIST_ADD(sample->failures, sample->nr_failures);
}

struct sample_latency *sample_add_latency(struct sample *sample)
{
	return LIST_ADD(sample->latency, sample->nr_latency);
}

struct sample_event *sample_add_event(struct sample *sample)
{
	return LIST_ADD(sample->events, sample->nr_events);
}

void sample_set_nodes(struct sample *sample, size_t nr)
{
	size_t i;

	free_nodes(sample);
	sample->nodes = xcalloc(nr, sizeof(*sample->nodes));
	sample->distance = xcalloc(nr * nr, sizeof(*sample->distance));
	sample->nr_nodes = nr;
	for (i = 0; i < nr; i++)
		sample->nodes[i].allowed = UNKNOWN;
}

int sample_node_index(const struct sample *sample, int id)
{
	size_t low = 0, high = sample->nr_nodes;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (sample->nodes[middle].id < id)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == sample->nr_nodes || sample->nodes[low].id != id)
		return -1;
	return (int)low;
}

int sample_reason(struct sample *sample, const char *name)
{
	int i;

	if (!name)
		return REASON_UNKNOWN;
	for (i = 0; i < sample->nr_reasons; i++)
		if (!strcmp(sample->reasons[i], name))
			return i;
	if (i == SAMPLE_REASON_MAX)
		return REASON_UNKNOWN;
	sample->reasons[i] = xstrdup(name);
	sample->nr_reasons++;
	return i;
}

const char *sample_reason_name(const struct sample *sample, int reason)
{
	bool known = reason >= 0 && reason < sample->nr_reasons;

	return known ? sample->reasons[reason] : NULL;
}

const struct sample_proc *sample_find_proc(const struct sample *sample,
					   struct process_id id)
{
	size_t i;

	for (i = 0; i < sample->nr_procs; i++)
		if (process_id_equal(sample->procs[i].id, id))
			return &sample->procs[i];
	return NULL;
}

static void count_to(int64_t *count, int64_t pages)
{
	*count = count_add(*count, pages);
}

static void add_flow_to_nodes(struct sample *sample,
			      const struct sample_flow *flow)
{
	int src = sample_node_index(sample, flow->src);
	int dst = sample_node_index(sample, flow->dst);

	if (src >= 0 && src == dst) {
		count_to(&sample->nodes[src].intra_pages, flow->pages);
		return;
	}
	if (src >= 0)
		count_to(&sample->nodes[src].out_pages, flow->pages);
	if (dst >= 0)
		count_to(&sample->nodes[dst].in_pages, flow->pages);
}

static void set_node_counts(struct sample *sample, int64_t count)
{
	size_t i;

	for (i = 0; i < sample->nr_nodes; i++) {
		sample->nodes[i].in_pages = count;
		sample->nodes[i].out_pages = count;
		sample->nodes[i].intra_pages = count;
	}
}

void sample_add_up(struct sample *sample)
{
	bool nodes_known = true;
	size_t i;

	sample->sum.pages = 0;
	sample->sum.folios = 0;
	sample->sum.intra_pages = 0;
	set_node_counts(sample, 0);
	for (i = 0; i < sample->nr_flows; i++) {
		const struct sample_flow *flow = &sample->flows[i];

		count_to(&sample->sum.pages, flow->pages);
		count_to(&sample->sum.folios, flow->folios);
		if (flow->src == flow->dst)
			count_to(&sample->sum.intra_pages, flow->pages);
		add_flow_to_nodes(sample, flow);
		if (flow->src == NODE_UNKNOWN || flow->dst == NODE_UNKNOWN)
			nodes_known = false;
	}
	if (nodes_known)
		return;
	sample->sum.intra_pages = UNKNOWN;
	set_node_counts(sample, UNKNOWN);
}
