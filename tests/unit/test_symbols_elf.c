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
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "elf_image.h"
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

/* Everything is asked of it; what it answers does not matter. */
static void ask_all(int fd)
{
	struct symbols_elf *elf = symbols_elf_open(fd);
	uint8_t id[BUILD_ID_BYTES];
	uint64_t offset, address = 0x4010, into;
	int table;

	if (!elf)
		return;
	symbols_elf_build_id(elf, id);
	for (offset = 0; offset < 8192; offset += 512)
		symbols_elf_address(elf, offset, &address);
	for (table = SYMBOLS_ELF_ALL; table <= SYMBOLS_ELF_DYNAMIC; table++)
		free(symbols_elf_function(elf, table, address, &into));
	symbols_elf_close(elf);
}

static void ask_broken(const char *bytes, size_t n)
{
	static const char flip[] = { 1, (char)0x80, (char)0xff };
	char *copy = xmalloc(n);
	size_t i;

	for (i = 0; i < n; i += 1 + n / 1024)
		ask_all(make_elf_bytes(bytes, i));
	for (i = 0; i < n; i += 1 + n / 4096) {
		memcpy(copy, bytes, n);
		copy[i] ^= flip[i % sizeof(flip)];
		ask_all(make_elf_bytes(copy, n));
	}
	for (i = 0; i + 8 < n; i += 4 + n / 2048) {
		memcpy(copy, bytes, n);
		memset(copy + i, 0xff, 8);
		ask_all(make_elf_bytes(copy, n));
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

/* Terabytes of nothing behind it, and a table that says it fills them. */
static void test_huge(void **state)
{
	uint64_t offset, into, address;
	int fd = make_elf_foreign(ELFCLASS64, ELFDATA2LSB, &offset);
	struct symbols_elf *elf;
	Elf64_Ehdr header;
	Elf64_Shdr section;
	off_t at;

	(void)state;
	assert_int_equal(pread(fd, &header, sizeof(header), 0), 64);
	at = header.e_shoff + 3 * sizeof(section);
	assert_int_equal(pread(fd, &section, sizeof(section), at), 64);
	assert_int_equal(section.sh_type, SHT_SYMTAB);
	section.sh_size = 1LL << 40;
	assert_int_equal(pwrite(fd, &section, sizeof(section), at), 64);
	assert_int_equal(ftruncate(fd, 1LL << 41), 0);
	elf = symbols_elf_open(fd);
	assert_non_null(elf);
	assert_true(symbols_elf_address(elf, offset, &address));
	assert_null(symbols_elf_function(elf, SYMBOLS_ELF_ALL, address, &into));
	symbols_elf_close(elf);
}

/* What a look may take; and what spares the machine of one that takes more. */
#define LOOK_KB 16384
#define LOOK_SECONDS 2
#define GUARD_BYTES (8LL << 30)

#if defined(__SANITIZE_ADDRESS__)
#define HAS_SHADOW true /* of terabytes, and keeps what was freed */
#else
#define HAS_SHADOW false
#endif

static long peak_kb(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return usage.ru_maxrss;
}

/* Does nothing of @fd, which is closed, take more than that? */
static void check_modest(int fd)
{
	const struct rlimit bytes = { GUARD_BYTES, GUARD_BYTES };
	const struct rlimit seconds = { LOOK_SECONDS, LOOK_SECONDS };
	pid_t pid = fork();
	int status;
	long kb;

	if (!pid) {
		if (!HAS_SHADOW)
			setrlimit(RLIMIT_AS, &bytes);
		setrlimit(RLIMIT_CPU, &seconds);
		kb = peak_kb();
		ask_all(fd);
		_exit(!HAS_SHADOW && peak_kb() - kb > LOOK_KB);
	}
	close(fd);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

/* A file of @bytes with this header. */
static int hostile(const Elf64_Ehdr *more, off_t bytes)
{
	Elf64_Ehdr header = *more;
	int fd = memfd_create("elf", MFD_CLOEXEC);

	memcpy(header.e_ident, ELFMAG, SELFMAG);
	header.e_ident[EI_CLASS] = ELFCLASS64;
	header.e_ident[EI_DATA] = ELFDATA2LSB;
	header.e_ident[EI_VERSION] = EV_CURRENT;
	header.e_type = ET_EXEC;
	header.e_machine = EM_X86_64;
	header.e_version = EV_CURRENT;
	header.e_ehsize = sizeof(header);
	header.e_phentsize = sizeof(Elf64_Phdr);
	header.e_shentsize = sizeof(Elf64_Shdr);
	assert_int_equal(pwrite(fd, &header, sizeof(header), 0),
			 sizeof(header));
	assert_int_equal(ftruncate(fd, bytes), 0);
	return fd;
}

#define NOTES (64 * 1024)
#define TABLE (128 * 1024) /* behind the notes */

/* Notes that are no build id, in one piece at 64. */
static void notes_write(int fd)
{
	Elf64_Nhdr note = { .n_namesz = 4, .n_type = 1 };
	off_t at;

	for (at = 64; at + 16 <= 64 + NOTES; at += 16) {
		assert_int_equal(pwrite(fd, &note, sizeof(note), at),
				 sizeof(note));
		assert_int_equal(pwrite(fd, "GNU", 4, at + sizeof(note)), 4);
	}
}

static void test_many_sections(void **state)
{
	static const unsigned int counts[] = { 60000, 4000 };
	const Elf64_Shdr section = { .sh_type = SHT_NOTE, .sh_offset = 64,
				     .sh_size = NOTES, .sh_addralign = 4 };
	unsigned int n, i;
	size_t c;
	int fd;

	(void)state;
	for (c = 0; c < 2; c++) {
		n = counts[c];
		fd = hostile(&(Elf64_Ehdr){ .e_shoff = TABLE, .e_shnum = n },
			     TABLE + n * sizeof(section));
		notes_write(fd);
		for (i = 1; i < n; i++)
			assert_int_equal(pwrite(fd, &section, sizeof(section),
						TABLE + i * sizeof(section)),
					 sizeof(section));
		check_modest(fd);
	}
}

static void test_many_segments(void **state)
{
	static const unsigned int counts[] = { 60000, 128 };
	Elf64_Phdr segment = { .p_type = PT_NOTE, .p_filesz = NOTES - 536,
			       .p_align = 4 };
	unsigned int n, i;
	size_t c;
	int fd;

	(void)state;
	for (c = 0; c < 2; c++) {
		n = counts[c];
		fd = hostile(&(Elf64_Ehdr){ .e_phoff = TABLE, .e_phnum = n },
			     TABLE + n * sizeof(segment));
		notes_write(fd);
		for (i = 0; i < n; i++) {
			segment.p_offset = 64 + i;
			assert_int_equal(pwrite(fd, &segment, sizeof(segment),
						TABLE + i * sizeof(segment)),
					 sizeof(segment));
		}
		check_modest(fd);
	}
}

/* A page of disk that says it has 2^24 sections, and is as large. */
static void test_sparse_sections(void **state)
{
	const Elf64_Shdr first = { .sh_size = 1 << 24 };
	int fd = hostile(&(Elf64_Ehdr){ .e_shoff = 64 },
			 64 + first.sh_size * sizeof(first));

	(void)state;
	assert_int_equal(pwrite(fd, &first, sizeof(first), 64), sizeof(first));
	check_modest(fd);
}

/* Symbols of a user's file are read up to a size that real ones have. */
static void test_large_table(void **state)
{
	const Elf64_Shdr sections[] = {
		{ 0 },
		{ .sh_type = SHT_SYMTAB, .sh_offset = 512, .sh_link = 2,
		  .sh_size = 60 << 20, .sh_entsize = sizeof(Elf64_Sym) },
		{ .sh_type = SHT_STRTAB, .sh_offset = 512, .sh_size = 512 },
	};
	int fd = hostile(&(Elf64_Ehdr){ .e_shoff = 64, .e_shnum = 3 },
			 64 << 20);
	struct symbols_elf *elf;
	uint64_t into;

	(void)state;
	assert_int_equal(pwrite(fd, sections, sizeof(sections), 64),
			 sizeof(sections));
	if (!getuid())
		assert_int_equal(fchown(fd, 1234, 1234), 0);
	elf = symbols_elf_open(dup(fd));
	assert_non_null(elf);
	assert_null(symbols_elf_function(elf, SYMBOLS_ELF_ALL, 64, &into));
	symbols_elf_close(elf);
	check_modest(fd);
}

/* Zeros, as zlib packs them, 258 in 13 bits: 158 times as many as @n. */
static void zeros_pack(uint8_t *packed, size_t n)
{
	static const char first[] = "11000110000"; /* a block; one zero */
	static const char more[] = "1100010100000";
	size_t start = sizeof(first) - 1, i;

	memcpy(packed, "\x78\x01", 2);
	for (i = 0; i < (n - 2) * 8; i++)
		if ((i < start ? first[i] : more[(i - start) % 13]) == '1')
			packed[2 + i / 8] |= (uint8_t)(1 << i % 8);
}

/* Names in half a megabyte of symbols: packed, they say, 64 MB of them. */
static void test_packed_names(void **state)
{
	enum { BYTES = 480 << 10, AT = 1024, SYMBOL = 512 };
	const Elf64_Shdr sections[] = {
		{ 0 },
		{ .sh_type = SHT_SYMTAB, .sh_offset = SYMBOL, .sh_link = 2,
		  .sh_size = (21 << 10) * sizeof(Elf64_Sym),
		  .sh_entsize = sizeof(Elf64_Sym) },
		{ .sh_type = SHT_STRTAB, .sh_offset = AT, .sh_size = BYTES,
		  .sh_flags = SHF_COMPRESSED, .sh_addralign = 8 },
	};
	const Elf64_Sym symbol = {
		.st_name = 1, .st_value = 0x4010, .st_size = 32, .st_shndx = 1,
		.st_info = ELF64_ST_INFO(STB_GLOBAL, STT_FUNC),
	};
	const Elf64_Chdr head = { .ch_type = ELFCOMPRESS_ZLIB,
				  .ch_size = 64 << 20, .ch_addralign = 1 };
	int fd = hostile(&(Elf64_Ehdr){ .e_shoff = 64, .e_shnum = 3 },
			 1 << 20);
	uint8_t *packed = xcalloc(1, BYTES - sizeof(head));

	(void)state;
	zeros_pack(packed, BYTES - sizeof(head));
	assert_int_equal(pwrite(fd, packed, BYTES - sizeof(head),
				AT + sizeof(head)), BYTES - sizeof(head));
	free(packed);
	assert_int_equal(pwrite(fd, &head, sizeof(head), AT), sizeof(head));
	assert_int_equal(pwrite(fd, &symbol, sizeof(symbol), SYMBOL),
			 sizeof(symbol));
	assert_int_equal(pwrite(fd, sections, sizeof(sections), 64),
			 sizeof(sections));
	check_modest(fd);
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

/* What would read headers once more reads nothing. */
static void test_overlapping_headers(void **state)
{
	int fd = hostile(&(Elf64_Ehdr){ .e_phoff = 64, .e_phnum = 1,
					.e_shoff = 1024, .e_shnum = 2 }, 4096);
	struct elf_image image;

	(void)state;
	assert_true(elf_image_open(&image, fd, 4096));
	assert_false(elf_image_fill(&image, 0, 1));
	assert_false(elf_image_fill(&image, 119, 100));
	assert_false(elf_image_fill(&image, 120, 905));
	assert_false(elf_image_fill(&image, 1030, 1));
	assert_true(elf_image_fill(&image, 120, 904));
	assert_true(elf_image_fill(&image, 1152, 4096 - 1152));
	assert_false(elf_image_fill(&image, 1152, 4097 - 1152));
	assert_false(elf_image_fill(&image, UINT64_MAX, 2));
	elf_image_close(&image);
	close(fd);
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
		cmocka_unit_test(test_huge),
		cmocka_unit_test(test_many_sections),
		cmocka_unit_test(test_many_segments),
		cmocka_unit_test(test_sparse_sections),
		cmocka_unit_test(test_large_table),
		cmocka_unit_test(test_packed_names),
		cmocka_unit_test(test_changed_headers),
		cmocka_unit_test(test_overlapping_headers),
	};

	return cmocka_run_group_tests(tests, make_elf_setup,
				      make_elf_teardown);
}
