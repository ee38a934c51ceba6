/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A sample as one line of schema mptop/1. The text is plain ASCII without
 * control characters, whatever the names in it are.
 */
#ifndef MPTOP_WRITER_JSON_H
#define MPTOP_WRITER_JSON_H

#include <stdio.h>

#include "sample.h"

/*
 * The line without its end, as new memory. Dies on OOM. A view is added by
 * setting sample->view; text in it that is no JSON is left out.
 */
char *writer_json(const struct sample *sample);

/*
 * Writes the line and '\n' to @out and flushes it. Takes no more memory than
 * an element of a list needs. Returns 0 or -errno.
 */
int writer_json_line(const struct sample *sample, FILE *out);

#endif
