/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Stacks as the schema has them. */
#include "writer_stack.h"

#include "schema.h"

static json_t *text_or_null(const char *text)
{
	json_t *json = text ? json_string(text) : NULL;

	return json ? json : json_null();
}

static json_t *count_or_null(int64_t count)
{
	return count >= 0 && count <= SCHEMA_NUMBER_MAX ? json_integer(count) :
							  json_null();
}

static json_t *kernel_frames(const struct sample_stack *stack)
{
	json_t *array = json_array();
	size_t i;

	for (i = 0; i < stack->nr_kernel; i++)
		json_array_append_new(array, text_or_null(stack->kernel[i]));
	return array;
}

static json_t *user_frame(const struct sample_frame *frame)
{
	json_t *object = json_object();

	json_object_set_new(object, "build_id", text_or_null(frame->build_id));
	json_object_set_new(object, "offset", count_or_null(frame->offset));
	json_object_set_new(object, "address", count_or_null(frame->address));
	json_object_set_new(object, "file", text_or_null(frame->file));
	json_object_set_new(object, "symbol", text_or_null(frame->symbol));
	return object;
}

static json_t *user_frames(const struct sample_stack *stack)
{
	json_t *array = json_array();
	size_t i;

	for (i = 0; i < stack->nr_user; i++)
		json_array_append_new(array, user_frame(&stack->user[i]));
	return array;
}

json_t *writer_stack(const struct sample_stack *stack)
{
	json_t *object;

	if (!stack)
		return json_null();
	object = json_object();
	json_object_set_new(object, "kernel",
			    stack->has_kernel ? kernel_frames(stack) :
						json_null());
	json_object_set_new(object, "user",
			    stack->has_user ? user_frames(stack) :
					      json_null());
	return object;
}
