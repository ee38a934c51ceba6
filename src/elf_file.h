/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The headers and symbols of an ELF file, of either class and byte order, each
 * read when it is asked for: nothing is kept of the file, which may be as large
 * as its writer likes, and may change at any time.
 */
#ifndef MPTOP_ELF_FILE_H
#define MPTOP_ELF_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct elf_file {
	int fd;
	bool is_64;
	bool is_big; /* endian */
	uint64_t segments; /* where their headers are */
	uint64_t sections;
	unsigned int nr_segments;
	unsigned int nr_sections;
};

struct elf_segment {
	uint32_t type;
	uint32_t flags;
	uint64_t offset; /* in the file */
	uint64_t bytes;	 /* there */
	uint64_t address;
	uint64_t align;
};

struct elf_section {
	uint32_t type;
	uint32_t link;
	uint64_t offset;
	uint64_t bytes;
	uint64_t align;
};

struct elf_symbol {
	uint32_t name; /* where it begins in the section of names */
	uint8_t info;
	uint16_t section;
	uint64_t value;
	uint64_t bytes;
};

/*
 * Reads the header of @fd, which stays the caller's. False if it is no ELF
 * file, or has more headers than any program or library.
 */
bool elf_file_open(struct elf_file *file, int fd);

/* Header @i; false: it is not there, or cannot be read. */
bool elf_file_segment(const struct elf_file *file, unsigned int i,
		      struct elf_segment *segment);
bool elf_file_section(const struct elf_file *file, unsigned int i,
		      struct elf_section *section);

/* Bytes of the file at @offset: up to @n, and how many there were. */
size_t elf_file_read(const struct elf_file *file, uint64_t offset, void *dst,
		     size_t n);

/* A number of 4 bytes in the file's order. */
uint32_t elf_file_word(const struct elf_file *file, const void *at);

/* Bytes of a symbol in the file. */
size_t elf_file_symbol_bytes(const struct elf_file *file);

/* The symbol whose bytes are at @at. */
void elf_file_symbol(const struct elf_file *file, const void *at,
		     struct elf_symbol *symbol);

#endif
