/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What tests feed a model with, and what they ask it for. */
#ifndef MPTOP_TESTS_MAKE_MODEL_H
#define MPTOP_TESTS_MAKE_MODEL_H

#include "make_sample.h"
#include "model.h"

/* Feeds @nr @flows as interval @seq of three nodes; returns that sample. */
struct sample *feed_flows(struct model *model, uint64_t seq,
			  const struct make_flow *flows, size_t nr);

/* The same of one, or of none if @flow is NULL. */
struct sample *feed_flow(struct model *model, uint64_t seq,
			 const struct make_flow *flow);

/* Intervals in which nothing moves. */
void feed_idle(struct model *model, uint64_t from, uint64_t to);

/* The row of process @pid's own pages, or NULL. */
const struct model_row *row_of(const struct model *model, int64_t pid);

size_t nr_rows(const struct model *model);

#endif
