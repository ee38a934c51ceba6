/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Filled by the tables of schema.h, so that no key can be forgotten. */
#include "full_sample.h"

#include <errno.h>
#include <string.h>

#include "call.h"
#include "schema.h"
#include "stack.h"
#include "xalloc.h"

static void set_texts(struct sample_event *event)
{
	const struct call_arg *arg = call_table[event->call].arg;
	int i;

	for (i = 0; i < SAMPLE_ARG_MAX && arg[i].name; i++) {
		bool number = arg[i].kind == CALL_ARG_NUMBER;

		event->args.value[i] = xstrdup(number ? "-12" : "0-1,7");
		event->effective.value[i] = xstrdup(number ? "64" : "2");
	}
	event->at_entry.value[0] = xstrdup("9");
}

/* A frame that all is known of, one by its address alone. */
static struct sample_stack *full_stack(void)
{
	struct sample_stack *stack = xcalloc(1, sizeof(*stack));
	struct sample_frame *frame;

	stack->has_kernel = true;
	stack->has_user = true;
	stack_add_kernel(stack, xstrdup("do_migrate_pages+0x1f"));
	stack_add_kernel(stack, xstrdup("[unknown]"));
	frame = stack_add_user(stack);
	frame->build_id = xstrdup("00112233445566778899aabbccddeeff00112233");
	frame->offset = 4096;
	frame->file = xstrdup("/usr/bin/migratepages");
	frame->symbol = xstrdup("main+0x1f");
	frame = stack_add_user(stack);
	frame->address = 0x7f0012345678;
	return stack;
}

static void set_member(void *base, const struct schema_field *field, int number)
{
	void *member = (char *)base + field->offset;

	switch (field->kind) {
	case SCHEMA_TEXT:
		*(char **)member = xasprintf("%s é %d", field->key, number);
		break;
	case SCHEMA_FLAG:
		*(int64_t *)member = 1;
		break;
	case SCHEMA_BOOL:
		*(bool *)member = true;
		break;
	case SCHEMA_NODE:
	case SCHEMA_OWNER:
	case SCHEMA_SCOPE:
	case SCHEMA_PHASE:
	case SCHEMA_CALL:
	case SCHEMA_MARKS:
	case SCHEMA_ABI:
	case SCHEMA_NOTHING:
		*(int *)member = 1;
		break;
	case SCHEMA_REASON:
		*(int *)member = 0;
		break;
	case SCHEMA_TIME:
		*(struct timespec *)member =
			(struct timespec){ 1769864401, 204000000 };
		break;
	case SCHEMA_LOG2:
		((int64_t *)member)[3] = number;
		break;
	case SCHEMA_STATUSES:
		*(struct sample_statuses *)member = (struct sample_statuses){
			40, 30, 5, { [0] = 1, [EACCES] = 2, [EBUSY] = 2 },
		};
		break;
	case SCHEMA_STACK:
		*(struct sample_stack **)member = full_stack();
		break;
	case SCHEMA_ARGS:
		break;
	default:
		*(int64_t *)member = number;
	}
}

static void set_members(void *base, const struct schema_field *field)
{
	int number = 100;

	for (; field->key; field++)
		set_member(base, field, number++);
}

/* Every member as null has it, but for what the schema needs. */
static void set_unknown(void *base, const struct schema_field *field)
{
	for (; field->key; field++) {
		void *member = (char *)base + field->offset;

		if (field->required)
			set_member(base, field, 200);
		else if (field->kind == SCHEMA_NODE ||
			 field->kind == SCHEMA_REASON)
			*(int *)member = -1;
		else if (field->kind == SCHEMA_COUNT ||
			 field->kind == SCHEMA_SIGNED ||
			 field->kind == SCHEMA_ERRNO)
			*(int64_t *)member = UNKNOWN;
		else if (field->kind == SCHEMA_STATUSES)
			*(struct sample_statuses *)member =
				(struct sample_statuses){ UNKNOWN, UNKNOWN,
							  UNKNOWN, { 0 } };
	}
}

static void set_list(const char *key, void *first, void *second)
{
	const struct schema_section *section = schema_sections;

	while (strcmp(section->key, key))
		section++;
	set_members(first, section->fields);
	set_unknown(second, section->fields);
}

static void set_nodes(struct sample *sample)
{
	int i;

	sample_set_nodes(sample, 2);
	set_list("nodes", &sample->nodes[0], &sample->nodes[1]);
	sample->nodes[1].id = 3;
	for (i = 0; i < 3; i++)
		sample->distance[i] = 10 + i;
}

static void set_named(struct sample *sample)
{
	int i;

	for (i = 0; i < PROBE_COUNT - 1; i++)
		sample->probe[i] = xasprintf("kind%d", i);
	for (i = 0; i < VMSTAT_COUNT - 1; i++)
		sample->vmstat[i] = 1000 + i;
	for (i = 0; i < LOST_COUNT - 1; i++)
		sample->lost[i] = 2000 + i;
}

#define SET_LIST(name) (sample_add_##name(sample), sample_add_##name(sample))

struct sample *full_sample(void)
{
	struct sample *sample = sample_new();
	const struct schema_section *section;

	sample_reason(sample, "compaction");
	sample_reason(sample, "syscall");
	set_members(sample, schema_top);
	for (section = schema_sections; section->key; section++)
		if (section->shape == SHAPE_OBJECT)
			set_members(sample, section->fields);
	set_named(sample);
	set_nodes(sample);
	SET_LIST(proc);
	set_list("procs", &sample->procs[0], &sample->procs[1]);
	sample->procs[1].id.start_us = 200; /* without a pid of ours */
	SET_LIST(flow);
	set_list("flows", &sample->flows[0], &sample->flows[1]);
	sample->flows[1].owner = OWNER_OVERFLOW;
	SET_LIST(failure);
	set_list("failures", &sample->failures[0], &sample->failures[1]);
	/* Read back, reasons are numbered in the order of the line. */
	sample->failures[0].reason = 1;
	SET_LIST(latency);
	set_list("latency", &sample->latency[0], &sample->latency[1]);
	SET_LIST(event);
	set_list("events", &sample->events[0], &sample->events[1]);
	sample->events[1].phase = PHASE_RUNNING;
	set_texts(&sample->events[0]);
	sample->view = xstrdup("{\"sort\":\"rate\",\"panels\":[1,2]}");
	return sample;
}
