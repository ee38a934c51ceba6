/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which file is of a build. Paths only say where to look: what a file is, its
 * build id says. An index of the libraries in the usual directories is made
 * when the first one is looked for, a piece at a time.
 */
#ifndef MPTOP_SYMBOLS_FILES_H
#define MPTOP_SYMBOLS_FILES_H

#include <stdbool.h>
#include <stdint.h>

#include "symbols_elf.h"

/* Who has a file in its memory, and what its path may be. */
struct symbols_user {
	int64_t pid;	     /* in our namespace, 0: none there */
	int64_t uid;	     /* effective; UNKNOWN */
	const char *command; /* its command line, NULL: unknown */
};

struct symbols_files;

/* @root is put before the directories that are searched: "", but in tests. */
struct symbols_files *symbols_files_new(const char *root);

/* Frees; NULL is allowed. */
void symbols_files_free(struct symbols_files *files);

/*
 * The file of build @id: the program of @user, or a library. *@path, to be
 * freed, is where it was found. NULL: not found, or not yet.
 */
struct symbols_elf *symbols_files_find(struct symbols_files *files,
				       const uint8_t id[BUILD_ID_BYTES],
				       const struct symbols_user *user,
				       char **path);

/* What was stripped from build @id, if that is installed; or NULL. */
struct symbols_elf *symbols_files_debug(const struct symbols_files *files,
					const uint8_t id[BUILD_ID_BYTES]);

/* Puts some more libraries into the index; true: all are in it. */
bool symbols_files_index(struct symbols_files *files);

#endif
