/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The live source's processes: what the kernel side captured, described. */
#include "bpf_source.h"

#include <string.h>

#include "bpf/mptop.skel.h"

/* Names are replaced seldom: the next try will do. */
#define COPY_TRIES 3

/* A row at one moment, and what refers to it. */
struct proc_copy {
	struct mptop_proc row;
	char comm[MPTOP_COMM + 1];
};

struct proc_key bpf_proc_key(const struct mptop_proc_key *key)
{
	return (struct proc_key){ key->pid, key->tgid, key->start_ns };
}

/* False if its names changed meanwhile: they may be of two moments. */
static bool row_copy(const struct mptop_proc *row, struct mptop_proc *copy)
{
	uint64_t done = __atomic_load_n(&row->names_done, __ATOMIC_ACQUIRE);

	memcpy(copy, row, sizeof(*copy));
	__atomic_thread_fence(__ATOMIC_ACQUIRE);
	return __atomic_load_n(&row->names_begun, __ATOMIC_RELAXED) == done;
}

/* Fills @seen, which refers to @copy, from @row. */
static void row_see(const struct mptop_proc *row, struct proc_copy *copy,
		    struct proc_seen *seen)
{
	struct mptop_proc *proc = &copy->row;
	int tries = 0;
	uint32_t n;

	while (!row_copy(row, proc) && ++tries < COPY_TRIES)
		;
	/* Of two moments, each number is of one of them; texts may be of both. */
	if (tries == COPY_TRIES) {
		proc->exec = proc->args_bytes = 0;
		proc->cgroup_id = proc->memcg_id = 0;
		memset(proc->comm, 0, sizeof(proc->comm));
	}
	memcpy(copy->comm, proc->comm, MPTOP_COMM);
	copy->comm[MPTOP_COMM] = '\0';
	n = proc->args_bytes < MPTOP_ARGS ? proc->args_bytes : MPTOP_ARGS;
	*seen = (struct proc_seen){
		.key = bpf_proc_key(&proc->key),
		.comm = copy->comm,
		.args = { proc->args, n, proc->args_bytes > MPTOP_ARGS },
		.exec = proc->exec,
		.cgroup_id = proc->cgroup_id,
		.memcg_id = proc->memcg_id,
		.uid = proc->uid,
		.nspid = proc->nspid ? (int64_t)proc->nspid : UNKNOWN,
		.kernel = proc->kernel,
	};
}

/*
 * @id if the sample has it already: its row was given back, and a late page
 * took another one.
 */
static struct sample_proc *proc_described(struct sample *sample,
					  struct process_id id)
{
	const struct sample_proc *found = sample_find_proc(sample, id);

	return found ? &sample->procs[found - sample->procs] : NULL;
}

/* Adds the process of @proc to @sample, without counts yet. */
static struct sample_proc *proc_add(struct bpf_source *source,
				    const struct mptop_proc *proc,
				    struct sample *sample)
{
	struct sample_proc *described;
	struct proc_copy copy;
	struct proc_seen seen;

	row_see(proc, &copy, &seen);
	described = sample_add_proc(sample);
	proc_describe(source->procs, &seen, described);
	described->stall_ns = 0;
	described->failed_pages = 0;
	return described;
}

struct process_id bpf_source_proc(struct bpf_source *source, uint32_t row,
				  struct sample *sample)
{
	struct mptop_proc *proc = &source->set.skel->bss->procs[row];
	struct bpf_proc_before *before = &source->proc[row];
	struct proc_key key = bpf_proc_key(&proc->key);
	struct process_id id = proc_id(&key);
	struct sample_proc *described;
	uint64_t stall_ns, failed_pages;

	if (before->round == source->round)
		return id;
	before->round = source->round;
	described = proc_described(sample, id);
	if (!described)
		described = proc_add(source, proc, sample);
	stall_ns = bpf_read_once(proc->stall_ns);
	failed_pages = bpf_read_once(proc->failed_pages);
	described->stall_ns += stall_ns - before->stall_ns;
	described->failed_pages += failed_pages - before->failed_pages;
	if (!hooks_probe(&source->set.plan, PROBE_LATENCY))
		described->stall_ns = UNKNOWN;
	before->stall_ns = stall_ns;
	before->failed_pages = failed_pages;
	return id;
}
