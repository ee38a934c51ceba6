/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Places in programs and in the kernel to names, kept where their file was
 * found. Where it was not, it is looked for again for another process, after
 * an exec, and once more libraries are known. Looking reads files, and takes
 * at most a part of an interval: what did not fit is without a name then, and
 * is looked for when it is asked for the next time.
 */
#ifndef MPTOP_SYMBOLS_H
#define MPTOP_SYMBOLS_H

#include <stdint.h>

#include "symbols_files.h"
#include "symbols_kernel.h"

struct symbols;

/* Takes over both. */
struct symbols *symbols_new(struct symbols_kernel *kernel,
			    struct symbols_files *files);

/* Frees; NULL is allowed. */
void symbols_free(struct symbols *symbols);

/* An interval begins: there is time to look again. */
void symbols_interval(struct symbols *symbols);

/* A place in the kernel, as symbols_kernel_name() has it, or "[unknown]". */
char *symbols_kernel_frame(struct symbols *symbols, uint64_t address,
			   bool returns);

/* Why no place in the kernel has a name, or NULL; constant text. */
const char *symbols_lack(struct symbols *symbols);

/* Where in what build. */
struct symbols_place {
	uint64_t offset; /* in the file */
	uint8_t id[BUILD_ID_BYTES];
};

/* Clean text, to be freed; NULL: unknown. */
struct symbols_name {
	char *file;
	char *symbol; /* "function+0x1f" */
};

/* The name of @place, to which a call returns that @user has made. */
struct symbols_name symbols_user_name(struct symbols *symbols,
				      const struct symbols_place *place,
				      const struct symbols_user *user);

#endif
