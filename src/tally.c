/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Open addressing with linear probing; never more than half full. */
#include "tally.h"

#include <stdlib.h>
#include <string.h>

#include "xalloc.h"

#define SLOTS_FIRST 1024

/* The finalizer of MurmurHash3: every bit of the key moves every other. */
static uint64_t mix(uint64_t key)
{
	key ^= key >> 33;
	key *= 0xff51afd7ed558ccd;
	key ^= key >> 33;
	key *= 0xc4ceb9fe1a85ec53;
	return key ^ key >> 33;
}

static size_t find(const struct tally *tally, const void *owner, uint64_t what)
{
	size_t mask = tally->nr_slots - 1;
	size_t i = mix((uintptr_t)owner ^ mix(what)) & mask;

	for (; tally->slot[i]; i = (i + 1) & mask) {
		const struct tally_entry *entry =
			&tally->entry[tally->slot[i] - 1];

		if (entry->owner == owner && entry->what == what)
			break;
	}
	return i;
}

static void grow(struct tally *tally)
{
	size_t i, at;

	tally->nr_slots = tally->nr_slots ? tally->nr_slots * 2 : SLOTS_FIRST;
	free(tally->slot);
	tally->slot = xcalloc(tally->nr_slots, sizeof(*tally->slot));
	tally->entry = xreallocarray(tally->entry, tally->nr_slots / 2,
				     sizeof(*tally->entry));
	for (i = 0; i < tally->nr; i++) {
		at = find(tally, tally->entry[i].owner, tally->entry[i].what);
		tally->slot[at] = (uint32_t)i + 1;
	}
}

struct tally_entry *tally_at(struct tally *tally, const void *owner,
			     uint64_t what)
{
	struct tally_entry *entry;
	size_t i;

	if (tally->nr == tally->nr_slots / 2)
		grow(tally);
	i = find(tally, owner, what);
	if (tally->slot[i])
		return &tally->entry[tally->slot[i] - 1];
	entry = &tally->entry[tally->nr];
	tally->slot[i] = (uint32_t)++tally->nr;
	*entry = (struct tally_entry){ .owner = owner, .what = what };
	return entry;
}

struct tally_entry *tally_find(const struct tally *tally, const void *owner,
			       uint64_t what)
{
	size_t i;

	if (!tally->nr)
		return NULL;
	i = find(tally, owner, what);
	return tally->slot[i] ? &tally->entry[tally->slot[i] - 1] : NULL;
}

void tally_clear(struct tally *tally)
{
	if (tally->nr)
		memset(tally->slot, 0, tally->nr_slots * sizeof(*tally->slot));
	tally->nr = 0;
}

void tally_free(struct tally *tally)
{
	free(tally->slot);
	free(tally->entry);
	*tally = (struct tally){ 0 };
}
