/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Allocation that cannot fail: when memory is out, "mptop: out of memory" goes
 * to standard error and the program exits with status 1. Handlers registered
 * with atexit() run, so a terminal that needs restoring is restored. Free
 * every result with free().
 */
#ifndef MPTOP_XALLOC_H
#define MPTOP_XALLOC_H

#include <stdarg.h>
#include <stddef.h>

/* @size bytes, not cleared; never NULL, not even for 0. */
void *xmalloc(size_t size) __attribute__((malloc, returns_nonnull));

/* @count elements of @size bytes, cleared; never NULL, not even for 0. */
void *xcalloc(size_t count, size_t size)
	__attribute__((malloc, returns_nonnull));

/* Resizes @old (NULL for a new one) to @size bytes; 0 keeps one byte. */
void *xrealloc(void *old, size_t size) __attribute__((returns_nonnull));

/* xrealloc() to @count elements of @size bytes; overflow is out of memory. */
void *xreallocarray(void *old, size_t count, size_t size)
	__attribute__((returns_nonnull));

/* A copy of the string @text, which is not NULL. */
char *xstrdup(const char *text) __attribute__((malloc, returns_nonnull));

/* A terminated copy of the first @n bytes of @text, or of all if shorter. */
char *xstrndup(const char *text, size_t n)
	__attribute__((malloc, returns_nonnull));

/* A new string formatted as by printf(); a format that fails dies too. */
char *xasprintf(const char *format, ...)
	__attribute__((malloc, returns_nonnull, format(printf, 1, 2)));
char *xvasprintf(const char *format, va_list args)
	__attribute__((malloc, returns_nonnull, format(printf, 1, 0)));

#endif
