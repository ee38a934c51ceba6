/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The stack of an event, frame by frame. */
#include <errno.h>
#include <string.h>

#include "reader_event.h"
#include "reader_value.h"
#include "schema.h"
#include "stack.h"
#include "xalloc.h"

static bool is_given(const json_t *json)
{
	return json && !json_is_null(json);
}

static int read_text(const json_t *object, const char *key, char **text)
{
	const json_t *json = json_object_get(object, key);

	if (!is_given(json))
		return 0;
	*text = reader_text(json);
	return *text ? 0 : -EINVAL;
}

static int read_count(const json_t *object, const char *key, int64_t *count)
{
	const json_t *json = json_object_get(object, key);

	if (!is_given(json))
		return 0;
	return reader_integer(json, 0, SCHEMA_NUMBER_MAX, count);
}

static int read_frame(const json_t *json, struct sample_frame *frame)
{
	if (!json_is_object(json) ||
	    read_text(json, "build_id", &frame->build_id) ||
	    read_count(json, "offset", &frame->offset) ||
	    read_count(json, "address", &frame->address) ||
	    read_text(json, "file", &frame->file) ||
	    read_text(json, "symbol", &frame->symbol))
		return -EINVAL;
	return 0;
}

/* An array of frames; false where it is null. */
static int is_list(const json_t *json, bool *has)
{
	*has = is_given(json);
	if (!*has)
		return 0;
	if (!json_is_array(json) || json_array_size(json) > STACK_FRAMES_MAX)
		return -EINVAL;
	return 0;
}

static int read_frames(const json_t *json, struct sample_stack *stack)
{
	const json_t *kernel = json_object_get(json, "kernel");
	const json_t *user = json_object_get(json, "user");
	char *name;
	size_t i;

	if (is_list(kernel, &stack->has_kernel) ||
	    is_list(user, &stack->has_user))
		return -EINVAL;
	for (i = 0; i < json_array_size(kernel); i++) {
		name = reader_text(json_array_get(kernel, i));
		if (!name)
			return -EINVAL;
		stack_add_kernel(stack, name);
	}
	for (i = 0; i < json_array_size(user); i++)
		if (read_frame(json_array_get(user, i), stack_add_user(stack)))
			return -EINVAL;
	return 0;
}

int reader_stack(const struct place *place, const json_t *json)
{
	struct sample_stack *stack;

	if (!json)
		return 0;
	if (!json_is_object(json))
		return -EINVAL;
	stack = xcalloc(1, sizeof(*stack));
	*(struct sample_stack **)place->member = stack;
	return read_frames(json, stack);
}
