/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Walks the tables of schema.h over a parsed line. */
#include "reader_section.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "reader_list.h"
#include "reader_value.h"
#include "xalloc.h"

int reader_fail(struct reader *reader, char *error)
{
	if (reader->error)
		free(error);
	else
		reader->error = error;
	return -EINVAL;
}

static int read_field(struct reader *reader, const struct reader_object *object,
		      const struct schema_field *field)
{
	const json_t *json = json_object_get(object->json, field->key);

	if (!reader_value(reader->sample, object->base, field, json))
		return 0;
	return reader_fail(reader,
			   xasprintf("%s%s%s: expected %s%s", object->name,
				     *object->name ? "." : "", field->key,
				     reader_expected(field->kind),
				     field->required ? "" : " or null"));
}

int reader_fields(struct reader *reader, const struct reader_object *object,
		  const struct schema_field *field)
{
	for (; field->key; field++)
		if (read_field(reader, object, field))
			return -EINVAL;
	return 0;
}

static int read_named(struct reader *reader, const struct reader_object *object,
		      const struct schema_section *section)
{
	size_t i;

	for (i = 0; i < section->count; i++) {
		struct schema_field field = {
			.key = section->names[i],
			.kind = section->kind,
			.offset = section->offset + i * section->size,
		};

		if (read_field(reader, object, &field))
			return -EINVAL;
	}
	return 0;
}

static int read_distance(struct reader *reader, const json_t *json)
{
	size_t nr = reader->sample->nr_nodes, i;
	int *distance = reader->sample->distance;

	if (json_array_size(json) != nr)
		goto wrong;
	for (i = 0; i < nr * nr; i++) {
		const json_t *row = json_array_get(json, i / nr);
		const json_t *cell = json_array_get(row, i % nr);
		json_int_t value = json_integer_value(cell);

		if (json_array_size(row) != nr || value < 0 ||
		    value > INT32_MAX ||
		    !(json_is_null(cell) || json_is_integer(cell)))
			goto wrong;
		distance[i] = (int)value;
	}
	return 0;
wrong:
	return reader_fail(reader,
			   xasprintf("distance: expected %zu rows of %zu "
				     "numbers or null",
				     nr, nr));
}

int reader_section(struct reader *reader, const json_t *line,
		   const struct schema_section *section)
{
	struct reader_object object = {
		.json = json_object_get(line, section->key),
		.base = reader->sample,
	};

	if (!object.json || json_is_null(object.json))
		return 0;
	if (section->shape == SHAPE_LIST)
		return reader_list(reader, object.json, section);
	if (section->shape == SHAPE_DISTANCE)
		return read_distance(reader, object.json);
	if (!json_is_object(object.json))
		return reader_fail(reader, xasprintf("%s: expected an object",
						     section->key));
	snprintf(object.name, sizeof(object.name), "%s", section->key);
	if (section->shape == SHAPE_NAMED)
		return read_named(reader, &object, section);
	return reader_fields(reader, &object, section->fields);
}
