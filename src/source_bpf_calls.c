/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The live source's log: calls that ended, calls in progress. */
#include "bpf_source.h"

#include <string.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "bpf/mptop.skel.h"
#include "call_decode.h"
#include "clock.h"
#include "symbols.h"
#include "xalloc.h"

#define NS_PER_S 1000000000LL
/* Records kept until the next sample; more are counted as lost. */
#define CALLS_BYTES_MAX (8 * 1024 * 1024)

int bpf_source_call(void *context, void *data, size_t size)
{
	struct bpf_source *source = context;
	struct bpf_call_list *calls = &source->calls;
	const struct mptop_call *call = data;

	if (call->caller.pid == (uint32_t)source->self_pid)
		return 0;

	if (size > sizeof(struct mptop_stacked))
		size = sizeof(struct mptop_stacked);
	if (calls->used + sizeof(size) + size > CALLS_BYTES_MAX) {
		calls->lost++;
		return 0;
	}
	if (calls->used + sizeof(size) + size > calls->room) {
		calls->room = calls->room ? calls->room * 2 : 16384;
		calls->bytes = xrealloc(calls->bytes, calls->room);
	}
	memcpy(calls->bytes + calls->used, &size, sizeof(size));
	memcpy(calls->bytes + calls->used + sizeof(size), data, size);
	calls->used += sizeof(size) + size;
	return 0;
}

static struct timespec realtime_of(int64_t monotonic_ns)
{
	int64_t ns = clock_ns(CLOCK_REALTIME) -
		     clock_ns(CLOCK_MONOTONIC) + monotonic_ns;

	return (struct timespec){ ns / NS_PER_S, ns % NS_PER_S };
}

/* Row @name, one more than its number, if it is still that of @key. */
static bool call_row_is(const struct bpf_source *source, uint32_t name,
			const struct proc_key *key)
{
	const struct mptop_proc *procs = source->set.skel->bss->procs;

	return name && name <= MPTOP_PROCS && procs[name - 1].used &&
	       procs[name - 1].key.start_ns == key->start_ns &&
	       procs[name - 1].key.tgid == key->tgid;
}

static void call_process_add(struct bpf_source *source, struct sample *sample,
			     const struct proc_seen *seen)
{
	struct sample_proc *proc = sample_add_proc(sample);

	proc_describe(source->procs, seen, proc);
	proc->stall_ns = 0;
	proc->failed_pages = 0;
	if (!hooks_probe(&source->set.plan, PROBE_LATENCY))
		proc->stall_ns = UNKNOWN;
}

/* Describes a process that a call names; by row @name if it has one. */
static struct process_id call_process(struct bpf_source *source,
				      struct sample *sample,
				      const struct proc_seen *seen,
				      uint32_t name)
{
	struct process_id id = proc_id(&seen->key);

	if (!seen->key.tgid) {
		id.start_us = UNKNOWN;
		return id;
	}
	if (call_row_is(source, name, &seen->key))
		bpf_source_proc(source, name - 1, sample);
	else if (!sample_find_proc(sample, id))
		call_process_add(source, sample, seen);
	return id;
}

/* move_pages(0), migrate_pages(0) and all about policies are of the caller. */
static bool is_about_self(const struct mptop_call *call)
{
	if (call->call == MPTOP_MIGRATE_PAGES ||
	    call->call == MPTOP_MOVE_PAGES)
		return !(int)call->arg[0];
	return call->call != MPTOP_CPUSET;
}

static void world_fill(const struct bpf_source *source,
		       const struct sample *sample, struct call_world *world)
{
	size_t i;

	memset(world, 0, sizeof(*world));
	world->folios = hooks_probe(&source->set.plan, PROBE_FOLIOS);
	for (i = 0; i < sample->nr_nodes; i++)
		if (sample->nodes[i].mem_total_bytes > 0)
			nodeset_add(&world->memory, sample->nodes[i].id);
}

static struct process_id caller_of(struct bpf_source *source,
				   struct sample *sample,
				   const struct mptop_call *call)
{
	char comm[MPTOP_COMM + 1] = "";
	struct proc_seen seen = {
		.key = bpf_proc_key(&call->caller),
		.comm = comm,
		.uid = call->caller_uid,
		.nspid = UNKNOWN,
	};

	memcpy(comm, call->caller_comm, MPTOP_COMM);
	return call_process(source, sample, &seen, call->caller_row);
}

static struct process_id target_of(struct bpf_source *source,
				   struct sample *sample,
				   const struct mptop_call *call)
{
	char comm[MPTOP_COMM + 1] = "";
	struct proc_seen seen = {
		.key = bpf_proc_key(&call->target),
		.comm = comm,
		.uid = call->target_uid,
		.nspid = UNKNOWN,
	};

	memcpy(comm, call->target_comm, MPTOP_COMM);
	return call_process(source, sample, &seen, call->target_row);
}

