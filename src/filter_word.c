/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Taking a filter apart into words; errors are clean whatever the text is. */
#include "filter_word.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"
#include "xalloc.h"

void filter_word_begin(struct filter_word *word, const char *text,
		       struct filter_error *error)
{
	size_t cap = strlen(text) + 1;

	*word = (struct filter_word){
		.text = text,
		.bytes = xcalloc(cap, 1),
		.byte = xcalloc(cap, sizeof(*word->byte)),
		.error = error,
	};
}

void filter_word_end(struct filter_word *word)
{
	free(word->bytes);
	free(word->byte);
}

int filter_word_fail(struct filter_word *word, size_t i, const char *format,
		     ...)
{
	struct filter_error *error = word->error;
	char *before = xstrndup(word->text, word->byte[i].offset);
	char *message;
	va_list args;

	va_start(args, format);
	message = xvasprintf(format, args);
	va_end(args);
	error->column = text_width(before) + 1;
	text_clean(error->message, sizeof(error->message), message,
		   strlen(message), -1);
	free(message);
	free(before);
	return -EINVAL;
}

static bool filter_is_blank(char c)
{
	return c && strchr(" \t\n\v\f\r", c);
}

static void filter_word_put(struct filter_word *word, size_t at, bool quoted)
{
	word->byte[word->length] = (struct filter_byte){at, quoted};
	word->bytes[word->length++] = word->text[at];
}

int filter_word_read(struct filter_word *word)
{
	const char *text = word->text;
	size_t at = word->next;
	size_t quote = 0;
	bool quoted = false;

	while (filter_is_blank(text[at]))
		at++;
	if (!text[at])
		return 0;
	word->length = 0;
	for (; text[at] && (quoted || !filter_is_blank(text[at])); at++) {
		if (text[at] == '"') {
			quoted = !quoted;
			quote = at;
		} else {
			filter_word_put(word, at, quoted);
		}
	}
	word->next = at;
	word->bytes[word->length] = '\0';
	word->byte[word->length] = (struct filter_byte){at, false};
	if (!quoted && word->length)
		return 1;
	word->byte[word->length].offset = quote;
	if (quoted)
		return filter_word_fail(word, word->length,
					"this quote is not closed");
	return filter_word_fail(word, word->length,
				"a word is expected between the quotes");
}

size_t filter_word_find(const struct filter_word *word, size_t i, char c)
{
	while (i < word->length &&
	       (word->bytes[i] != c || word->byte[i].quoted))
		i++;
	return i;
}
