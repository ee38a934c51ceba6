/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Objects and arrays of a line, read as the tables of schema.h say. */
#ifndef MPTOP_READER_SECTION_H
#define MPTOP_READER_SECTION_H

#include <jansson.h>

#include "sample.h"
#include "schema.h"

struct reader {
	struct sample *sample;
	char *error; /* of the first failure */
};

/* An object of the line, where its members go, and its name in an error. */
struct reader_object {
	const json_t *json;
	void *base;
	char name[48];
};

/* Takes @error over as the reader's, if it is the first. Gives -EINVAL. */
int reader_fail(struct reader *reader, char *error);

/* Both return 0, or -EINVAL with the reader's error set. */
int reader_fields(struct reader *reader, const struct reader_object *object,
		  const struct schema_field *field);
int reader_section(struct reader *reader, const json_t *line,
		   const struct schema_section *section);

#endif
