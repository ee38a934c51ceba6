/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ELF files by libelf, of which it gets to see an image. */
#include "symbols_elf.h"

#include <gelf.h>
#include <libelf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "elf_image.h"
#include "text.h"
#include "xalloc.h"

/*
 * Larger than the symbols of any program that people install, and than those
 * of what a user is likely to have built: 2,800,000 and 350,000.
 */
#define TABLE_BYTES_MAX (64 * 1024 * 1024)
#define USER_TABLE_BYTES_MAX (8 * 1024 * 1024)
/* All notes of a file together; a build id is among the first. */
#define NOTES_BYTES_MAX (64 * 1024)
#define NAME_BYTES_MAX 256

struct symbols_elf {
	struct elf_image image;
	Elf *elf;
	uint64_t table_bytes_max;
	uint64_t notes_bytes; /* that may still be read */
};

struct symbols_elf *symbols_elf_open(int fd)
{
	struct symbols_elf *elf = xcalloc(1, sizeof(*elf));
	struct stat stat;

	elf_version(EV_CURRENT);
	elf->image.fd = fd;
	if (!fstat(fd, &stat) && elf_image_open(&elf->image, fd, stat.st_size))
		elf->elf = elf_memory((char *)elf->image.at, elf->image.bytes);
	if (!elf->elf || elf_kind(elf->elf) != ELF_K_ELF) {
		symbols_elf_close(elf);
		return NULL;
	}
	elf->table_bytes_max = stat.st_uid ? USER_TABLE_BYTES_MAX :
					     TABLE_BYTES_MAX;
	return elf;
}

void symbols_elf_close(struct symbols_elf *elf)
{
	if (!elf)
		return;
	elf_end(elf->elf);
	elf_image_close(&elf->image);
	close(elf->image.fd);
	free(elf);
}

/* What @header says that @section has. */
static Elf_Data *section_data(struct symbols_elf *elf, Elf_Scn *section,
			      const GElf_Shdr *header)
{
	if (!elf_image_fill(&elf->image, header->sh_offset, header->sh_size))
		return NULL;
	return elf_getdata(section, NULL);
}

static const char gnu[] = "GNU"; /* the owner of a note, its end included */

/* Looks for the build id in the notes @data. */
static bool notes_build_id(Elf_Data *data, uint8_t id[BUILD_ID_BYTES])
{
	size_t at = 0, next, name, desc;
	GElf_Nhdr note;

	while (data && (next = gelf_getnote(data, at, &note, &name, &desc))) {
		at = next;
		if (note.n_type != NT_GNU_BUILD_ID ||
		    note.n_namesz != sizeof(gnu) || !note.n_descsz ||
		    note.n_descsz > BUILD_ID_BYTES ||
		    memcmp((char *)data->d_buf + name, gnu, sizeof(gnu)))
			continue;
		memset(id, 0, BUILD_ID_BYTES);
		memcpy(id, (char *)data->d_buf + desc, note.n_descsz);
		return true;
	}
	return false;
}

/* May @bytes of notes still be read? Then they are counted. */
static bool notes_take(struct symbols_elf *elf, uint64_t bytes)
{
	if (bytes > elf->notes_bytes)
		return false;
	elf->notes_bytes -= bytes;
	return true;
}

/* In what is loaded, as the kernel looks for it. */
static bool segments_build_id(struct symbols_elf *elf,
			      uint8_t id[BUILD_ID_BYTES])
{
	GElf_Phdr header;
	Elf_Data *data;
	size_t n = 0, i;

	if (elf_getphdrnum(elf->elf, &n))
		return false;
	for (i = 0; i < n; i++) {
		if (!gelf_getphdr(elf->elf, (int)i, &header) ||
		    header.p_type != PT_NOTE ||
		    !notes_take(elf, header.p_filesz) ||
		    !elf_image_fill(&elf->image, header.p_offset,
				    header.p_filesz))
			continue;
		data = elf_getdata_rawchunk(elf->elf, (int64_t)header.p_offset,
					    header.p_filesz,
					    header.p_align == 8 ? ELF_T_NHDR8 :
								  ELF_T_NHDR);
		if (notes_build_id(data, id))
			return true;
	}
	return false;
}

/* In a file that holds symbols alone, segments point to nothing. */
static bool sections_build_id(struct symbols_elf *elf,
			      uint8_t id[BUILD_ID_BYTES])
{
	Elf_Scn *section = NULL;
	GElf_Shdr header;

	while ((section = elf_nextscn(elf->elf, section)))
		if (gelf_getshdr(section, &header) &&
		    header.sh_type == SHT_NOTE &&
		    notes_take(elf, header.sh_size) &&
		    notes_build_id(section_data(elf, section, &header), id))
			return true;
	return false;
}

bool symbols_elf_build_id(struct symbols_elf *elf, uint8_t id[BUILD_ID_BYTES])
{
	elf->notes_bytes = NOTES_BYTES_MAX;
	return segments_build_id(elf, id) || sections_build_id(elf, id);
}

char *symbols_elf_id_text(const uint8_t id[BUILD_ID_BYTES])
{
	char hex[2 * BUILD_ID_BYTES + 1];
	int i;

	for (i = 0; i < BUILD_ID_BYTES; i++)
		sprintf(hex + 2 * i, "%02x", id[i]);
	return xstrdup(hex);
}

