/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Allocation that cannot fail; no function here returns NULL. */
#define _GNU_SOURCE 1

#include "xalloc.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *xalloc_check(void *memory)
{
	if (!memory) {
		fputs("mptop: out of memory\n", stderr);
		exit(EXIT_FAILURE);
	}
	return memory;
}

void *xmalloc(size_t size)
{
	return xalloc_check(malloc(size ? size : 1));
}

void *xcalloc(size_t count, size_t size)
{
	if (!count || !size)
		count = size = 1;
	return xalloc_check(calloc(count, size));
}

void *xrealloc(void *old, size_t size)
{
	return xalloc_check(realloc(old, size ? size : 1));
}

void *xreallocarray(void *old, size_t count, size_t size)
{
	if (!count || !size)
		count = size = 1;
	return xalloc_check(reallocarray(old, count, size));
}

char *xstrdup(const char *text)
{
	return xalloc_check(strdup(text));
}

char *xstrndup(const char *text, size_t n)
{
	return xalloc_check(strndup(text, n));
}

char *xvasprintf(const char *format, va_list args)
{
	char *text;

	if (vasprintf(&text, format, args) < 0)
		text = NULL;
	return xalloc_check(text);
}

char *xasprintf(const char *format, ...)
{
	va_list args;
	char *text;

	va_start(args, format);
	text = xvasprintf(format, args);
	va_end(args);
	return text;
}
