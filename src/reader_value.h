/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Single values of a line, checked and stored as schema.h says. */
#ifndef MPTOP_READER_VALUE_H
#define MPTOP_READER_VALUE_H

#include <jansson.h>

#include "sample.h"
#include "schema.h"

/* Bytes that a text in a line may have. */
#define READER_TEXT_MAX 65536

/*
 * Stores @json in the member of @base at @offset; NULL stands for null and
 * for an absent key. @sample is the one that @base is in. Returns 0, or
 * -EINVAL for what is not reader_expected() of the kind.
 */
int reader_value(struct sample *sample, void *base,
		 const struct schema_field *field, const json_t *json);

/* "a whole number from 0 to 2^53": for the error text. */
const char *reader_expected(enum schema_kind kind);

/* A clean copy of the string @json, or NULL if it is none or too long. */
char *reader_text(const json_t *json);

#endif
