/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The value of a filter's term, from the rest of its word. */
#ifndef MPTOP_FILTER_VALUE_H
#define MPTOP_FILTER_VALUE_H

#include <stddef.h>

#include "filter_term.h"
#include "filter_word.h"

struct filter_value {
	struct filter_word *word;
	size_t start; /* index in the word of the value's first byte */
	const char *name; /* of the field */
	struct filter_term *term; /* with kind and operator; gets the value */
};

/* Returns 0, or -EINVAL with the word's error filled in. */
int filter_value_read(const struct filter_value *value);

#endif
