/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where and how safely a snapshot is written: two files of one moment, what is
 * on screen as text and its data as JSON lines. Never through a link, never
 * over another file, readable by the owner only, complete or absent.
 */
#ifndef MPTOP_SNAPSHOT_H
#define MPTOP_SNAPSHOT_H

#include <stddef.h>
#include <stdio.h>
#include <time.h>

struct snapshot {
	const char *dir;  /* name of the directory, for messages */
	const char *host; /* may be NULL */
	struct timespec time;
	const char *text; /* all of the .txt */
	/*
	 * Writes all of the .json to @out and returns 0 or -errno: as it is
	 * written, since the whole of it is larger than the window. Errors of
	 * @out itself are seen without it.
	 */
	int (*write_json)(FILE *out, const void *context);
	const void *context;
};

/*
 * Writes DIR/mptop-HOST-YYYYmmddTHHMMSSZ-N.txt and .json, with the first N
 * from 1 for which there is neither, into the directory open as @dir_fd.
 * Returns 0 with the path of the .txt in *@message, or -errno with one line
 * that says what failed and why; the caller frees it. After a failure there is
 * neither file.
 */
int snapshot_write(int dir_fd, const struct snapshot *snapshot,
		   char **message);

#define SNAPSHOT_NAME 160

/*
 * Creates a recording, DIR/mptop-HOST-YYYYmmddTHHMMSSZ.json, or with -r2 and
 * so on before the dot if that is there, in the directory @dir_fd: by the same
 * rules, but for that it grows from then on. @snapshot's dir, host and time
 * count. Returns the descriptor with its name in @name, or -errno.
 */
int snapshot_create(int dir_fd, const struct snapshot *snapshot,
		    char name[SNAPSHOT_NAME]);

#endif
