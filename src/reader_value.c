/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Each function takes one kind of value; NULL is what null stands for. */
#include "reader_value.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "nodeset.h"
#include "reader_event.h"
#include "text.h"
#include "xalloc.h"

int reader_integer(const json_t *json, int64_t min, int64_t max, int64_t *value)
{
	int64_t integer;

	if (!json_is_integer(json))
		return -EINVAL;
	integer = json_integer_value(json);
	if (integer < min || integer > max)
		return -EINVAL;
	*value = integer;
	return 0;
}

static int read_count(const struct place *place, const json_t *json)
{
	int64_t *count = place->member;

	*count = UNKNOWN;
	return json ? reader_integer(json, 0, SCHEMA_NUMBER_MAX, count) : 0;
}

static int read_signed(const struct place *place, const json_t *json)
{
	int64_t *number = place->member;

	*number = UNKNOWN;
	if (!json)
		return 0;
	return reader_integer(json, -SCHEMA_NUMBER_MAX, SCHEMA_NUMBER_MAX,
			      number);
}

static int read_flag(const struct place *place, const json_t *json)
{
	int64_t *flag = place->member;

	*flag = UNKNOWN;
	if (!json)
		return 0;
	if (!json_is_boolean(json))
		return -EINVAL;
	*flag = json_is_true(json);
	return 0;
}

static int read_bool(const struct place *place, const json_t *json)
{
	bool *value = place->member;

	*value = json_is_true(json);
	return !json || json_is_boolean(json) ? 0 : -EINVAL;
}

static int read_pid(const struct place *place, const json_t *json)
{
	int64_t *pid = place->member;

	*pid = 0;
	return json ? reader_integer(json, 1, SCHEMA_NUMBER_MAX, pid) : 0;
}

static int read_node(const struct place *place, const json_t *json)
{
	int64_t id = NODE_UNKNOWN;
	int error = json ? reader_integer(json, 0, NODESET_MAX - 1, &id) : 0;

	*(int *)place->member = (int)id;
	return error;
}

char *reader_text(const json_t *json)
{
	if (!json_is_string(json) || json_string_length(json) > READER_TEXT_MAX)
		return NULL;
	return text_clean_dup(json_string_value(json));
}

static int read_text(const struct place *place, const json_t *json)
{
	char **text = place->member;

	if (!json)
		return 0;
	*text = reader_text(json);
	return *text ? 0 : -EINVAL;
}

static int read_time(const struct place *place, const json_t *json)
{
	const char *text = json_string_value(json);

	return text ? schema_time_parse(text, place->member) : -EINVAL;
}

int reader_name(const char *const *names, int nr, const json_t *json)
{
	const char *text = json_string_value(json);
	int i;

	if (!text)
		return -1;
	for (i = 0; i < nr; i++)
		if (names[i] && !strcmp(names[i], text))
			return i;
	return -1;
}

static int read_owner(const struct place *place, const json_t *json)
{
	int i = reader_name(sample_owner_name, OWNER_COUNT, json);

	if (i < 0)
		return -EINVAL;
	*(enum sample_owner *)place->member = (enum sample_owner)i;
	return 0;
}

static int read_scope(const struct place *place, const json_t *json)
{
	int i = reader_name(sample_scope_name, SCOPE_COUNT, json);

	if (i < 0)
		return -EINVAL;
	*(enum sample_scope *)place->member = (enum sample_scope)i;
	return 0;
}

static int read_reason(const struct place *place, const json_t *json)
{
	char *name = NULL;

	if (json) {
		name = reader_text(json);
		if (!name)
			return -EINVAL;
	}
	*(int *)place->member = sample_reason(place->sample, name);
	free(name);
	return 0;
}

static int read_log2(const struct place *place, const json_t *json)
{
	int64_t *log2_ns = place->member;
	size_t i, n = json_array_size(json);

	memset(log2_ns, 0, SAMPLE_LOG2_MAX * sizeof(*log2_ns));
	if (json && (!json_is_array(json) || n > SAMPLE_LOG2_MAX))
		return -EINVAL;
	for (i = 0; i < n; i++)
		if (reader_integer(json_array_get(json, i), 0,
				   SCHEMA_NUMBER_MAX, &log2_ns[i]))
			return -EINVAL;
	return 0;
}

static const struct {
	int (*read)(const struct place *place, const json_t *json);
	const char *expected;
} value_kind[SCHEMA_KIND_COUNT] = {
	[SCHEMA_COUNT] = { read_count, "a whole number from 0 to 2^53" },
	[SCHEMA_SIGNED] = { read_signed, "a whole number within 2^53" },
	[SCHEMA_FLAG] = { read_flag, "true or false" },
	[SCHEMA_BOOL] = { read_bool, "true or false" },
	[SCHEMA_PID] = { read_pid, "a pid" },
	[SCHEMA_NODE] = { read_node, "a node id" },
	[SCHEMA_TEXT] = { read_text, "a string of at most 64 KiB" },
	[SCHEMA_TIME] = { read_time, "a time like 2026-01-31T13:00:01.204Z" },
	[SCHEMA_OWNER] = { read_owner, "a kind of owner" },
	[SCHEMA_SCOPE] = { read_scope, "call or batch" },
	[SCHEMA_PHASE] = { reader_phase, "running or done" },
	[SCHEMA_CALL] = { reader_call, "a system call" },
	[SCHEMA_REASON] = { read_reason, "the name of a reason" },
	[SCHEMA_LOG2] = { read_log2, "an array of at most 64 counts" },
	[SCHEMA_ARGS] = { reader_args, "an object of numbers and strings" },
	[SCHEMA_MARKS] = { reader_marks, "an array of strings" },
	[SCHEMA_ERRNO] = { reader_errno, "a whole number from 0 to 2^53" },
	[SCHEMA_ABI] = { reader_abi, "a string" },
	[SCHEMA_NOTHING] = { reader_nothing, "a string" },
	[SCHEMA_STATUSES] = { reader_statuses,
			      "an object of pages, moved, already, errors" },
	[SCHEMA_STACK] = { reader_stack,
			   "an object of kernel and user frames" },
};

int reader_value(struct sample *sample, void *base,
		 const struct schema_field *field, const json_t *json)
{
	struct place place = {
		.sample = sample,
		.base = base,
		.member = (char *)base + field->offset,
	};

	if (json_is_null(json))
		json = NULL;
	if (field->required && !json)
		return -EINVAL;
	return value_kind[field->kind].read(&place, json);
}

const char *reader_expected(enum schema_kind kind)
{
	return value_kind[kind].expected;
}
