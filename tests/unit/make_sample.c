/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Samples for tests. No clock, no chance. */
#include "make_sample.h"

#include <stdlib.h>

#include "xalloc.h"

#define GIB (INT64_C(1) << 30)
/* 2026-01-31T13:00:00Z */
#define EPOCH 1769864400

static void set_host(struct sample *sample)
{
	int i;

	sample->host.host = xstrdup("db7");
	sample->host.kernel = xstrdup("6.12.117");
	sample->host.arch = xstrdup("x86_64");
	sample->host.boot_id = xstrdup("00000000-0000-0000-0000-000000000001");
	sample->host.page_size = 4096;
	for (i = 0; i < PROBE_COUNT; i++)
		sample->probe[i] = xstrdup(i == PROBE_CALLS ? "fentry" :
							      "kprobe");
}

static void set_counters(struct sample *sample)
{
	int i;

	for (i = 0; i < VMSTAT_COUNT; i++)
		sample->vmstat[i] = 0;
	for (i = 0; i < LOST_COUNT; i++)
		sample->lost[i] = 0;
	sample->sum.nonlru_pages = 0;
	sample->sum.hugetlb_uncounted_pages = 0;
	sample->sum.in_flight_pages = 0;
	sample->sum.failed_pages = 0;
	sample->sum.stall_ns = 0;
}

static void set_nodes(struct sample *sample, int nr)
{
	int i, j;

	sample_set_nodes(sample, nr);
	for (i = 0; i < nr; i++) {
		sample->nodes[i].id = i;
		sample->nodes[i].cpu_list =
			xasprintf("%d-%d", i * 32, i * 32 + 31);
		sample->nodes[i].tier = 4;
		sample->nodes[i].mem_total_bytes = 64 * GIB;
		sample->nodes[i].mem_free_bytes = (2 + i * 13 % 60) * GIB;
		for (j = 0; j < nr; j++)
			sample->distance[i * nr + j] = i == j ? 10 : 21;
	}
}

struct sample *make_sample(int nr_nodes, uint64_t seq)
{
	struct sample *sample = sample_new();

	sample->seq = seq;
	sample->time.tv_sec = EPOCH + (time_t)seq;
	sample->time.tv_nsec = 204000000;
	sample->interval_ns = 1000000000;
	sample->uptime_us = (INT64_C(41) * 86400 + (int64_t)seq) * 1000000;
	sample->numa_balancing = 1;
	sample->demotion = 0;
	sample->self_cpu_ns = 3000000;
	set_host(sample);
	set_counters(sample);
	set_nodes(sample, nr_nodes);
	return sample;
}

struct sample_proc *make_proc(struct sample *sample, int64_t pid,
			      const char *comm)
{
	struct process_id id = { pid, pid * 1000 };
	struct sample_proc *proc =
		(struct sample_proc *)sample_find_proc(sample, id);

	if (proc)
		return proc;
	proc = sample_add_proc(sample);
	proc->id = id;
	proc->comm = xstrdup(comm);
	proc->uid = 27;
	proc->user = xstrdup("mysql");
	proc->cgroup = xasprintf("/system.slice/%s.service", comm);
	proc->nspid = UNKNOWN;
	proc->stall_ns = 0;
	proc->failed_pages = 0;
	return proc;
}

void make_flow(struct sample *sample, const struct make_flow *flow)
{
	struct process_id process = { flow->pid, flow->pid * 1000 };
	struct process_id mover = process;
	struct sample_flow *added;

	make_proc(sample, flow->pid, flow->comm);
	if (flow->mover) {
		mover = (struct process_id){ flow->mover, flow->mover * 1000 };
		make_proc(sample, flow->mover, flow->mover_comm);
	}
	added = sample_add_flow(sample);
	*added = (struct sample_flow){
		.owner = OWNER_PROCESS,
		.process = process,
		.mover = mover,
		.src = flow->src,
		.dst = flow->dst,
		.reason = sample_reason(sample, flow->reason),
		.folios = flow->pages,
		.pages = flow->pages,
	};
	sample->vmstat[VMSTAT_PGMIGRATE_SUCCESS] += flow->pages;
}

struct sample_event *make_call(struct sample *sample,
			       const struct sample_proc *caller,
			       const struct sample_proc *target)
{
	struct sample_event *event = sample_add_event(sample);

	event->time = sample->time;
	event->call = CALL_MIGRATE_PAGES;
	event->phase = PHASE_DONE;
	event->caller = caller->id;
	event->tid = caller->id.pid;
	event->target = target->id;
	event->args.value[0] = xasprintf("%d", (int)target->id.pid);
	event->args.value[1] = xstrdup("64");
	event->args.value[2] = xstrdup("0-1");
	event->args.value[3] = xstrdup("2");
	event->ret = 17;
	event->error = 0;
	event->duration_ns = 1460000000;
	return event;
}

static void add_calls(struct sample *sample, uint64_t seq)
{
	struct sample_proc caller = *make_proc(sample, 812, "katalyst");
	struct sample_proc target = *make_proc(sample, 4242, "mysqld");
	struct sample_event *event;

	if (seq % 3 == 0)
		make_call(sample, &caller, &target);
	if (seq % 7 == 0) {
		event = make_call(sample, &caller, &target);
		event->marks = MARK_NARROWED | MARK_TOCTOU;
	}
	if (seq % 5 != 4)
		return;
	event = make_call(sample, &caller, &target);
	event->phase = PHASE_RUNNING;
	event->ret = UNKNOWN;
	event->error = UNKNOWN;
}

struct sample *make_busy_sample(int nr_nodes, uint64_t seq)
{
	struct sample *sample = make_sample(nr_nodes, seq);
	static const struct make_flow flows[] = {
		{ 4242, "mysqld", 0, NULL, 0, 1, "numa_misplaced", 6200 },
		{ 4242, "mysqld", 0, NULL, 1, 0, "numa_misplaced", 1900 },
		{ 4242, "mysqld", 812, "katalyst", 0, 2, "syscall", 4100 },
		{ 977, "redis-server", 61, "kswapd0", 0, 3, "demotion", 900 },
		{ 977, "redis-server", 0, NULL, 3, 0, "numa_misplaced", 120 },
		{ 31337, "postgres", 44, "kcompactd1", 1, 1, "compaction",
		  2600 },
		{ 20011, "java", 0, NULL, 2, 1, "mempolicy_mbind", 310 },
		{ 20012, "qemu-system-x86", 0, NULL, 2, 3, "numa_misplaced",
		  55 },
		{ 5, "kworker/0:1", 0, NULL, 1, 2, "contig_range", 3 },
	};
	struct make_flow flow;
	struct sample_proc *proc;
	size_t i;

	for (i = 0; i < sizeof(flows) / sizeof(flows[0]); i++) {
		flow = flows[i];
		flow.src %= nr_nodes;
		flow.dst %= nr_nodes;
		flow.pages = flow.pages * (int64_t)(10 + (seq * 7 + i * 5) % 23)
			     / 20;
		make_flow(sample, &flow);
	}
	proc = make_proc(sample, 4242, "mysqld");
	proc->stall_ns = 84000000;
	proc->failed_pages = 12;
	sample->sum.stall_ns = 84000000;
	sample->sum.failed_pages = 12;
	sample->vmstat[VMSTAT_NUMA_HINT_FAULTS] = 1000;
	sample->vmstat[VMSTAT_NUMA_HINT_FAULTS_LOCAL] = 620;
	add_calls(sample, seq);
	sample_add_up(sample);
	return sample;
}
