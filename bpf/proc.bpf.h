/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Processes: who a task is, and its row. All that names a process, in flows
 * and in calls alike, comes from proc_key(). Names are captured when a row is
 * taken, since the process may be gone before user space looks, and again
 * when it has called exec.
 */
#ifndef MPTOP_PROC_BPF_H
#define MPTOP_PROC_BPF_H

#include "state.bpf.h"

/* Inode number of mptop's own pid namespace; 0: it is the initial one. */
const volatile __u32 pidns;

#define PIDNS_LEVELS 32 /* MAX_PID_NS_LEVEL of linux/pid_namespace.h */

static __always_inline struct mptop_proc *proc_row(__u32 row)
{
	opaque(row);
	return &procs[row & (MPTOP_PROCS - 1)];
}

/* @pid's id at @level, and whether that is mptop's namespace. */
static __always_inline __u32 pid_at(const struct pid *pid, __u32 level,
				    bool *own)
{
	const struct upid *upid = (const void *)&pid->numbers;

	upid = (const void *)upid + level * bpf_core_type_size(struct upid);
	*own = BPF_CORE_READ(upid, ns, ns.inum) == pidns;
	return BPF_CORE_READ(upid, nr);
}

/* Its id in mptop's namespace, which is not the initial one; 0: none. */
static __noinline __u32 pid_own(const struct pid *pid)
{
	__u32 levels = BPF_CORE_READ(pid, level), level, id;
	bool own;

	for (level = 1; level <= PIDNS_LEVELS; level++) {
		if (level > levels)
			break;
		id = pid_at(pid, level, &own);
		if (own)
			return id;
	}
	return 0;
}

/* The id of @task in the namespace it is in, 0 if that is mptop's. */
static __always_inline __u32 task_nspid(const struct task_struct *task)
{
	const struct pid *pid = BPF_CORE_READ(task, thread_pid);
	__u32 level = BPF_CORE_READ(pid, level), id;
	bool own;

	if (!level && !pidns)
		return 0;
	id = pid_at(pid, level, &own);
	return level && own ? 0 : id;
}

/* The thread id of @task as mptop's own namespace has it; 0: it has none. */
static __always_inline __u32 task_id(const struct task_struct *task)
{
	if (!pidns)
		return BPF_CORE_READ(task, pid);
	return pid_own(BPF_CORE_READ(task, thread_pid));
}

static __always_inline void proc_key(struct mptop_proc_key *key,
				     const struct task_struct *leader)
{
	key->start_ns = BPF_CORE_READ(leader, start_boottime);
	key->tgid = BPF_CORE_READ(leader, tgid);
	key->pid = pidns ? task_id(leader) : key->tgid;
}

static __always_inline bool is_kthread(const struct task_struct *task)
{
	return BPF_CORE_READ(task, flags) & PF_KTHREAD;
}

/* The cgroup of @task on the memory controller's hierarchy, 0: none. */
static __always_inline __u64 task_memcg(const struct task_struct *task)
{
	struct css_set *set = BPF_CORE_READ(task, cgroups);
	struct cgroup_subsys_state *const *css = (const void *)&set->subsys;
	struct cgroup_subsys_state *memory = NULL;

	if (!bpf_core_enum_value_exists(enum cgroup_subsys_id, memory_cgrp_id))
		return 0;
	css += bpf_core_enum_value(enum cgroup_subsys_id, memory_cgrp_id);
	bpf_probe_read_kernel(&memory, sizeof(memory), css);
	return BPF_CORE_READ(memory, cgroup, kn, id);
}

/*
 * The command line, if @task is who runs here: then it is its own memory, but
 * for a kernel thread, which borrows another's (kthread_use_mm(), for vhost).
 */
