/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the samples add up to: the window, the log, and for one view of it the
 * process rows, the flow matrix and the rate histogram. No I/O, no clock: all
 * time comes with the samples. Everything a const model gives stays valid
 * until the next model_feed() or model_look().
 *
 * Memory is bounded: the window is shorter than MODEL_HISTORY if its samples
 * take more than MODEL_BYTES, and rows are left out MODEL_ROW_AGE intervals
 * after their process's last flow, failure, call or stall. What they have
 * since the start is kept for some thousands of processes, and in all sums.
 */
#ifndef MPTOP_MODEL_H
#define MPTOP_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "filter.h"
#include "sample.h"

/* Intervals that the rate histogram and a snapshot can look back. */
#define MODEL_HISTORY 240
/* Bytes that the window and the rows may take. */
#define MODEL_BYTES (4 << 20)
/* Intervals that a row stays without anything new, and that it adds up. */
#define MODEL_ROW_AGE 60
/* Intervals in a row's trend. */
#define MODEL_TREND 12
/* Flows shown in a row of their own columns. */
#define MODEL_ROW_FLOWS 4
/* Log lines kept. */
#define MODEL_LOG 10000

struct model;

/*
 * A (from, to) pair of node ids that pages moved between in the last
 * MODEL_ROW_AGE intervals, with those moved in the last one.
 */
struct model_pair {
	int src;
	int dst;
	int64_t pages;
};

/* What one row stands for: an owner of pages, or a group of them. */
enum model_group {
	GROUP_OWNER,
	GROUP_MOVER, /* the owners whose pages it moved */
	GROUP_CGROUP,
	GROUP_USER,
	GROUP_COUNT
};
extern const char *const model_group_name[GROUP_COUNT];

/* Which row it is, whatever the view makes of it. */
struct model_key {
	enum model_group group;
	enum sample_owner owner; /* of GROUP_OWNER; else OWNER_PROCESS */
	struct process_id id;	 /* of the process; else pid 0 */
	const char *name; /* of the cgroup or user; NULL: not known */
};

bool model_key_equal(const struct model_key *a, const struct model_key *b);

/*
 * One owner of pages, or a process that only moved those of others and is
 * here for the time it took: one line of the process panel. Movers, pairs and
 * reason are those of the last MODEL_ROW_AGE intervals. With a filter all but
 * total_pages, failed_pages and stall_ns are of the flows that match.
 *
 * Or a group of such rows: it sums up those of its members, UNKNOWN spreads,
 * and what is not the same in all of them is GROUP_MIXED. A mover's group has
 * the failures and the stall of the mover, and its members are what it did to
 * the pages of an owner, so that their total and stall are UNKNOWN.
 */
struct model_row {
	enum sample_owner owner;
	struct process_id id;  /* pid 0 unless owner is process or shared */
	const char *comm;      /* never NULL: "?", or "[page cache]" */
	const char *cmdline;   /* NULL if unknown; likewise below */
	const char *user;
	const char *cgroup;
	const char *container;
	const char *vm;
	struct process_id mover; /* the one that moved most; pid 0 none yet */
	const char *mover_comm;	 /* NULL: no mover in the window */
	int nr_movers;
	bool mover_is_self;	 /* mover is the owner */
	struct model_pair pair[MODEL_ROW_FLOWS]; /* largest first */
	int nr_pairs;		 /* all, may be more than MODEL_ROW_FLOWS */
	int reason;		 /* of most pages; REASON_UNKNOWN */
	int64_t pages;		 /* last interval */
	int64_t folios;
	int64_t distance;	 /* last interval: pages times how much
				  * farther than local they went (distance
				  * of the nodes less 10); UNKNOWN possible */
	int64_t flow[MODEL_ROW_FLOWS]; /* last interval's pages of
				  * model_top_pairs(), if they are asked for */
	int64_t crossed_pages;	 /* last MODEL_ROW_AGE: between nodes... */
	int64_t bounce_pages;	 /* ...that went there and back, of a process;
				  * UNKNOWN possible */
	/* Since the start or model_zero(), of all flows. UNKNOWN spreads. */
	int64_t total_pages;
	int64_t total_folios;
	int64_t total_distance;
	int64_t total_failed_pages;
	int64_t total_stall_ns;
	int64_t failed_pages;	 /* last interval: its own, and those that it
				  * failed to move whose owner is not known;
				  * UNKNOWN possible */
	int64_t stall_ns;	 /* last interval: time that its threads spent
				  * moving pages, each thread's added up;
				  * UNKNOWN possible */
	int64_t trend[MODEL_TREND]; /* pages, oldest first; UNKNOWN: no data */
	const char *running;	 /* call in progress that moves its pages */
	enum model_group group;	 /* GROUP_OWNER: one owner's */
	const char *group_name;	 /* as in struct model_key */
	int nr_members;		 /* of a group, hidden ones too */
	bool is_expanded;	 /* its members follow */
	bool is_member;		 /* of the group above */
	bool is_last;		 /* of its members */
};

