/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Processes: who a task is, and its row. All that names a process, in flows
 * and in calls alike, comes from proc_key().
 */
#ifndef MPTOP_PROC_BPF_H
#define MPTOP_PROC_BPF_H

#include "state.bpf.h"

static __always_inline struct mptop_proc *proc_row(__u32 row)
{
	opaque(row);
	return &procs[row & (MPTOP_PROCS - 1)];
}

static __always_inline void proc_key(struct mptop_proc_key *key,
				     const struct task_struct *leader)
{
	key->start_ns = BPF_CORE_READ(leader, start_boottime);
	key->tgid = BPF_CORE_READ(leader, tgid);
	key->pad = 0;
}

static __always_inline __u32 proc_take(struct mptop_proc_key *key,
				       const struct task_struct *leader)
{
	struct mptop_proc *proc;
	__u32 row, *other;

	if (bpf_map_pop_elem(&proc_free, &row))
		return ROW_NONE;
	proc = proc_row(row);
	proc->key = *key;
	proc->stall_ns = 0;
	proc->failed_pages = 0;
	BPF_CORE_READ_STR_INTO(&proc->comm, leader, comm);
	proc->uid = BPF_CORE_READ(leader, cred, euid.val);
	proc->cgroup_id = BPF_CORE_READ(leader, cgroups, dfl_cgrp, kn, id);
	if (bpf_map_update_elem(&proc_index, key, &row, BPF_NOEXIST)) {
		bpf_map_push_elem(&proc_free, &row, BPF_ANY);
		other = bpf_map_lookup_elem(&proc_index, key);
		return other ? *other : ROW_NONE;
	}
	proc->used = 1;
	add(stats.proc_rows, 1);
	return row;
}

/* The row of the process of @task, taken on first sight, or ROW_NONE. */
static __always_inline __u32 proc_of(const struct task_struct *task)
{
	const struct task_struct *leader = BPF_CORE_READ(task, group_leader);
	struct mptop_proc_key key;
	__u32 *row;

	proc_key(&key, leader);
	row = bpf_map_lookup_elem(&proc_index, &key);
	return row ? *row : proc_take(&key, leader);
}

#endif
