/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reading the value of a term by the kind of its field. */
#include "filter_value.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "units.h"
#include "xalloc.h"

/* What a regular expression may grow to when its repeats are written out. */
#define FILTER_REGEX_MAX 10000

/*
 * The end of the value's item at @i; a value that is compared by size has
 * only one.
 */
static size_t filter_item_end(const struct filter_value *value, size_t i)
{
	enum filter_operator operator = value->term->operator;

	if (operator != FILTER_EQUAL && operator != FILTER_UNEQUAL)
		return value->word->length;
	return filter_word_find(value->word, i, ',');
}

static int filter_read_number(const struct filter_value *value, size_t i)
{
	struct filter_term *term = value->term;
	int64_t number;
	int result = units_parse(value->word->bytes + i, &number);

	if (result == -ERANGE)
		return filter_word_fail(value->word, i,
					"'%s' takes no number so large",
					value->name);
	if (result)
		return filter_word_fail(value->word, i, "'%s' takes a number "
					"such as 42 or 10k", value->name);
	term->numbers = xreallocarray(term->numbers, term->nr + 1,
				      sizeof(*term->numbers));
	term->numbers[term->nr++] = number;
	return 0;
}

static int filter_read_text(const struct filter_value *value, size_t i)
{
	struct filter_term *term = value->term;

	if (!value->word->bytes[i])
		return filter_word_fail(value->word, i,
					"a value is expected here");
	term->texts = xreallocarray(term->texts, term->nr + 1,
				    sizeof(*term->texts));
	term->texts[term->nr++] = xstrdup(value->word->bytes + i);
	return 0;
}

/* Reads each item of a list with @read. */
static int filter_read_list(const struct filter_value *value,
			    int (*read)(const struct filter_value *, size_t))
{
	size_t length = value->word->length;
	size_t i = value->start;
	size_t end;
	int result;

	do {
		end = filter_item_end(value, i);
		value->word->bytes[end] = '\0';
		result = read(value, i);
		i = end + 1;
	} while (!result && end < length);
	return result;
}

static int filter_read_nodes(const struct filter_value *value)
{
	const char *text = value->word->bytes + value->start;
	size_t bad;

	if (!nodeset_parse(text, &value->term->nodes, &bad))
		return 0;
	return filter_word_fail(value->word, value->start + bad,
				"'%s' takes a node list such as 0-3,6",
				value->name);
}

/*
 * What @regex would be with its repeats written out, or more. "{9}" counts
 * what it adds to a single character, but multiplies all before if it repeats
 * a group or a repeat. SIZE_MAX for a back reference, which can take forever.
 */
static size_t filter_regex_size(const char *regex)
{
	size_t size = strlen(regex);

	for (size_t i = 0; regex[i]; i++) {
		unsigned long most;
		const char *comma;

		if (regex[i] == '\\' && regex[i + 1]) {
			if (regex[++i] >= '1' && regex[i] <= '9')
				return SIZE_MAX;
			continue;
		}
		if (regex[i] != '{')
			continue;
		comma = regex + i + 1 + strspn(regex + i + 1, "0123456789");
		most = strtoul(regex + i + 1, NULL, 10);
		if (*comma == ',' && strtoul(comma + 1, NULL, 10) > most)
			most = strtoul(comma + 1, NULL, 10);
		if (most > FILTER_REGEX_MAX)
			return SIZE_MAX - 1;
		if (i && strchr(")}*+?", regex[i - 1]))
			size *= most ? most : 1;
		else
			size += most;
		if (size > FILTER_REGEX_MAX)
			return SIZE_MAX - 1;
	}
	return size;
}

static int filter_read_regex(const struct filter_value *value)
{
	const char *text = value->word->bytes + value->start;
	size_t size = filter_regex_size(text);
	regex_t *regex;
	char reason[80];
	int result;

	if (size == SIZE_MAX)
		return filter_word_fail(value->word, value->start,
					"back references are not supported");
	if (size > FILTER_REGEX_MAX)
		return filter_word_fail(value->word, value->start,
					"fewer repeats are expected");
	regex = xmalloc(sizeof(*regex));
	result = regcomp(regex, text, REG_EXTENDED | REG_ICASE | REG_NOSUB);
	if (!result) {
		value->term->regex = regex;
		return 0;
	}
	regerror(result, regex, reason, sizeof(reason));
	free(regex);
	return filter_word_fail(value->word, value->start,
				"a regular expression is expected: %s", reason);
}

int filter_value_read(const struct filter_value *value)
{
	switch (value->term->kind) {
	case FILTER_NUMBER:
		return filter_read_list(value, filter_read_number);
	case FILTER_NODE:
	case FILTER_EITHER:
		return filter_read_nodes(value);
	default:
		if (value->term->operator == FILTER_REGEX)
			return filter_read_regex(value);
		return filter_read_list(value, filter_read_text);
	}
}
