/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Sums by owner, by nodes and by reason. An owner that had to be dropped is in
 * all but the first; a filter of bits then tells whether one that seems to be
 * new may be it.
 */
#include "model_since.h"

#include <stdlib.h>
#include <string.h>

#include "model_state.h"
#include "xalloc.h"

#define LOCAL_DISTANCE 10

/* Bits of the filter: 128 KiB, and only once somebody was dropped. */
#define DROPPED_BITS (UINT32_C(1) << 20)

int64_t since_distance(const struct sample *sample, int src, int dst,
		       int64_t pages)
{
	int64_t moved;
	int distance;

	if (src < 0 || dst < 0 || pages == UNKNOWN)
		return UNKNOWN;
	if (src == dst)
		return 0;
	if (!sample->distance)
		return UNKNOWN;
	distance = sample->distance[(size_t)src * sample->nr_nodes +
				    (size_t)dst];
	if (distance < LOCAL_DISTANCE)
		return UNKNOWN;
	if (__builtin_mul_overflow(pages, distance - LOCAL_DISTANCE, &moved))
		return INT64_MAX;
	return moved;
}

static void add(int64_t *sum, int64_t count)
{
	*sum = count_add(*sum, count);
}

static bool same_nodes(const struct since *since, const struct sample *sample)
{
	size_t i;

	if (since->nr_now != sample->nr_nodes)
		return false;
	for (i = 0; i < sample->nr_nodes; i++)
		if (since->node[since->now[i]] != sample->nodes[i].id)
			return false;
	return true;
}

/* Where node @id is, or would be next. */
static size_t node_at(const struct since *since, int id)
{
	size_t i;

	for (i = 0; i < since->nr_nodes && since->node[i] != id; i++)
		;
	return i;
}

/* Room for @nr nodes; nothing has moved from or to those that are new. */
static void make_room(struct since *since, size_t nr)
{
	size_t i, old = since->nr_nodes;
	int64_t *matrix = xcalloc(nr * nr, sizeof(*matrix));

	for (i = 0; i < old; i++)
		memcpy(&matrix[i * nr], &since->matrix[i * old],
		       old * sizeof(*matrix));
	free(since->matrix);
	since->matrix = matrix;
	since->node = xreallocarray(since->node, nr, sizeof(*since->node));
	since->nodes = xreallocarray(since->nodes, nr, sizeof(*since->nodes));
	for (i = old; i < nr; i++)
		since->nodes[i] = (struct model_node_since){ 0 };
}

/* Nodes come and go, and those that come back have their counts. */
static void follow_nodes(struct since *since, const struct sample *sample)
{
	size_t i, nr = since->nr_nodes;

	if (same_nodes(since, sample))
		return;
	for (i = 0; i < sample->nr_nodes; i++)
		nr += node_at(since, sample->nodes[i].id) == since->nr_nodes;
	if (nr > since->nr_nodes)
		make_room(since, nr);
	since->nr_now = sample->nr_nodes;
	since->now = xreallocarray(since->now, since->nr_now,
				   sizeof(*since->now));
	for (i = 0; i < since->nr_now; i++) {
		since->now[i] = node_at(since, sample->nodes[i].id);
		if (since->now[i] == since->nr_nodes)
			since->node[since->nr_nodes++] = sample->nodes[i].id;
	}
}

static int64_t *flow_at(const struct since *since, size_t src, size_t dst)
{
	return &since->matrix[since->now[src] * since->nr_nodes +
			      since->now[dst]];
}

static void feed_flow(struct since *since, struct owner *owner,
		      const struct sample *sample,
		      const struct sample_flow *flow)
{
	int src = sample_node_index(sample, flow->src);
	int dst = sample_node_index(sample, flow->dst);
	int64_t distance = since_distance(sample, src, dst, flow->pages);
	int reason = flow->reason;

	if (reason < 0 || reason >= SAMPLE_REASON_MAX)
		reason = SAMPLE_REASON_MAX;
	add(&since->sums.reason[reason], flow->pages);
	add(&since->last_distance, distance);
	add(&owner->since.distance, distance);
	add(&owner->since.folios, flow->folios);
	if (src < 0 || dst < 0)
		since->idle_matrix = UNKNOWN;
	else
		add(flow_at(since, (size_t)src, (size_t)dst), flow->pages);
}

static void feed_sums(struct since *since, const struct sample *sample)
{
	struct model_since *sums = &since->sums;
	bool unseen = !sample->nr_flows && sample->sum.pages == UNKNOWN;
	struct model_node_since *node;
	size_t i;

	add(&sums->interval_ns, sample->interval_ns);
	add(&sums->pages, sample->sum.pages);
	add(&sums->folios, sample->sum.folios);
	add(&sums->intra_pages, sample->sum.intra_pages);
	add(&sums->failed_pages, sample->sum.failed_pages);
	add(&sums->stall_ns, sample->sum.stall_ns);
	add(&sums->hint_faults, sample->vmstat[VMSTAT_NUMA_HINT_FAULTS]);
	add(&sums->hint_faults_local,
	    sample->vmstat[VMSTAT_NUMA_HINT_FAULTS_LOCAL]);
	for (i = 0; i < sample->nr_nodes; i++) {
		node = &since->nodes[since->now[i]];
		add(&node->in_pages, sample->nodes[i].in_pages);
		add(&node->out_pages, sample->nodes[i].out_pages);
		add(&node->intra_pages, sample->nodes[i].intra_pages);
	}
	if (unseen) {
		since->idle_pages = UNKNOWN;
		since->idle_matrix = UNKNOWN;
		since->last_distance = UNKNOWN;
		sums->reason[SAMPLE_REASON_MAX] = UNKNOWN;
	}
	if (sample->sum.failed_pages == UNKNOWN)
		since->idle_failed_pages = UNKNOWN;
	if (sample->sum.stall_ns == UNKNOWN)
		since->idle_stall_ns = UNKNOWN;
}

