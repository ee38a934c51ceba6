/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An owner's counts are those of interval seen; owner_touch() starts them anew
 * in each. The process of shared pages is touched with them, and stays as long
 * as they do.
 */
#include "model_owner.h"

#include <stdlib.h>
#include <string.h>

#include "model_since.h"

/* Beyond these, owners go once no sample of the window names them. */
#define OWNERS_MAX 4096

/* Unknown pages are told apart by who moved them: all there is to go by. */
struct owner_key flow_key(const struct sample_flow *flow)
{
	return owner_key(flow->owner, flow->owner == OWNER_UNKNOWN ?
					      flow->mover :
					      flow->process);
}

struct owner_key owner_key(enum sample_owner kind, struct process_id id)
{
	struct owner_key key = { .kind = kind };

	if (kind == OWNER_PROCESS || kind == OWNER_SHARED ||
	    kind == OWNER_UNKNOWN) {
		key.pid = id.pid;
		key.start_us = id.start_us;
	}
	return key;
}

struct owner_key failure_key(const struct sample_failure *failure)
{
	if (process_id_some(failure->process))
		return process_key(failure->process);
	if (process_id_some(failure->mover))
		return process_key(failure->mover);
	return owner_key(OWNER_UNKNOWN, failure->process);
}

struct owner_key event_key(const struct sample_event *event)
{
	return process_key(process_id_some(event->target) ? event->target :
							     event->caller);
}

struct owner *owner_find(struct owner_table *table, struct owner_key key)
{
	struct owner *owner;

	HASH_FIND(hh, table->owners, &key, sizeof(key), owner);
	return owner;
}

/* Idle intervals in between had no pages, as far as the trend goes back. */
static void begin_interval(struct owner_table *table, struct owner *owner)
{
	uint64_t i = owner->seen + 1;
	bool counted = owner->key.kind == OWNER_PROCESS;

	if (i + MODEL_TREND <= table->interval)
		i = table->interval - MODEL_TREND + 1;
	for (; i <= table->interval; i++)
		owner->trend[i % MODEL_TREND] = 0;
	owner->seen = table->interval;
	owner->pages = 0;
	owner->listed_failed_pages = 0;
	owner->failed_pages = UNKNOWN;
	owner->stall_ns = UNKNOWN;
	if (counted || owner->key.kind == OWNER_UNKNOWN)
		owner->failed_pages = table->idle_failed_pages;
	if (counted)
		owner->stall_ns = table->idle_stall_ns;
}

/* That of shared pages. */
static void touch_process(struct owner_table *table, struct owner *owner)
{
	struct owner_key key = owner->key;
	struct owner *process;

	key.kind = OWNER_PROCESS;
	process = owner_touch(table, key);
	if (!owner->process)
		process->nr_shared++;
	owner->process = process;
}

struct owner *owner_touch(struct owner_table *table, struct owner_key key)
{
	struct owner *owner = owner_find(table, key);

	if (!owner) {
		owner = xcalloc(1, sizeof(*owner));
		owner->key = key;
		owner->uid = UNKNOWN;
		owner->nspid = UNKNOWN;
		HASH_ADD(hh, table->owners, key, sizeof(owner->key), owner);
		table->made++;
		since_begin(table->since, owner);
	}
	if (owner->seen == table->interval)
		return owner;
	begin_interval(table, owner);
	if (key.kind == OWNER_PROCESS)
		owner->process = owner;
	if (key.kind == OWNER_SHARED)
		touch_process(table, owner);
	return owner;
}

/* A name once known stays known: the process may be gone when asked again. */
static void learn(struct owner_table *table, const char **held,
		  const char *text)
{
	if (text)
		intern_set(&table->intern, held, text);
}

static void feed_proc(struct owner_table *table, const struct sample_proc *proc)
{
	struct owner *owner = owner_touch(table, process_key(proc->id));

	learn(table, &owner->comm, proc->comm);
	learn(table, &owner->cmdline, proc->cmdline);
	learn(table, &owner->user, proc->user);
	learn(table, &owner->cgroup, proc->cgroup);
	learn(table, &owner->container, proc->container);
	learn(table, &owner->vm, proc->vm);
	owner->uid = proc->uid;
	owner->nspid = proc->nspid;
	owner->stall_ns = proc->stall_ns;
	owner->failed_pages = proc->failed_pages;
	/* Who spends time on moving others' pages is to be seen doing it. */
	if (proc->stall_ns <= 0)
		return;
	owner->active = table->interval;
	owner->stalled = table->interval;
}

