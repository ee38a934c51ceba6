/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The few kernel types that are read, with only the members read, relocated
 * by BTF on the running kernel (CO-RE). Where a member changed between
 * versions there is a ___flavour for each form and one accessor that picks by
 * what the running kernel's BTF has, never by a version.
 */
#ifndef MPTOP_KERNEL_H
#define MPTOP_KERNEL_H

/* Makes bpf_tracing.h use the kernel's names of registers. */
#define __VMLINUX_H__

#include <linux/bpf.h>
#include <stdbool.h>
#include <stddef.h>

#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

#pragma clang attribute push(__attribute__((preserve_access_index)), \
			     apply_to = record)

#if defined(__TARGET_ARCH_x86)
struct pt_regs {
	unsigned long bp, bx, r10, r9, r8, ax, cx, dx, si, di, ip, sp;
};
#elif defined(__TARGET_ARCH_arm64)
struct user_pt_regs {
	__u64 regs[31];
	__u64 sp, pc, pstate;
};
struct pt_regs {
	union {
		struct user_pt_regs user_regs;
		struct {
			__u64 regs[31];
			__u64 sp, pc, pstate;
		};
	};
	__u64 orig_x0;
};
#else
#error "mptop's probes know x86 and arm64 registers only"
#endif

struct kernfs_node {
	__u64 id;
};

struct cgroup {
	struct kernfs_node *kn;
};

struct cgroup_subsys_state {
	struct cgroup *cgroup;
};

struct css_set {
	struct cgroup *dfl_cgrp;
	struct cgroup_subsys_state *subsys[1]; /* by cgroup_subsys_id */
};

/* Which controllers there are is the kernel's configuration. */
enum cgroup_subsys_id { memory_cgrp_id = 4 };

typedef struct {
	unsigned int val;
} kuid_t;

struct cred {
	kuid_t euid;
};

/* As large as any; how much of it there is, user space tells. */
typedef struct {
	unsigned long bits[16];
} nodemask_t;

struct ns_common {
	unsigned int inum;
};

struct pid_namespace {
	struct ns_common ns;
};

struct upid {
	int nr;
	struct pid_namespace *ns;
};

/* numbers[0] is of the initial namespace, numbers[level] of its own. */
struct pid {
	unsigned int level;
	struct upid numbers[1];
};

struct mm_struct {
	struct task_struct *owner;
	unsigned long arg_start, arg_end;
};

/* Of task_struct.flags, the same since Linux 2.6.17. */
#define PF_KTHREAD 0x00200000

struct task_struct {
	unsigned int flags;
	int pid;
	int tgid;
	struct task_struct *group_leader;
	struct pid *thread_pid;
	struct mm_struct *mm;
	__u64 start_boottime;
	__u64 self_exec_id; /* 64 bits since d1e7fd6462ca (5.7) */
	const struct cred *cred;
	struct css_set *cgroups;
	nodemask_t mems_allowed; /* CONFIG_CPUSETS */
	char comm[16];
};

struct vm_area_struct {
	struct mm_struct *vm_mm;
};

/* flags is a struct since "mm: introduce memdesc_flags_t" (6.18). */
typedef struct {
	unsigned long f;
} memdesc_flags_t;

struct page {
	unsigned long flags;
};

/*
 * The kind of a compound page, in the first tail page until 9c5ccf2db04b
 * ("mm: remove HUGETLB_PAGE_DTOR", 6.6).
 */
struct page___dtor {
	unsigned char compound_dtor;
};

enum compound_dtor_id { HUGETLB_PAGE_DTOR = 2 };

struct page___memdesc {
	memdesc_flags_t flags;
};

/*
 * The order of a large folio: compound_order of the first tail page up to
 * 5.19, folio._folio_order in 6.1 to 6.5, and the low byte of folio._flags_1
 * since ebc1baf5c9b4 ("mm: free up a word in the first tail page", 6.6).
 */
struct folio___order {
	unsigned char _folio_order;
};

struct folio___flags1 {
	unsigned long _flags_1;
};

struct page___order {
	unsigned char compound_order;
};

/* Bit 16 up to 6.5, bit 6 since 6.8: only BTF knows. */
enum pageflags { PG_head = 6 };

enum migrate_mode { MIGRATE_ASYNC };

struct list_head {
	struct list_head *next;
};

