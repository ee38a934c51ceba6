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

struct options;

struct record {
	struct output output;
	int64_t max;  /* bytes from which on a new file begins; 0: never */
	int64_t keep; /* older files: FILE.1, the newest, to FILE.keep */
};

/*
 * Opens --record's FILE, whose name stays in use, as output_open() does. With
 * --record-max it has to be a regular file in a directory that may be
 * written; what else is in the way is found when it is large. It may not be
 * what is replayed or the other output. Returns 0, or -errno with *@error (to be freed).
 */
int record_open(struct record *record, const struct options *options,
		char **error);

/*
 * Adds @sample, in a new file if the last one has got max bytes; so each has
 * whole lines, and the last of them crosses max. What is called FILE then
 * becomes FILE.1, that FILE.2 and so on to FILE.keep, which is removed, unless
 * it is a directory; a link is moved or removed itself. The new file is
 * always one that nobody had. Returns 0, or -errno with *@error (to be
 * freed); then no more is to be added.
 */
int record_line(struct record *record, const struct sample *sample,
		char **error);

#endif
