/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files that are made to take memory and time: none takes much of them. */
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
		make_elf_ask_all(fd);
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
		cmocka_unit_test(test_huge),
		cmocka_unit_test(test_many_sections),
		cmocka_unit_test(test_many_segments),
		cmocka_unit_test(test_sparse_sections),
		cmocka_unit_test(test_large_table),
		cmocka_unit_test(test_packed_names),
		cmocka_unit_test(test_overlapping_headers),
	};

	return cmocka_run_group_tests(tests, make_elf_setup,
				      make_elf_teardown);
}
