/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The kernel's functions by /proc/kallsyms, which is opened while there are
 * rights, as its addresses are for who opened it, and read when first needed.
 */
#ifndef MPTOP_SYMBOLS_KERNEL_H
#define MPTOP_SYMBOLS_KERNEL_H

#include <stdbool.h>
#include <stdint.h>

struct symbols_kernel;

/* Takes over the descriptor @fd of such a file; -1: there is none. */
struct symbols_kernel *symbols_kernel_new(int fd);

/* Frees; NULL is allowed. */
void symbols_kernel_free(struct symbols_kernel *kernel);

/*
 * Why there are no symbols at all, or NULL: there are. Constant text. Reads
 * the file the first time.
 */
const char *symbols_kernel_lack(struct symbols_kernel *kernel);

/*
 * "function+0x1f", or of a module "function+0x1f [module]", to be freed; NULL:
 * @address is in no function that is known. With @returns it is where a call
 * returns to, which may be behind the caller's last byte.
 */
char *symbols_kernel_name(struct symbols_kernel *kernel, uint64_t address,
			  bool returns);

#endif