/* Stands in a group's row for what differs among its members. */
#define GROUP_MIXED "(mixed)"

/* The key of @row; its name is the row's. */
struct model_key model_row_key(const struct model_row *row);

enum model_order {
	ORDER_RATE, /* pages/s */
	ORDER_TOTAL,
	ORDER_PID,
	ORDER_COMM,
	ORDER_USER,
	ORDER_MOVER,
	ORDER_FAIL,
	ORDER_STALL,
	ORDER_REASON,
	ORDER_BOUNCE,
	ORDER_DISTANCE,
	ORDER_COUNT
};

/* How the operator looks at the model; owned by the caller. */
struct model_view {
	enum model_order order;
	bool reverse;		     /* from the order's natural direction */
	const struct filter *filter; /* live filter; NULL: all */
	const struct filter *base;   /* of the command line; NULL: all */
	int node;		     /* restrict to a node, NODE_UNKNOWN: all */
	enum model_node_role { NODE_EITHER, NODE_FROM, NODE_TO } node_role;
	const char *user;   /* restrict to it, "" to unknown ones, NULL: all */
	const char *reason; /* likewise */
	const struct model_key *only; /* restrict to it; NULL: all */
	enum model_group group;
	const struct model_key *expanded; /* groups whose members are shown */
	size_t nr_expanded;
	bool since;	/* sorts by counts since the start, and who has some
			 * has a row */
	bool top_pairs; /* model_top_pairs() are wanted */
	bool hide_idle; /* rows without anything in the last interval */
};

/* Does @view, which may be NULL, let less than all that moved through? */
bool model_view_is_restricted(const struct model_view *view);

/* One interval of the rate histogram. */
struct model_rate {
	int64_t interval_ns;
	int64_t pages[SAMPLE_REASON_MAX + 1]; /* last: reason unknown */
};

/* A line of the log; of its processes what is known, else NULL. */
struct model_log_line {
	uint64_t number; /* grows from line to line, and stays with it */
	struct sample_event event;
	const char *caller_comm;
	const char *caller_cmdline;
	const char *caller_user;
	const char *caller_cgroup;
	const char *target_comm;
	const char *target_cmdline;
	const char *target_user;
	const char *target_cgroup;
	/* stack_text(), event.stack is NULL; NULL: not taken. Compares by ==. */
	const char *stack;
};

struct model *model_new(void);
void model_free(struct model *model);

/* As new: forgets all that was fed. */
void model_reset(struct model *model);

/*
 * Takes @sample over; the model frees it when it leaves the window. Rows,
 * matrix and rates are gone until the next model_look().
 */
void model_feed(struct model *model, struct sample *sample);

/* The memory that @sample takes, about. */
size_t model_sample_bytes(const struct sample *sample);

/* Recomputes rows, matrix, rates and log for @view; NULL: for all. */
void model_look(struct model *model, const struct model_view *view);

/* The last sample fed, or NULL. */
const struct sample *model_now(const struct model *model);

/*
 * The samples of the window, oldest first: model_window(m, 0) ..
 * model_window(m, model_window_length(m) - 1) == model_now(m).
 */
size_t model_window_length(const struct model *model);
const struct sample *model_window(const struct model *model, size_t i);

/* Rows of the view, in its order. */
const struct model_row *model_rows(const struct model *model, size_t *nr);

/* Owners' rows that the view's restrictions hide. */
size_t model_hidden(const struct model *model);

/* Rows left out because nothing moved, failed or stalled in them. */
size_t model_hidden_idle(const struct model *model);

/* The sum of all rows of the view, idle ones too; members count once. */
const struct model_row *model_total(const struct model *model);

/*
 * The last interval's flow matrix of the view: pages from node index i to j
 * at [i * nr_nodes + j] (indexes of model_now()->nodes). UNKNOWN in all if some
 * flow has no nodes. NULL before the first sample.
 */
const int64_t *model_matrix(const struct model *model);

