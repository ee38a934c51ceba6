/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How each list of a line grows, and what must hold of its elements. */
#include "reader_list.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "call.h"
#include "nodeset.h"
#include "xalloc.h"

static void *add_node(struct sample *sample, size_t i, size_t nr)
{
	if (!i)
		sample_set_nodes(sample, nr);
	return &sample->nodes[i];
}

static void *add_proc(struct sample *sample, size_t i, size_t nr)
{
	(void)i, (void)nr;
	return sample_add_proc(sample);
}

static void *add_flow(struct sample *sample, size_t i, size_t nr)
{
	(void)i, (void)nr;
	return sample_add_flow(sample);
}

static void *add_failure(struct sample *sample, size_t i, size_t nr)
{
	(void)i, (void)nr;
	return sample_add_failure(sample);
}

static void *add_latency(struct sample *sample, size_t i, size_t nr)
{
	(void)i, (void)nr;
	return sample_add_latency(sample);
}

static void *add_event(struct sample *sample, size_t i, size_t nr)
{
	(void)i, (void)nr;
	return sample_add_event(sample);
}

static const char *check_node(const void *element, size_t i)
{
	const struct sample_node *node = element;

	if (i && node[-1].id >= node->id)
		return "node ids have to rise";
	return NULL;
}

static const char *check_proc(const void *element, size_t i)
{
	const struct sample_proc *proc = element;

	(void)i;
	return process_id_some(proc->id) ? NULL :
					   "a process needs a pid or a start";
}

static const char *check_flow(const void *element, size_t i)
{
	const struct sample_flow *flow = element;

	(void)i;
	if (flow->owner <= OWNER_SHARED && !process_id_some(flow->process))
		return "an owner of this kind needs a pid";
	if (flow->owner > OWNER_SHARED && process_id_some(flow->process))
		return "an owner of this kind has no pid";
	return NULL;
}

/* A call that only a later mptop knows. */
static bool skip_event(const json_t *json)
{
	const json_t *call = json_object_get(json, "call");

	return json_is_string(call) && call_find(json_string_value(call)) < 0;
}

static const struct list {
	const char *key;
	size_t max; /* 0: any */
	void *(*add)(struct sample *sample, size_t i, size_t nr);
	const char *(*check)(const void *element, size_t i); /* may be NULL */
	bool (*skip)(const json_t *json);		     /* likewise */
} lists[] = {
	{ "nodes", NODESET_MAX, add_node, check_node, NULL },
	{ "procs", 0, add_proc, check_proc, NULL },
	{ "flows", 0, add_flow, check_flow, NULL },
	{ "failures", 0, add_failure, NULL, NULL },
	{ "latency", 0, add_latency, NULL, NULL },
	{ "events", 0, add_event, NULL, skip_event },
};

static const struct list *list_find(const char *key)
{
	const struct list *list = lists;

	while (strcmp(list->key, key))
		list++;
	return list;
}

const struct schema_section *reader_list_section(const char *key)
{
	const struct schema_section *section = schema_sections;

	while (section->key && strcmp(section->key, key))
		section++;
	if (!section->key || section->shape != SHAPE_LIST)
		return NULL;
	return list_find(key)->max ? NULL : section;
}

int reader_element(struct reader *reader, const struct schema_section *section,
		   const struct reader_element *element)
{
	const struct list *list = list_find(section->key);
	struct reader_object object = { .json = element->json };
	const char *wrong;

	if (list->skip && list->skip(object.json))
		return 0;
	snprintf(object.name, sizeof(object.name), "%s[%zu]", section->key,
		 element->i);
	if (!json_is_object(object.json))
		return reader_fail(reader, xasprintf("%s: expected an object",
						     object.name));
	object.base = list->add(reader->sample, element->i, element->nr);
	if (reader_fields(reader, &object, section->fields))
		return -EINVAL;
	wrong = list->check ? list->check(object.base, element->i) : NULL;
	if (wrong)
		return reader_fail(reader,
				   xasprintf("%s: %s", object.name, wrong));
	return 0;
}

int reader_list(struct reader *reader, const json_t *json,
		const struct schema_section *section)
{
	const struct list *list = list_find(section->key);
	struct reader_element element = { .nr = json_array_size(json) };
	int error = 0;

	if (!json_is_array(json))
		return reader_fail(reader, xasprintf("%s: expected an array",
						     section->key));
	if (list->max && element.nr > list->max)
		return reader_fail(reader, xasprintf("%s: %zu are more than "
						     "%zu",
						     section->key, element.nr,
						     list->max));
	for (; element.i < element.nr && !error; element.i++) {
		element.json = json_array_get(json, element.i);
		error = reader_element(reader, section, &element);
	}
	return error;
}
