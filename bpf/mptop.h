/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the kernel side and user space share. All that is counted lives in
 * memory that both have mapped: counters only grow while their row is taken,
 * user space reads them by plain loads and subtracts. So reading needs no
 * bpf(2) call, which matters twice: such a call needs rights, and while it
 * holds a CPU every kprobe program there is skipped
 * (bpf_disable_instrumentation). The one exception, struct mptop_rest, is in a
 * hash, which is empty unless a program was skipped.
 */
#ifndef MPTOP_BPF_H
#define MPTOP_BPF_H

#include <linux/types.h>

/* Rows; powers of two, so that a mask bounds an index for the verifier. */
#define MPTOP_FLOWS 8192
#define MPTOP_OVERFLOWS 1024
#define MPTOP_FLOW_ROWS 16384 /* power of two above the sum of both */
#define MPTOP_PROCS 4096
#define MPTOP_CALLS 1024
#define MPTOP_THREADS 8192

#define MPTOP_REASONS 32 /* the last stands for all unknown ones */
#define MPTOP_EPOCHS 2
#define MPTOP_HISTS 64	   /* of an epoch: one a reason, then one a call */
#define MPTOP_MAX_SLOTS 32 /* writers of a new maximum at once */
#define MPTOP_LOG2 48	 /* 2^47 ns: 39 hours */
#define MPTOP_COMM 16	 /* TASK_COMM_LEN */
#define MPTOP_ARGS 256	 /* of a command line, kept if it is gone later */
#define MPTOP_MASK_WORDS 16
#define MPTOP_FRAMES 32 /* of a stack */
#define MPTOP_NODES_SHOWN 32
#define MPTOP_NODE_NONE 0xffff

/* A process, by its leader. tgid and start_ns alone would tell them apart. */
struct mptop_proc_key {
	__u64 start_ns; /* start_boottime */
	__u32 tgid;	/* in the initial pid namespace */
	__u32 pid;	/* in mptop's own one; 0: it has none there */
};

struct mptop_proc {
	struct mptop_proc_key key;
	/*
	 * How often the names, from exec to args, were begun to be written,
	 * and how often that was done. A reader that finds the second, then
	 * the names, then the first, and both the same, has read names that
	 * nobody wrote meanwhile.
	 */
	__u64 names_begun;
	__u64 names_done;
	__u64 exec; /* which program: self_exec_id + 1; 0: not known */
	__u64 cgroup_id; /* on the cgroup v2 hierarchy */
	__u64 memcg_id;	 /* of the memory controller, 0: none */
	char comm[MPTOP_COMM];
	__u32 uid;	 /* effective, in the initial user namespace */
	__u32 kernel;	 /* a kernel thread */
	__u32 nspid; /* id in its own namespace, 0 if that is mptop's */
	__u32 args_bytes; /* of the command line, 0: not read; may be more */
	char args[MPTOP_ARGS]; /* as in /proc/PID/cmdline */
	__u64 stall_ns;	 /* time its threads were inside migrate_pages() */
	__u64 failed_pages;
	__u32 used; /* set last, when the row is complete */
	__u32 args_tried; /* only a process itself can read its own */
};

enum mptop_kind {
	MPTOP_PROCESS,
	MPTOP_SHARED,
	MPTOP_UNMAPPED,
	MPTOP_UNKNOWN,
	MPTOP_OVERFLOW,
	MPTOP_FAILED, /* not moved: pages that a batch gave up */
};

/*
 * Processes by row + 1, 0 for none; compared as bytes, so no padding. Of
 * MPTOP_FAILED src is the errno, 0 if it is not known.
 */
struct mptop_flow_key {
	__u32 owner;
	__u32 mover;
	__u16 src;
	__u16 dst;
	__u16 reason;
	__u16 kind;
};

struct mptop_flow {
	struct mptop_flow_key key;
	__u64 pages;
	__u64 folios;
	__u64 used; /* set last */
};

/* Failed pages of a batch whose return is still to come, by thread. */
struct mptop_rest {
	__u64 pages;
	__u64 ended_ns; /* when the batch ended; CLOCK_MONOTONIC */
	__u64 start_ns; /* of the mover, whose row may be given back */
	__u32 mover; /* row + 1, 0: none */
	__u32 reason;
};

struct mptop_hist {
	__u64 count;
	__u64 sum_ns;
	__u64 log2_ns[MPTOP_LOG2];
};

/* Writers of an epoch's histograms. */
struct mptop_epoch {
	__u64 entered;
	__u64 left;
	__u64 lost; /* maxima that found no slot */
};

/* Where the one program of kprobe.multi is; its cookie. */
enum mptop_point {
	MPTOP_BATCH_BEGIN,
	MPTOP_FOLIO_MOVED,
	MPTOP_MAPPING_ASKED,
};

/* In the order of enum sample_call. */
enum mptop_syscall {
	MPTOP_MIGRATE_PAGES,
	MPTOP_MOVE_PAGES,
	MPTOP_MBIND,
	MPTOP_SET_MEMPOLICY, /* from here on, nothing waits for pages */
	MPTOP_SET_MEMPOLICY_HOME_NODE,
	MPTOP_GET_MEMPOLICY,
	MPTOP_CPUSET,
	MPTOP_SYSCALLS
};

