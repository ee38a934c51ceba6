/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Details in the making. Private to model_details*.c. */
#ifndef MPTOP_MODEL_DETAILS_PART_H
#define MPTOP_MODEL_DETAILS_PART_H

#include "model_details.h"
#include "model_state.h"

struct details_look {
	struct model_details *details;
	const struct owner *owner; /* its subject's */
	bool is_now;		   /* the slot at hand is the last */
	struct tally pairs;
};

/* model_details_flow.c: one of its flows; then all of them. */
void details_add_pair(struct details_look *look,
		      const struct sample_flow *flow);
void details_finish_pairs(struct details_look *look);

#endif
