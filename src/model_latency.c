/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A histogram by powers of two only bounds a percentile: it is below the
 * upper edge of the bucket that its rank falls into, and never above the
 * longest. The highest rank is the longest itself.
 */
#include "model_latency.h"

#include <stdlib.h>
#include <string.h>

#include "call.h"
#include "model_state.h"
#include "xalloc.h"

static const struct model_duration unknown = { UNKNOWN, false };

static int64_t part(int64_t count)
{
	return count > 0 ? count : 0;
}

int64_t latency_bucket(const struct model_latency *latency, int i)
{
	int64_t sum = 0;
	int r;

	for (r = 0; r <= SAMPLE_REASON_MAX; r++)
		sum = count_add(sum, part(latency->log2_ns[r][i]));
	return sum;
}

static int64_t bucket_end(int i)
{
	return i < SAMPLE_LOG2_MAX - 2 ? (int64_t)1 << (i + 1) : INT64_MAX;
}

/* How many of @count are not longer than the @percent-th percentile. */
static int64_t rank_of(int64_t count, int percent)
{
	return (int64_t)(((__int128)count * percent + 99) / 100);
}

struct model_duration latency_percentile(const struct model_latency *latency,
					 int percent)
{
	int64_t bucket[SAMPLE_LOG2_MAX], count = 0, rank, end;
	int i;

	for (i = 0; i < SAMPLE_LOG2_MAX; i++) {
		bucket[i] = latency_bucket(latency, i);
		count = count_add(count, bucket[i]);
	}
	if (!count)
		return unknown;
	rank = rank_of(count, percent);
	if (rank == count && latency->max.exact)
		return latency->max;
	for (i = 0; i < SAMPLE_LOG2_MAX - 1 && rank > bucket[i]; i++)
		rank -= bucket[i];
	end = bucket_end(i);
	if (latency->max.exact && latency->max.ns < end)
		end = latency->max.ns;
	return (struct model_duration){ end, false };
}

static void latency_clear(struct model_latency *latency)
{
	memset(latency, 0, sizeof(*latency));
	latency->window_ns = UNKNOWN;
	latency->count = UNKNOWN;
	latency->sum_ns = UNKNOWN;
	latency->p50 = latency->p99 = latency->max = unknown;
}

static void add_row(struct model_latency *latency,
		    const struct sample_latency *row)
{
	bool known = row->reason >= 0 && row->reason < SAMPLE_REASON_MAX;
	int64_t *bucket = latency->log2_ns[known ? row->reason :
						   SAMPLE_REASON_MAX];
	int i;

	latency->count = count_add(latency->count, row->count);
	latency->sum_ns = count_add(latency->sum_ns, row->sum_ns);
	for (i = 0; i < SAMPLE_LOG2_MAX; i++)
		bucket[i] = count_add(bucket[i], part(row->log2_ns[i]));
	if (row->max_ns == UNKNOWN)
		latency->max.exact = false;
	else if (row->max_ns > latency->max.ns)
		latency->max.ns = row->max_ns;
}

/* A rung without a hook for the scope has no row, and that is not none. */
static bool sample_has(const struct sample *sample, enum sample_scope scope)
{
	size_t i;

	for (i = 0; i < sample->nr_latency; i++)
		if (sample->latency[i].scope == scope)
			return true;
	if (scope == SCOPE_CALL && !sample->probe[PROBE_CALLS])
		return false;
	return sample->probe[PROBE_LATENCY] != NULL;
}

static void add_sample(struct model_latency *latency,
		       const struct sample *sample, enum sample_scope scope)
{
	size_t i;

	if (latency->count == UNKNOWN && latency->window_ns == UNKNOWN) {
		latency->window_ns = latency->count = latency->sum_ns = 0;
		latency->max = (struct model_duration){ 0, true };
	}
	latency->window_ns = count_add(latency->window_ns,
				       sample->interval_ns);
	for (i = 0; i < sample->nr_latency; i++)
		if (sample->latency[i].scope == scope &&
		    !process_id_some(sample->latency[i].process))
			add_row(latency, &sample->latency[i]);
}

/* A maximum that was lost is bounded like any percentile. */
static void latency_finish(struct model_latency *latency)
{
	if (!latency->max.exact)
		latency->max = latency_percentile(latency, 100);
	else if (!latency->count)
		latency->max = unknown;
	latency->p50 = latency_percentile(latency, 50);
	latency->p99 = latency_percentile(latency, 99);
}

