/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What libelf gets to see of an ELF file that anybody may have written: memory
 * of our own, as large as the file, of which only those parts were filled from
 * it that were asked for, and that takes memory for no others. All else is
 * zeros. So who changes the file meanwhile changes no header, and libelf, which makes a record of each section that a file claims
 * before it says a word about it, makes no more than were counted here.
 */
#ifndef MPTOP_ELF_IMAGE_H
#define MPTOP_ELF_IMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define ELF_IMAGE_HEADERS 3 /* the file's own, of segments, of sections */

struct elf_image {
	int fd;
	uint8_t *at; /* for elf_memory(), with @bytes; or NULL */
	size_t bytes;
	struct elf_image_part {
		size_t begin, end;
	} header[ELF_IMAGE_HEADERS];
	int nr_headers;
};

/*
 * Begins an image of @fd, which stays the caller's, a file of @bytes; what
 * lies beyond 64 GiB, or 512 MiB where addresses have 32 bits, is left out.
 * All headers are filled in. False, and there is nothing to close: it is no
 * ELF file, or it claims more headers than any program has.
 */
bool elf_image_open(struct elf_image *image, int fd, off_t bytes);

/* Ends it; what libelf knows of it must have ended before. */
void elf_image_close(struct elf_image *image);

/*
 * Fills in @bytes at @offset. False: they are not all in the file, or some are
 * of headers, which never change.
 */
bool elf_image_fill(struct elf_image *image, uint64_t offset, uint64_t bytes);

#endif