/*
 * thp_split since 1a5bae25e3cf ("mm/vmstat: add events for THP migration
 * without split", 5.9), large_folio_split since 49cac03a8f0a ("mm/migrate: add
 * nr_split to trace_mm_migrate_pages stats.", 6.7).
 */
struct trace_event_raw_mm_migrate_pages {
	unsigned long succeeded;
	unsigned long failed;
	unsigned long thp_split;
	unsigned long large_folio_split;
	enum migrate_mode mode;
	int reason;
};

/* The reason is of its own type in 7.3. */
enum migrate_reason { MR_COMPACTION };

struct trace_event_raw_mm_migrate_pages___typed {
	enum migrate_reason reason;
};

#pragma clang attribute pop

#include <bpf/bpf_tracing.h>

/* Argument 6, which bpf_tracing.h of libbpf 1.1 does not name. */
#if defined(__TARGET_ARCH_x86)
#define KERNEL_PARM6(ctx) ((ctx)->r9)
#elif defined(__TARGET_ARCH_arm64)
#define KERNEL_PARM6(ctx) (((struct pt_regs *)(ctx))->regs[5])
#endif

/*
 * Page flags of @page; @typed: it is an argument of an fentry program, which
 * the verifier lets be followed without a helper's call.
 */
static __always_inline unsigned long kernel_page_flags(const void *page,
						       bool typed)
{
	const struct page___memdesc *memdesc = page;
	const struct page *plain = page;

	if (bpf_core_field_exists(memdesc->flags.f))
		return typed ? memdesc->flags.f :
			       BPF_CORE_READ(memdesc, flags.f);
	return typed ? plain->flags : BPF_CORE_READ(plain, flags);
}

/* Base pages of the folio at @folio, whose flags are @flags. */
static __always_inline __u32 kernel_folio_pages(const void *folio,
						unsigned long flags)
{
	const struct folio___flags1 *new = folio;
	const struct folio___order *old = folio;
	const struct page___order *tail = folio;
	__u32 order = 0;

	if (!(flags >> bpf_core_enum_value(enum pageflags, PG_head) & 1))
		return 1;
	if (bpf_core_field_exists(old->_folio_order)) {
		order = BPF_CORE_READ(old, _folio_order);
	} else if (bpf_core_field_exists(new->_flags_1)) {
		order = BPF_CORE_READ(new, _flags_1) & 0xff;
	} else {
		tail = (const void *)tail +
		       bpf_core_type_size(struct page___order);
		order = BPF_CORE_READ(tail, compound_order);
	}
	return 1U << (order & 31);
}

/*
 * Is the large folio at @folio of hugetlb? Only where its destructor tells;
 * that is where the kernel's counters may take it for one page.
 */
static __always_inline bool kernel_is_hugetlb(const void *folio)
{
	const struct page___dtor *tail = folio;

	if (!bpf_core_field_exists(tail->compound_dtor) ||
	    !bpf_core_enum_value_exists(enum compound_dtor_id,
					HUGETLB_PAGE_DTOR))
		return false;
	tail = (const void *)tail + bpf_core_type_size(struct page___dtor);
	return BPF_CORE_READ(tail, compound_dtor) ==
	       bpf_core_enum_value(enum compound_dtor_id, HUGETLB_PAGE_DTOR);
}

static __always_inline bool kernel_is_async(__u32 mode)
{
	return mode == bpf_core_enum_value(enum migrate_mode, MIGRATE_ASYNC);
}

/* Has the list at @list one entry and no more? */
static __always_inline bool kernel_is_singular(const struct list_head *list)
{
	const struct list_head *first = BPF_CORE_READ(list, next);

	return first != list && BPF_CORE_READ(first, next) == list;
}

/*
 * The reason of the batch whose end @event is. One load each: no program may
 * add to its context's address.
 */
static __always_inline __u32
kernel_event_reason(struct trace_event_raw_mm_migrate_pages *event)
{
	struct trace_event_raw_mm_migrate_pages___typed *typed = (void *)event;
	__u32 reason;

	if (bpf_core_field_exists(typed->reason)) {
		reason = typed->reason;
		asm volatile("" : "+r"(reason));
		return reason;
	}
	reason = event->reason;
	asm volatile("" : "+r"(reason));
	return reason;
}

#endif
