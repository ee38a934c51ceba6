/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The lists of a line: whole, or element by element. */
#ifndef MPTOP_READER_LIST_H
#define MPTOP_READER_LIST_H

#include "reader_section.h"

/* The @i-th of @nr elements; nr is 0 for a list read one by one. */
struct reader_element {
	const json_t *json;
	size_t i;
	size_t nr;
};

/* The section of list @key, if it can be read one by one; NULL otherwise. */
const struct schema_section *reader_list_section(const char *key);

/* Both return 0, or -EINVAL with the reader's error set. */
int reader_element(struct reader *reader, const struct schema_section *section,
		   const struct reader_element *element);
int reader_list(struct reader *reader, const json_t *json,
		const struct schema_section *section);

#endif
