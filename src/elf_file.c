/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libelf would do this, but for a file of somebody else's making: it keeps all
 * that it was ever asked for, and makes a record of each section first, as
 * many as the file says that there are.
 */
#include "elf_file.h"

#include <elf.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

/*
 * The most that were found are 15 segments and 74 sections. Objects that are
 * not linked may have many thousand sections, but nobody runs them.
 */
#define SEGMENTS_MAX 128
#define SECTIONS_MAX 4096

#define HEADER_BYTES_MAX sizeof(Elf64_Ehdr) /* of any kind, the largest */

/* A number in a structure of the file. */
struct field {
	uint8_t at;
	uint8_t bytes;
};

#define FIELD(type, member)                                         \
	{                                                           \
		offsetof(type, member), sizeof(((type *)0)->member) \
	}
/* By is_64. */
#define FIELDS(kind, member)                                          \
	{                                                             \
		FIELD(Elf32_##kind, member), FIELD(Elf64_##kind, member) \
	}
#define NUMBER(file, raw, kind, member)                              \
	field_get(file, raw,                                         \
		  &(const struct field[])FIELDS(kind, member)[(file)->is_64])
#define BYTES(file, kind) \
	((file)->is_64 ? sizeof(Elf64_##kind) : sizeof(Elf32_##kind))

static uint64_t number(const struct elf_file *file, const uint8_t *at,
		       int bytes)
{
	uint64_t value = 0;
	int i;

	for (i = 0; i < bytes; i++)
		value = value << 8 | at[file->is_big ? i : bytes - 1 - i];
	return value;
}

static uint64_t field_get(const struct elf_file *file, const uint8_t *raw,
			  const struct field *field)
{
	return number(file, raw + field->at, field->bytes);
}

size_t elf_file_read(const struct elf_file *file, uint64_t offset, void *dst,
		     size_t n)
{
	size_t done = 0;
	ssize_t got;

	while (done < n && offset <= INT64_MAX - n) {
		got = pread(file->fd, (char *)dst + done, n - done,
			    (off_t)(offset + done));
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			break;
		done += (size_t)got;
	}
	return done;
}

/* Reads @bytes at @offset, all of them. */
static bool read_exactly(const struct elf_file *file, uint64_t offset,
			 void *dst, size_t bytes)
{
	return elf_file_read(file, offset, dst, bytes) == bytes;
}

static bool ident_read(struct elf_file *file)
{
	unsigned char ident[EI_NIDENT];

	if (!read_exactly(file, 0, ident, sizeof(ident)) ||
	    memcmp(ident, ELFMAG, SELFMAG))
		return false;
	file->is_64 = ident[EI_CLASS] == ELFCLASS64;
	file->is_big = ident[EI_DATA] == ELFDATA2MSB;
	return (file->is_64 || ident[EI_CLASS] == ELFCLASS32) &&
	       (file->is_big || ident[EI_DATA] == ELFDATA2LSB);
}

bool elf_file_open(struct elf_file *file, int fd)
{
	uint8_t raw[HEADER_BYTES_MAX];

	*file = (struct elf_file){ .fd = fd };
	if (!ident_read(file) ||
	    !read_exactly(file, 0, raw, BYTES(file, Ehdr)))
		return false;
	file->segments = NUMBER(file, raw, Ehdr, e_phoff);
	file->sections = NUMBER(file, raw, Ehdr, e_shoff);
	file->nr_segments = NUMBER(file, raw, Ehdr, e_phnum);
	file->nr_sections = NUMBER(file, raw, Ehdr, e_shnum);
	/* 0 sections where there are some: too many for their number. */
	return file->nr_segments <= SEGMENTS_MAX &&
	       file->nr_sections <= SECTIONS_MAX &&
	       (file->nr_sections || !file->sections) &&
	       (!file->nr_segments || NUMBER(file, raw, Ehdr, e_phentsize) ==
					      BYTES(file, Phdr)) &&
	       (!file->nr_sections || NUMBER(file, raw, Ehdr, e_shentsize) ==
					      BYTES(file, Shdr));
}

/* Reads number @i of the headers at @table. */
static bool header_read(const struct elf_file *file, uint64_t table,
			unsigned int i, size_t bytes, uint8_t *raw)
{
	return table <= INT64_MAX &&
	       read_exactly(file, table + i * bytes, raw, bytes);
}

bool elf_file_segment(const struct elf_file *file, unsigned int i,
		      struct elf_segment *segment)
{
	uint8_t raw[HEADER_BYTES_MAX];

	if (i >= file->nr_segments ||
	    !header_read(file, file->segments, i, BYTES(file, Phdr), raw))
		return false;
	*segment = (struct elf_segment){
		.type = NUMBER(file, raw, Phdr, p_type),
		.flags = NUMBER(file, raw, Phdr, p_flags),
		.offset = NUMBER(file, raw, Phdr, p_offset),
		.bytes = NUMBER(file, raw, Phdr, p_filesz),
		.address = NUMBER(file, raw, Phdr, p_vaddr),
		.align = NUMBER(file, raw, Phdr, p_align),
	};
	return true;
}

bool elf_file_section(const struct elf_file *file, unsigned int i,
		      struct elf_section *section)
{
	uint8_t raw[HEADER_BYTES_MAX];

	if (i >= file->nr_sections ||
	    !header_read(file, file->sections, i, BYTES(file, Shdr), raw))
		return false;
	*section = (struct elf_section){
		.type = NUMBER(file, raw, Shdr, sh_type),
		.link = NUMBER(file, raw, Shdr, sh_link),
		.offset = NUMBER(file, raw, Shdr, sh_offset),
		.bytes = NUMBER(file, raw, Shdr, sh_size),
		.align = NUMBER(file, raw, Shdr, sh_addralign),
	};
	return true;
}

uint32_t elf_file_word(const struct elf_file *file, const void *at)
{
	return number(file, at, 4);
}

size_t elf_file_symbol_bytes(const struct elf_file *file)
{
	return BYTES(file, Sym);
}

void elf_file_symbol(const struct elf_file *file, const void *at,
		     struct elf_symbol *symbol)
{
	const uint8_t *raw = at;

	symbol->name = NUMBER(file, raw, Sym, st_name);
	symbol->info = NUMBER(file, raw, Sym, st_info);
	symbol->section = NUMBER(file, raw, Sym, st_shndx);
	symbol->value = NUMBER(file, raw, Sym, st_value);
	symbol->bytes = NUMBER(file, raw, Sym, st_size);
}
