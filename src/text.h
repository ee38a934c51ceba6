/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The one sanitiser. Every name, path and replayed string passes it where it
 * enters, so that nothing behind it can hold an escape sequence.
 */
#ifndef MPTOP_TEXT_H
#define MPTOP_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Copies @n bytes of @src into @dst of @cap bytes as valid, printable UTF-8:
 * each invalid byte, C0, DEL, C1, bidi and zero-width control, line separator
 * and unassigned, private, combining or zero-width character becomes '?', and
 * so do regional indicators and skin tones, which terminals may join with a
 * neighbour. Stops at the last whole character that fits, and after @columns
 * terminal columns (-1: no limit). Always terminates; only @cap 0 writes
 * nothing. Returns the length in bytes. Does not depend on the locale, so a
 * recording reads the same everywhere. @src may be NULL if @n is 0.
 */
size_t text_clean(char *dst, size_t cap, const void *src, size_t n,
		  int columns);

/* text_clean() of the string @src into new memory; NULL stays NULL. */
char *text_clean_dup(const char *src);

/* Terminal columns of the clean string @text. */
int text_width(const char *text);

/*
 * Bytes of the longest prefix of clean @text that fits in @columns; its
 * real width goes to *@width (may be NULL).
 */
size_t text_prefix(const char *text, int columns, int *width);

/*
 * True if @part occurs in @text; the case of ASCII letters does not matter.
 * "" occurs everywhere.
 */
bool text_contains(const char *text, const char *part);

/*
 * The first place where @part occurs in @text, or NULL. The case of ASCII
 * letters matters only if there is a capital among those of @part.
 */
const char *text_search(const char *text, const char *part);

/* "\040" and the like, as files of /proc have them, as bytes; to be freed. */
char *text_unescape(const char *text);

/* @text without blanks beside its commas, as a list may be written; free(). */
char *text_list(const char *text);

#endif
