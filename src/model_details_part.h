/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Details in the making. Private to model_details*.c. */
#ifndef MPTOP_MODEL_DETAILS_PART_H
#define MPTOP_MODEL_DETAILS_PART_H

#include "model_details.h"
#include "model_state.h"

struct details_look {
	struct model_details *details;
	const struct owner *owner; /* its subject's */
	const struct sample *now;
	bool is_now; /* the slot at hand is the last */
	struct tally pairs;
	struct tally reasons;
	struct tally failures;
	struct tally peers[DETAILS_SIDES];
};

/* Counts @pages of the slot at hand. */
void details_count(struct details_look *look, struct tally *tally,
		   uint64_t what, int64_t pages);

/* The name of a reason of the last sample, owned; NULL if it has none. */
char *details_reason(const struct details_look *look, int reason);

/* model_details_flow.c: one of its flows; then all of them. */
void details_add_pair(struct details_look *look, const struct sample *sample,
		      const struct sample_flow *flow);
void details_finish_pairs(struct details_look *look,
			  const struct model *model);

/* model_details_why.c */
void details_add_reason(struct details_look *look,
			const struct sample_flow *flow);
void details_add_failures(struct details_look *look,
			  const struct sample *sample);
void details_finish_why(struct details_look *look);
void details_free_why(struct model_details *details);

/* model_details_peers.c: the @i-th flow of @slot, anybody's. */
void details_add_peers(struct details_look *look,
		       const struct window_slot *slot, size_t i);
void details_finish_peers(struct details_look *look);
void details_free_peers(struct model_details *details);

/* model_details_calls.c */
void details_take_calls(struct details_look *look, const struct model *model);
void details_free_calls(struct model_details *details);

#endif
