/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a busy machine would give, without one. */
#include "bench_sample.h"

#include "xalloc.h"

#define NODES 4
#define GIB (INT64_C(1) << 30)
/* 2026-01-31T13:00:00Z */
#define EPOCH 1769864400
#define FIRST_PID 1000

/* Moves the pages of those that do not move their own. */
static const struct process_id daemon_id = { 812, 500000 };

static const char *const reasons[] = { "syscall", "numa_misplaced",
				       "compaction" };

static struct process_id id_of(size_t process)
{
	return (struct process_id){ FIRST_PID + (int64_t)process,
				    1000000 + (int64_t)process * 10000 };
}

static void set_world(struct sample *sample, uint64_t seq)
{
	int i;

	sample->seq = seq;
	sample->time.tv_sec = EPOCH + (time_t)seq;
	sample->interval_ns = 1000000000;
	sample->uptime_us = (INT64_C(86400) + (int64_t)seq) * 1000000;
	sample->numa_balancing = 1;
	sample->demotion = 0;
	sample->host.host = xstrdup("bench");
	sample->host.kernel = xstrdup("6.12.0");
	sample->host.arch = xstrdup("x86_64");
	sample->host.page_size = 4096;
	for (i = 0; i < PROBE_COUNT; i++)
		sample->probe[i] = xstrdup("kprobe");
	for (i = 0; i < VMSTAT_COUNT; i++)
		sample->vmstat[i] = 0;
	for (i = 0; i < LOST_COUNT; i++)
		sample->lost[i] = 0;
}

static void set_nodes(struct sample *sample)
{
	int i, j;

	sample_set_nodes(sample, NODES);
	for (i = 0; i < NODES; i++) {
		sample->nodes[i].id = i;
		sample->nodes[i].cpu_list =
			xasprintf("%d-%d", i * 32, i * 32 + 31);
		sample->nodes[i].tier = 4;
		sample->nodes[i].mem_total_bytes = 64 * GIB;
		sample->nodes[i].mem_free_bytes = 8 * GIB;
		for (j = 0; j < NODES; j++)
			sample->distance[i * NODES + j] = i == j ? 10 : 21;
	}
}

static void add_process(struct sample *sample, struct process_id id,
			const char *comm)
{
	struct sample_proc *proc = sample_add_proc(sample);
	int n = (int)id.pid;

	proc->id = id;
	proc->comm = xasprintf("%s-%d", comm, n);
	proc->cmdline = xasprintf("/usr/lib/%s/bin/%s --config=/etc/%s/%d.conf "
				  "--data=/srv/%s/%d",
				  comm, comm, comm, n, comm, n);
	proc->uid = 1000;
	proc->user = xstrdup(comm);
	proc->cgroup = xasprintf("/system.slice/%s.slice/%s@%d.service", comm,
				 comm, n);
	proc->nspid = UNKNOWN;
	proc->stall_ns = 1000000;
	proc->failed_pages = 0;
}

static void add_flow(struct sample *sample, const struct bench_size *size,
		     size_t i)
{
	struct sample_flow *flow = sample_add_flow(sample);
	size_t process = i % size->processes, turn = i / size->processes;
	int src = (int)((process + turn) % NODES);

	flow->owner = OWNER_PROCESS;
	flow->process = id_of(process);
	flow->mover = process % 3 ? flow->process : daemon_id;
	flow->src = src;
	flow->dst = (src + 1 + (int)(turn / NODES) % (NODES - 1)) % NODES;
	flow->reason = (int)(process % 3);
	/* Another order in every interval. */
	flow->pages = 1 + (int64_t)((i * 7919 + sample->seq * 104729) % 1000);
	flow->folios = flow->pages;
	sample->vmstat[VMSTAT_PGMIGRATE_SUCCESS] += flow->pages;
}

struct sample *bench_sample(const struct bench_size *size, uint64_t seq)
{
	struct sample *sample = sample_new();
	size_t i;

	set_world(sample, seq);
	set_nodes(sample);
	for (i = 0; i < sizeof(reasons) / sizeof(*reasons); i++)
		sample_reason(sample, reasons[i]);
	add_process(sample, daemon_id, "daemon");
	for (i = 0; i < size->processes; i++)
		add_process(sample, id_of(i), "worker");
	for (i = 0; i < size->flows; i++)
		add_flow(sample, size, i);
	sample->sum.nonlru_pages = 0;
	sample->sum.hugetlb_uncounted_pages = 0;
	sample->sum.in_flight_pages = 0;
	sample->sum.failed_pages = 0;
	sample->sum.stall_ns = 0;
	sample_add_up(sample);
	return sample;
}
