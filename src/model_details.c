/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who it is, and the pass over the window that gives the rest. */
#include "model_details.h"

#include <stdlib.h>

#include "model_details_part.h"
#include "xalloc.h"

struct details_subject details_of_row(const struct model_row *row)
{
	struct details_subject subject = { row->owner, row->id };

	/* Unknown pages have rows by who moved them. */
	if (row->owner == OWNER_UNKNOWN)
		subject.id = row->mover;
	return subject;
}

static char *copy(const char *text)
{
	return text ? xstrdup(text) : NULL;
}

static void name_subject(struct model_details *details,
			 const struct owner *owner)
{
	const struct owner *process = owner->process;
	const char *comm = owner_comm(owner);

	details->comm = xstrdup(comm ? comm : "?");
	details->uid = UNKNOWN;
	details->nspid = UNKNOWN;
	if (!process)
		return;
	details->cmdline = copy(process->cmdline);
	details->user = copy(process->user);
	details->cgroup = copy(process->cgroup);
	details->container = copy(process->container);
	details->vm = copy(process->vm);
	details->uid = process->uid;
	details->nspid = process->nspid;
}

static void name_nodes(struct model_details *details, const struct sample *now)
{
	size_t i;

	details->nodes = xcalloc(now->nr_nodes + 1, sizeof(*details->nodes));
	details->nr_nodes = (int)now->nr_nodes;
	for (i = 0; i < now->nr_nodes; i++)
		details->nodes[i] = now->nodes[i].id;
}

static void take_time(struct model_details *details, const struct sample *now)
{
	details->time = now->time;
	details->uptime_us = now->uptime_us;
	details->interval_ns = now->interval_ns;
	details->knows_flows = now->nr_flows || now->sum.pages != UNKNOWN;
}

static void look_at_slot(struct details_look *look,
			 const struct window_slot *slot)
{
	const struct sample *sample = slot->sample;
	struct model_details *details = look->details;
	size_t i;

	details->intervals++;
	details->window_ns =
		count_add(details->window_ns, sample->interval_ns);
	for (i = 0; i < sample->nr_flows; i++)
		if (slot->owner[i] == look->owner)
			details_add_pair(look, &sample->flows[i]);
}

static void look_at_window(struct details_look *look, const struct model *model)
{
	size_t i = 0, nr = model->window.nr;

	if (nr > MODEL_ROW_AGE)
		i = nr - MODEL_ROW_AGE;
	for (; i < nr; i++) {
		look->is_now = i == nr - 1;
		look_at_slot(look, window_at(&model->window, i));
	}
}

struct model_details *model_details_new(struct model *model,
					struct details_subject subject)
{
	struct owner *owner = owner_find(
		&model->owners, owner_key(subject.owner, subject.id));
	struct details_look look = { .owner = owner };
	const struct sample *now = model_now(model);

	if (!owner || !now)
		return NULL;
	look.details = xcalloc(1, sizeof(*look.details));
	look.details->subject = subject;
	name_subject(look.details, owner);
	name_nodes(look.details, now);
	take_time(look.details, now);
	look_at_window(&look, model);
	details_finish_pairs(&look);
	return look.details;
}

void model_details_free(struct model_details *details)
{
	if (!details)
		return;
	free(details->comm);
	free(details->cmdline);
	free(details->user);
	free(details->cgroup);
	free(details->container);
	free(details->vm);
	free(details->nodes);
	free(details->pairs);
	free(details);
}
