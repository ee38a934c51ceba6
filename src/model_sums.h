/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An owner's pages since the start by nodes and reason: few for most, and
 * bounded for all. Private to the model.
 */
#ifndef MPTOP_MODEL_SUMS_H
#define MPTOP_MODEL_SUMS_H

#include <stddef.h>
#include <stdint.h>

#include "sample.h"

/* Sums that an owner can have: all that 32 nodes make for one reason. */
#define FLOW_SUMS_MAX 1024

struct flow_sum {
	uint64_t key; /* of flow_key_pack() */
	int64_t pages;
};

/* Empty when zeroed; sorted by key. */
struct flow_sums {
	struct flow_sum *sum;
	uint32_t nr;
	uint32_t cap;
	int64_t other_pages; /* that found no room: no sum is whole then */
};

/* Nodes and reason in one number, unknown ones too. */
uint64_t flow_key_pack(int src, int dst, int reason);
int flow_key_src(uint64_t key);
int flow_key_dst(uint64_t key);
int flow_key_reason(uint64_t key);

void flow_sums_add(struct flow_sums *sums, const struct sample_flow *flow);

/* Counts from 0 again. */
void flow_sums_clear(struct flow_sums *sums);

#endif
