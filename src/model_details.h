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

#include "model.h"

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
