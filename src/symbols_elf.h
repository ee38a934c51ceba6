/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One ELF file: what build it is of, and which function a place in it is in.
 * The file may be anything: somebody who is watched may have written it. So it
 * is read, never mapped (who truncates it would kill us), libelf sees an image
 * of what was read alone, and what is too large to be a symbol table is not
 * one; of a file that is not root's much less is.
 */
#ifndef MPTOP_SYMBOLS_ELF_H
#define MPTOP_SYMBOLS_ELF_H

#include <stdbool.h>
#include <stdint.h>

/* As the kernel has it: BPF_BUILD_ID_SIZE, zeros behind a shorter one. */
#define BUILD_ID_BYTES 20

struct symbols_elf;

/*
 * Opens the ELF file of the descriptor @fd, which is taken over, of either
 * class and byte order. NULL if it is none.
 */
struct symbols_elf *symbols_elf_open(int fd);

/* Closes; NULL is allowed. */
void symbols_elf_close(struct symbols_elf *elf);

/* Is @elf of build @id? A file without a build id is of none. */
bool symbols_elf_is(struct symbols_elf *elf, const uint8_t id[BUILD_ID_BYTES]);

/* Its build id, or false: it has none. */
bool symbols_elf_build_id(struct symbols_elf *elf, uint8_t id[BUILD_ID_BYTES]);

/* @id in hexadecimal, to be freed. */
char *symbols_elf_id_text(const uint8_t id[BUILD_ID_BYTES]);

/*
 * Where byte @offset of the file is in memory, in the file's own addresses,
 * by what is loaded and executable. False: it is in no such part.
 */
bool symbols_elf_address(struct symbols_elf *elf, uint64_t offset,
			 uint64_t *address);

/* Where a function's symbols are; the first has all of them. */
enum symbols_elf_table {
	SYMBOLS_ELF_ALL,     /* .symtab, or what a stripped file was left */
	SYMBOLS_ELF_DYNAMIC, /* .dynsym */
};

/*
 * The function that @address is in: its clean name (to be freed), and how far
 * in it into *@into. NULL: none is known.
 */
char *symbols_elf_function(struct symbols_elf *elf,
			   enum symbols_elf_table table, uint64_t address,
			   uint64_t *into);

#endif