/* Which members of struct mptop_call hold something. */
enum mptop_call_has {
	/* 1 << enum mptop_mask: that mask */
	MPTOP_HAS_NODES = 1 << 8,
	MPTOP_UNREADABLE_OLD = 1 << 9,
	MPTOP_UNREADABLE_NEW = 1 << 10,
	MPTOP_HAS_RET = 1 << 11,
	MPTOP_HAS_MODE = 1 << 12,
	MPTOP_HAS_STATUSES = 1 << 13,
	MPTOP_IA32 = 1 << 14, /* came by a 32-bit entry */
	MPTOP_HAS_STACK = 1 << 15, /* it is the call of a mptop_stacked */
};

/* The masks of a call. */
enum mptop_mask {
	MPTOP_ENTRY_OLD, /* user memory at entry */
	MPTOP_ENTRY_NEW, /* the only mask, too */
	MPTOP_COPY_OLD,	 /* what get_nodes() read */
	MPTOP_COPY_NEW,	 /* get_mempolicy: what it wrote */
	MPTOP_USED_OLD,	 /* what do_migrate_pages() used */
	MPTOP_USED_NEW,
	MPTOP_DENIED, /* of COPY_NEW, those not in the caller's mems_allowed */
	MPTOP_MASKS
};

/* One 64 nodes of each mask. */
struct mptop_mask_word {
	__u64 mask[MPTOP_MASKS];
};

/* How many pages had which status: an errno below 32, 0 for the others... */
enum mptop_status {
	MPTOP_STATUS_NODE = 32, /* ...the node asked for... */
	MPTOP_STATUS_OTHER,	/* ...or another one */
	MPTOP_STATUSES
};

/* Of move_pages() alone, which has no masks. */
struct mptop_page_list {
	__s32 nodes[MPTOP_NODES_SHOWN]; /* the first targets, at entry */
	__u32 status[MPTOP_STATUSES];
	__u32 statuses; /* read */
	__u32 pad;
};

/* A system call, in its row while it runs and in the ring when it is done. */
struct mptop_call {
	__u64 entry_ns; /* CLOCK_MONOTONIC; 0: not seen */
	__u64 end_ns;
	__s64 ret;
	struct mptop_proc_key caller;
	struct mptop_proc_key target; /* tgid 0: not seen */
	char caller_comm[MPTOP_COMM];
	char target_comm[MPTOP_COMM];
	__u32 caller_uid;
	__u32 target_uid;
	__u32 tid;
	__u32 call; /* enum mptop_syscall */
	__u32 has;  /* enum mptop_call_has */
	__u32 copies; /* get_nodes() calls seen in it */
	__u64 copied; /* where the last of them wrote */
	__u32 words;  /* of the masks, up to the last that is not 0 */
	__s32 mode;   /* get_mempolicy's result: a mode or a node */
	__u64 moved_pages;
	__u32 moved_folios;
	__u32 own_tid; /* tid in mptop's own pid namespace; 0: none */
	__u32 caller_row; /* row + 1, if that has the same key */
	__u32 target_row;
	__u64 arg[6];
	/* Last, and word by word: the ring gets those that are not 0. */
	union {
		struct mptop_mask_word word[MPTOP_MASK_WORDS];
		struct mptop_page_list list;
	};
};

/* struct bpf_stack_build_id: a place in a program or a library. */
struct mptop_frame {
	__s32 status; /* BPF_STACK_BUILD_ID_VALID: of a file that has one */
	__u8 build_id[20];
	__u64 offset; /* in the file; if it has none, the address in memory */
};

/*
 * Where a call came from, outermost last; the sizes in bytes, -errno if a
 * stack could not be had.
 */
struct mptop_stack {
	__s32 kernel_bytes; /* as it entered the kernel... */
	__s32 batch_bytes;  /* ...and in its first batch, if there was one */
	__s32 user_bytes;
	__u32 batches; /* 1: the first has been */
	__u64 kernel[MPTOP_FRAMES];
	__u64 batch[MPTOP_FRAMES];
	struct mptop_frame user[MPTOP_FRAMES];
};

/* What the ring gets where stacks are taken: up to the last user frame. */
struct mptop_stacked {
	struct mptop_call call;
	struct mptop_stack stack;
};

struct mptop_stats {
	__u64 batches;		/* migrate_pages() entered */
	__u64 batches_ended;	/* mm_migrate_pages seen */
	__u64 settled_pages;	/* seen in batches that have ended */
	__s64 nonlru_pages;	/* their succeeded less what was seen */
	__u64 uncounted_pages;	/* seen, but left out of their succeeded */
	__u64 failed_unlisted;	/* failed pages that found no row */
	__u64 stall_unnamed_ns;	/* of movers that found no row */
	__u64 thp_split;	/* THPs split to be moved in pieces */
	__u64 large_folio_split;
	__u64 flow_rows;	/* rows ever taken; a bound for scanning */
	__u64 overflow_rows;
	__u64 proc_rows;
	__u64 lost_events;	/* ring full, or no row for a call */
	__u64 lost_batches;	/* left without their end being seen */
	__u64 lost_folios;	/* moved, but in no row */
	__u64 lost_pages;	/* of them, those that are in settled_pages */
	__u64 calls_entered;
	__u64 calls_returned;
	__u64 calls_lost;	/* found left by a later call of the thread */
};

#endif
