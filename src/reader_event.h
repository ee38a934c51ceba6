/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The values that only an event has; private to the reader. */
#ifndef MPTOP_READER_EVENT_H
#define MPTOP_READER_EVENT_H

#include <jansson.h>

#include "sample.h"

/* Where a value goes: the sample, the element, the member in it. */
struct place {
	struct sample *sample;
	void *base;
	void *member;
};

/* reader_value.c: 0, or -EINVAL if @json is no integer in that range. */
int reader_integer(const json_t *json, int64_t min, int64_t max,
		   int64_t *value);

/* Index of string @json in the @nr @names, which may be NULL; or -1. */
int reader_name(const char *const *names, int nr, const json_t *json);

/* Each takes one kind of value; NULL is what null stands for. */
int reader_phase(const struct place *place, const json_t *json);
int reader_call(const struct place *place, const json_t *json);
int reader_args(const struct place *place, const json_t *json);
int reader_marks(const struct place *place, const json_t *json);
int reader_errno(const struct place *place, const json_t *json);
int reader_abi(const struct place *place, const json_t *json);
int reader_nothing(const struct place *place, const json_t *json);
int reader_statuses(const struct place *place, const json_t *json);
/* reader_stack.c */
int reader_stack(const struct place *place, const json_t *json);

#endif
