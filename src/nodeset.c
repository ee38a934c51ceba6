/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sets of node ids; no function here looks beyond NODESET_MAX. */
#include "nodeset.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

void nodeset_add(struct nodeset *set, int node)
{
	if (node >= 0 && node < NODESET_MAX)
		set->bits[node / 64] |= UINT64_C(1) << node % 64;
}

bool nodeset_has(const struct nodeset *set, int node)
{
	if (node < 0 || node >= NODESET_MAX)
		return false;
	return set->bits[node / 64] >> node % 64 & 1;
}

bool nodeset_is_empty(const struct nodeset *set)
{
	for (size_t i = 0; i < NODESET_WORDS; i++) {
		if (set->bits[i])
			return false;
	}
	return true;
}

/* The first range of @set at or after *@node; false if there is none. */
static bool nodeset_next(const struct nodeset *set, int *node, int *last)
{
	while (*node < NODESET_MAX && !nodeset_has(set, *node))
		(*node)++;
	*last = *node;
	while (nodeset_has(set, *last + 1))
		(*last)++;
	return *node < NODESET_MAX;
}

char *nodeset_format(const struct nodeset *set, char *dst, size_t cap)
{
	size_t used = 0;
	size_t mark = 0; /* where "..." can still follow a whole element */
	int node = 0;
	int last;

	if (!cap)
		return dst;
	dst[0] = '\0';
	for (; nodeset_next(set, &node, &last); node = last + 1) {
		char element[32];
		int length = snprintf(element, sizeof(element),
				      last > node ? "%s%d-%d" : "%s%d",
				      used ? "," : "", node, last);

		if (used + (used ? 1 : 0) + sizeof("...") <= cap)
			mark = used;
		if (used + (size_t)length >= cap) {
			snprintf(dst + mark, cap - mark, "%s...",
				 mark ? "," : "");
			return dst;
		}
		memcpy(dst + used, element, (size_t)length + 1);
		used += (size_t)length;
	}
	return dst;
}

/* Reads a number at *@text and moves behind it; -1 leaves *@text there. */
static int nodeset_number(const char **text)
{
	const char *at = *text;
	int node = 0;

	while (*at >= '0' && *at <= '9') {
		node = node * 10 + (*at++ - '0');
		if (node >= NODESET_MAX)
			return -1;
	}
	if (at == *text)
		return -1;
	*text = at;
	return node;
}

/* Reads "3" or "0-3" at *@text; false leaves *@text at what does not fit. */
static bool nodeset_element(const char **text, struct nodeset *set)
{
	int node = nodeset_number(text);
	int last = node;

	if (node < 0)
		return false;
	if (**text == '-') {
		const char *bound = ++*text;

		last = nodeset_number(text);
		if (last < node) {
			*text = bound;
			return false;
		}
	}
	for (; node <= last; node++)
		nodeset_add(set, node);
	return true;
}

int nodeset_parse(const char *text, struct nodeset *set, size_t *bad)
{
	struct nodeset read = {0};
	const char *at = text;
	bool good = true;

	if (*at)
		good = nodeset_element(&at, &read);
	while (good && *at == ',') {
		at++;
		good = nodeset_element(&at, &read);
	}
	if (*at || !good) {
		if (bad)
			*bad = (size_t)(at - text);
		return -EINVAL;
	}
	*set = read;
	return 0;
}
