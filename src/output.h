/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where lines go: standard output, a file, a recording. */
#ifndef MPTOP_OUTPUT_H
#define MPTOP_OUTPUT_H

#include <stdbool.h>
#include <stdio.h>

struct output {
	FILE *file;
	const char *name; /* for messages */
	bool close;
};

/*
 * Opens @path for appending (0600, never through a link), or standard output
 * if it is NULL; @flags are more of open(2). Returns 0, or -errno with *@error
 * (to be freed) and no output->file.
 */
int output_open(struct output *output, const char *path, int flags,
		char **error);

/*
 * Flushes and closes; returns 0, or -errno with *@error if anything that was
 * written did not get there.
 */
int output_close(struct output *output, char **error);

/* The text of a failed write to @output; to be freed. */
char *output_error(const struct output *output, int error);

#endif
