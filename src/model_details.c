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

/* Whom a sample does not describe had none in it. */
static void add_stall(struct details_look *look, const struct sample *sample)
{
	const struct sample_proc *proc = sample_find_proc(
		sample, owner_key_id(look->owner->key));
	int64_t stall_ns = proc ? proc->stall_ns :
			   sample->sum.stall_ns == UNKNOWN ? UNKNOWN : 0;

	if (look->owner->key.kind != OWNER_PROCESS)
		stall_ns = UNKNOWN;
	look->details->window_stall_ns =
		count_add(look->details->window_stall_ns, stall_ns);
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
	for (i = 0; i < sample->nr_flows; i++) {
		details_add_peers(look, slot, i);
		if (slot->owner[i] != look->owner)
			continue;
		details_add_pair(look, sample, &sample->flows[i]);
		details_add_reason(look, &sample->flows[i]);
	}
	details_add_failures(look, sample);
	add_stall(look, sample);
}

static void look_at_window(struct details_look *look, const struct model *model)
{
	size_t i, nr = model->window.nr;

	for (i = window_recent(&model->window); i < nr; i++) {
		look->is_now = i == nr - 1;
		look_at_slot(look, window_at(&model->window, i));
	}
}

/* No hook tells whose pages move: that is not 0. */
static void unknow_flows(struct model_details *details)
{
	details->pages = UNKNOWN;
	details->window_pages = UNKNOWN;
	details->total_pages = UNKNOWN;
	details->crossed_pages = UNKNOWN;
	details->bounce_pages = UNKNOWN;
	details->distance = UNKNOWN;
}

static void take_counts(struct details_look *look, const struct model *model)
{
	const struct owner_table *owners = &model->owners;
	struct model_details *details = look->details;
	struct bounce bounce = bounce_of(model, look->owner);

	details->crossed_pages = bounce.crossed_pages;
	details->bounce_pages = bounce.pages;
	details->failed_pages = owner_failed(owners, look->owner);
	details->stall_ns = owner_stall(owners, look->owner);
	details->total_pages = count_add(look->owner->total_pages,
					 model->since.idle_pages);
	if (!details->knows_flows)
		unknow_flows(details);
}

struct model_details *model_details_new(struct model *model,
					struct details_subject subject)
{
	struct owner *owner = owner_find(
		&model->owners, owner_key(subject.owner, subject.id));
	const struct sample *now = model_now(model);
	struct details_look look = { .owner = owner, .now = now };
	const struct model_key key = {
		.owner = subject.owner,
		.id = subject.id,
	};

	if (!owner || !now)
		return NULL;
	look.details = xcalloc(1, sizeof(*look.details));
	look.details->subject = subject;
	name_subject(look.details, owner);
	name_nodes(look.details, now);
	take_time(look.details, now);
	look_at_window(&look, model);
	details_finish_pairs(&look, model);
	details_finish_why(&look);
	details_finish_peers(&look);
	details_take_calls(&look, model);
	model_latency_of(model, &key, &look.details->latency);
	take_counts(&look, model);
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
	details_free_why(details);
	details_free_peers(details);
	details_free_calls(details);
	free(details);
}