void since_feed(struct since *since, struct owner_table *owners,
		const struct window_slot *slot)
{
	const struct sample *sample = slot->sample;
	struct owner *owner, *next;
	size_t i;

	follow_nodes(since, sample);
	since->last_distance = 0;
	feed_sums(since, sample);
	for (i = 0; i < sample->nr_flows; i++)
		feed_flow(since, slot->owner[i], sample, &sample->flows[i]);
	add(&since->sums.distance, since->last_distance);
	HASH_ITER(hh, owners->owners, owner, next) {
		if (owner->seen != owners->interval)
			continue;
		add(&owner->since.failed_pages, owner->failed_pages);
		add(&owner->since.stall_ns, owner->stall_ns);
	}
}

void since_zero(struct since *since, struct owner_table *owners,
		const struct sample *now)
{
	int64_t distance = since->last_distance;
	struct owner *owner, *next;

	HASH_ITER(hh, owners->owners, owner, next) {
		owner->total_pages = 0;
		owner->moved_pages = 0;
		owner->since = (struct owner_since){ 0 };
		flow_sums_clear(&owner->sums);
	}
	since_free(since);
	since->last_distance = distance;
	since->sums.is_zeroed = now;
	if (now)
		since->sums.time = now->time;
	if (now)
		follow_nodes(since, now);
}

bool since_some(const struct owner *owner)
{
	const struct owner_since *since = &owner->since;

	/* Of what is unknown by nature there is nothing to keep. */
	return owner->total_pages || owner->moved_pages ||
	       since->failed_pages > 0 || since->stall_ns > 0;
}

static uint32_t dropped_bit(const struct owner *owner)
{
	uint32_t hash;

	HASH_JEN(&owner->key, sizeof(owner->key), hash);
	return hash % DROPPED_BITS;
}

void since_drop(struct since *since, const struct owner *owner)
{
	uint32_t bit = dropped_bit(owner);

	if (!since->dropped)
		since->dropped = xcalloc(DROPPED_BITS / 8, 1);
	since->dropped[bit / 8] |= (unsigned char)(1 << bit % 8);
	since->sums.dropped++;
}

void since_begin(const struct since *since, struct owner *owner)
{
	uint32_t bit = dropped_bit(owner);

	if (!since->dropped || !(since->dropped[bit / 8] & 1 << bit % 8))
		return;
	owner->total_pages = UNKNOWN;
	owner->moved_pages = UNKNOWN;
	owner->sums.other_pages = UNKNOWN;
	owner->since = (struct owner_since){ UNKNOWN, UNKNOWN, UNKNOWN,
					     UNKNOWN };
}

void since_row(const struct since *since, const struct owner *owner,
	       struct model_row *row)
{
	bool counted = owner->key.kind == OWNER_PROCESS;

	row->total_pages = count_add(owner->total_pages, since->idle_pages);
	row->total_folios = count_add(owner->since.folios, since->idle_pages);
	row->total_distance =
		count_add(owner->since.distance, since->idle_pages);
	row->total_failed_pages = UNKNOWN;
	row->total_stall_ns = UNKNOWN;
	if (counted || owner->key.kind == OWNER_UNKNOWN)
		row->total_failed_pages = count_add(owner->since.failed_pages,
						    since->idle_failed_pages);
	if (counted)
		row->total_stall_ns = since_stall(since, owner);
}

int64_t since_stall(const struct since *since, const struct owner *mover)
{
	return count_add(mover->since.stall_ns, since->idle_stall_ns);
}

int64_t since_moved(const struct since *since, const struct owner *mover)
{
	return count_add(mover->moved_pages, since->idle_pages);
}

void since_total(const struct since *since, struct model_row *row)
{
	row->total_pages = since->sums.pages;
	row->total_folios = since->sums.folios;
	row->total_distance = since->sums.distance;
	row->total_failed_pages = since->sums.failed_pages;
	row->total_stall_ns = since->sums.stall_ns;
}

void since_free(struct since *since)
{
	free(since->node);
	free(since->now);
	free(since->nodes);
	free(since->matrix);
	free(since->dropped);
	*since = (struct since){ .node = NULL };
}

void model_zero(struct model *model)
{
	since_zero(&model->since, &model->owners, model_now(model));
}

const struct model_since *model_since(const struct model *model)
{
	return &model->since.sums;
}

const struct model_node_since *model_since_node(const struct model *model,
						size_t i)
{
	return &model->since.nodes[model->since.now[i]];
}

int64_t model_distance(const struct model *model)
{
	return model_now(model) ? model->since.last_distance : UNKNOWN;
}

int64_t model_since_flow(const struct model *model, size_t src, size_t dst)
{
	const struct since *since = &model->since;

	return count_add(*flow_at(since, src, dst), since->idle_matrix);
}
