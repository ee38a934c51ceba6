/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One reading of the machine: what moved in one interval. It is the one
 * struct between the sources (kernel, replay), the model and the writers, and
 * stands for exactly one line of schema mptop/1 (docs/interface.md section 5).
 *
 * Every count is of the interval that ends at @time. A count that this
 * kernel, hook or privilege cannot give is UNKNOWN, never 0. Every string is
 * clean (text.h), NULL if unknown, and owned by the sample.
 */
#ifndef MPTOP_SAMPLE_H
#define MPTOP_SAMPLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#define UNKNOWN INT64_MIN
#define NODE_UNKNOWN (-1)
#define REASON_UNKNOWN (-1)

/* Reasons a kernel can have; its enum migrate_reason had 11 in 7.3. */
#define SAMPLE_REASON_MAX 32
#define SAMPLE_LOG2_MAX 64

/*
 * A process, never mixed up with a later one of the same pid. One that has no
 * id in mptop's own pid namespace has pid 0, as the kernel tells it there, and
 * its start; pid 0 without a start is no process.
 */
struct process_id {
	int64_t pid;
	int64_t start_us; /* since boot; UNKNOWN if not told */
};

struct sample_node {
	int id;
	char *cpu_list; /* "0-31"; "" for a node without CPUs */
	int64_t tier;
	int64_t allowed; /* may mptop's own cpuset use it? 0, 1 or UNKNOWN */
	int64_t mem_total_bytes;
	int64_t mem_free_bytes;
	int64_t in_pages;    /* from other nodes */
	int64_t out_pages;   /* to other nodes */
	int64_t intra_pages; /* moved, but stayed on the node */
};

/* A process that this sample's flows, failures or events name. */
struct sample_proc {
	struct process_id id;
	char *comm;
	char *cmdline;
	int64_t uid;
	char *user;
	char *cgroup;
	char *container;
	char *vm;
	int64_t nspid; /* in its own pid namespace, if that is another */
	int64_t stall_ns; /* thread time its threads spent moving pages */
	int64_t failed_pages;
};

/* Whose pages; only the first two come with a pid. */
enum sample_owner {
	OWNER_PROCESS,
	OWNER_SHARED,	/* mapped by several; pid is the first seen */
	OWNER_UNMAPPED, /* page cache that nobody maps */
	OWNER_UNKNOWN,
	OWNER_OVERFLOW, /* a full map: exact, but only by nodes and reason */
	OWNER_COUNT
};

struct sample_flow {
	enum sample_owner owner;
	struct process_id process;
	struct process_id mover; /* in whose context it moved */
	int src;		 /* node id or NODE_UNKNOWN */
	int dst;
	int reason; /* index into the sample's reasons, or REASON_UNKNOWN */
	int64_t folios;
	int64_t pages; /* base pages */
};

struct sample_failure {
	struct process_id process; /* pid 0 if unknown */
	struct process_id mover;
	int reason;
	int64_t error; /* errno, or UNKNOWN */
	int64_t pages;
};

enum sample_scope { SCOPE_CALL, SCOPE_BATCH, SCOPE_COUNT };

/* Durations by powers of two: log2_ns[i] counts those in [2^i, 2^(i+1)). */
struct sample_latency {
	enum sample_scope scope;
	struct process_id process; /* pid 0: all */
	int reason;
	int64_t count;
	int64_t sum_ns;
	int64_t max_ns;
	int64_t log2_ns[SAMPLE_LOG2_MAX];
};

/* The logged system calls; call_table (call.h) has a row for each. */
enum sample_call {
	CALL_MIGRATE_PAGES,
	CALL_MOVE_PAGES,
	CALL_MBIND,
	CALL_SET_MEMPOLICY,
	CALL_SET_MEMPOLICY_HOME_NODE,
	CALL_GET_MEMPOLICY,
	CALL_CPUSET, /* no system call: a kworker, cpuset.mems was written */
	CALL_COUNT
};

/* How a call entered the kernel; names in sample_abi_name[]. */
enum sample_abi {
	ABI_UNKNOWN,
	ABI_NATIVE,
	ABI_IA32, /* int 0x80, or a 32-bit program */
	ABI_COUNT
};

/* Why a call could move nothing; names in sample_nothing_name[]. */
enum sample_nothing {
	NOTHING_NONE,	      /* it could, or an error says the rest */
	NOTHING_QUERY,	      /* it only asks */
	NOTHING_POLICY,	      /* it only says where future pages go */
	NOTHING_ALREADY_THERE, /* every page was where it was to go */
	NOTHING_NO_MOVE_FLAG, /* mbind() without MPOL_MF_MOVE or _ALL */
	NOTHING_ONE_NODE,     /* the machine has one node with memory */
	NOTHING_NO_NODE_LEFT, /* no new node that the caller may use */
	NOTHING_SAME_NODES,   /* no old node goes to another */
	NOTHING_NO_PAGES,     /* no page was where it asked for */
	NOTHING_COUNT
};

