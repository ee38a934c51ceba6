/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From text to terms: each word is "field sign value" or stands for itself. */
#include <stdio.h>
#include <string.h>

#include "filter_term.h"
#include "filter_value.h"
#include "filter_word.h"
#include "text.h"
#include "xalloc.h"

/* Columns of an unknown field's name that an error repeats. */
#define FILTER_NAME_COLUMNS 20

/* Longest first: "<" is the beginning of "<=". */
static const struct filter_sign {
	const char *text;
	enum filter_operator operator;
} filter_sign[] = {
	{"!=", FILTER_UNEQUAL},
	{"<=", FILTER_LESS_EQUAL},
	{">=", FILTER_MORE_EQUAL},
	{"=", FILTER_EQUAL},
	{"<", FILTER_LESS},
	{">", FILTER_MORE},
	{"~", FILTER_REGEX},
};

#define FILTER_SIGNS (sizeof(filter_sign) / sizeof(filter_sign[0]))

#define FILTER_BIT(operator) (1u << FILTER_##operator)
#define FILTER_SAME (FILTER_BIT(EQUAL) | FILTER_BIT(UNEQUAL))

/* Which signs a kind of field takes, and how an error says it. */
static const struct filter_rule {
	unsigned int operators;
	const char *text;
} filter_rule[FILTER_KINDS] = {
	[FILTER_NUMBER] = {~FILTER_BIT(REGEX), "=, !=, <, <=, > or >="},
	[FILTER_NODE] = {FILTER_SAME, "= or !="},
	[FILTER_EITHER] = {FILTER_SAME, "= or !="},
	[FILTER_TEXT] = {FILTER_SAME | FILTER_BIT(REGEX), "=, != or ~"},
};

/* The first sign in the word and its index; NULL for a bare word. */
static const struct filter_sign *
filter_find_sign(const struct filter_word *word, size_t *index)
{
	for (size_t i = 0; i < word->length; i++) {
		if (word->byte[i].quoted)
			continue;
		for (size_t j = 0; j < FILTER_SIGNS; j++) {
			const char *text = filter_sign[j].text;

			*index = i;
			if (!strncmp(word->bytes + i, text, strlen(text)))
				return &filter_sign[j];
		}
	}
	return NULL;
}

/* The field that the first @n bytes of the word name, or NULL. */
static const struct filter_field_help *
filter_find_field(const struct filter_word *word, size_t n)
{
	const struct filter_field_help *field = filter_fields;

	while (field->name && (strlen(field->name) != n ||
			       strncmp(field->name, word->bytes, n)))
		field++;
	return field->name ? field : NULL;
}

static int filter_fail_field(struct filter_word *word, size_t n)
{
	char name[4 * FILTER_NAME_COLUMNS + 1];
	char known[160] = "";
	size_t used = 0;

	text_clean(name, sizeof(name), word->bytes, n, FILTER_NAME_COLUMNS);
	for (size_t i = 0; filter_fields[i].name; i++)
		used += (size_t)snprintf(known + used, sizeof(known) - used,
					 "%s%s", i ? ", " : "",
					 filter_fields[i].name);
	if (!n)
		return filter_word_fail(word, 0, "a field is expected before "
					"'%c': one of %s", word->bytes[0],
					known);
	return filter_word_fail(word, 0, "field '%s' is not known; expected "
				"one of %s", name, known);
}

/* A word without a sign; quotes make one of anything. */
static int filter_read_bare(const struct filter_word *word,
			    struct filter_term *term)
{
	term->kind = FILTER_WORD;
	term->texts = xmalloc(sizeof(*term->texts));
	term->texts[0] = xstrdup(word->bytes);
	term->nr = 1;
	return 0;
}

static int filter_read_term(struct filter_word *word, struct filter_term *term)
{
	const struct filter_field_help *field;
	const struct filter_sign *sign;
	size_t n;
	size_t start;

	sign = filter_find_sign(word, &n);
	if (!sign)
		return filter_read_bare(word, term);
	field = filter_find_field(word, n);
	if (!field)
		return filter_fail_field(word, n);
	if (!(filter_rule[field->kind].operators >> sign->operator & 1))
		return filter_word_fail(word, n, "'%s' takes %s", field->name,
					filter_rule[field->kind].text);
	start = n + strlen(sign->text);
	if (start == word->length)
		return filter_word_fail(word, start, "a value is expected "
					"after '%s'", sign->text);
	term->kind = field->kind;
	term->operator = sign->operator;
	term->offset = field->offset;
	return filter_value_read(&(struct filter_value){
		.word = word,
		.start = start,
		.name = field->name,
		.term = term,
	});
}

static int filter_read(struct filter *filter, struct filter_word *word)
{
	int result;

	while ((result = filter_word_read(word)) > 0) {
		filter->terms = xreallocarray(filter->terms, filter->nr + 1,
					      sizeof(*filter->terms));
		filter->terms[filter->nr] = (struct filter_term){0};
		result = filter_read_term(word, &filter->terms[filter->nr++]);
		if (result)
			break;
	}
	return result;
}

struct filter *filter_parse(const char *text, struct filter_error *error)
{
	struct filter *filter = xcalloc(1, sizeof(*filter));
	struct filter_word word;
	int result;

	filter_word_begin(&word, text, error);
	if (strnlen(text, FILTER_TEXT_MAX + 1) > FILTER_TEXT_MAX) {
		word.byte[0].offset = FILTER_TEXT_MAX;
		result = filter_word_fail(&word, 0,
					  "a filter ends after %d bytes",
					  FILTER_TEXT_MAX);
	} else {
		result = filter_read(filter, &word);
	}
	filter_word_end(&word);
	if (!result)
		return filter;
	filter_free(filter);
	return NULL;
}