void model_latency(const struct model *model, enum sample_scope scope,
		   struct model_latency *latency)
{
	size_t nr = model->window.nr, i = 0;
	const struct sample *sample;

	latency_clear(latency);
	if (nr > MODEL_LATENCY_INTERVALS)
		i = nr - MODEL_LATENCY_INTERVALS;
	for (; i < nr; i++) {
		sample = window_at(&model->window, i)->sample;
		if (sample_has(sample, scope))
			add_sample(latency, sample, scope);
	}
	latency_finish(latency);
}

static bool call_counts(const struct sample_event *event)
{
	return event->phase == PHASE_DONE && event->duration_ns >= 0 &&
	       call_may_move(event->call) && !(event->marks & MARK_QUERY);
}

static bool name_equal(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

/* One who is not there is nobody whose name is unknown. */
static bool name_counts(const struct model_key *key,
			const struct model_log_line *line, const char *caller,
			const char *target)
{
	return (process_id_some(line->event.caller) &&
		name_equal(key->name, caller)) ||
	       (process_id_some(line->event.target) &&
		name_equal(key->name, target));
}

static bool is_of(const struct model_key *key,
		  const struct model_log_line *line)
{
	bool made = process_id_equal(line->event.caller, key->id);

	switch (key->group) {
	case GROUP_MOVER:
		return made;
	case GROUP_CGROUP:
		return name_counts(key, line, line->caller_cgroup,
				   line->target_cgroup);
	case GROUP_USER:
		return name_counts(key, line, line->caller_user,
				   line->target_user);
	default:
		return made || process_id_equal(line->event.target, key->id);
	}
}

/* Can the row have made calls, or be what they are about? */
static bool has_calls(const struct model_key *key)
{
	if (key->group == GROUP_CGROUP || key->group == GROUP_USER)
		return true;
	return process_id_some(key->id) && (key->owner == OWNER_PROCESS ||
					    key->owner == OWNER_SHARED);
}

static int reason_of(const struct sample *now, enum sample_call call)
{
	const char *name = log_call_reason(call);
	int r;

	for (r = 0; name && now && r < now->nr_reasons; r++)
		if (!strcmp(now->reasons[r], name))
			return r;
	return SAMPLE_REASON_MAX;
}

static int log2_of(int64_t ns)
{
	return ns > 0 ? 63 - __builtin_clzll((unsigned long long)ns) : 0;
}

static int duration_compare(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static struct model_duration exact(const int64_t *sorted, size_t nr,
				   int percent)
{
	int64_t rank = rank_of((int64_t)nr, percent);

	return (struct model_duration){ sorted[rank - 1], true };
}

/* The durations of the log's calls of @key into @all; returns how many. */
static size_t durations_of(const struct model *model,
			   const struct model_key *key,
			   struct model_latency *latency, int64_t *all)
{
	size_t i, nr = 0, lines = log_length(&model->log);
	const struct sample_event *event;
	int reason;

	for (i = 0; i < lines; i++) {
		event = &model->log.ring[i].line.event;
		if (!call_counts(event) ||
		    !is_of(key, &model->log.ring[i].line))
			continue;
		all[nr++] = event->duration_ns;
		reason = reason_of(model_now(model), event->call);
		latency->log2_ns[reason][log2_of(event->duration_ns)]++;
		latency->sum_ns = count_add(latency->sum_ns,
					    event->duration_ns);
	}
	return nr;
}

void model_latency_of(const struct model *model, const struct model_key *key,
		      struct model_latency *latency)
{
	int64_t *all = xcalloc(log_length(&model->log) + 1, sizeof(*all));
	const struct sample *now = model_now(model);
	size_t nr;

	latency_clear(latency);
	if (now && now->probe[PROBE_CALLS] && has_calls(key)) {
		latency->sum_ns = 0;
		nr = durations_of(model, key, latency, all);
		latency->count = (int64_t)nr;
		qsort(all, nr, sizeof(*all), duration_compare);
		if (nr) {
			latency->p50 = exact(all, nr, 50);
			latency->p99 = exact(all, nr, 99);
			latency->max = exact(all, nr, 100);
		}
	}
	free(all);
}
