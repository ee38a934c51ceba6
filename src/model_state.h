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

/* What the last model_look() gave. */
struct look {
	struct model_row *rows;
	struct owner **row_owner; /* whose row it is, in the order made */
	size_t nr_rows;
	size_t rows_cap;
	size_t nr_hidden;
	int64_t *matrix;
	bool has_matrix;
	struct model_rate rates[MODEL_HISTORY];
	size_t nr_rates;
	struct tally tally;
	bool by_owner; /* the filters ask nothing that is a flow's own */
};

struct model {
	struct owner_table owners;
	struct window window;
	struct log log;
	struct model_sums sums;
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

/* model_window.c: gives the slot that @sample, taken over, now has. */
struct window_slot *window_add(struct window *window, struct sample *sample,
			       struct owner_table *owners);

/* Drops the oldest samples until the window is within MODEL_BYTES. */
void window_trim(struct window *window);
void window_free(struct window *window);

/* model_look.c */
void look_clear(struct look *look);
void look_free(struct look *look);

/* model_rows.c: what is counted for the rows of a look, then their making. */
struct flow_count {
	struct owner *owner;
	struct owner *mover;
	const struct sample_flow *flow;
	unsigned int age; /* intervals before the current one */
};
void rows_add_owner(struct look *look, struct owner *owner);
void rows_add_flow(struct look *look, const struct flow_count *count);
void rows_finish(struct model *model, bool restricted);

/* model_order.c */
void rows_sort(struct look *look, const struct model_view *view,
	       const struct sample *now);

/* model_rate.c: the empty rate of @sample, and a flow's part of it. */
struct model_rate rate_of(const struct sample *sample, bool restricted);
void rate_add(struct model_rate *rate, const struct sample_flow *flow);

#endif
