/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Sorted arrays: an owner has a handful of sums, a hash table each would take
 * more than they do.
 */
#include "model_sums.h"

#include <stdlib.h>
#include <string.h>

#include "xalloc.h"

#define SUMS_FIRST 4
#define NODE_BITS 24
#define NODE_MASK ((1U << NODE_BITS) - 1)

/* One more than each, so that unknown ones, -1, are 0. */
uint64_t flow_key_pack(int src, int dst, int reason)
{
	uint64_t from = (uint32_t)(src + 1) & NODE_MASK;
	uint64_t to = (uint32_t)(dst + 1) & NODE_MASK;

	return from << (NODE_BITS + 8) | to << 8 | (uint8_t)(reason + 1);
}

int flow_key_src(uint64_t key)
{
	return (int)(key >> (NODE_BITS + 8) & NODE_MASK) - 1;
}

int flow_key_dst(uint64_t key)
{
	return (int)(key >> 8 & NODE_MASK) - 1;
}

int flow_key_reason(uint64_t key)
{
	return (int)(key & 0xff) - 1;
}

/* Where @key is, or would be. */
static uint32_t find(const struct flow_sums *sums, uint64_t key)
{
	uint32_t low = 0, high = sums->nr;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (sums->sum[middle].key < key)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void insert(struct flow_sums *sums, uint32_t at, uint64_t key)
{
	if (sums->nr == sums->cap) {
		sums->cap = sums->cap ? sums->cap * 2 : SUMS_FIRST;
		sums->sum = xreallocarray(sums->sum, sums->cap,
					  sizeof(*sums->sum));
	}
	memmove(&sums->sum[at + 1], &sums->sum[at],
		(sums->nr - at) * sizeof(*sums->sum));
	sums->sum[at] = (struct flow_sum){ .key = key };
	sums->nr++;
}

void flow_sums_add(struct flow_sums *sums, const struct sample_flow *flow)
{
	uint64_t key = flow_key_pack(flow->src, flow->dst, flow->reason);
	uint32_t at = find(sums, key);
	int64_t *pages;

	if (at < sums->nr && sums->sum[at].key == key) {
		pages = &sums->sum[at].pages;
	} else if (sums->nr < FLOW_SUMS_MAX) {
		insert(sums, at, key);
		pages = &sums->sum[at].pages;
	} else {
		pages = &sums->other_pages;
	}
	*pages = count_add(*pages, flow->pages);
}

void flow_sums_clear(struct flow_sums *sums)
{
	free(sums->sum);
	*sums = (struct flow_sums){ 0 };
}
