/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Matching a subject; a value that is not known fits no comparison. */
#include "filter.h"

#include <stdlib.h>
#include <string.h>

#include "filter_term.h"
#include "sample.h"
#include "text.h"

#define FILTER_OFFSET(member) offsetof(struct filter_subject, member)

const struct filter_field_help filter_fields[] = {
	{"pid", "process that owns the pages", FILTER_NUMBER,
	 FILTER_OFFSET(pid)},
	{"mover", "pid of the process that moved them", FILTER_NUMBER,
	 FILTER_OFFSET(mover)},
	{"node", "node that they moved from or to", FILTER_EITHER, 0},
	{"src", "node that they moved from", FILTER_NODE, FILTER_OFFSET(src)},
	{"dst", "node that they moved to", FILTER_NODE, FILTER_OFFSET(dst)},
	{"reason", "why they moved, in the kernel's words", FILTER_TEXT,
	 FILTER_OFFSET(reason)},
	{"user", "user of the process", FILTER_TEXT, FILTER_OFFSET(user)},
	{"cgroup", "cgroup of the process", FILTER_TEXT,
	 FILTER_OFFSET(cgroup)},
	{"comm", "name of the process", FILTER_TEXT, FILTER_OFFSET(comm)},
	{"call", "system call, as in the log", FILTER_TEXT,
	 FILTER_OFFSET(call)},
	{"pages", "pages moved in the last interval", FILTER_NUMBER,
	 FILTER_OFFSET(pages)},
	{"rate", "pages moved per second", FILTER_NUMBER, FILTER_OFFSET(rate)},
	{"fail", "pages that could not be moved", FILTER_NUMBER,
	 FILTER_OFFSET(fail)},
	{NULL, NULL, FILTER_KINDS, 0},
};

static const void *filter_member(const struct filter_subject *subject,
				 size_t offset)
{
	return (const char *)subject + offset;
}

static bool filter_match_number(const struct filter_term *term,
				const struct filter_subject *subject)
{
	int64_t value = *(const int64_t *)filter_member(subject, term->offset);
	bool found = false;

	if (value == UNKNOWN)
		return false;
	for (size_t i = 0; i < term->nr; i++)
		found |= value == term->numbers[i];
	switch (term->operator) {
	case FILTER_UNEQUAL:
		return !found;
	case FILTER_LESS:
		return value < term->numbers[0];
	case FILTER_LESS_EQUAL:
		return value <= term->numbers[0];
	case FILTER_MORE:
		return value > term->numbers[0];
	case FILTER_MORE_EQUAL:
		return value >= term->numbers[0];
	default:
		return found;
	}
}

static bool filter_match_node(const struct filter_term *term,
			      const struct filter_subject *subject)
{
	int node = *(const int *)filter_member(subject, term->offset);

	return node >= 0 && nodeset_has(&term->nodes, node) ==
				    (term->operator == FILTER_EQUAL);
}

static bool filter_match_either(const struct filter_term *term,
				const struct filter_subject *subject)
{
	bool found = nodeset_has(&term->nodes, subject->src) ||
		     nodeset_has(&term->nodes, subject->dst);

	if (term->operator == FILTER_EQUAL)
		return found;
	return !found && subject->src >= 0 && subject->dst >= 0;
}

static bool filter_match_text(const struct filter_term *term,
			      const struct filter_subject *subject)
{
	const char *value =
		*(const char *const *)filter_member(subject, term->offset);
	bool found = false;

	if (!value)
		return false;
	if (term->operator == FILTER_REGEX)
		return !regexec(term->regex, value, 0, NULL, 0);
	for (size_t i = 0; i < term->nr; i++)
		found |= !strcmp(value, term->texts[i]);
	return found == (term->operator == FILTER_EQUAL);
}

static bool filter_match_word(const struct filter_term *term,
			      const struct filter_subject *subject)
{
	const char *const value[] = {subject->comm, subject->cmdline,
				     subject->cgroup, subject->user};

	for (size_t i = 0; i < sizeof(value) / sizeof(value[0]); i++) {
		if (value[i] && text_contains(value[i], term->texts[0]))
			return true;
	}
	return false;
}

bool filter_match(const struct filter *filter,
		  const struct filter_subject *subject)
{
	static bool (*const match[FILTER_KINDS])(
		const struct filter_term *, const struct filter_subject *) = {
		[FILTER_NUMBER] = filter_match_number,
		[FILTER_NODE] = filter_match_node,
		[FILTER_EITHER] = filter_match_either,
		[FILTER_TEXT] = filter_match_text,
		[FILTER_WORD] = filter_match_word,
	};

	for (size_t i = 0; filter && i < filter->nr; i++) {
		if (!match[filter->terms[i].kind](&filter->terms[i], subject))
			return false;
	}
	return true;
}

void filter_free(struct filter *filter)
{
	if (!filter)
		return;
	for (size_t i = 0; i < filter->nr; i++) {
		struct filter_term *term = &filter->terms[i];

		for (size_t j = 0; term->texts && j < term->nr; j++)
			free(term->texts[j]);
		free(term->texts);
		free(term->numbers);
		if (term->regex)
			regfree(term->regex);
		free(term->regex);
	}
	free(filter->terms);
	free(filter);
}
