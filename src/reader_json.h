/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One line of schema mptop/1 as a sample. The line is not trusted: it is
 * checked against the schema, and every string in it is cleaned (text.h).
 */
#ifndef MPTOP_READER_JSON_H
#define MPTOP_READER_JSON_H

#include <stddef.h>

#include "sample.h"

/* Reasons of the lines so far, so that an index means the same in all. */
struct reader_reasons {
	char *name[SAMPLE_REASON_MAX];
	int nr;
};

/* Frees the names; @reasons itself is the caller's. */
void reader_reasons_clear(struct reader_reasons *reasons);

/*
 * Reads the @n bytes of @line. New reasons go to the end of @reasons. Unknown
 * keys and calls are left out; null is UNKNOWN, and so is an absent key if the
 * schema does not need it. Returns NULL with *@error, which the caller frees,
 * for a line that is not of the schema.
 */
struct sample *reader_json(const char *line, size_t n,
			   struct reader_reasons *reasons, char **error);

#endif
