/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What an event says, value by value. Later names are taken as unknown. */
#include "reader_event.h"

#include <errno.h>
#include <string.h>

#include "call.h"
#include "reader_value.h"
#include "schema.h"
#include "xalloc.h"

int reader_phase(const struct place *place, const json_t *json)
{
	int i = reader_name(schema_phase_name, PHASE_DONE + 1, json);

	if (i < 0)
		return -EINVAL;
	*(enum sample_phase *)place->member = (enum sample_phase)i;
	return 0;
}

int reader_call(const struct place *place, const json_t *json)
{
	const char *text = json_string_value(json);
	int call = text ? call_find(text) : -1;

	if (call < 0)
		return -EINVAL;
	*(enum sample_call *)place->member = (enum sample_call)call;
	return 0;
}

static int read_arg(const json_t *json, char **value)
{
	if (!json || json_is_null(json))
		return 0;
	if (json_is_integer(json))
		*value = xasprintf("%" JSON_INTEGER_FORMAT,
				   json_integer_value(json));
	else
		*value = reader_text(json);
	return *value ? 0 : -EINVAL;
}

int reader_args(const struct place *place, const json_t *json)
{
	const struct sample_event *event = place->base;
	const struct call_arg *arg = call_table[event->call].arg;
	struct sample_args *args = place->member;
	int i;

	if (json && !json_is_object(json))
		return -EINVAL;
	for (i = 0; i < SAMPLE_ARG_MAX && arg[i].name; i++)
		if (read_arg(json_object_get(json, arg[i].name),
			     &args->value[i]))
			return -EINVAL;
	return 0;
}

/* Marks that are not known are of a later mptop, and are left out. */
int reader_marks(const struct place *place, const json_t *json)
{
	unsigned int *marks = place->member;
	size_t i;

	*marks = 0;
	if (json && !json_is_array(json))
		return -EINVAL;
	for (i = 0; i < json_array_size(json); i++) {
		const json_t *name = json_array_get(json, i);
		int mark = reader_name(sample_mark_name, MARK_COUNT, name);

		if (!json_is_string(name))
			return -EINVAL;
		if (mark >= 0)
			*marks |= 1u << mark;
	}
	return 0;
}

int reader_errno(const struct place *place, const json_t *json)
{
	const struct sample_event *event = place->base;
	int64_t *error = place->member;

	if (json)
		return reader_integer(json, 0, SCHEMA_NUMBER_MAX, error);
	*error = event->ret != UNKNOWN && event->ret >= 0 ? 0 : UNKNOWN;
	return 0;
}

/* The index of a name; @json may be null, or of a later mptop: 0. */
static int later_name(const char *const *names, int nr, const json_t *json,
		      int *index)
{
	int i = reader_name(names, nr, json);

	*index = i < 0 ? 0 : i;
	return !json || json_is_string(json) ? 0 : -EINVAL;
}

int reader_abi(const struct place *place, const json_t *json)
{
	int i, error = later_name(sample_abi_name, ABI_COUNT, json, &i);

	*(enum sample_abi *)place->member = (enum sample_abi)i;
	return error;
}

int reader_nothing(const struct place *place, const json_t *json)
{
	int i, error = later_name(sample_nothing_name, NOTHING_COUNT, json, &i);

	*(enum sample_nothing *)place->member = (enum sample_nothing)i;
	return error;
}

static int read_count(const json_t *object, const char *key, int64_t *count)
{
	const json_t *json = json_object_get(object, key);

	*count = UNKNOWN;
	if (!json || json_is_null(json))
		return 0;
	return reader_integer(json, 0, SCHEMA_NUMBER_MAX, count);
}

/* Slot 0 has what has no slot of its own. */
static int read_errors(const json_t *json, uint32_t *slot)
{
	const char *name;
	int64_t count;
	size_t i;

	for (i = 0; i < SAMPLE_STATUS_ERRNOS; i++) {
		name = i ? call_errno_name(i) : "other";
		if (!name)
			continue;
		if (read_count(json, name, &count) || count > UINT32_MAX)
			return -EINVAL;
		slot[i] = count == UNKNOWN ? 0 : count;
	}
	return 0;
}

int reader_statuses(const struct place *place, const json_t *json)
{
	struct sample_statuses *statuses = place->member;

	memset(statuses, 0, sizeof(*statuses));
	if (read_count(json, "pages", &statuses->pages) ||
	    read_count(json, "moved", &statuses->moved) ||
	    read_count(json, "already", &statuses->already) ||
	    read_errors(json_object_get(json, "errors"), statuses->error))
		return -EINVAL;
	return !json || json_is_object(json) ? 0 : -EINVAL;
}