/*
 * The node pairs between which most pages of the view's rows moved in the last
 * MODEL_ROW_AGE intervals, at most MODEL_ROW_FLOWS, in the order of their
 * nodes; pages are the last interval's. None unless the view wants them.
 */
const struct model_pair *model_top_pairs(const struct model *model, int *nr);

/* Rates of the view, oldest first, at most MODEL_HISTORY. */
const struct model_rate *model_rates(const struct model *model, size_t *nr);

/*
 * The rates of one row of @view, which is that of the last model_look(), into
 * @rates, which has room for MODEL_HISTORY; oldest first. Returns how many:
 * those of the window. Pages that nobody tells the owner of are UNKNOWN.
 */
size_t model_rates_of(const struct model *model, const struct model_view *view,
		      const struct model_key *key, struct model_rate *rates);

/*
 * Log lines of the view, oldest first. A call that was running turns to done
 * in its place.
 */
size_t model_log_length(const struct model *model);
const struct model_log_line *model_log(const struct model *model, size_t i);

/* Index of the first of these lines with @number or a later one; or length. */
size_t model_log_find(const struct model *model, uint64_t number);

/*
 * Indexes of those lines whose call was still in progress in the last
 * interval, oldest first.
 */
const uint32_t *model_log_running(const struct model *model, size_t *nr);

/* Whose row the call is about: its target, or its caller. */
struct process_id model_log_owner(const struct sample_event *event);

/* Sums over all that was fed, for the trust line. UNKNOWN spreads. */
struct model_totals {
	int64_t pages;		/* seen */
	int64_t vmstat_pages;	/* pgmigrate_success */
	int64_t nonlru_pages;
	int64_t hugetlb_uncounted_pages;
	int64_t in_flight_pages; /* now */
	/*
	 * Seen - in flight + in flight before + nonlru - hugetlb - vmstat,
	 * over the intervals whose start is known: 0, or something is lost.
	 */
	int64_t unexplained_pages;
	int64_t lost[LOST_COUNT];
};
struct model_totals model_totals(const struct model *model);

/*
 * Sums over all that was fed since the start or since model_zero(), whatever
 * the view lets through. UNKNOWN spreads.
 */
struct model_since {
	bool is_zeroed;
	struct timespec time; /* of the sample that it was zeroed after */
	int64_t interval_ns;
	int64_t pages;
	int64_t folios;
	int64_t intra_pages;
	int64_t failed_pages;
	int64_t stall_ns;
	int64_t distance; /* as in a row */
	int64_t hint_faults;
	int64_t hint_faults_local;
	int64_t reason[SAMPLE_REASON_MAX + 1]; /* pages; last: unknown */
	int64_t dropped; /* owners without a row, for want of room */
};
const struct model_since *model_since(const struct model *model);

/* The same of a node, by its index in model_now()->nodes. */
struct model_node_since {
	int64_t in_pages;
	int64_t out_pages;
	int64_t intra_pages;
};
const struct model_node_since *model_since_node(const struct model *model,
						size_t i);

/* Pages since then from node index @src to @dst of model_now()->nodes. */
int64_t model_since_flow(const struct model *model, size_t src, size_t dst);

/* The last interval's distance, of all flows; UNKNOWN spreads. */
int64_t model_distance(const struct model *model);

/*
 * Starts the counts since the start anew, those of the rows too, from the
 * last sample on. Rows show them after the next model_look().
 */
void model_zero(struct model *model);

/*
 * Of the pages that moved between nodes in the last MODEL_ROW_AGE intervals,
 * the part (in 1/1000) that went A->B and, for the same process, as many
 * B->A; UNKNOWN if none moved, or a node of one is not known.
 */
int64_t model_bounce_permille(const struct model *model);

/* A user or a reason of the window, with the pages of it that moved there. */
struct model_choice {
	const char *name; /* "" if not known */
	int64_t pages;
};

enum model_choice_kind { CHOICE_USER, CHOICE_REASON };

/*
 * Those that @view, but for its own restriction of that kind, lets through,
 * most pages first; free() the list. Names stay valid until the next
 * model_feed().
 */
struct model_choice *model_choices(struct model *model,
				   const struct model_view *view,
				   enum model_choice_kind kind, size_t *nr);

/* --sort=[+-]FIELD and the sort list: one row an order. */
struct model_order_row {
	const char *name;   /* "rate" */
	const char *column; /* "PAGES/S" */
	const char *help;
	bool descending; /* natural direction */
};
extern const struct model_order_row model_order_table[ORDER_COUNT];

/* The order named @name, or -1. */
int model_order_find(const char *name);

#endif