static __always_inline void proc_args(struct mptop_proc *proc,
				      const struct task_struct *task)
{
	__u64 start = BPF_CORE_READ(task, mm, arg_start);
	__u64 bytes = BPF_CORE_READ(task, mm, arg_end) - start;
	__u32 size;

	proc->args_bytes = 0;
	proc->args_tried = task == (void *)bpf_get_current_task();
	if (!proc->args_tried || !bytes || is_kthread(task))
		return;
	size = bytes < MPTOP_ARGS ? bytes : MPTOP_ARGS;
	opaque(size);
	if (size > MPTOP_ARGS)
		return;
	if (!bpf_probe_read_user(proc->args, size, (void *)start))
		proc->args_bytes = bytes < __UINT32_MAX__ ? bytes :
							    __UINT32_MAX__;
}

/* @task is one of the threads of @leader, which may have ended. */
static __noinline void proc_names(struct mptop_proc *proc,
				  const struct task_struct *task,
				  const struct task_struct *leader)
{
	add(proc->names_begun, 1);
	BPF_CORE_READ_INTO(&proc->comm, leader, comm);
	proc->kernel = is_kthread(leader);
	proc->uid = BPF_CORE_READ(leader, cred, euid.val);
	proc->cgroup_id = BPF_CORE_READ(leader, cgroups, dfl_cgrp, kn, id);
	proc->memcg_id = task_memcg(leader);
	proc_args(proc, task);
	proc->exec = BPF_CORE_READ(leader, self_exec_id) + 1;
	add(proc->names_done, 1);
}

static __always_inline __u32 proc_take(struct mptop_proc_key *key,
				       const struct task_struct *task,
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
	proc->nspid = task_nspid(leader);
	proc_names(proc, task, leader);
	if (bpf_map_update_elem(&proc_index, key, &row, BPF_NOEXIST)) {
		bpf_map_push_elem(&proc_free, &row, BPF_ANY);
		other = bpf_map_lookup_elem(&proc_index, key);
		return other ? *other : ROW_NONE;
	}
	proc->used = 1;
	add(stats.proc_rows, 1);
	return row;
}

/* Has it called exec, or is this the first time that it runs itself? */
static __always_inline bool proc_is_news(const struct mptop_proc *proc,
					 const struct task_struct *leader)
{
	return !proc->args_tried ||
	       proc->exec != BPF_CORE_READ(leader, self_exec_id) + 1;
}

/* The row of the process of @task, taken on first sight, or ROW_NONE. */
static __always_inline __u32 proc_of(const struct task_struct *task)
{
	const struct task_struct *leader = BPF_CORE_READ(task, group_leader);
	struct mptop_proc_key key;
	struct mptop_proc *proc;
	__u32 *row;

	proc_key(&key, leader);
	row = bpf_map_lookup_elem(&proc_index, &key);
	if (!row)
		return proc_take(&key, task, leader);
	if (task == (void *)bpf_get_current_task()) {
		proc = proc_row(*row);
		if (proc_is_news(proc, leader))
			proc_names(proc, task, leader);
	}
	return *row;
}

/*
 * As proc_of() of who runs here, @leader's, as it calls: that is rare enough
 * to look for a new name, which a process may give itself before it calls.
 */
static __always_inline __u32 proc_calls(const struct task_struct *task,
					const struct task_struct *leader)
{
	__u32 row = proc_of(task), i;
	char comm[MPTOP_COMM] = "";

	if (row == ROW_NONE)
		return row;
	BPF_CORE_READ_INTO(&comm, leader, comm);
	for (i = 0; i < MPTOP_COMM; i++) {
		if (comm[i] != proc_row(row)->comm[i]) {
			proc_names(proc_row(row), task, leader);
			break;
		}
		if (!comm[i])
			break;
	}
	return row;
}

/* A process' row as flows name it: row + 1, 0 for none, ROW_NONE for no room */
static __always_inline __u32 name_of(const struct task_struct *task)
{
	__u32 row = proc_of(task);

	return row == ROW_NONE ? ROW_NONE : row + 1;
}

static __always_inline bool is_named(__u32 name)
{
	return name && name != ROW_NONE;
}

#endif
