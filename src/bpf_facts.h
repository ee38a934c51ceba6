/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the running kernel's BTF says of itself, read once at start. */
#ifndef MPTOP_BPF_FACTS_H
#define MPTOP_BPF_FACTS_H

#include <stdbool.h>
#include <stdint.h>

#include "hooks.h"
#include "nodeset.h"
#include "sample.h"

struct btf;

/* An answer of bpf_facts_hook_exists(), kept: searching BTF is slow. */
struct bpf_facts_answer {
	const char *symbol;
	int kind; /* BTF_KIND_FUNC, or _TYPEDEF of a tracepoint */
	bool exists;
};

#define BPF_FACTS_ANSWERS 128

struct bpf_facts {
	struct btf *btf; /* the kernel's, NULL after forgetting; owned */
	uint32_t node_shift; /* of the node id in page flags */
	uint32_t node_mask;
	uint32_t mask_bytes; /* sizeof(nodemask_t) */
	uint32_t tp_arg_reason; /* index of the reason in mm_migrate_pages */
	uint32_t reason_misplaced;
	bool ia32_longs; /* get_nodes() reads those of the caller's ABI */
	uint32_t call_reasons; /* those of calls: a bit each by value */
	uint32_t batch_args; /* of migrate_pages(); 0: not known */
	bool has_thp_split; /* mm_migrate_pages counts them; likewise */
	bool has_large_split;
	char *reason[SAMPLE_REASON_MAX]; /* by MR_ value, NULL: no name */
	int nr_reasons;
	bool preemptible; /* or not known not to be */
	/* errno with which any fentry and fexit is refused; 0: none is */
	int trampoline_error;
	bool task_storage; /* probes may keep state with a task, reliably */
	struct bpf_facts_answer answer[BPF_FACTS_ANSWERS];
	size_t nr_answers;
};

/*
 * Fills @facts. Returns 0, or -errno with the reason in *@error (to be
 * freed): -ENOTSUP if the kernel has no BTF or lays out its pages in a way
 * that mptop does not know.
 */
int bpf_facts_open(struct bpf_facts *facts, char **error);
void bpf_facts_close(struct bpf_facts *facts);

/*
 * Frees the BTF, which is as large as all else together; it is read again if
 * bpf_facts_hook_exists() is asked.
 */
void bpf_facts_forget(struct bpf_facts *facts);

/*
 * hook_exists of hooks.h; @facts is the context. @symbol has to stay as long
 * as @facts: the answer is kept.
 */
bool bpf_facts_hook_exists(void *facts, enum hook_kind kind,
			   const char *symbol);

/*
 * The errno with which all hooks of @kind are refused here, whatever the
 * function; 0: they are not.
 */
static inline int bpf_facts_kind_refused(const struct bpf_facts *facts,
					 enum hook_kind kind)
{
	return kind == HOOK_FENTRY || kind == HOOK_FEXIT ?
		       facts->trampoline_error : 0;
}

#endif
