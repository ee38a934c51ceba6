/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * All that the model knows of one row, for who asks about that one alone: what
 * took too long to compute or to keep for all of them. It owns what it holds
 * and stays as it is, whatever the model is fed.
 *
 * "Window" is the last MODEL_ROW_AGE intervals, or those that there are;
 * "now" the last one. No filter has a say.
 */
#ifndef MPTOP_MODEL_DETAILS_H
#define MPTOP_MODEL_DETAILS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "model_latency.h"

/* Whose details. */
struct details_subject {
	enum sample_owner owner;
	/* A process's, or for unknown pages that of their mover. */
	struct process_id id;
};

/* Pages that moved from a node to another, or within one. */
struct details_pair {
	int src; /* node id or NODE_UNKNOWN */
	int dst;
	int64_t now;
	int64_t window;
	int64_t total; /* since start */
};

struct details_reason {
	char *name; /* NULL: not known */
	int64_t now;
	int64_t window;
};

struct details_failure {
	char *reason;  /* NULL: not known */
	int64_t error; /* errno, UNKNOWN if not proven */
	int64_t now;
	int64_t window;
};

/* Who it had to do with: by nodes and reason. */
struct details_peer {
	enum sample_owner owner;
	struct process_id id; /* pid 0: nobody that is known */
	char *comm;	      /* never NULL */
	bool is_self;
	int src;
	int dst;
	char *reason; /* NULL: not known */
	int64_t now;
	int64_t window;
};

#define DETAILS_PEERS_MAX 100

struct details_peers {
	struct details_peer *peer; /* most of the window first */
	size_t nr;
	size_t nr_others; /* beyond DETAILS_PEERS_MAX */
	int64_t others_window;
};

enum details_side {
	DETAILS_MOVERS, /* of its pages */
	DETAILS_OWNERS, /* of pages that it moved, but its own */
	DETAILS_SIDES
};

struct details_call {
	struct timespec time;
	char *text; /* as call_format() has it */
	bool is_running;
	bool is_odd; /* failed, or other nodes than asked for */
};

#define DETAILS_CALLS_MAX 100

struct model_details {
	struct details_subject subject;
	char *comm;    /* never NULL */
	char *cmdline; /* NULL if unknown; likewise below */
	char *user;
	char *cgroup;
	char *container;
	char *vm;
	int64_t uid;
	int64_t nspid; /* as in struct sample_proc */

	struct timespec time; /* of the last interval's end */
	int64_t uptime_us;    /* then */
	int64_t interval_ns;
	int intervals; /* of the window */
	int64_t window_ns;
	bool knows_flows; /* a hook tells whose pages move */

	int *nodes; /* ids of the machine's nodes, rising */
	int nr_nodes;
	struct details_pair *pairs; /* most of the window first, then total */
	size_t nr_pairs;

	int64_t pages; /* last interval */
	int64_t window_pages;
	int64_t total_pages;   /* since start */
	int64_t crossed_pages; /* of the window, between nodes */
	int64_t bounce_pages;  /* of these, that went there and back */
	/* Of the window: pages times distance less 10 (distance is 10 at
	 * home); UNKNOWN if some is. */
	int64_t distance;
	int64_t failed_pages; /* last interval; UNKNOWN possible */
	int64_t stall_ns;     /* last interval, all threads' added up */
	int64_t window_stall_ns;

	struct details_reason *reasons; /* most of the window first */
	size_t nr_reasons;
	struct details_failure *failures; /* likewise */
	size_t nr_failures;
	struct details_peers peers[DETAILS_SIDES];

	struct model_latency latency; /* model_latency_of() it */

	/* Made by it, or about it; those in progress first, then newest. */
	struct details_call *calls;
	size_t nr_calls;
	size_t all_calls; /* that the log has */
};

/* Whose row @row is. */
struct details_subject details_of_row(const struct model_row *row);

/*
 * What @model knows of @subject; NULL if nothing, or nothing any more. To be
 * freed.
 */
struct model_details *model_details_new(struct model *model,
					struct details_subject subject);

/* NULL is allowed. */
void model_details_free(struct model_details *details);

#endif
