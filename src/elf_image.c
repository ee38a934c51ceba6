/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pieces of an ELF file in memory that is else empty. */
#include "elf_image.h"

#include <errno.h>
#include <libelf.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/*
 * The most that were found are 15 segments and 74 sections. Objects that are
 * not linked may have many thousand sections, but nobody runs them.
 */
#define SEGMENTS_MAX 128
#define SECTIONS_MAX 4096
/* Of addresses, not of memory; more than programs have, all machines do. */
#define IMAGE_BYTES_MAX \
	(sizeof(size_t) > 4 ? (off_t)((uint64_t)1 << 36) : (off_t)1 << 29)

/* Of either class. */
struct header {
	uint64_t segments, sections; /* where they are in the file */
	size_t nr_segments, nr_sections;
	size_t segment_bytes, section_bytes; /* of one */
};

static bool read_all(int fd, uint8_t *dst, size_t n, size_t offset)
{
	ssize_t got;

	while (n) {
		got = pread(fd, dst, n, (off_t)offset);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		dst += got;
		offset += (size_t)got;
		n -= (size_t)got;
	}
	return true;
}

static bool is_free(const struct elf_image *image, size_t begin, size_t end)
{
	int i;

	for (i = 0; i < image->nr_headers; i++)
		if (begin < image->header[i].end &&
		    end > image->header[i].begin)
			return false;
	return true;
}

bool elf_image_fill(struct elf_image *image, uint64_t offset, uint64_t bytes)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE), first;

	if (offset > image->bytes || bytes > image->bytes - offset ||
	    !is_free(image, offset, offset + bytes))
		return false;
	first = offset / page * page;
	/* Only now does the system have to have memory for it. */
	return !mprotect(image->at + first, offset + bytes - first,
			 PROT_READ | PROT_WRITE) &&
	       read_all(image->fd, image->at + offset, bytes, offset);
}

/* Likewise; it will not be filled again. */
static bool header_fill(struct elf_image *image, uint64_t offset,
			uint64_t bytes)
{
	struct elf_image_part *part = &image->header[image->nr_headers];

	if (!bytes)
		return true;
	if (!elf_image_fill(image, offset, bytes))
		return false;
	*part = (struct elf_image_part){ offset, offset + bytes };
	image->nr_headers++;
	return true;
}

/* header_read64() and 32(): that at the begin, if it is of its class. */
#define HEADER_READ(bits)                                                    \
	static bool header_read##bits(const struct elf_image *image,         \
				      struct header *header)                 \
	{                                                                    \
		Elf##bits##_Ehdr own;                                        \
		Elf_Data from = { .d_buf = image->at, .d_size = sizeof(own), \
				  .d_type = ELF_T_EHDR,                      \
				  .d_version = EV_CURRENT };                 \
		Elf_Data to = from;                                          \
                                                                             \
		to.d_buf = &own;                                             \
		if (!elf##bits##_xlatetom(&to, &from, image->at[EI_DATA]))   \
			return false;                                        \
		*header = (struct header){                                   \
			own.e_phoff, own.e_shoff, own.e_phnum, own.e_shnum,  \
			own.e_phentsize, own.e_shentsize                     \
		};                                                           \
		return (!own.e_phnum ||                                      \
			own.e_phentsize == sizeof(Elf##bits##_Phdr)) &&      \
		       (!own.e_shnum ||                                      \
			own.e_shentsize == sizeof(Elf##bits##_Shdr));        \
	}

HEADER_READ(64)
HEADER_READ(32)

static bool header_read(struct elf_image *image, struct header *header)
{
	uint8_t ident[EI_NIDENT];

	if (image->bytes < sizeof(ident) ||
	    !read_all(image->fd, ident, sizeof(ident), 0) ||
	    memcmp(ident, ELFMAG, SELFMAG))
		return false;
	if (ident[EI_CLASS] == ELFCLASS64)
		return header_fill(image, 0, sizeof(Elf64_Ehdr)) &&
		       image->at[EI_CLASS] == ELFCLASS64 &&
		       header_read64(image, header);
	return header_fill(image, 0, sizeof(Elf32_Ehdr)) &&
	       image->at[EI_CLASS] == ELFCLASS32 &&
	       header_read32(image, header);
}

static bool headers_fill(struct elf_image *image)
{
	struct header header;

	/* 0 sections where there are some: too many for their number. */
	return header_read(image, &header) &&
	       header.nr_segments <= SEGMENTS_MAX &&
	       header.nr_sections <= SECTIONS_MAX &&
	       (header.nr_sections || !header.sections) &&
	       header_fill(image, header.segments,
			   header.nr_segments * header.segment_bytes) &&
	       header_fill(image, header.sections,
			   header.nr_sections * header.section_bytes);
}

bool elf_image_open(struct elf_image *image, int fd, off_t bytes)
{
	void *at;

	if (bytes > IMAGE_BYTES_MAX)
		bytes = IMAGE_BYTES_MAX;
	if (bytes <= 0)
		return false;
	/* Of memory that cannot be written none is put by. */
	at = mmap(NULL, (size_t)bytes, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS,
		  -1, 0);
	if (at == MAP_FAILED)
		return false;
	*image = (struct elf_image){ .fd = fd, .at = at,
				     .bytes = (size_t)bytes };
	if (headers_fill(image))
		return true;
	elf_image_close(image);
	return false;
}

void elf_image_close(struct elf_image *image)
{
	if (image->at)
		munmap(image->at, image->bytes);
	image->at = NULL;
}
