/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Walks the tables of schema.h and writes each value as soon as it is made:
 * a line of a thousand processes is never in memory as a tree.
 */
#include "writer_json.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>

#include "schema.h"
#include "writer_value.h"
#include "xalloc.h"

#define DUMP_FLAGS (JSON_ENSURE_ASCII | JSON_COMPACT | JSON_ENCODE_ANY)

static json_t *json_fields(const struct sample *sample, const void *base,
			   const struct schema_field *field)
{
	json_t *object = json_object();

	for (; field->key; field++)
		json_object_set_new(
			object, field->key,
			writer_value(sample, base, field->kind, field->offset));
	return object;
}

static json_t *json_named(const struct sample *sample,
			  const struct schema_section *section)
{
	json_t *object = json_object();
	size_t i;

	for (i = 0; i < section->count; i++)
		json_object_set_new(
			object, section->names[i],
			writer_value(sample, sample, section->kind,
				     section->offset + i * section->size));
	return object;
}

static json_t *json_distance(const struct sample *sample)
{
	size_t nr = sample->nr_nodes, from, to;
	json_t *matrix = json_array();

	for (from = 0; from < nr; from++) {
		json_t *row = json_array();

		for (to = 0; to < nr; to++) {
			int d = sample->distance[from * nr + to];

			json_array_append_new(row, d ? json_integer(d)
						     : json_null());
		}
		json_array_append_new(matrix, row);
	}
	return matrix;
}

/* Writes @json to @out and frees it. */
static void put(FILE *out, json_t *json)
{
	json_dumpf(json, out, DUMP_FLAGS);
	json_decref(json);
}

static void put_list(FILE *out, const struct sample *sample,
		     const struct schema_section *section)
{
	const char *base = (const char *)sample;
	const char *list = *(char *const *)(base + section->offset);
	size_t nr = *(const size_t *)(base + section->nr_offset);
	size_t i;

	fputc('[', out);
	for (i = 0; i < nr; i++) {
		if (i)
			fputc(',', out);
		put(out, json_fields(sample, list + i * section->size,
				     section->fields));
	}
	fputc(']', out);
}

static void put_section(FILE *out, const struct sample *sample,
			const struct schema_section *section)
{
	fprintf(out, ",\"%s\":", section->key);
	switch (section->shape) {
	case SHAPE_OBJECT:
		put(out, json_fields(sample, sample, section->fields));
		break;
	case SHAPE_NAMED:
		put(out, json_named(sample, section));
		break;
	case SHAPE_LIST:
		put_list(out, sample, section);
		break;
	case SHAPE_DISTANCE:
		put(out, json_distance(sample));
		break;
	}
}

static void put_view(FILE *out, const struct sample *sample)
{
	json_t *view = NULL;

	if (sample->view)
		view = json_loads(sample->view, 0, NULL);
	if (!view)
		return;
	fputs(",\"view\":", out);
	put(out, view);
}

static void put_sample(FILE *out, const struct sample *sample)
{
	const struct schema_section *section;
	const struct schema_field *field;

	fputs("{\"schema\":\"" SCHEMA_NAME "\",\"mptop\":\"" PACKAGE_VERSION
	      "\"",
	      out);
	for (field = schema_top; field->key; field++) {
		fprintf(out, ",\"%s\":", field->key);
		put(out,
		    writer_value(sample, sample, field->kind, field->offset));
	}
	for (section = schema_sections; section->key; section++)
		put_section(out, sample, section);
	put_view(out, sample);
	fputc('}', out);
}

char *writer_json(const struct sample *sample)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	if (out) {
		put_sample(out, sample);
		if (!fclose(out) && text)
			return text;
	}
	/* Nothing but memory can have run out; so does this, then. */
	free(text);
	return xmalloc(SIZE_MAX);
}

int writer_json_line(const struct sample *sample, FILE *out)
{
	errno = 0;
	put_sample(out, sample);
	fputc('\n', out);
	if (!fflush(out) && !ferror(out))
		return 0;
	return errno ? -errno : -EIO;
}
