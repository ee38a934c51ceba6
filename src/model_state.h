/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a model is made of. Private to the model: model.c feeds it,
 * model_look.c makes from it what a view shows.
 */
#ifndef MPTOP_MODEL_STATE_H
#define MPTOP_MODEL_STATE_H

#include "model.h"
#include "model_log.h"
#include "model_owner.h"
#include "model_since.h"
#include "tally.h"

/* A sample in the window, with who its flows' owners and movers are. */
struct window_slot {
	struct sample *sample;
	uint64_t interval;
	size_t bytes;
	struct owner **owner; /* one a flow */
	struct owner **mover; /* likewise; NULL if not known */
};

/* A ring of the last samples. */
struct window {
	struct window_slot slot[MODEL_HISTORY];
	size_t first;
	size_t nr;
	size_t bytes;
};

/* Sums over all samples. */
struct model_sums {
	struct model_totals totals;
	uint64_t seq; /* of the last sample */
	size_t nr;    /* samples */
	size_t nr_explained; /* those whose sample before is known, too */
};

/* What an entry of a tally of rows sums up: the top bits of its key. */
enum row_sum {
	ROW_SUM_MOVER = 1, /* pointer to the mover; 0 in a group: themselves */
	ROW_SUM_PAIR,	   /* source and destination */
	ROW_SUM_REASON,
	ROW_SUM_COUNT,
	ROW_SUM_SHIFT = 62
};

/* The sums that were last added to, by kind: index in the tally + 1, or 0. */
struct unit_recent {
	uint32_t entry[ROW_SUM_COUNT];
};

/*
 * What the last model_look() gave. Units are what is counted in: owners, or
 * in a view by movers an owner and a mover each. Rows are made of them.
 */
struct look {
	struct model_row *units;
	struct owner **unit_owner; /* whose it is, in the order made */
	struct owner **unit_mover; /* NULL: not by mover, or not known */
	struct unit_recent *unit_recent;
	size_t nr_units;
	size_t units_cap;
	struct model_row *list; /* of groups */
	size_t list_cap;
	const struct model_row *rows; /* what is shown: units or list */
	size_t nr_rows;
	size_t nr_hidden;
	size_t nr_idle; /* rows hidden as idle */
	size_t nr_owners; /* that have a unit */
	struct model_row total;
	int64_t *matrix;
	bool has_matrix;
	bool nodes_known; /* from and to of the last interval's flows */
	struct model_rate rates[MODEL_HISTORY];
	size_t nr_rates;
	struct tally tally; /* of units, for their rows */
	struct tally by_pair; /* units of (owner, mover) */
	struct groups *groups; /* model_group.c */
	bool since; /* counts since the start decide who has a row */
	struct tally pairs; /* pages of all units by nodes */
	struct model_pair top_pair[MODEL_ROW_FLOWS];
	int nr_top_pairs;
	bool by_owner; /* the filters ask nothing that is a flow's own */
	bool by_mover;
	bool failures_known; /* by mover: who failed to move whose is listed */
	int reason; /* index that the view asks for, or one of look_reason */
};

/* Beside indexes and REASON_UNKNOWN. */
enum look_reason { LOOK_ALL_REASONS = -2, LOOK_NO_REASON = -3 };

struct model {
	struct owner_table owners;
	struct window window;
	struct log log;
	struct model_sums sums;
	struct since since;
	int64_t bounce_permille;
	struct tally bounce;
	/* Of interval i at i modulo size: they outlive the window. */
	struct model_rate rates[MODEL_HISTORY];
	struct look look;
};

/* The @i-th slot of @window, oldest first. */
static inline const struct window_slot *window_at(const struct window *window,
						  size_t i)
{
	return &window->slot[(window->first + i) % MODEL_HISTORY];
}

/* The first slot of the last MODEL_ROW_AGE. */
static inline size_t window_recent(const struct window *window)
{
	return window->nr > MODEL_ROW_AGE ? window->nr - MODEL_ROW_AGE : 0;
}

/* model_window.c: gives the slot that @sample, taken over, now has. */
struct window_slot *window_add(struct window *window, struct sample *sample,
			       struct owner_table *owners);

/* Drops the oldest samples until the window is within MODEL_BYTES. */
void window_trim(struct window *window);
void window_free(struct window *window);

/* model_look.c */
void look_clear(struct look *look);
void look_free(struct look *look);

/* model_match.c: answers for all owners; call it before the other. */
void match_owners(struct model *model, const struct model_view *view);

/* Does the view let the @i-th flow of @slot through? NULL: it lets all. */
bool match_flow(const struct model *model, const struct model_view *view,
		const struct window_slot *slot, size_t i);

/* The same for a failure or a call, whose row is @owner's. */
bool match_failure(const struct model *model, const struct model_view *view,
		   const struct sample_failure *failure,
		   const struct owner *owner);
bool match_event(const struct model *model, const struct model_view *view,
		 const struct sample_event *event, const struct owner *owner);

/* Is the @i-th flow of @slot one of the row that @key stands for? */
bool match_key(const struct model_key *key, const struct window_slot *slot,
	       size_t i);

/* model_rows.c: what is counted for the units of a look, then their making. */
struct flow_count {
	struct owner *owner;
	struct owner *mover;
	const struct sample_flow *flow;
	unsigned int age; /* intervals before the current one */
	int64_t distance; /* of its pages, in the current one */
};

/* The unit of @owner and, in a view by movers, @mover; made if need be. */
struct model_row *rows_add(struct look *look, struct owner *owner,
			   struct owner *mover);
void rows_add_flow(struct look *look, const struct flow_count *count);
void rows_finish(struct model *model, bool restricted);

/* The same for a row that nothing is counted in. */
void rows_finish_empty(const struct model *model, struct model_row *row);

/* Picks for @rows the largest sums of @tally: see row_tally_key(). */
void rows_take_sums(const struct tally *tally, struct model_row *rows,
		    size_t nr);

/* The key of row @i in a tally, and back. */
static inline const void *row_tally_key(size_t i)
{
	return (const void *)(uintptr_t)(i + 1);
}

static inline size_t row_of_tally(const struct tally_entry *entry)
{
	return (size_t)(uintptr_t)entry->owner - 1;
}

/* The rest of the key. */
#define ROW_SUM_WHAT(entry) ((entry)->what & ~((uint64_t)3 << ROW_SUM_SHIFT))

/* model_pairs.c: the largest pairs of all units, and each unit's part. */
void rows_top_pairs(struct look *look);

/* model_bounce.c: what moved between nodes in the last MODEL_ROW_AGE
 * intervals; both UNKNOWN if a node of it is. */
struct bounce {
	int64_t crossed_pages;
	int64_t pages; /* of these, there and back; UNKNOWN of nobody's */
};
struct bounce bounce_of(const struct model *model, const struct owner *owner);

/* For the window as it is now. */
void bounce_find(struct model *model);

/* model_list.c: makes of the units the rows that @view, or NULL, shows. */
void rows_list(struct model *model, const struct model_view *view);

/* Did nothing move, fail or stall in the last interval, as far as known? */
bool row_is_idle(const struct model_row *row);

/* model_group.c: adds the counts of @row to @sum. */
void row_add_counts(struct model_row *sum, const struct model_row *row);
void groups_free(struct groups *groups);

/* model_order.c */
void rows_sort(struct model_row *rows, size_t nr,
	       const struct model_view *view, const struct sample *now);

/* model_rate.c: the empty rate of @sample, and a flow's part of it. */
struct model_rate rate_of(const struct sample *sample, bool restricted);
void rate_add(struct model_rate *rate, const struct sample_flow *flow);

#endif
