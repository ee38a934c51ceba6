/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A recording: lines of JSON in a file that begins anew when it is large, and
 * the older ones beside it.
 */
#ifndef MPTOP_RECORD_H
#define MPTOP_RECORD_H

#include <stdint.h>

#include "output.h"
#include "sample.h"

struct record {
	struct output output;
	int64_t max;  /* bytes from which on a new file begins; 0: never */
	int64_t keep; /* older files: FILE.1, the newest, to FILE.keep */
};

/*
 * Opens @path, which stays in use, as output_open() does; @record has max and
 * keep. Returns 0, or -errno with *@error (to be freed): -EINVAL for a @path
 * that is no regular file, if there is a max.
 */
int record_open(struct record *record, const char *path, char **error);

/*
 * Adds @sample, in a new file if the last one has got max bytes: whoever
 * reads one finds whole lines, and more than max bytes by less than a line.
 * FILE.1 is then replaced, whatever it is; a link is not followed. Returns 0,
 * or -errno with *@error (to be freed); then no more is to be added.
 */
int record_line(struct record *record, const struct sample *sample,
		char **error);

#endif
