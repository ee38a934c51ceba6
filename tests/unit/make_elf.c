/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The compiler makes what this machine runs, libelf what others do. */
#include "make_elf.h"

#include <stdarg.h>
#include <setjmp.h>
#include <cmocka.h>

#include <fcntl.h>
#include <gelf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "symbols_elf.h"
#include "xalloc.h"

#define PART(name, mark)                                              \
	"int " name "(int x)\n"                                       \
	"{ __asm__ volatile(\".ascii \\\"" mark "\\\"\"); return x + 1; }\n"

static const char source[] =
	"__attribute__((noinline)) static " PART("first", "MARKED-1")
	"__attribute__((noinline)) " PART("second", "MARKED-2")
	"__attribute__((noinline)) " PART("third", "MARKED-3")
	"int other_third(int x) __attribute__((weak, alias(\"third\")));\n"
	"int part(int x) { return first(x) + second(x) + third(x); }\n";

static void source_write(const char *dir)
{
	char *path = xasprintf("%s/part.c", dir);
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fputs(source, file);
	assert_int_equal(fclose(file), 0);
	free(path);
}

char *make_elf_dir(void)
{
	const char *tmp = getenv("TMPDIR");
	char *dir = xasprintf("%s/mptop-elf.XXXXXX", tmp ? tmp : "/tmp");
	char *real;

	assert_non_null(mkdtemp(dir));
	real = realpath(dir, NULL);
	assert_non_null(real);
	free(dir);
	source_write(real);
	return real;
}

void make_elf_remove(char *dir)
{
	char *command = xasprintf("rm -rf '%s'", dir);

	assert_int_equal(system(command), 0);
	free(command);
	free(dir);
}

int make_elf_setup(void **state)
{
	*state = make_elf_dir();
	return 0;
}

int make_elf_teardown(void **state)
{
	make_elf_remove(*state);
	return 0;
}

/* cmocka's skip() is a failure to who reads its TAP. */
bool make_elf_is_possible(void)
{
	static const char command[] =
		"for tool in ${CC:-cc} readelf strip objcopy; do"
		" case $tool in -*) continue ;; esac;"
		" command -v \"$tool\" >/dev/null || exit 1; done";

	if (!system(command))
		return true;
	print_message("# not tried: compiler and binutils are not here\n");
	return false;
}

void make_elf(const char *dir, const char *commands)
{
	char *command = xasprintf("cd '%s' && : \"${CC:=cc}\" && { %s; } >&2",
				  dir, commands);
	int status = system(command);

	free(command);
	assert_int_equal(status, 0);
}

char *make_elf_read(const char *dir, const char *name, size_t *n)
{
	char *path = xasprintf("%s/%s", dir, name), *bytes;
	FILE *file = fopen(path, "r");

	assert_non_null(file);
	fseek(file, 0, SEEK_END);
	*n = ftell(file);
	rewind(file);
	bytes = xmalloc(*n);
	assert_int_equal(fread(bytes, 1, *n, file), *n);
	fclose(file);
	free(path);
	return bytes;
}

uint64_t make_elf_find(const char *dir, const char *name, const char *mark)
{
	size_t n;
	char *bytes = make_elf_read(dir, name, &n);
	char *found = memmem(bytes, n, mark, strlen(mark));
	uint64_t at = found - bytes;

	assert_non_null(found);
	free(bytes);
	return at;
}

int make_elf_bytes(const void *bytes, size_t n)
{
	int fd = memfd_create("elf", MFD_CLOEXEC);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, n), n);
	return fd;
}

enum { NOTE = 1, TEXT, SYMBOLS, NAMES, SECTIONS };

static char strings[] = "\0there\0.section";
static uint32_t note[] = { 4, 16, NT_GNU_BUILD_ID, 0, 0, 0, 0, 0 };
static char text[64];

/* Sections, by their enum; the names of all are the same. */
static void section_add(Elf *elf, GElf_Shdr header, Elf_Data content)
{
	Elf_Scn *section = elf_newscn(elf);
	Elf_Data *data = elf_newdata(section);
	GElf_Shdr shdr;

	content.d_version = EV_CURRENT;
	content.d_align = 8;
	*data = content;
	gelf_getshdr(section, &shdr);
	header.sh_name = 7;
	header.sh_addralign = 8;
	gelf_update_shdr(section, &header);
}