void owner_table_feed(struct owner_table *table, const struct sample *sample)
{
	const struct sample_sum *sum = &sample->sum;
	size_t i;

	table->interval++;
	table->made = 0;
	table->idle_failed_pages = sum->failed_pages == UNKNOWN ? UNKNOWN : 0;
	table->idle_stall_ns = sum->stall_ns == UNKNOWN ? UNKNOWN : 0;
	for (i = 0; i < sample->nr_procs; i++)
		feed_proc(table, &sample->procs[i]);
}

void owner_add_flow(struct owner_table *table, struct owner *owner,
		    const struct sample_flow *flow)
{
	int64_t *trend = &owner->trend[table->interval % MODEL_TREND];
	int64_t pages = flow->pages;

	owner->active = table->interval;
	owner->pages = count_add(owner->pages, pages);
	owner->total_pages = count_add(owner->total_pages, pages);
	*trend = count_add(*trend, pages);
	flow_sums_add(&owner->sums, flow);
}

/* A process's own count and the list may both have it: it is not added up. */
void owner_add_failed(struct owner_table *table, struct owner *owner,
		      int64_t pages)
{
	owner->active = table->interval;
	owner->listed_failed_pages =
		count_add(owner->listed_failed_pages, pages);
	if (owner->failed_pages < owner->listed_failed_pages)
		owner->failed_pages = owner->listed_failed_pages;
}

const char *owner_comm(const struct owner *owner)
{
	static const char *const nobody[OWNER_COUNT] = {
		[OWNER_UNMAPPED] = "[page cache]",
		[OWNER_UNKNOWN] = "[unknown]",
		[OWNER_OVERFLOW] = "[overflow]",
	};

	return owner->process ? owner->process->comm : nobody[owner->key.kind];
}

int64_t owner_trend(const struct owner_table *table, const struct owner *owner,
		    unsigned int age)
{
	if (age >= table->interval)
		return UNKNOWN;
	if (table->interval - age > owner->seen)
		return 0;
	return owner->trend[(table->interval - age) % MODEL_TREND];
}

int64_t owner_pages(const struct owner_table *table, const struct owner *owner)
{
	return owner->seen == table->interval ? owner->pages : 0;
}

int64_t owner_failed(const struct owner_table *table, const struct owner *owner)
{
	if (owner->seen == table->interval)
		return owner->failed_pages;
	if (owner->key.kind == OWNER_PROCESS ||
	    owner->key.kind == OWNER_UNKNOWN)
		return table->idle_failed_pages;
	return UNKNOWN;
}

int64_t owner_stall(const struct owner_table *table, const struct owner *owner)
{
	if (owner->seen == table->interval)
		return owner->stall_ns;
	return owner->key.kind == OWNER_PROCESS ? table->idle_stall_ns
						: UNKNOWN;
}

const char *owner_running(const struct owner_table *table,
			  const struct owner *owner)
{
	return owner->running_interval == table->interval ? owner->running
							  : NULL;
}

bool owner_has_row(const struct owner_table *table, const struct owner *owner)
{
	return owner->active && table->interval - owner->active < MODEL_ROW_AGE;
}

static void owner_free(struct owner_table *table, struct owner *owner)
{
	intern_put(&table->intern, owner->comm);
	intern_put(&table->intern, owner->cmdline);
	intern_put(&table->intern, owner->user);
	intern_put(&table->intern, owner->cgroup);
	intern_put(&table->intern, owner->container);
	intern_put(&table->intern, owner->vm);
	flow_sums_clear(&owner->sums);
	free(owner);
}

static void owner_drop(struct owner_table *table, struct owner *owner)
{
	if (since_some(owner))
		since_drop(table->since, owner);
	if (owner->process && owner->process != owner)
		owner->process->nr_shared--;
	HASH_DEL(table->owners, owner);
	owner_free(table, owner);
}

void owner_table_prune(struct owner_table *table, uint64_t oldest)
{
	struct owner *owner, *next;

	HASH_ITER(hh, table->owners, owner, next)
		if (owner->seen < oldest && !owner->nr_shared &&
		    !since_some(owner) &&
		    table->interval - owner->seen >= MODEL_ROW_AGE)
			owner_drop(table, owner);
	HASH_ITER(hh, table->owners, owner, next) {
		if (HASH_COUNT(table->owners) <= OWNERS_MAX)
			break;
		if (owner->seen < oldest && !owner->nr_shared)
			owner_drop(table, owner);
	}
}

void owner_table_free(struct owner_table *table)
{
	struct owner *owner, *next;

	HASH_ITER(hh, table->owners, owner, next) {
		HASH_DEL(table->owners, owner);
		owner_free(table, owner);
	}
}
