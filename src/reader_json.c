/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A line as a whole: what is left of it to check once its lists are read. */
#include "reader_json.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "reader_scan.h"
#include "reader_section.h"
#include "reader_value.h"
#include "schema.h"
#include "text.h"
#include "xalloc.h"

void reader_reasons_clear(struct reader_reasons *reasons)
{
	while (reasons->nr > 0)
		free(reasons->name[--reasons->nr]);
}

static int compare_procs(const void *a, const void *b)
{
	const struct process_id *one = a, *two = b;

	if (one->pid != two->pid)
		return one->pid < two->pid ? -1 : 1;
	return one->start_us < two->start_us ? -1
					     : one->start_us > two->start_us;
}

static int check_procs(struct reader *reader)
{
	const struct sample *sample = reader->sample;
	struct process_id *ids = xcalloc(sample->nr_procs, sizeof(*ids));
	int error = 0;
	size_t i;

	for (i = 0; i < sample->nr_procs; i++)
		ids[i] = sample->procs[i].id;
	qsort(ids, sample->nr_procs, sizeof(*ids), compare_procs);
	for (i = 1; i < sample->nr_procs && !error; i++)
		if (process_id_equal(ids[i - 1], ids[i]))
			error = reader_fail(reader,
					    xasprintf("procs: pid %lld twice",
						      (long long)ids[i].pid));
	free(ids);
	return error;
}

/* Cleans all strings in @json, which only the dashboard understands. */
static void clean_view(json_t *json)
{
	const char *key;
	json_t *value;
	size_t i;

	if (json_is_string(json)) {
		char *text = text_clean_dup(json_string_value(json));

		json_string_set(json, text);
		free(text);
	} else if (json_is_array(json)) {
		json_array_foreach(json, i, value)
			clean_view(value);
	} else if (json_is_object(json)) {
		json_object_foreach(json, key, value)
			clean_view(value);
	}
}

static int read_view(struct reader *reader, const json_t *line)
{
	json_t *view = json_object_get(line, "view");

	if (!view || json_is_null(view))
		return 0;
	if (!json_is_object(view))
		return reader_fail(reader, xstrdup("view: expected an object"));
	clean_view(view);
	reader->sample->view =
		json_dumps(view, JSON_COMPACT | JSON_ENSURE_ASCII);
	return 0;
}

static int check_schema(struct reader *reader, const json_t *line)
{
	const json_t *json = json_object_get(line, "schema");
	char *name = reader_text(json);
	char *error = NULL;

	if (!name)
		error = xstrdup("no \"schema\": not a recording of mptop");
	else if (strcmp(name, SCHEMA_NAME))
		error = xasprintf("schema '%.*s' is not " SCHEMA_NAME
				  ", which this mptop reads",
				  (int)text_prefix(name, 32, NULL), name);
	free(name);
	return error ? reader_fail(reader, error) : 0;
}

static int read_line(struct reader *reader, const json_t *line)
{
	const struct reader_object top = { .json = line,
					   .base = reader->sample };
	const struct schema_section *section;

	if (check_schema(reader, line) ||
	    reader_fields(reader, &top, schema_top))
		return -EINVAL;
	for (section = schema_sections; section->key; section++)
		if (reader_section(reader, line, section))
			return -EINVAL;
	if (check_procs(reader))
		return -EINVAL;
	return read_view(reader, line);
}

static void keep_reasons(const struct sample *sample,
			 struct reader_reasons *reasons)
{
	for (; reasons->nr < sample->nr_reasons; reasons->nr++)
		reasons->name[reasons->nr] =
			xstrdup(sample->reasons[reasons->nr]);
}

struct sample *reader_json(const char *line, size_t n,
			   struct reader_reasons *reasons, char **error)
{
	struct reader reader = { .sample = sample_new() };
	json_t *json;
	int i;

	for (i = 0; i < reasons->nr; i++)
		sample_reason(reader.sample, reasons->name[i]);
	json = reader_scan(&reader, line, n);
	if (json)
		read_line(&reader, json);
	json_decref(json);
	*error = reader.error;
	if (!reader.error) {
		keep_reasons(reader.sample, reasons);
		return reader.sample;
	}
	sample_free(reader.sample);
	return NULL;
}
