/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Times, and that the published JSON Schema has the keys of the tables. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "schema.h"
#include "xalloc.h"

static void times(void **state)
{
	static const struct {
		struct timespec time;
		const char *text;
	} rows[] = {
		{ { 0, 0 }, "1970-01-01T00:00:00.000Z" },
		{ { 1769864401, 204000000 }, "2026-01-31T13:00:01.204Z" },
		{ { 951782400, 999000000 }, "2000-02-29T00:00:00.999Z" },
	};
	char text[SCHEMA_TIME_CAP];
	struct timespec time;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		schema_time_format(rows[i].time, text);
		assert_string_equal(text, rows[i].text);
		assert_int_equal(schema_time_parse(text, &time), 0);
		assert_int_equal(time.tv_sec, rows[i].time.tv_sec);
		assert_int_equal(time.tv_nsec, rows[i].time.tv_nsec);
	}
}

static void no_times(void **state)
{
	static const char *const rows[] = {
		"",
		"2026-01-31T13:00:01Z",
		"2026-01-31T13:00:01.20Z",
		"2026-01-31T13:00:01.2044Z",
		"2026-01-31 13:00:01.204Z",
		"2026-02-30T13:00:01.204Z",
		"2026-13-01T13:00:01.204Z",
		"2026-01-31T24:00:01.204Z",
		"2026-01-31T13:00:60.204Z",
		"2026-01-31T13:00:01.204+",
		"2026-01-31T13:00:01.2o4Z",
		" 026-01-31T13:00:01.204Z",
		"-026-01-31T13:00:01.204Z",
	};
	struct timespec time;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (schema_time_parse(rows[i], &time) != -EINVAL)
			fail_msg("taken: %s", rows[i]);
}

/* The JSON Schema's "properties" of @object, one of which is @key. */
static const json_t *property(const json_t *object, const char *key)
{
	const json_t *properties = json_object_get(object, "properties");
	const json_t *found = json_object_get(properties, key);

	if (!found)
		fail_msg("'%s' is not in the JSON Schema", key);
	return found;
}

/* Checks that the schema's @object has just the keys of @fields. */
static void check_fields(const json_t *object,
			 const struct schema_field *fields)
{
	const json_t *required = json_object_get(object, "required");
	size_t nr = 0, nr_required = 0;

	for (; fields[nr].key; nr++) {
		property(object, fields[nr].key);
		nr_required += fields[nr].required;
	}
	assert_int_equal(json_object_size(json_object_get(object,
							  "properties")),
			 nr);
	assert_int_equal(json_array_size(required), nr_required);
}

static void check_section(const json_t *root,
			  const struct schema_section *section)
{
	const json_t *object = property(root, section->key);
	size_t i;

	if (section->shape == SHAPE_OBJECT)
		check_fields(object, section->fields);
	if (section->shape == SHAPE_LIST)
		check_fields(json_object_get(object, "items"),
			     section->fields);
	for (i = 0; i < section->count; i++)
		property(object, section->names[i]);
}

static void published(void **state)
{
	const char *dir = getenv("srcdir");
	const struct schema_section *section;
	const struct schema_field *field;
	json_error_t error;
	json_t *root;
	char *path;

	(void)state;
	path = xasprintf("%s/docs/mptop-1.schema.json", dir ? dir : ".");
	root = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
	if (!root)
		fail_msg("%s:%d: %s", path, error.line, error.text);
	free(path);
	for (field = schema_top; field->key; field++)
		property(root, field->key);
	for (section = schema_sections; section->key; section++)
		check_section(root, section);
	assert_string_equal(
		json_string_value(json_object_get(property(root, "schema"),
						  "const")),
		SCHEMA_NAME);
	json_decref(root);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(times),
		cmocka_unit_test(no_times),
		cmocka_unit_test(published),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
