/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a flow, failure or call looks like to a filter, in one sample. */
#include "restrict.h"

#include <stdlib.h>
#include <string.h>

#include <uthash.h>

#include "call.h"
#include "xalloc.h"

struct known {
	struct process_id id;
	const struct sample_proc *proc; /* NULL: not described */
	int64_t pages; /* that it owns, in this interval */
	bool named;    /* by what is kept */
	UT_hash_handle hh;
};

struct restriction {
	const struct filter *filter;
	struct sample *sample;
	struct known *known;
};

static struct known *known_of(struct restriction *r, struct process_id id)
{
	struct known *known;

	HASH_FIND(hh, r->known, &id, sizeof(id), known);
	if (known)
		return known;
	known = xcalloc(1, sizeof(*known));
	known->id = id;
	HASH_ADD(hh, r->known, id, sizeof(known->id), known);
	return known;
}

static void known_fill(struct restriction *r)
{
	const struct sample *sample = r->sample;
	size_t i;

	for (i = 0; i < sample->nr_procs; i++)
		known_of(r, sample->procs[i].id)->proc = &sample->procs[i];
	for (i = 0; i < sample->nr_flows; i++) {
		struct known *known = known_of(r, sample->flows[i].process);

		known->pages = count_add(known->pages, sample->flows[i].pages);
	}
}

/* What is known of the process @id and of who moved its pages, @mover. */
static struct filter_subject subject_of(struct restriction *r,
					struct process_id id,
					struct process_id mover)
{
	const struct known *known = known_of(r, id);
	struct filter_subject subject = {
		.pid = id.pid ? id.pid : UNKNOWN,
		.mover = mover.pid ? mover.pid : UNKNOWN,
		.src = NODE_UNKNOWN,
		.dst = NODE_UNKNOWN,
		.pages = known->pages,
		.rate = count_per_second(known->pages,
					 r->sample->interval_ns),
		.fail = UNKNOWN,
	};

	if (!known->proc)
		return subject;
	subject.comm = known->proc->comm;
	subject.cmdline = known->proc->cmdline;
	subject.user = known->proc->user;
	subject.cgroup = known->proc->cgroup;
	subject.fail = known->proc->failed_pages;
	return subject;
}

static bool flow_kept(struct restriction *r, const struct sample_flow *flow)
{
	struct filter_subject subject =
		subject_of(r, flow->process, flow->mover);

	subject.src = flow->src;
	subject.dst = flow->dst;
	subject.reason = sample_reason_name(r->sample, flow->reason);
	return filter_match(r->filter, &subject);
}

static bool failure_kept(struct restriction *r,
			 const struct sample_failure *failure)
{
	struct process_id whose = process_id_some(failure->process) ?
					  failure->process :
					  failure->mover;
	struct filter_subject subject =
		subject_of(r, whose, failure->mover);

	subject.reason = sample_reason_name(r->sample, failure->reason);
	return filter_match(r->filter, &subject);
}

/* A call is its target's and its caller's: either may match. */
static bool event_kept(struct restriction *r, const struct sample_event *event)
{
	struct process_id whose[] = { event->target, event->caller };
	struct filter_subject subject;
	size_t i;

	for (i = 0; i < 2; i++) {
		subject = subject_of(r, whose[i], event->caller);
		subject.call = call_table[event->call].name;
		if (process_id_some(whose[i]) &&
		    filter_match(r->filter, &subject))
			return true;
	}
	return false;
}

static void name_both(struct restriction *r, struct process_id a,
		      struct process_id b)
{
	known_of(r, a)->named = true;
	known_of(r, b)->named = true;
}

static void keep_flows(struct restriction *r)
{
	struct sample *sample = r->sample;
	size_t i, n = 0;

	for (i = 0; i < sample->nr_flows; i++) {
		if (!flow_kept(r, &sample->flows[i]))
			continue;
		name_both(r, sample->flows[i].process, sample->flows[i].mover);
		sample->flows[n++] = sample->flows[i];
	}
	sample->nr_flows = n;
}

static void keep_failures(struct restriction *r)
{
	struct sample *sample = r->sample;
	size_t i, n = 0;

	for (i = 0; i < sample->nr_failures; i++) {
		if (!failure_kept(r, &sample->failures[i]))
			continue;
		name_both(r, sample->failures[i].process,
			  sample->failures[i].mover);
		sample->failures[n++] = sample->failures[i];
	}
	sample->nr_failures = n;
}

static void keep_events(struct restriction *r)
{
	struct sample *sample = r->sample;
	size_t i, n = 0;

	for (i = 0; i < sample->nr_events; i++) {
		if (!event_kept(r, &sample->events[i])) {
			sample_event_clear(&sample->events[i]);
			continue;
		}
		name_both(r, sample->events[i].caller,
			  sample->events[i].target);
		sample->events[n++] = sample->events[i];
	}
	sample->nr_events = n;
}

static void keep_procs(struct restriction *r)
{
	struct sample *sample = r->sample;
	size_t i, n = 0;

	for (i = 0; i < sample->nr_procs; i++) {
		if (known_of(r, sample->procs[i].id)->named)
			sample->procs[n++] = sample->procs[i];
		else
			sample_proc_clear(&sample->procs[i]);
	}
	sample->nr_procs = n;
}

void sample_restrict(struct sample *sample, const struct filter *filter)
{
	struct restriction r = { .filter = filter, .sample = sample };
	struct known *known, *next;

	if (!filter)
		return;
	known_fill(&r);
	keep_events(&r);
	keep_failures(&r);
	keep_flows(&r);
	keep_procs(&r);
	HASH_ITER(hh, r.known, known, next) {
		HASH_DEL(r.known, known);
		free(known);
	}
}
