/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The parser proper is jansson, which is given one value at a time. */
#include "reader_scan.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>

#include "reader_list.h"
#include "text.h"
#include "xalloc.h"

#define VALUE_FLAGS \
	(JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | JSON_DISABLE_EOF_CHECK)

/* Values in a line; bounds the memory that it takes. */
#define VALUES_MAX (1 << 21)

struct scan {
	struct reader *reader;
	const char *start;
	const char *at;
	const char *end;
};

static int scan_fail(struct scan *scan, size_t offset, const char *what)
{
	char *text = text_clean_dup(what);
	size_t column = (size_t)(scan->at - scan->start) + offset + 1;

	reader_fail(scan->reader, xasprintf("column %zu: %s", column, text));
	free(text);
	return -EINVAL;
}

static void skip_space(struct scan *scan)
{
	while (scan->at < scan->end &&
	       (*scan->at == ' ' || *scan->at == '\t' || *scan->at == '\r'))
		scan->at++;
}

/* Is @c next? Then it is taken. */
static bool take(struct scan *scan, char c)
{
	skip_space(scan);
	if (scan->at == scan->end || *scan->at != c)
		return false;
	scan->at++;
	return true;
}

static int expect(struct scan *scan, char c)
{
	const char what[] = { '\'', c,	 '\'', ' ', 'e', 'x', 'p',
			      'e',  'c', 't',  'e', 'd', '\0' };

	return take(scan, c) ? 0 : scan_fail(scan, 0, what);
}

/* The next value, or NULL with the error set. */
static json_t *take_value(struct scan *scan)
{
	json_error_t error;
	json_t *json = json_loadb(scan->at, (size_t)(scan->end - scan->at),
				  VALUE_FLAGS, &error);

	if (json)
		scan->at += error.position;
	else
		scan_fail(scan, (size_t)error.position, error.text);
	return json;
}

/* The elements of a list whose bracket was taken. */
static int scan_list(struct scan *scan, const struct schema_section *section)
{
	struct reader_element element = { .i = 0 };
	json_t *json;
	int error;

	if (take(scan, ']'))
		return 0;
	do {
		json = take_value(scan);
		if (!json)
			return -EINVAL;
		element.json = json;
		error = reader_element(scan->reader, section, &element);
		json_decref(json);
		element.i++;
	} while (!error && take(scan, ','));
	return error ? error : expect(scan, ']');
}

/* The value of @key; a list that goes into the sample leaves null. */
static json_t *scan_member(struct scan *scan, const char *key)
{
	const struct schema_section *section = reader_list_section(key);

	if (!section || !take(scan, '['))
		return take_value(scan);
	return scan_list(scan, section) ? NULL : json_null();
}

static int scan_pair(struct scan *scan, json_t *members)
{
	json_t *key = take_value(scan), *value;
	const char *name = json_string_value(key);
	int error = -EINVAL;

	if (key && !name)
		scan_fail(scan, 0, "a key has to be a string");
	else if (name && json_object_get(members, name))
		scan_fail(scan, 0, "duplicate object key");
	else if (name && !expect(scan, ':')) {
		value = scan_member(scan, name);
		if (value)
			error = json_object_set_new(members, name, value);
	}
	json_decref(key);
	return error;
}

static int scan_members(struct scan *scan, json_t *members)
{
	int error;

	if (!take(scan, '{'))
		return scan_fail(scan, 0, "not a JSON object");
	if (!take(scan, '}')) {
		do {
			error = scan_pair(scan, members);
		} while (!error && take(scan, ','));
		if (error || expect(scan, '}'))
			return -EINVAL;
	}
	skip_space(scan);
	if (scan->at < scan->end)
		return scan_fail(scan, 0, "end of line expected");
	return 0;
}

/* Not many more values than that are in the line. */
static bool is_too_much(const char *line, size_t n)
{
	size_t i, values = 0;

	for (i = 0; i < n; i++)
		values += line[i] == ',' || line[i] == '[' || line[i] == '{';
	return values > VALUES_MAX;
}

json_t *reader_scan(struct reader *reader, const char *line, size_t n)
{
	struct scan scan = { reader, line, line, line + n };
	json_t *members;

	if (is_too_much(line, n)) {
		reader_fail(reader, xstrdup("too many values"));
		return NULL;
	}
	members = json_object();
	if (!scan_members(&scan, members))
		return members;
	json_decref(members);
	return NULL;
}