enum sample_phase { PHASE_RUNNING, PHASE_DONE };

enum sample_mark {
	MARK_TOCTOU = 1 << 0,	  /* user memory changed under the kernel */
	MARK_NARROWED = 1 << 1,	  /* nodes not allowed or without memory */
	MARK_QUERY = 1 << 2,	  /* move_pages that only asks */
	MARK_UNREADABLE = 1 << 3, /* no mask could be read at entry */
	MARK_COUNT = 4
};

/* As many arguments as the longest call has (call.h). */
#define SAMPLE_ARG_MAX 6

/* Decoded values, indexed like the call's row in call_table; NULL: unknown. */
struct sample_args {
	char *value[SAMPLE_ARG_MAX];
};

/* Errnos told apart in the statuses of move_pages(); 0 counts all others. */
#define SAMPLE_STATUS_ERRNOS 32

/* What the kernel left in the status array of a move_pages() that moves. */
struct sample_statuses {
	int64_t pages;	 /* statuses read, of args' count; UNKNOWN: none */
	/* Its pages that moved to the node asked for, seen as they moved... */
	int64_t moved; /* UNKNOWN where folios are not seen */
	int64_t already; /* ...or were there; also if not all were read */
	uint32_t error[SAMPLE_STATUS_ERRNOS]; /* by errno */
};

/*
 * Where in a program or a library a call was made. Of a file that has a build
 * id that and the offset are known, and what was found of it; else the address.
 */
struct sample_frame {
	char *build_id;	 /* 40 hexadecimal digits */
	int64_t offset;	 /* in the file; UNKNOWN */
	int64_t address; /* in the process; UNKNOWN */
	char *file;
	char *symbol;	 /* "function+0x1f" */
};

/* Where a call came from, innermost frame first. */
struct sample_stack {
	bool has_kernel; /* else the kernel's frames are unknown */
	bool has_user;
	char **kernel; /* "function+0x1f" */
	size_t nr_kernel;
	struct sample_frame *user;
	size_t nr_user; /* 0: a kernel thread's */
};

struct sample_event {
	struct timespec time; /* CLOCK_REALTIME of its return or writing */
	enum sample_call call;
	enum sample_abi abi;
	enum sample_phase phase;
	struct process_id caller;
	int64_t tid;
	struct process_id target;     /* pid 0 if unknown */
	struct sample_args args;      /* what the kernel copied in */
	struct sample_args at_entry;  /* what user memory held at entry */
	struct sample_args effective; /* what was used */
	unsigned int marks;	      /* of enum sample_mark */
	int64_t ret;		      /* UNKNOWN while running */
	int64_t error;		      /* errno > 0, 0 for success, UNKNOWN */
	int64_t duration_ns;
	int64_t moved_pages;	      /* base pages, whatever was asked for */
	enum sample_nothing nothing;
	struct sample_statuses statuses;
	struct sample_stack *stack; /* NULL: not taken */
};

struct sample_sum {
	int64_t pages;
	int64_t folios;
	int64_t intra_pages;
	int64_t nonlru_pages;
	/* all but one of each hugetlb folio, where the kernel counts one */
	int64_t hugetlb_uncounted_pages;
	int64_t in_flight_pages; /* now, not of the interval */
	int64_t failed_pages;
	int64_t stall_ns;
	int64_t thp_split;	   /* THPs split to be moved in pieces */
	int64_t large_folio_split; /* large folios, THPs among them */
};

/* Counters of /proc/vmstat; names in sample_vmstat_name[]. */
enum sample_vmstat {
	VMSTAT_PGMIGRATE_SUCCESS,
	VMSTAT_PGMIGRATE_FAIL,
	VMSTAT_THP_MIGRATION_SUCCESS,
	VMSTAT_THP_MIGRATION_SPLIT,
	VMSTAT_NUMA_PAGES_MIGRATED,
	VMSTAT_NUMA_HINT_FAULTS,
	VMSTAT_NUMA_HINT_FAULTS_LOCAL,
	VMSTAT_PGPROMOTE_SUCCESS,
	VMSTAT_PGDEMOTE_KSWAPD,
	VMSTAT_PGDEMOTE_DIRECT,
	VMSTAT_PGDEMOTE_KHUGEPAGED,
	VMSTAT_PGDEMOTE_PROACTIVE,
	VMSTAT_COUNT
};

enum sample_lost {
	LOST_EVENTS,	 /* log records that found no room */
	LOST_CALLS,	 /* entries - returns - running */
	LOST_FOLIOS,	 /* folios that moved uncounted */
	LOST_FLOW_PAGES, /* pages counted, but not by owner and mover */
	LOST_COUNT
};

/* The data whose hook the header names; names in sample_probe_name[]. */
enum sample_probe {
	PROBE_CALLS,
	PROBE_FOLIOS,
	PROBE_OWNER,
	PROBE_REASON,
	PROBE_LATENCY,
	PROBE_FAILURES,
	PROBE_COUNT
};

