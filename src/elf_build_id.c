/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Notes: of what is loaded, or, where that is not in the file, by sections. */
#include "elf_build_id.h"

#include <elf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "xalloc.h"

/* All notes of a file together; a build id is among the first. */
#define NOTES_BYTES_MAX (64 * 1024)

static const char gnu[] = "GNU"; /* the owner of a note, its end included */

/* Notes of a file in one piece of memory. */
struct notes {
	const struct elf_file *file;
	const uint8_t *data;
	size_t bytes;
	size_t align; /* of what is in them: 4, or 8 */
};

struct note {
	uint32_t type;
	size_t owner, owner_bytes; /* where it is, and how long; likewise */
	size_t value, value_bytes;
};

static size_t aligned(const struct notes *notes, size_t at)
{
	return (at + notes->align - 1) & ~(notes->align - 1);
}

/* The note at *@at, which moves on; false: there is none. */
static bool note_next(const struct notes *notes, size_t *at, struct note *note)
{
	const uint8_t *head = notes->data + *at;

	if (*at > notes->bytes || notes->bytes - *at < sizeof(Elf64_Nhdr))
		return false;
	note->owner_bytes = elf_file_word(notes->file, head);
	note->value_bytes = elf_file_word(notes->file, head + 4);
	note->type = elf_file_word(notes->file, head + 8);
	note->owner = *at + sizeof(Elf64_Nhdr);
	if (note->owner_bytes > notes->bytes - note->owner)
		return false;
	note->value = aligned(notes, note->owner + note->owner_bytes);
	if (note->value > notes->bytes ||
	    note->value_bytes > notes->bytes - note->value)
		return false;
	*at = aligned(notes, note->value + note->value_bytes);
	return true;
}

static bool notes_build_id(const struct notes *notes,
			   uint8_t id[BUILD_ID_BYTES])
{
	struct note note;
	size_t at = 0;

	while (note_next(notes, &at, &note)) {
		if (note.type != NT_GNU_BUILD_ID ||
		    note.owner_bytes != sizeof(gnu) || !note.value_bytes ||
		    note.value_bytes > BUILD_ID_BYTES ||
		    memcmp(notes->data + note.owner, gnu, sizeof(gnu)))
			continue;
		memset(id, 0, BUILD_ID_BYTES);
		memcpy(id, notes->data + note.value, note.value_bytes);
		return true;
	}
	return false;
}

/* Looks for the build id in @bytes of notes at @offset; *@budget goes down. */
static bool part_build_id(const struct elf_file *file, uint64_t offset,
			  uint64_t bytes, uint64_t align, size_t *budget,
			  uint8_t id[BUILD_ID_BYTES])
{
	struct notes notes = { .file = file, .align = align == 8 ? 8 : 4 };
	uint8_t *data;
	bool found;

	if (bytes > *budget)
		return false;
	*budget -= bytes;
	data = xmalloc(bytes + 1);
	notes.data = data;
	notes.bytes = elf_file_read(file, offset, data, bytes);
	found = notes_build_id(&notes, id);
	free(data);
	return found;
}

/* In what is loaded, as the kernel looks for it. */
static bool segments_build_id(const struct elf_file *file, size_t *budget,
			      uint8_t id[BUILD_ID_BYTES])
{
	struct elf_segment segment;
	unsigned int i;

	for (i = 0; i < file->nr_segments; i++)
		if (elf_file_segment(file, i, &segment) &&
		    segment.type == PT_NOTE &&
		    part_build_id(file, segment.offset, segment.bytes,
				  segment.align, budget, id))
			return true;
	return false;
}

/* In a file that holds symbols alone, segments point to nothing. */
static bool sections_build_id(const struct elf_file *file, size_t *budget,
			      uint8_t id[BUILD_ID_BYTES])
{
	struct elf_section section;
	unsigned int i;

	for (i = 0; i < file->nr_sections; i++)
		if (elf_file_section(file, i, &section) &&
		    section.type == SHT_NOTE &&
		    part_build_id(file, section.offset, section.bytes,
				  section.align, budget, id))
			return true;
	return false;
}

bool elf_build_id(const struct elf_file *file, uint8_t id[BUILD_ID_BYTES])
{
	size_t budget = NOTES_BYTES_MAX;

	return segments_build_id(file, &budget, id) ||
	       sections_build_id(file, &budget, id);
}

char *elf_build_id_text(const uint8_t id[BUILD_ID_BYTES])
{
	char hex[2 * BUILD_ID_BYTES + 1];
	int i;

	for (i = 0; i < BUILD_ID_BYTES; i++)
		sprintf(hex + 2 * i, "%02x", id[i]);
	return xstrdup(hex);
}