bool symbols_elf_is(struct symbols_elf *elf, const uint8_t id[BUILD_ID_BYTES])
{
	uint8_t own[BUILD_ID_BYTES];

	return symbols_elf_build_id(elf, own) && !memcmp(own, id, sizeof(own));
}

bool symbols_elf_address(struct symbols_elf *elf, uint64_t offset,
			 uint64_t *address)
{
	GElf_Phdr header;
	size_t n = 0, i;

	if (elf_getphdrnum(elf->elf, &n))
		return false;
	for (i = 0; i < n; i++) {
		if (!gelf_getphdr(elf->elf, (int)i, &header) ||
		    header.p_type != PT_LOAD || !(header.p_flags & PF_X) ||
		    offset < header.p_offset ||
		    offset - header.p_offset >= header.p_filesz)
			continue;
		*address = offset - header.p_offset + header.p_vaddr;
		return true;
	}
	return false;
}

/* The first section of @type, if its size is one of a table; or NULL. */
static Elf_Data *table_read(struct symbols_elf *elf, GElf_Word type,
			    GElf_Shdr *header)
{
	Elf_Scn *section = NULL;

	while ((section = elf_nextscn(elf->elf, section)))
		if (gelf_getshdr(section, header) && header->sh_type == type)
			break;
	if (!section || header->sh_size > elf->table_bytes_max)
		return NULL;
	return section_data(elf, section, header);
}

static bool is_function(const GElf_Sym *symbol)
{
	int type = GELF_ST_TYPE(symbol->st_info);

	return (type == STT_FUNC || type == STT_GNU_IFUNC) &&
	       symbol->st_shndx != SHN_UNDEF;
}

/* A global name is what people know; a weak one comes before a file's own. */
static int rank(const GElf_Sym *symbol)
{
	static const int by_bind[] = {
		[STB_LOCAL] = 1,
		[STB_GLOBAL] = 3,
		[STB_WEAK] = 2,
	};
	unsigned int bind = GELF_ST_BIND(symbol->st_info);

	return bind < sizeof(by_bind) / sizeof(*by_bind) ? by_bind[bind] : 0;
}

/* Is @address in @symbol? One without a size may end anywhere. */
static bool holds(const GElf_Sym *symbol, uint64_t address)
{
	return address >= symbol->st_value &&
	       (!symbol->st_size ||
		address - symbol->st_value < symbol->st_size);
}

/* Both hold the address: the innermost, one with an end, the best name. */
static bool is_better(const GElf_Sym *symbol, const GElf_Sym *best)
{
	if (!symbol->st_size != !best->st_size)
		return symbol->st_size;
	if (symbol->st_value != best->st_value)
		return symbol->st_value > best->st_value;
	return rank(symbol) > rank(best);
}

/*
 * The best symbol for @address among @data. One without a size is as good as
 * none if a sized one lies between: what it names has ended.
 */
static bool table_search(Elf_Data *data, uint64_t address, GElf_Sym *best)
{
	bool found = false;
	uint64_t nearest = 0;
	GElf_Sym symbol;
	int i;

	for (i = 0; gelf_getsym(data, i, &symbol); i++) {
		if (!is_function(&symbol) || symbol.st_value > address)
			continue;
		if (symbol.st_value > nearest)
			nearest = symbol.st_value;
		if (holds(&symbol, address) &&
		    (!found || is_better(&symbol, best))) {
			*best = symbol;
			found = true;
		}
	}
	return found && (best->st_size || best->st_value == nearest);
}

/*
 * The name at @at of section @names, and no more of that than a name takes; or
 * NULL. elf_strptr() would unpack a section that says it is packed, whatever
 * it grows to.
 */
static const char *name_read(struct symbols_elf *elf, size_t names, size_t at)
{
	Elf_Scn *section = elf_getscn(elf->elf, names);
	GElf_Shdr header;
	uint64_t n;

	if (!section || !gelf_getshdr(section, &header) ||
	    header.sh_type != SHT_STRTAB ||
	    header.sh_flags & SHF_COMPRESSED || at >= header.sh_size)
		return NULL;
	n = header.sh_size - at < NAME_BYTES_MAX ? header.sh_size - at :
						   NAME_BYTES_MAX;
	if (header.sh_offset > elf->image.bytes ||
	    !elf_image_fill(&elf->image, header.sh_offset + at, n))
		return NULL;
	return elf_strptr(elf->elf, names, at);
}

/* A name without the version that some linkers put behind it. */
static char *name_clean(const char *name)
{
	char clean[NAME_BYTES_MAX];
	size_t n = name ? strcspn(name, "@") : 0;

	if (!n)
		return NULL;
	text_clean(clean, sizeof(clean), name, n, -1);
	return xstrdup(clean);
}

char *symbols_elf_function(struct symbols_elf *elf,
			   enum symbols_elf_table table, uint64_t address,
			   uint64_t *into)
{
	static const GElf_Word type[] = {
		[SYMBOLS_ELF_ALL] = SHT_SYMTAB,
		[SYMBOLS_ELF_DYNAMIC] = SHT_DYNSYM,
	};
	GElf_Shdr header;
	Elf_Data *data = table_read(elf, type[table], &header);
	GElf_Sym best = { 0 };

	if (!data || !table_search(data, address, &best))
		return NULL;
	*into = address - best.st_value;
	return name_clean(name_read(elf, header.sh_link, best.st_name));
}
