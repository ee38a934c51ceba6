/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ELF files for tests, made by the compiler, the binutils and libelf. */
#ifndef MPTOP_MAKE_ELF_H
#define MPTOP_MAKE_ELF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A new directory, without links; to be freed by make_elf_remove(). */
char *make_elf_dir(void);
void make_elf_remove(char *dir);

/* The same around a group of tests, whose *state is the directory. */
int make_elf_setup(void **state);
int make_elf_teardown(void **state);

/* Are compiler and binutils here? If not, says that the test is not tried. */
bool make_elf_is_possible(void);

/*
 * Runs the shell commands in @dir, where $CC is the compiler and part.c has
 * the functions first(), second(), third() and the weak other_third(), which
 * is third(), too. 8 bytes in first are "MARKED-1", and so on. They have to
 * succeed.
 */
void make_elf(const char *dir, const char *commands);

/* Where @mark is in the file @name of @dir; it has to be there. */
uint64_t make_elf_find(const char *dir, const char *name, const char *mark);

/* A descriptor of a file that holds @n @bytes. */
int make_elf_bytes(const void *bytes, size_t n);

/* All of file @name of @dir, to be freed. */
char *make_elf_read(const char *dir, const char *name, size_t *n);

/* The build id of make_elf_foreign(), which is shorter than others. */
#define MAKE_ELF_ID "\1\2\3\4\5\6\7\10\11\12\13\14\15\16\17\20\0\0\0"

/*
 * A descriptor of a file of @class (ELFCLASS32 or 64) and byte order @data
 * (ELFDATA2LSB or MSB) with a function there(), 32 bytes at *@offset.
 */
int make_elf_foreign(int class, int data, uint64_t *offset);

/* Asks the file @fd, which is closed, for everything; no answer matters. */
void make_elf_ask_all(int fd);

#endif
