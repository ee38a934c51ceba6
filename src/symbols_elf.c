/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Build ids, addresses and functions of one ELF file. */
#include "symbols_elf.h"

#include <elf.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "elf_build_id.h"
#include "elf_file.h"
#include "text.h"
#include "xalloc.h"

/*
 * Larger than the symbols of any program that people install, and than those
 * of what a user is likely to have built: 2,800,000 and 350,000.
 */
#define TABLE_BYTES_MAX (64 * 1024 * 1024)
#define USER_TABLE_BYTES_MAX (8 * 1024 * 1024)
#define NAME_BYTES_MAX 256
/* Read at once; a multiple of both sizes of a symbol. */
#define PIECE_BYTES (48 * 1024)

struct symbols_elf {
	struct elf_file file;
	uint64_t table_bytes_max;
};

struct symbols_elf *symbols_elf_open(int fd)
{
	struct symbols_elf *elf = xcalloc(1, sizeof(*elf));
	struct stat stat;

	elf->table_bytes_max = USER_TABLE_BYTES_MAX;
	if (!fstat(fd, &stat) && !stat.st_uid)
		elf->table_bytes_max = TABLE_BYTES_MAX;
	if (elf_file_open(&elf->file, fd))
		return elf;
	elf->file.fd = fd;
	symbols_elf_close(elf);
	return NULL;
}

void symbols_elf_close(struct symbols_elf *elf)
{
	if (!elf)
		return;
	if (elf->file.fd >= 0)
		close(elf->file.fd);
	free(elf);
}

bool symbols_elf_build_id(struct symbols_elf *elf, uint8_t id[BUILD_ID_BYTES])
{
	return elf_build_id(&elf->file, id);
}

bool symbols_elf_is(struct symbols_elf *elf, const uint8_t id[BUILD_ID_BYTES])
{
	uint8_t own[BUILD_ID_BYTES];

	return symbols_elf_build_id(elf, own) && !memcmp(own, id, sizeof(own));
}

bool symbols_elf_address(struct symbols_elf *elf, uint64_t offset,
			 uint64_t *address)
{
	struct elf_segment segment;
	unsigned int i;

	for (i = 0; i < elf->file.nr_segments; i++) {
		if (!elf_file_segment(&elf->file, i, &segment) ||
		    segment.type != PT_LOAD || !(segment.flags & PF_X) ||
		    offset < segment.offset ||
		    offset - segment.offset >= segment.bytes)
			continue;
		*address = offset - segment.offset + segment.address;
		return true;
	}
	return false;
}

/* The first section of @type, if its size is one of a table. */
static bool table_find(const struct symbols_elf *elf, uint32_t type,
		       struct elf_section *section)
{
	unsigned int i;

	for (i = 0; i < elf->file.nr_sections; i++)
		if (elf_file_section(&elf->file, i, section) &&
		    section->type == type)
			return section->bytes <= elf->table_bytes_max;
	return false;
}

static bool is_function(const struct elf_symbol *symbol)
{
	int type = ELF64_ST_TYPE(symbol->info);

	return (type == STT_FUNC || type == STT_GNU_IFUNC) &&
	       symbol->section != SHN_UNDEF;
}

/* A global name is what people know; a weak one comes before a file's own. */
static int rank(const struct elf_symbol *symbol)
{
	static const int by_bind[] = {
		[STB_LOCAL] = 1,
		[STB_GLOBAL] = 3,
		[STB_WEAK] = 2,
	};
	unsigned int bind = ELF64_ST_BIND(symbol->info);

	return bind < sizeof(by_bind) / sizeof(*by_bind) ? by_bind[bind] : 0;
}

/* Is @address in @symbol? One without a size may end anywhere. */
static bool holds(const struct elf_symbol *symbol, uint64_t address)
{
	return address >= symbol->value &&
	       (!symbol->bytes ||
		address - symbol->value < symbol->bytes);
}

/* Both hold the address: the innermost, one with an end, the best name. */
static bool is_better(const struct elf_symbol *symbol, const struct elf_symbol *best)
{
	if (!symbol->bytes != !best->bytes)
		return symbol->bytes;
	if (symbol->value != best->value)
		return symbol->value > best->value;
	return rank(symbol) > rank(best);
}

/* What is looked for in a table, and what was found. */
struct search {
	uint64_t address;
	uint64_t nearest; /* where a function begins, before it */
	struct elf_symbol best;
	bool found;
};

static void search_symbol(struct search *search,
			  const struct elf_symbol *symbol)
{
	if (!is_function(symbol) || symbol->value > search->address)
		return;
	if (symbol->value > search->nearest)
		search->nearest = symbol->value;
	if (holds(symbol, search->address) &&
	    (!search->found || is_better(symbol, &search->best))) {
		search->best = *symbol;
		search->found = true;
	}
}

/*
 * Looks through @table, a piece at a time. One without a size is as good as
 * none if a sized one lies between: what it names has ended.
 */
static bool table_search(const struct elf_file *file,
			 const struct elf_section *table,
			 struct search *search)
{
	size_t size = elf_file_symbol_bytes(file), n, i;
	uint8_t *piece = xmalloc(PIECE_BYTES);
	struct elf_symbol symbol;
	uint64_t at;

	for (at = 0; at < table->bytes; at += n) {
		n = table->bytes - at < PIECE_BYTES ? table->bytes - at :
						      PIECE_BYTES;
		n = elf_file_read(file, table->offset + at, piece, n);
		for (i = 0; i + size <= n; i += size) {
			elf_file_symbol(file, piece + i, &symbol);
			search_symbol(search, &symbol);
		}
		if (n < PIECE_BYTES)
			break;
	}
	free(piece);
	return search->found && (search->best.bytes ||
				 search->best.value == search->nearest);
}

/* The name at @at of section @names, without a version behind it, or NULL. */
static char *name_read(const struct elf_file *file, unsigned int names,
		       uint32_t at)
{
	char raw[NAME_BYTES_MAX], clean[NAME_BYTES_MAX];
	struct elf_section section;
	size_t n;

	if (!elf_file_section(file, names, &section) ||
	    section.type != SHT_STRTAB || at >= section.bytes)
		return NULL;
	n = section.bytes - at < sizeof(raw) ? section.bytes - at :
					       sizeof(raw);
	n = elf_file_read(file, section.offset + at, raw, n);
	n = strnlen(raw, n);
	if (memchr(raw, '@', n))
		n = (size_t)((char *)memchr(raw, '@', n) - raw);
	if (!n)
		return NULL;
	text_clean(clean, sizeof(clean), raw, n, -1);
	return xstrdup(clean);
}

char *symbols_elf_function(struct symbols_elf *elf,
			   enum symbols_elf_table table, uint64_t address,
			   uint64_t *into)
{
	static const uint32_t type[] = {
		[SYMBOLS_ELF_ALL] = SHT_SYMTAB,
		[SYMBOLS_ELF_DYNAMIC] = SHT_DYNSYM,
	};
	struct search search = { .address = address };
	struct elf_section section;

	if (!table_find(elf, type[table], &section) ||
	    !table_search(&elf->file, &section, &search))
		return NULL;
	*into = address - search.best.value;
	return name_read(&elf->file, section.link, search.best.name);
}