/* In the form of libelf, which turns it into the file's. */
static void *symbols_new(Elf *elf, size_t *bytes)
{
	GElf_Sym symbol = {
		.st_name = 1,
		.st_info = GELF_ST_INFO(STB_GLOBAL, STT_FUNC),
		.st_shndx = TEXT,
		.st_value = 0x4010,
		.st_size = 32,
	};
	Elf_Data data = { .d_type = ELF_T_SYM, .d_version = EV_CURRENT };

	*bytes = gelf_getclass(elf) == ELFCLASS32 ? 2 * sizeof(Elf32_Sym) :
						    2 * sizeof(Elf64_Sym);
	data.d_size = *bytes;
	data.d_buf = xcalloc(1, *bytes);
	if (gelf_getclass(elf) == ELFCLASS64) {
		((Elf64_Sym *)data.d_buf)[1] = symbol;
		return data.d_buf;
	}
	((Elf32_Sym *)data.d_buf)[1] = (Elf32_Sym){
		.st_name = symbol.st_name,
		.st_info = symbol.st_info,
		.st_shndx = symbol.st_shndx,
		.st_value = symbol.st_value,
		.st_size = symbol.st_size,
	};
	return data.d_buf;
}

static void sections_add(Elf *elf, void *symbols, size_t bytes)
{
	memcpy(&note[3], "GNU", 4);
	memcpy(&note[4], MAKE_ELF_ID, 16);
	section_add(elf, (GElf_Shdr){ .sh_type = SHT_NOTE },
		    (Elf_Data){ .d_buf = note, .d_type = ELF_T_NHDR,
				.d_size = sizeof(note) });
	section_add(elf, (GElf_Shdr){ .sh_type = SHT_PROGBITS },
		    (Elf_Data){ .d_buf = text, .d_type = ELF_T_BYTE,
				.d_size = sizeof(text) });
	section_add(elf,
		    (GElf_Shdr){ .sh_type = SHT_SYMTAB, .sh_link = NAMES,
				 .sh_entsize = bytes / 2 },
		    (Elf_Data){ .d_buf = symbols, .d_type = ELF_T_SYM,
				.d_size = bytes });
	section_add(elf, (GElf_Shdr){ .sh_type = SHT_STRTAB },
		    (Elf_Data){ .d_buf = strings, .d_type = ELF_T_BYTE,
				.d_size = sizeof(strings) });
}

static void segment_set(Elf *elf, int i, int section, GElf_Word type)
{
	GElf_Shdr header;
	GElf_Phdr segment = { .p_type = type, .p_flags = PF_R | PF_X };

	assert_non_null(gelf_getshdr(elf_getscn(elf, section), &header));
	segment.p_offset = header.sh_offset;
	segment.p_filesz = segment.p_memsz = header.sh_size;
	segment.p_vaddr = 0x4000;
	segment.p_align = 4;
	assert_true(gelf_update_phdr(elf, i, &segment));
}

int make_elf_foreign(int class, int data, uint64_t *offset)
{
	int fd = memfd_create("elf", MFD_CLOEXEC);
	GElf_Ehdr header = { .e_type = ET_EXEC, .e_version = EV_CURRENT,
			     .e_machine = EM_PPC };
	GElf_Shdr shdr;
	size_t bytes;
	void *symbols;
	Elf *elf;

	elf_version(EV_CURRENT);
	elf = elf_begin(fd, ELF_C_WRITE, NULL);
	assert_non_null(elf);
	assert_true(gelf_newehdr(elf, class));
	header.e_ident[EI_CLASS] = class;
	header.e_ident[EI_DATA] = data;
	header.e_shstrndx = NAMES;
	assert_true(gelf_update_ehdr(elf, &header));
	assert_true(gelf_newphdr(elf, 2));
	symbols = symbols_new(elf, &bytes);
	sections_add(elf, symbols, bytes);
	assert_true(elf_update(elf, ELF_C_NULL) > 0);
	segment_set(elf, 0, TEXT, PT_LOAD);
	segment_set(elf, 1, NOTE, PT_NOTE);
	assert_non_null(gelf_getshdr(elf_getscn(elf, TEXT), &shdr));
	*offset = shdr.sh_offset + 0x10;
	assert_true(elf_update(elf, ELF_C_WRITE) > 0);
	elf_end(elf);
	free(symbols);
	return fd;
}

void make_elf_ask_all(int fd)
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
