/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Single values of a line as schema.h says; the reverse of reader_value.h. */
#ifndef MPTOP_WRITER_VALUE_H
#define MPTOP_WRITER_VALUE_H

#include <jansson.h>

#include "sample.h"
#include "schema.h"

/* The member of @base at @offset; @sample is the one that @base is in. */
json_t *writer_value(const struct sample *sample, const void *base,
		     enum schema_kind kind, size_t offset);

#endif
