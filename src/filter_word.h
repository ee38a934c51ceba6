/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The words of a filter. A word has its quotes removed, but each of its bytes
 * remembers where it came from, so that an error names the column that the
 * operator sees. A quoted byte is never a sign or a comma.
 */
#ifndef MPTOP_FILTER_WORD_H
#define MPTOP_FILTER_WORD_H

#include <stdbool.h>
#include <stddef.h>

#include "filter.h"

struct filter_byte {
	size_t offset; /* in the filter's text */
	bool quoted;
};

struct filter_word {
	const char *text; /* the filter */
	size_t next;	  /* where the next word is looked for */
	char *bytes;	  /* of this word, terminated */
	struct filter_byte *byte; /* of each of them and of what follows */
	size_t length;
	struct filter_error *error;
};

/* Before the first word of @text; filter_word_end() frees what it made. */
void filter_word_begin(struct filter_word *word, const char *text,
		       struct filter_error *error);
void filter_word_end(struct filter_word *word);

/* Reads the next word. Returns 1, 0 if there is none, or -EINVAL. */
int filter_word_read(struct filter_word *word);

/* The first index from @i on that holds an unquoted @c, or the length. */
size_t filter_word_find(const struct filter_word *word, size_t i, char c);

/*
 * Fills the error with the column of the word's byte at index @i and a
 * message; always returns -EINVAL.
 */
int filter_word_fail(struct filter_word *word, size_t i, const char *format,
		     ...) __attribute__((format(printf, 3, 4)));

#endif