static void event_processes(struct bpf_source *source, struct sample *sample,
			    const struct mptop_call *call,
			    struct sample_event *event)
{
	event->caller = caller_of(source, sample, call);
	event->tid = call->own_tid;
	event->target = event->caller;
	if (call->target.tgid || !is_about_self(call))
		event->target = target_of(source, sample, call);
}

static void event_result(struct sample_event *event,
			 const struct mptop_call *call, int64_t now_ns)
{
	if (call->has & MPTOP_HAS_RET) {
		event->phase = PHASE_DONE;
		event->time = realtime_of(call->end_ns);
		event->duration_ns = UNKNOWN;
		if (call->entry_ns)
			event->duration_ns = call->end_ns - call->entry_ns;
		event->ret = call->ret < 0 ? -1 : call->ret;
		event->error = call->ret < 0 ? -call->ret : 0;
		return;
	}
	event->phase = PHASE_RUNNING;
	event->time = realtime_of(now_ns);
	event->duration_ns = now_ns - call->entry_ns;
	event->ret = UNKNOWN;
	event->error = UNKNOWN;
}

/* Adds @record; @now_ns is the time for one that still runs. */
static void event_add(struct bpf_source *source, struct sample *sample,
		      const struct mptop_stacked *record, int64_t now_ns)
{
	const struct mptop_call *call = &record->call;
	struct sample_event *event;
	struct call_world world;

	if (call->call >= MPTOP_SYSCALLS)
		return;
	event = sample_add_event(sample);
	world_fill(source, sample, &world);
	event_result(event, call, now_ns);
	call_decode(call, &world, event);
	event_processes(source, sample, call, event);
	bpf_source_stack(source, sample, record, event);
}

/* Its return was missed, and its thread will not call again: free the row. */
static void call_drop(struct bpf_source *source, uint32_t row, uint32_t tid)
{
	const struct mptop_bpf *skel = source->set.skel;

	if (bpf_map_delete_elem(bpf_map__fd(skel->maps.call_index), &tid))
		return;
	source->dead_calls++;
	skel->bss->call_entry_ns[row] = 0;
	bpf_map_update_elem(bpf_map__fd(skel->maps.call_free), NULL, &row,
			    BPF_ANY);
}

static bool thread_alive(const struct bpf_source *source,
			 const struct mptop_call *call)
{
	struct proc_key key = bpf_proc_key(&call->caller);
	struct proc_thread thread = { call->own_tid, call->tid };

	return proc_thread_alive(source->procs, &key, &thread);
}

/* What is in a row, as the ring would have it. */
static void running_read(const struct bpf_source *source, uint32_t row,
			 struct mptop_stacked *record)
{
	record->call = source->set.skel->bss->calls[row];
	if (!source->stacks)
		return;
	record->stack = source->stacks[row].stack;
	record->call.has |= MPTOP_HAS_STACK;
}

/* Calls in progress for longer than an interval. */
static void running_add(struct bpf_source *source, struct sample *sample)
{
	const struct mptop_bpf__bss *bss = source->set.skel->bss;
	int64_t now_ns = clock_ns(CLOCK_MONOTONIC);
	struct mptop_stacked record;
	uint64_t entry_ns;
	uint32_t row;

	for (row = 0; row < MPTOP_CALLS; row++) {
		entry_ns = bpf_read_once(bss->call_entry_ns[row]);
		if (!entry_ns || now_ns - (int64_t)entry_ns < source->delay_ns)
			continue;
		running_read(source, row, &record);
		/* It may have ended, and the row been taken, meanwhile. */
		if (bpf_read_once(bss->call_entry_ns[row]) != entry_ns ||
		    record.call.has & MPTOP_HAS_RET ||
		    record.call.entry_ns != entry_ns)
			continue;
		if (thread_alive(source, &record.call))
			event_add(source, sample, &record, now_ns);
		else
			call_drop(source, row, record.call.tid);
	}
}

void bpf_source_calls(struct bpf_source *source, struct sample *sample)
{
	struct bpf_call_list *calls = &source->calls;
	struct mptop_stacked record;
	size_t at, size;

	if (source->symbols)
		symbols_interval(source->symbols);
	for (at = 0; at < calls->used; at += sizeof(size) + size) {
		memcpy(&size, calls->bytes + at, sizeof(size));
		memset(&record, 0, sizeof(record));
		memcpy(&record, calls->bytes + at + sizeof(size), size);
		event_add(source, sample, &record, 0);
	}
	calls->used = 0;
	running_add(source, sample);
}
