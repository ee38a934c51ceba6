/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Everyone that the samples named lately: who it is, and what it had in the
 * last intervals. Rows are made from these; movers and callers are owners that
 * never had pages. Private to the model.
 */
#ifndef MPTOP_MODEL_OWNER_H
#define MPTOP_MODEL_OWNER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#define uthash_malloc(size) xmalloc(size)
#include <uthash.h>

#include "intern.h"
#include "model.h"
#include "model_sums.h"
#include "xalloc.h"

/* No padding: it is compared as bytes. */
struct owner_key {
	int64_t kind; /* enum sample_owner */
	int64_t pid;
	int64_t start_us;
};

struct since;

/* What an owner had since the start beside its pages; UNKNOWN possible. */
struct owner_since {
	int64_t folios;
	int64_t distance;
	int64_t failed_pages;
	int64_t stall_ns;
};

struct owner {
	struct owner_key key;
	/* Whose names these pages have: itself, or NULL if nobody's. */
	struct owner *process;
	unsigned int nr_shared; /* owners of shared pages that point here */
	const char *comm; /* interned; set in a process only */
	const char *cmdline;
	const char *user;
	const char *cgroup;
	const char *container;
	const char *vm;
	int64_t uid;   /* likewise; UNKNOWN possible */
	int64_t nspid;
	uint64_t seen;	 /* number of the last interval that named it */
	uint64_t active; /* its last flow, failure, call, stall; 0: none */
	int64_t pages;	 /* of interval seen, likewise below */
	int64_t failed_pages;
	int64_t listed_failed_pages; /* those in the list of failures */
	int64_t stall_ns;
	int64_t total_pages;
	struct owner_since since;
	int64_t moved_pages; /* that it moved since start, anybody's */
	uint64_t stalled;    /* the last interval with stall_ns; 0: none */
	struct flow_sums sums; /* the same pages by nodes and reason */
	int64_t trend[MODEL_TREND]; /* pages of interval i at i modulo size */
	const char *running;	    /* call that moves its pages... */
	uint64_t running_interval;  /* ...in this interval */
	struct process_id running_caller;
	int row;		    /* unit of the look that is being made */
	int64_t rate;		    /* pages per second, for the filter */
	bool allowed;		    /* by the view, whatever moved */
	bool matches;		    /* and by the filters, without a flow */
	UT_hash_handle hh;
};

struct owner_table {
	struct owner *owners;
	struct since *since; /* who was dropped; not owned */
	struct intern intern;
	uint64_t interval; /* number of the current one, from 1 */
	size_t made;	   /* owners that are new in it */
	/* What those have that the current sample does not describe. */
	int64_t idle_failed_pages;
	int64_t idle_stall_ns;
};

/* Bytes that an owner takes, about. */
#define OWNER_BYTES (sizeof(struct owner) + 320)

/* Starts the next interval, that of @sample, with its processes. */
void owner_table_feed(struct owner_table *table, const struct sample *sample);

/*
 * The key of pages of @kind; @id counts only for kinds that have a process,
 * and for unknown pages, where it is their mover.
 */
struct owner_key owner_key(enum sample_owner kind, struct process_id id);

/* Whose row the pages of a flow belong to. */
struct owner_key flow_key(const struct sample_flow *flow);

static inline struct owner_key process_key(struct process_id id)
{
	return owner_key(OWNER_PROCESS, id);
}

static inline struct process_id owner_key_id(struct owner_key key)
{
	return (struct process_id){ key.pid, key.start_us };
}

/* Whose row a failure belongs to: its owner's, else that of who tried. */
struct owner_key failure_key(const struct sample_failure *failure);

/* Whose row a call belongs to: its target's, or its caller's. */
struct owner_key event_key(const struct sample_event *event);

/* The owner with @key, made if need be, and seen now. */
struct owner *owner_touch(struct owner_table *table, struct owner_key key);

/* The same if it is there, or NULL. */
struct owner *owner_find(struct owner_table *table, struct owner_key key);

/* Counts pages that moved, or failed to, in the current interval. */
void owner_add_flow(struct owner_table *table, struct owner *owner,
		    const struct sample_flow *flow);
void owner_add_failed(struct owner_table *table, struct owner *owner,
		      int64_t pages);

/* Pages of the @age-th interval back from now; UNKNOWN before the first. */
int64_t owner_trend(const struct owner_table *table, const struct owner *owner,
		    unsigned int age);

/* The current interval's counts. */
int64_t owner_pages(const struct owner_table *table,
		    const struct owner *owner);
int64_t owner_failed(const struct owner_table *table,
		     const struct owner *owner);
int64_t owner_stall(const struct owner_table *table,
		    const struct owner *owner);

/* Its name: "[page cache]" and the like are nobody's pages; NULL if unknown. */
const char *owner_comm(const struct owner *owner);

/* The name of the call that is moving its pages, or NULL. */
const char *owner_running(const struct owner_table *table,
			  const struct owner *owner);

/* Does it have a row: anything of its own in the last MODEL_ROW_AGE? */
bool owner_has_row(const struct owner_table *table, const struct owner *owner);

/*
 * Of those who were last named before interval @oldest, drops who has no row
 * any more and no counts since the start; then, first come first gone, as many
 * as there are too many.
 */
void owner_table_prune(struct owner_table *table, uint64_t oldest);

void owner_table_free(struct owner_table *table);

#endif