/* What does not change while a source is open. */
struct sample_host {
	char *host;
	char *kernel;
	char *arch;
	char *boot_id;
	int64_t page_size;
};

struct sample {
	uint64_t seq;
	struct timespec time; /* CLOCK_REALTIME */
	int64_t interval_ns;
	int64_t uptime_us;
	struct sample_host host;
	bool demo;
	int64_t numa_balancing; /* sysctl kernel.numa_balancing */
	int64_t demotion;	/* 0, 1 or UNKNOWN */
	int64_t self_cpu_ns;
	int64_t self_bpf_ns;
	int64_t self_rss_bytes;
	int64_t self_pidns; /* in a pid namespace of its own? 0, 1, UNKNOWN */
	char *probe[PROBE_COUNT]; /* hook's kind, NULL: cannot be given */

	char *reasons[SAMPLE_REASON_MAX]; /* same order in all of a source */
	int nr_reasons;

	struct sample_node *nodes; /* rising ids, gaps possible */
	size_t nr_nodes;
	int *distance; /* nr_nodes * nr_nodes, row = from; 0: unknown */

	struct sample_sum sum;
	int64_t vmstat[VMSTAT_COUNT];
	int64_t lost[LOST_COUNT];

	struct sample_proc *procs;
	size_t nr_procs;
	struct sample_flow *flows;
	size_t nr_flows;
	struct sample_failure *failures;
	size_t nr_failures;
	struct sample_latency *latency;
	size_t nr_latency;
	struct sample_event *events; /* oldest first */
	size_t nr_events;

	char *view; /* JSON text of a snapshot's "view", NULL otherwise */
};

extern const char *const sample_vmstat_name[VMSTAT_COUNT];
extern const char *const sample_lost_name[LOST_COUNT];
extern const char *const sample_probe_name[PROBE_COUNT];
extern const char *const sample_owner_name[OWNER_COUNT];
extern const char *const sample_scope_name[SCOPE_COUNT];
extern const char *const sample_mark_name[MARK_COUNT];
extern const char *const sample_abi_name[ABI_COUNT];	     /* [0]: NULL */
extern const char *const sample_nothing_name[NOTHING_COUNT]; /* likewise */

/* An empty sample, every count UNKNOWN and every list empty. Dies on OOM. */
struct sample *sample_new(void);

/* Frees @sample and all that it points to; NULL is allowed. */
void sample_free(struct sample *sample);

/* Free what an element points to, for one that is dropped from its list. */
void sample_proc_clear(struct sample_proc *proc);
void sample_event_clear(struct sample_event *event);

/*
 * Append a zeroed element to the list and return it; elements that were
 * returned before may move.
 */
struct sample_proc *sample_add_proc(struct sample *sample);
struct sample_flow *sample_add_flow(struct sample *sample);
struct sample_failure *sample_add_failure(struct sample *sample);
struct sample_latency *sample_add_latency(struct sample *sample);
struct sample_event *sample_add_event(struct sample *sample);

/*
 * Sets the nodes list to @nr zeroed nodes (allowed: UNKNOWN) with an unknown
 * distance table.
 */
void sample_set_nodes(struct sample *sample, size_t nr);

/* Index of node @id in sample->nodes, or -1. */
int sample_node_index(const struct sample *sample, int id);

/*
 * Index of reason @name, added if it is new; REASON_UNKNOWN if NULL or if
 * SAMPLE_REASON_MAX are known already.
 */
int sample_reason(struct sample *sample, const char *name);

/* The name of reason @reason, which may be REASON_UNKNOWN; NULL: unknown. */
const char *sample_reason_name(const struct sample *sample, int reason);

/* The process @id, or NULL if this sample does not describe it. */
const struct sample_proc *sample_find_proc(const struct sample *sample,
					   struct process_id id);

/*
 * Derives sum.pages, folios, intra_pages and the nodes' in, out and intra from
 * the flows. One flow without nodes makes intra, in and out UNKNOWN.
 */
void sample_add_up(struct sample *sample);

/* The sum of two counts: UNKNOWN if either is, and INT64_MAX if it is more. */
static inline int64_t count_add(int64_t a, int64_t b)
{
	int64_t sum;

	if (a == UNKNOWN || b == UNKNOWN)
		return UNKNOWN;
	return __builtin_add_overflow(a, b, &sum) ? INT64_MAX : sum;
}

/* @count a second, cut off; UNKNOWN spreads, and so does no interval. */
static inline int64_t count_per_second(int64_t count, int64_t interval_ns)
{
	__int128 rate;

	if (count == UNKNOWN || interval_ns <= 0)
		return UNKNOWN;
	rate = (__int128)count * 1000000000 / interval_ns;
	return rate > INT64_MAX ? INT64_MAX : (int64_t)rate;
}

/* Is it a process at all? */
static inline bool process_id_some(struct process_id id)
{
	return id.pid > 0 || id.start_us > 0;
}

static inline bool process_id_equal(struct process_id a, struct process_id b)
{
	return a.pid == b.pid && a.start_us == b.start_us;
}

#endif
