/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Each function writes one kind of value; what is unknown is null. */
#include "writer_value.h"

#include <errno.h>
#include <stdlib.h>

#include "call.h"
#include "writer_stack.h"

/* Where a value is: the sample, the element, the member in it. */
struct spot {
	const struct sample *sample;
	const void *base;
	const void *member;
};

/* Jansson has no value for what it cannot encode: that is null, too. */
static json_t *json_or_null(json_t *json)
{
	return json ? json : json_null();
}

static json_t *json_count(int64_t count)
{
	return count == UNKNOWN ? json_null() : json_integer(count);
}

static json_t *json_text(const char *text)
{
	return text ? json_or_null(json_string(text)) : json_null();
}

static json_t *write_count(const struct spot *spot)
{
	return json_count(*(const int64_t *)spot->member);
}

static json_t *write_flag(const struct spot *spot)
{
	int64_t flag = *(const int64_t *)spot->member;

	return flag == UNKNOWN ? json_null() : json_boolean(flag);
}

static json_t *write_bool(const struct spot *spot)
{
	return json_boolean(*(const bool *)spot->member);
}

static json_t *write_pid(const struct spot *spot)
{
	int64_t pid = *(const int64_t *)spot->member;

	return pid ? json_count(pid) : json_null();
}

static json_t *write_node(const struct spot *spot)
{
	int node = *(const int *)spot->member;

	return node == NODE_UNKNOWN ? json_null() : json_integer(node);
}

static json_t *write_text(const struct spot *spot)
{
	return json_text(*(char *const *)spot->member);
}

static json_t *write_time(const struct spot *spot)
{
	char text[SCHEMA_TIME_CAP];

	schema_time_format(*(const struct timespec *)spot->member, text);
	return json_text(text);
}

static json_t *write_owner(const struct spot *spot)
{
	return json_text(
		sample_owner_name[*(const enum sample_owner *)spot->member]);
}

static json_t *write_scope(const struct spot *spot)
{
	return json_text(
		sample_scope_name[*(const enum sample_scope *)spot->member]);
}

static json_t *write_phase(const struct spot *spot)
{
	return json_text(
		schema_phase_name[*(const enum sample_phase *)spot->member]);
}

static json_t *write_call(const struct spot *spot)
{
	return json_text(
		call_table[*(const enum sample_call *)spot->member].name);
}

static json_t *write_reason(const struct spot *spot)
{
	return json_text(sample_reason_name(spot->sample,
					    *(const int *)spot->member));
}

static json_t *write_log2(const struct spot *spot)
{
	const int64_t *log2_ns = spot->member;
	json_t *array = json_array();
	int i, n = SAMPLE_LOG2_MAX;

	while (n > 0 && !log2_ns[n - 1])
		n--;
	for (i = 0; i < n; i++)
		json_array_append_new(array, json_count(log2_ns[i]));
	return array;
}

/* A number as the kernel printed it; text if it is none that JSON can hold. */
static json_t *json_arg(enum call_arg_kind kind, const char *text)
{
	char *end;
	long long number;

	if (kind != CALL_ARG_NUMBER)
		return json_text(text);
	errno = 0;
	number = strtoll(text, &end, 10);
	if (errno || end == text || *end || number > SCHEMA_NUMBER_MAX ||
	    number < -SCHEMA_NUMBER_MAX)
		return json_text(text);
	return json_integer(number);
}

static json_t *write_args(const struct spot *spot)
{
	const struct sample_event *event = spot->base;
	const struct sample_args *args = spot->member;
	const struct call *call = &call_table[event->call];
	json_t *object = NULL;
	int i;

	for (i = 0; i < SAMPLE_ARG_MAX && call->arg[i].name; i++) {
		if (!args->value[i])
			continue;
		if (!object)
			object = json_object();
		json_object_set_new(object, call->arg[i].name,
				    json_arg(call->arg[i].kind,
					     args->value[i]));
	}
	return json_or_null(object);
}

static json_t *write_marks(const struct spot *spot)
{
	unsigned int marks = *(const unsigned int *)spot->member;
	json_t *array = json_array();
	int i;

	for (i = 0; i < MARK_COUNT; i++)
		if (marks & 1u << i)
			json_array_append_new(array,
					      json_text(sample_mark_name[i]));
	return array;
}

static json_t *write_errno(const struct spot *spot)
{
	int64_t error = *(const int64_t *)spot->member;

	return error > 0 ? json_integer(error) : json_null();
}

static json_t *write_abi(const struct spot *spot)
{
	return json_text(
		sample_abi_name[*(const enum sample_abi *)spot->member]);
}

static json_t *write_nothing(const struct spot *spot)
{
	const enum sample_nothing *nothing = spot->member;

	return json_text(sample_nothing_name[*nothing]);
}

/* Counts by the names of the errnos, without those that are 0. */
static json_t *json_errors(const struct sample_statuses *statuses)
{
	json_t *object = json_object();
	const char *name;
	int i;

	for (i = 0; i < SAMPLE_STATUS_ERRNOS; i++) {
		name = i ? call_errno_name(i) : "other";
		if (statuses->error[i] && name)
			json_object_set_new(object, name,
					    json_integer(statuses->error[i]));
	}
	return object;
}

static json_t *write_statuses(const struct spot *spot)
{
	const struct sample_statuses *statuses = spot->member;
	json_t *object;

	if (statuses->pages == UNKNOWN)
		return json_null();
	object = json_object();
	json_object_set_new(object, "pages", json_count(statuses->pages));
	json_object_set_new(object, "moved", json_count(statuses->moved));
	json_object_set_new(object, "already", json_count(statuses->already));
	json_object_set_new(object, "errors", json_errors(statuses));
	return object;
}

static json_t *write_stack(const struct spot *spot)
{
	return writer_stack(*(struct sample_stack *const *)spot->member);
}

static json_t *(*const write_kind[SCHEMA_KIND_COUNT])(const struct spot *) = {
	[SCHEMA_COUNT] = write_count,
	[SCHEMA_SIGNED] = write_count,
	[SCHEMA_FLAG] = write_flag,
	[SCHEMA_BOOL] = write_bool,
	[SCHEMA_PID] = write_pid,
	[SCHEMA_NODE] = write_node,
	[SCHEMA_TEXT] = write_text,
	[SCHEMA_TIME] = write_time,
	[SCHEMA_OWNER] = write_owner,
	[SCHEMA_SCOPE] = write_scope,
	[SCHEMA_PHASE] = write_phase,
	[SCHEMA_CALL] = write_call,
	[SCHEMA_REASON] = write_reason,
	[SCHEMA_LOG2] = write_log2,
	[SCHEMA_ARGS] = write_args,
	[SCHEMA_MARKS] = write_marks,
	[SCHEMA_ERRNO] = write_errno,
	[SCHEMA_ABI] = write_abi,
	[SCHEMA_NOTHING] = write_nothing,
	[SCHEMA_STATUSES] = write_statuses,
	[SCHEMA_STACK] = write_stack,
};

json_t *writer_value(const struct sample *sample, const void *base,
		     enum schema_kind kind, size_t offset)
{
	struct spot spot = {
		.sample = sample,
		.base = base,
		.member = (const char *)base + offset,
	};

	return write_kind[kind](&spot);
}
