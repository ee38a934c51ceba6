/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The sanitiser. It decodes UTF-8 by hand, for mbrtowc() and iswprint()
 * depend on the locale, and glibc's iswprint() lets bidi controls pass.
 */
#include "text.h"

#include <limits.h>
#include <stdint.h>
#include <string.h>

#include "text_table.h"
#include "xalloc.h"

/* The forms of UTF-8: the lead byte's fixed bits and the smallest code. */
static const struct text_form {
	unsigned char mask;
	unsigned char lead;
	uint32_t least; /* anything below is an overlong form */
} text_form[] = {
	{0x80, 0x00, 0x0},
	{0xe0, 0xc0, 0x80},
	{0xf0, 0xe0, 0x800},
	{0xf8, 0xf0, 0x10000},
};

#define TEXT_FORMS (sizeof(text_form) / sizeof(text_form[0]))

/*
 * Decodes the first character of @n > 0 bytes at @src into *@code and returns
 * its length, or 0 if the first byte starts no valid one.
 */
static size_t text_decode(const unsigned char *src, size_t n, uint32_t *code)
{
	size_t form = 0;

	while (form < TEXT_FORMS &&
	       (src[0] & text_form[form].mask) != text_form[form].lead)
		form++;
	if (form == TEXT_FORMS || form >= n)
		return 0;

	*code = src[0] & ~text_form[form].mask;
	if (form == 0)
		*code = src[0];
	for (size_t i = 1; i <= form; i++) {
		if ((src[i] & 0xc0) != 0x80)
			return 0;
		*code = *code << 6 | (src[i] & 0x3f);
	}
	if (*code < text_form[form].least || *code > 0x10ffff ||
	    (*code >= 0xd800 && *code <= 0xdfff))
		return 0;
	return form + 1;
}

/* Columns of the first character at @src, 0 if it is not fit to be shown. */
static int text_step(const unsigned char *src, size_t n, size_t *length)
{
	uint32_t code;

	*length = text_decode(src, n, &code);
	if (*length)
		return text_columns(code);
	*length = 1;
	return 0;
}

size_t text_clean(char *dst, size_t cap, const void *src, size_t n,
		  int columns)
{
	const unsigned char *from = src;
	size_t used = 0;
	size_t length;

	if (!cap)
		return 0;
	if (columns < 0)
		columns = INT_MAX;
	for (size_t i = 0; i < n; i += length) {
		int width = text_step(from + i, n - i, &length);
		size_t bytes = width ? length : 1;

		if (bytes >= cap - used || (width ? width : 1) > columns)
			break;
		memcpy(dst + used, width ? (const char *)from + i : "?", bytes);
		used += bytes;
		columns -= width ? width : 1;
	}
	dst[used] = '\0';
	return used;
}

char *text_clean_dup(const char *src)
{
	size_t n;
	char *dst;

	if (!src)
		return NULL;
	n = strlen(src);
	dst = xmalloc(n + 1);
	text_clean(dst, n + 1, src, n, -1);
	return dst;
}

int text_width(const char *text)
{
	int width;

	text_prefix(text, INT_MAX, &width);
	return width;
}

size_t text_prefix(const char *text, int columns, int *width)
{
	const unsigned char *from = (const unsigned char *)text;
	size_t n = strlen(text);
	size_t i = 0;
	int used = 0;

	while (i < n) {
		size_t length;
		int step = text_step(from + i, n - i, &length);

		step = step ? step : 1;
		if (step > columns - used)
			break;
		used += step;
		i += length;
	}
	if (width)
		*width = used;
	return i;
}

static int text_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

static bool text_starts(const char *text, const char *part)
{
	while (*part && text_lower(*text) == text_lower(*part)) {
		text++;
		part++;
	}
	return !*part;
}

bool text_contains(const char *text, const char *part)
{
	do {
		if (text_starts(text, part))
			return true;
	} while (*text++);
	return false;
}

const char *text_search(const char *text, const char *part)
{
	const char *c;

	for (c = part; *c; c++)
		if (*c >= 'A' && *c <= 'Z')
			return strstr(text, part);
	do {
		if (text_starts(text, part))
			return text;
	} while (*text++);
	return NULL;
}

/* The octal digits at @text as a byte, -1 if there are not three. */
static int octal(const char *text)
{
	int i, value = 0;

	for (i = 0; i < 3; i++) {
		if (text[i] < '0' || text[i] > '7')
			return -1;
		value = value * 8 + text[i] - '0';
	}
	return value & 0xff;
}

char *text_unescape(const char *text)
{
	char *plain = xstrdup(text), *to = plain;
	int byte;

	for (; *text; text++) {
		byte = *text == '\\' ? octal(text + 1) : -1;
		*to++ = byte < 0 ? *text : byte;
		text += byte < 0 ? 0 : 3;
	}
	*to = '\0';
	return plain;
}

char *text_list(const char *text)
{
	char *list = xstrdup(text), *to = list;

	for (; *text; text++) {
		if (*text == ',')
			while (to > list && strchr(" \t", to[-1]))
				to--;
		else if (strchr(" \t", *text) && to > list && to[-1] == ',')
			continue;
		*to++ = *text;
	}
	*to = '\0';
	return list;
}
