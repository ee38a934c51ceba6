/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where counts live: rows in global data that user space has mapped, found
 * by a hash of row numbers. A free row comes from a stack filled before the
 * probes run, since an atomic add that returns a value needs Linux 5.12.
 * Nothing is keyed by CPU: all that is probed here may sleep.
 */
#ifndef MPTOP_STATE_BPF_H
#define MPTOP_STATE_BPF_H

#include "kernel.h"
#include "mptop.h"

struct mptop_flow flows[MPTOP_FLOW_ROWS];
struct mptop_proc procs[MPTOP_PROCS];
struct mptop_call calls[MPTOP_CALLS];
__u64 call_entry_ns[MPTOP_CALLS]; /* 0: the row is free */
struct mptop_stats stats;

/* Set by user space before loading, from the kernel's BTF and the hooks. */
const volatile __u32 node_shift;     /* of page flags; 64 - NODES_SHIFT */
const volatile __u32 node_mask;	     /* 2^NODES_SHIFT - 1; 0: one node */
const volatile bool has_owner;	     /* the owner probes are attached */
/* ...and tell each mapping that is made again, not just the anonymous ones */
const volatile bool owner_tells_all;
const volatile bool has_task_storage; /* keep threads there, not in a hash */
const volatile bool end_has_spares; /* several programs see a batch end */
const volatile __u32 tp_arg_reason;  /* index in mm_migrate_pages' proto */
const volatile __u32 reason_misplaced; /* MR_NUMA_MISPLACED */
const volatile __u32 call_reasons; /* those of calls: a bit each by value */
const volatile __u32 batch_args = 6; /* of migrate_pages() */
const volatile bool has_stacks; /* of calls are asked for */
const volatile bool ia32_longs; /* get_nodes() knows those of 32 bits */
const volatile __u32 node_mask_bytes = 8; /* sizeof(nodemask_t), at most 128 */

#define TABLE(name, map, entries, key_type)                      \
	struct {                                                 \
		__uint(type, BPF_MAP_TYPE_HASH);                 \
		__uint(max_entries, entries);                    \
		__type(key, key_type);                           \
		__type(value, __u32);                            \
	} name##_index SEC(".maps");                             \
	struct {                                                 \
		__uint(type, BPF_MAP_TYPE_STACK);                \
		__uint(max_entries, entries);                    \
		__type(value, __u32);                            \
	} name##_free SEC(".maps")

TABLE(flow, flows, MPTOP_FLOWS, struct mptop_flow_key);
TABLE(overflow, flows, MPTOP_OVERFLOWS, struct mptop_flow_key);
TABLE(proc, procs, MPTOP_PROCS, struct mptop_proc_key);
TABLE(call, calls, MPTOP_CALLS, __u32);

#define RING_BYTES (2 * 1024 * 1024)

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, RING_BYTES);
} ring SEC(".maps");

#define add(counter, n) ((void)__sync_fetch_and_add(&(counter), (n)))

/* Hides a bound check's result from the optimiser, for the verifier. */
#define opaque(var) asm volatile("" : "+r"(var))

#define ROW_NONE 0xffffffff

/* Memory that others write to: read each word once. */
#define read_once(x) (*(const volatile __typeof__(x) *)&(x))

static __always_inline __u32 thread_id(void)
{
	return (__u32)bpf_get_current_pid_tgid();
}

static __always_inline struct mptop_call *call_row(__u32 row)
{
	opaque(row);
	return &calls[row & (MPTOP_CALLS - 1)];
}

/* The call this thread is in, or NULL. */
static __always_inline struct mptop_call *call_of_thread(void)
{
	__u32 tid = thread_id();
	__u32 *row = bpf_map_lookup_elem(&call_index, &tid);

	return row ? call_row(*row) : NULL;
}

static __always_inline struct mptop_flow *flow_row(__u32 row)
{
	opaque(row);
	return &flows[row & (MPTOP_FLOW_ROWS - 1)];
}

/* Takes a row for @key from one of the two tables; expands to a function. */
#define FLOW_TAKE(table, counter)                                          \
	static __always_inline __u32 table##_take(struct mptop_flow_key *key) \
	{                                                                  \
		struct mptop_flow *flow;                                   \
		__u32 row, *other;                                         \
                                                                           \
		other = bpf_map_lookup_elem(&table##_index, key);          \
		if (other)                                                 \
			return *other;                                     \
		if (bpf_map_pop_elem(&table##_free, &row))                 \
			return ROW_NONE;                                   \
		flow = flow_row(row);                                      \
		flow->key = *key;                                          \
		flow->pages = 0;                                           \
		flow->folios = 0;                                          \
		if (bpf_map_update_elem(&table##_index, key, &row,         \
					BPF_NOEXIST)) {                    \
			bpf_map_push_elem(&table##_free, &row, BPF_ANY);   \
			other = bpf_map_lookup_elem(&table##_index, key);  \
			return other ? *other : ROW_NONE;                  \
		}                                                          \
		flow->used = 1;                                            \
		add(stats.counter, 1);                                     \
		return row;                                                \
	}

FLOW_TAKE(flow, flow_rows)
FLOW_TAKE(overflow, overflow_rows)

/* The row to count @key in; without room, that of its nodes and reason. */
static __always_inline __u32 flow_of(struct mptop_flow_key *key)
{
	__u32 row = ROW_NONE;

	if (key->owner != ROW_NONE && key->mover != ROW_NONE)
		row = flow_take(key);
	if (row != ROW_NONE)
		return row;
	if (key->kind != MPTOP_FAILED)
		key->kind = MPTOP_OVERFLOW;
	key->owner = 0;
	key->mover = 0;
	return overflow_take(key);
}

#endif
