/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Functions of files that were linked, stripped and split, of machines that
 * are not this one, and of files that are broken in every way.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <elf.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "make_elf.h"
#include "symbols_elf.h"
#include "xalloc.h"

#define LINK "$CC -O1 -nostdlib -Wl,--build-id=sha1 "

static struct symbols_elf *open_in(const char *dir, const char *name)
{
	char *path = xasprintf("%s/%s", dir, name);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct symbols_elf *elf;

	assert_true(fd >= 0);
	elf = symbols_elf_open(fd);
	free(path);
	return elf;
}

/* The function at @offset of @elf, by the symbols of @symbols. */
static void check_name(struct symbols_elf *elf, struct symbols_elf *symbols,
		       uint64_t offset, const char *expected)
{
	uint64_t address, into = UINT64_MAX;
	char *name;

	assert_true(symbols_elf_address(elf, offset, &address));
	name = symbols_elf_function(symbols, SYMBOLS_ELF_ALL, address, &into);
	if (!name)
		name = symbols_elf_function(symbols, SYMBOLS_ELF_DYNAMIC,
					    address, &into);
	if (!expected) {
		assert_null(name);
		return;
	}
	assert_non_null(name);
	assert_string_equal(name, expected);
	assert_true(into < 32);
	free(name);
}

/* All three functions; @local is what the static one is called. */
static void check_names(const char *dir, const char *file, const char *symbols,
			const char *local)
{
	struct symbols_elf *elf = open_in(dir, file);
	struct symbols_elf *names = open_in(dir, symbols);

	assert_non_null(elf);
	assert_non_null(names);
	check_name(elf, names, make_elf_find(dir, file, "MARKED-1"), local);
	check_name(elf, names, make_elf_find(dir, file, "MARKED-2"), "second");
	check_name(elf, names, make_elf_find(dir, file, "MARKED-3"), "third");
	symbols_elf_close(elf);
	symbols_elf_close(names);
}

static void test_linked(void **state)
{
	const char *dir = *state;

	if (!make_elf_is_possible())
		return;
	make_elf(dir, LINK "-static -Wl,-e,part -o linked part.c");
	check_names(dir, "linked", "linked", "first");
}

static void test_stripped(void **state)
{
	const char *dir = *state;

	if (!make_elf_is_possible())
		return;
	make_elf(dir, LINK "-shared -fPIC -o shared part.c && "
			   "strip -o stripped shared");
	check_names(dir, "shared", "shared", "first");
	check_names(dir, "stripped", "stripped", NULL);
}

static void test_split(void **state)
{
	const char *dir = *state;
	uint8_t id[BUILD_ID_BYTES];
	struct symbols_elf *elf;

	if (!make_elf_is_possible())
		return;
	make_elf(dir, LINK "-g -pie -fPIE -Wl,-e,part -o whole part.c && "
			   "objcopy --only-keep-debug whole debug && "
			   "strip -o bare whole");
	check_names(dir, "bare", "debug", "first");
	elf = open_in(dir, "bare");
	assert_true(symbols_elf_build_id(elf, id));
	symbols_elf_close(elf);
	elf = open_in(dir, "debug");
	assert_true(symbols_elf_is(elf, id));
	id[0] ^= 1;
	assert_false(symbols_elf_is(elf, id));
	symbols_elf_close(elf);
}

static void test_no_build_id(void **state)
{
	const char *dir = *state;
	uint8_t id[BUILD_ID_BYTES] = { 0 };
	struct symbols_elf *elf;

	if (!make_elf_is_possible())
		return;
	make_elf(dir, "$CC -nostdlib -static -Wl,--build-id=none "
		      "-Wl,-e,part -o none part.c");
	elf = open_in(dir, "none");
	assert_non_null(elf);
	assert_false(symbols_elf_build_id(elf, id));
	assert_false(symbols_elf_is(elf, id));
	symbols_elf_close(elf);
}

static void check_foreign(int class, int data)
{
	static const uint8_t id[BUILD_ID_BYTES] = MAKE_ELF_ID;
	uint64_t offset, address;
	struct symbols_elf *elf;

	elf = symbols_elf_open(make_elf_foreign(class, data, &offset));
	assert_non_null(elf);
	assert_true(symbols_elf_is(elf, id));
	check_name(elf, elf, offset, "there");
	check_name(elf, elf, offset + 31, "there");
	check_name(elf, elf, offset + 32, NULL);
	check_name(elf, elf, offset - 1, NULL);
	assert_false(symbols_elf_address(elf, offset + 48, &address));
	symbols_elf_close(elf);
}

