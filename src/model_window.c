/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The ring of samples, and what they take in memory: not to the byte, but not
 * less than the allocator takes for them.
 */
#include <stdlib.h>
#include <string.h>

#include "model_state.h"

/* A list of @nr elements has room for the next power of two. */
static size_t list_bytes(size_t nr, size_t size)
{
	size_t room = 1;

	while (room < nr)
		room *= 2;
	return nr ? room * size + 16 : 0;
}

static size_t text_bytes(const char *text)
{
	return text ? strlen(text) + 24 : 0;
}

static size_t args_bytes(const struct sample_args *args)
{
	size_t bytes = 0;
	int i;

	for (i = 0; i < SAMPLE_ARG_MAX; i++)
		bytes += text_bytes(args->value[i]);
	return bytes;
}

static size_t proc_bytes(const struct sample_proc *proc)
{
	return text_bytes(proc->comm) + text_bytes(proc->cmdline) +
	       text_bytes(proc->user) + text_bytes(proc->cgroup) +
	       text_bytes(proc->container) + text_bytes(proc->vm);
}

static size_t stack_bytes(const struct sample_stack *stack)
{
	size_t bytes = 0, i;

	if (!stack)
		return 0;
	for (i = 0; i < stack->nr_kernel; i++)
		bytes += text_bytes(stack->kernel[i]);
	for (i = 0; i < stack->nr_user; i++)
		bytes += text_bytes(stack->user[i].build_id) +
			 text_bytes(stack->user[i].file) +
			 text_bytes(stack->user[i].symbol);
	return bytes + sizeof(*stack) + 16 +
	       list_bytes(stack->nr_kernel, sizeof(*stack->kernel)) +
	       list_bytes(stack->nr_user, sizeof(*stack->user));
}

size_t model_sample_bytes(const struct sample *sample)
{
	size_t nr_nodes = sample->nr_nodes;
	size_t bytes = sizeof(*sample) + text_bytes(sample->view) + 512, i;

	bytes += nr_nodes * (sizeof(*sample->nodes) + 32);
	bytes += nr_nodes * nr_nodes * sizeof(*sample->distance);
	bytes += list_bytes(sample->nr_procs, sizeof(*sample->procs));
	bytes += list_bytes(sample->nr_flows, sizeof(*sample->flows));
	bytes += list_bytes(sample->nr_failures, sizeof(*sample->failures));
	bytes += list_bytes(sample->nr_latency, sizeof(*sample->latency));
	bytes += list_bytes(sample->nr_events, sizeof(*sample->events));
	for (i = 0; i < sample->nr_procs; i++)
		bytes += proc_bytes(&sample->procs[i]);
	for (i = 0; i < sample->nr_events; i++)
		bytes += args_bytes(&sample->events[i].args) +
			 args_bytes(&sample->events[i].at_entry) +
			 args_bytes(&sample->events[i].effective) +
			 stack_bytes(sample->events[i].stack);
	return bytes;
}

static void slot_clear(struct window_slot *slot)
{
	sample_free(slot->sample);
	free(slot->owner);
	free(slot->mover);
	*slot = (struct window_slot){ 0 };
}

static void window_drop(struct window *window)
{
	struct window_slot *slot = &window->slot[window->first];

	window->bytes -= slot->bytes;
	slot_clear(slot);
	window->first = (window->first + 1) % MODEL_HISTORY;
	window->nr--;
}

static void name_flows(struct window_slot *slot, struct owner_table *owners)
{
	const struct sample *sample = slot->sample;
	size_t i;

	slot->owner = xcalloc(sample->nr_flows, sizeof(*slot->owner));
	slot->mover = xcalloc(sample->nr_flows, sizeof(*slot->mover));
	for (i = 0; i < sample->nr_flows; i++) {
		const struct sample_flow *flow = &sample->flows[i];

		slot->owner[i] = owner_touch(owners, flow_key(flow));
		if (process_id_some(flow->mover))
			slot->mover[i] =
				owner_touch(owners, process_key(flow->mover));
	}
}

struct window_slot *window_add(struct window *window, struct sample *sample,
			       struct owner_table *owners)
{
	struct window_slot *slot;

	if (window->nr == MODEL_HISTORY)
		window_drop(window);
	slot = &window->slot[(window->first + window->nr++) % MODEL_HISTORY];
	slot->sample = sample;
	slot->interval = owners->interval;
	name_flows(slot, owners);
	/* Owners stay as long as a sample names them: they go on its bill. */
	slot->bytes = model_sample_bytes(sample) +
		      sample->nr_flows * 2 * sizeof(*slot->owner) +
		      owners->made * OWNER_BYTES;
	window->bytes += slot->bytes;
	return slot;
}

void window_trim(struct window *window)
{
	while (window->nr > 1 && window->bytes > MODEL_BYTES)
		window_drop(window);
}

void window_free(struct window *window)
{
	while (window->nr)
		window_drop(window);
}
