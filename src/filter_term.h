/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What filter_parse.c makes and filter.c matches: a list of terms of which
 * each must hold.
 */
#ifndef MPTOP_FILTER_TERM_H
#define MPTOP_FILTER_TERM_H

#include <regex.h>
#include <stddef.h>
#include <stdint.h>

#include "filter.h"
#include "nodeset.h"

/* Bytes that a filter may have, so that matching takes bounded time. */
#define FILTER_TEXT_MAX 4096

enum filter_operator {
	FILTER_EQUAL,
	FILTER_UNEQUAL,
	FILTER_LESS,
	FILTER_LESS_EQUAL,
	FILTER_MORE,
	FILTER_MORE_EQUAL,
	FILTER_REGEX,
	FILTER_OPERATORS
};

struct filter_term {
	enum filter_kind kind;
	enum filter_operator operator;
	size_t offset;	      /* of the field in its subject */
	struct nodeset nodes; /* FILTER_NODE, FILTER_EITHER */
	int64_t *numbers;     /* FILTER_NUMBER */
	char **texts;	      /* FILTER_TEXT, FILTER_WORD */
	size_t nr;	      /* of numbers or texts */
	regex_t *regex;	      /* FILTER_TEXT with FILTER_REGEX */
};

struct filter {
	struct filter_term *terms;
	size_t nr;
};

#endif