static void test_foreign(void **state)
{
	(void)state;
	check_foreign(ELFCLASS32, ELFDATA2LSB);
	check_foreign(ELFCLASS32, ELFDATA2MSB);
	check_foreign(ELFCLASS64, ELFDATA2LSB);
	check_foreign(ELFCLASS64, ELFDATA2MSB);
}

static void ask_broken(const char *bytes, size_t n)
{
	static const char flip[] = { 1, (char)0x80, (char)0xff };
	char *copy = xmalloc(n);
	size_t i;

	for (i = 0; i < n; i += 1 + n / 1024)
		make_elf_ask_all(make_elf_bytes(bytes, i));
	for (i = 0; i < n; i += 1 + n / 4096) {
		memcpy(copy, bytes, n);
		copy[i] ^= flip[i % sizeof(flip)];
		make_elf_ask_all(make_elf_bytes(copy, n));
	}
	for (i = 0; i + 8 < n; i += 4 + n / 2048) {
		memcpy(copy, bytes, n);
		memset(copy + i, 0xff, 8);
		make_elf_ask_all(make_elf_bytes(copy, n));
	}
	free(copy);
}

static void test_broken(void **state)
{
	const char *dir = *state;
	uint64_t offset;
	size_t n;
	char bytes[8192], *file;
	int fd = make_elf_foreign(ELFCLASS64, ELFDATA2LSB, &offset);

	n = pread(fd, bytes, sizeof(bytes), 0);
	close(fd);
	assert_in_range(n, 200, sizeof(bytes) - 1);
	ask_broken(bytes, n);
	if (!make_elf_is_possible())
		return;
	make_elf(dir, LINK "-shared -fPIC -o broken part.c");
	file = make_elf_read(dir, "broken", &n);
	ask_broken(file, n);
	free(file);
}

static void test_no_elf(void **state)
{
	(void)state;
	assert_null(symbols_elf_open(make_elf_bytes("", 0)));
	assert_null(symbols_elf_open(make_elf_bytes("\177ELF", 4)));
	assert_null(symbols_elf_open(make_elf_bytes("#!/bin/sh\n", 10)));
	assert_null(symbols_elf_open(make_elf_bytes("!<arch>\n", 8)));
	assert_null(symbols_elf_open(open("/", O_RDONLY | O_DIRECTORY)));
	symbols_elf_close(NULL);
}

/* Who writes to a file that was opened changes no header of it. */
static void test_changed_headers(void **state)
{
	static const uint8_t id[BUILD_ID_BYTES] = MAKE_ELF_ID;
	uint8_t ones[4096];
	Elf64_Ehdr header;
	uint64_t offset;
	int fd = make_elf_foreign(ELFCLASS64, ELFDATA2LSB, &offset);
	struct symbols_elf *elf = symbols_elf_open(dup(fd));
	size_t n;

	(void)state;
	assert_non_null(elf);
	assert_int_equal(pread(fd, &header, sizeof(header), 0), 64);
	memset(ones, 0xff, sizeof(ones));
	assert_int_equal(pwrite(fd, ones, 64, 0), 64);
	n = header.e_phnum * sizeof(Elf64_Phdr);
	assert_int_equal(pwrite(fd, ones, n, header.e_phoff), n);
	n = header.e_shnum * sizeof(Elf64_Shdr);
	assert_int_equal(pwrite(fd, ones, n, header.e_shoff), n);
	close(fd);
	assert_true(symbols_elf_is(elf, id));
	check_name(elf, elf, offset, "there");
	symbols_elf_close(elf);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_linked),
		cmocka_unit_test(test_stripped),
		cmocka_unit_test(test_split),
		cmocka_unit_test(test_no_build_id),
		cmocka_unit_test(test_foreign),
		cmocka_unit_test(test_broken),
		cmocka_unit_test(test_no_elf),
		cmocka_unit_test(test_changed_headers),
	};

	return cmocka_run_group_tests(tests, make_elf_setup,
				      make_elf_teardown);
}
