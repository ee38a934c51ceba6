/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The filter language of docs/interface.md section 3. A filter is a
 * conjunction of words; it is pure data, and matching has no side effects.
 */
#ifndef MPTOP_FILTER_H
#define MPTOP_FILTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct filter;

struct filter_error {
	int column;	   /* on a terminal, from 1 */
	char message[160]; /* what was expected there; clean */
};

/*
 * What a filter looks at; UNKNOWN (sample.h), NODE_UNKNOWN or NULL match no
 * comparison at all, not even != (for node: one known node may be enough for
 * =, both are needed for !=).
 */
struct filter_subject {
	int64_t pid;
	int64_t mover;
	int src;
	int dst;
	const char *reason;
	const char *user;
	const char *cgroup;
	const char *comm;
	const char *cmdline;
	const char *call;
	int64_t pages;
	int64_t rate; /* pages per second */
	int64_t fail;
};

/*
 * Parses @text, which need not be clean; "" gives a filter that matches
 * everything. Returns NULL and fills @error for anything that is not the
 * language, and for more than 4096 bytes. Free with filter_free().
 */
struct filter *filter_parse(const char *text, struct filter_error *error);

void filter_free(struct filter *filter);

/* NULL matches everything. */
bool filter_match(const struct filter *filter,
		  const struct filter_subject *subject);

/* What a field holds; a bare word is a term of no field. */
enum filter_kind {
	FILTER_NUMBER,
	FILTER_NODE,
	FILTER_EITHER, /* src or dst */
	FILTER_TEXT,
	FILTER_WORD,
	FILTER_KINDS
};

/*
 * One row a field for the parser, --help and the help overlay; ends with a
 * NULL name.
 */
struct filter_field_help {
	const char *name;
	const char *help;
	enum filter_kind kind;
	size_t offset; /* in struct filter_subject; 0 for FILTER_EITHER */
};
extern const struct filter_field_help filter_fields[];

#endif
