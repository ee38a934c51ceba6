/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Counts since the start, or since the operator zeroed them: kept as the
 * samples come, so that those which have left the window are in them. Private
 * to the model.
 */
#ifndef MPTOP_MODEL_SINCE_H
#define MPTOP_MODEL_SINCE_H

#include "model.h"

struct owner;
struct owner_table;
struct window_slot;

struct since {
	struct model_since sums;
	int64_t last_distance;	       /* of the last interval alone */
	int *node;		       /* ids of all nodes there have been */
	size_t nr_nodes;
	size_t *now;		       /* of the last sample's: which it is */
	size_t nr_now;
	struct model_node_since *nodes;
	int64_t *matrix;	       /* nr_nodes * nr_nodes */
	/* 0, or UNKNOWN if some interval did not tell them of anybody. */
	int64_t idle_pages;
	int64_t idle_failed_pages;
	int64_t idle_stall_ns;
	int64_t idle_matrix;
	unsigned char *dropped;	       /* which keys may have been dropped */
};

/* Counts @slot's sample; its owners have their counts of the interval. */
void since_feed(struct since *since, struct owner_table *owners,
		const struct window_slot *slot);

/* Starts anew at @now, which may be NULL. */
void since_zero(struct since *since, struct owner_table *owners,
		const struct sample *now);

/*
 * Is there something that only @owner's counts since the start tell? It is
 * then kept as long as there is room.
 */
bool since_some(const struct owner *owner);

/* @owner goes: what it had counts as dropped. */
void since_drop(struct since *since, const struct owner *owner);

/* A new @owner that may have been dropped before has no known counts. */
void since_begin(const struct since *since, struct owner *owner);

/* Sets the counts since the start of @row, that of @owner. */
void since_row(const struct since *since, const struct owner *owner,
	       struct model_row *row);

/* Sets those of @row, which is all rows: also of what has none any more. */
void since_total(const struct since *since, struct model_row *row);

/* What @mover spent on moving since the start, and what it moved. */
int64_t since_stall(const struct since *since, const struct owner *mover);
int64_t since_moved(const struct since *since, const struct owner *mover);

void since_free(struct since *since);

/*
 * @pages by how much farther than on their own node they went: times the
 * distance of nodes @src and @dst (indexes) less 10. UNKNOWN if any of it is.
 */
int64_t since_distance(const struct sample *sample, int src, int dst,
		       int64_t pages);

#endif
