/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Sums by (owner, what): a hash table that is filled anew for every look at
 * the model, tens of thousands of times in a few milliseconds and in 40 bytes
 * a sum, which intrusive tables with a list in each element cannot do.
 */
#ifndef MPTOP_TALLY_H
#define MPTOP_TALLY_H

#include <stddef.h>
#include <stdint.h>

struct tally_entry {
	const void *owner;
	uint64_t what;
	int64_t now; /* the last interval's part, or whatever one counts */
	int64_t all;
};

/* Empty when zeroed; entry[0] .. entry[nr - 1] in the order they came. */
struct tally {
	struct tally_entry *entry;
	size_t nr;
	uint32_t *slot; /* index of an entry + 1, or 0 */
	size_t nr_slots; /* power of two, or 0 */
};

/* The sums of (@owner, @what), 0 if new; valid until the next call. */
struct tally_entry *tally_at(struct tally *tally, const void *owner,
			     uint64_t what);

/* The same, or NULL if there is none. */
struct tally_entry *tally_find(const struct tally *tally, const void *owner,
			       uint64_t what);

/* Forgets all sums, keeps the memory. */
void tally_clear(struct tally *tally);

/* Frees all but @tally itself, which is empty then. */
void tally_free(struct tally *tally);

#endif
