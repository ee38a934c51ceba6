/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "make_model.h"

struct sample *feed_flows(struct model *model, uint64_t seq,
			  const struct make_flow *flows, size_t nr)
{
	struct sample *sample = make_sample(3, seq);
	size_t i;

	for (i = 0; i < nr; i++)
		make_flow(sample, &flows[i]);
	sample_add_up(sample);
	model_feed(model, sample);
	return sample;
}

struct sample *feed_flow(struct model *model, uint64_t seq,
			 const struct make_flow *flow)
{
	return feed_flows(model, seq, flow, flow ? 1 : 0);
}

void feed_idle(struct model *model, uint64_t from, uint64_t to)
{
	for (; from <= to; from++)
		feed_flow(model, from, NULL);
}

const struct model_row *row_of(const struct model *model, int64_t pid)
{
	size_t i, nr;
	const struct model_row *rows = model_rows(model, &nr);

	for (i = 0; i < nr; i++)
		if (rows[i].id.pid == pid && rows[i].owner == OWNER_PROCESS)
			return &rows[i];
	return NULL;
}

size_t nr_rows(const struct model *model)
{
	size_t nr;

	model_rows(model, &nr);
	return nr;
}
