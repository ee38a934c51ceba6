/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One row an option, from which the command line is parsed and --help is
 * printed, and the manual. Private to options.c, option_*.c,
 * config_options.c and man/manual.c.
 */
#ifndef MPTOP_OPTION_ROW_H
#define MPTOP_OPTION_ROW_H

#include <argp.h>
#include <stdbool.h>
#include <stddef.h>

/* How a value is read and kept. */
enum option_kind {
	KIND_TEXT,     /* const char * */
	KIND_FLAG,     /* bool */
	KIND_DELAY,    /* int64_t ns, 0.1 s to an hour */
	KIND_DURATION, /* int64_t ns, 0.1 s to a year */
	KIND_NUMBER,   /* int64_t, at least 1 */
	KIND_COUNT,    /* int64_t, 0 to 999 */
	KIND_BYTES,    /* int64_t, at least 1, as units_parse() reads it */
	KIND_FD,       /* int, at least 0 */
	KIND_SPEED,    /* double */
	KIND_WORD,     /* an enum in the order of words */
	KIND_RESTRICT, /* added to the filter, with words[0] before it */
	KIND_SORT,
	KIND_CALLS,    /* unsigned int of CALL_BIT() */
	KIND_SIZE,
	KIND_ONCE,
	KIND_HELP,
	KIND_USAGE,
	KIND_VERSION,
};

struct option_row {
	const char *name;
	char letter; /* 0: none */
	const char *arg;
	enum option_kind kind;
	size_t offset; /* in struct options */
	bool batch;    /* implies batch */
	const char *words[6];
	const char *help;
};

extern const struct option_row option_table[];
extern const size_t option_count;

struct options;

/*
 * Sets in @options what @row says to @arg (NULL: none), which stays in use.
 * Returns NULL, or, and then nothing is set, what is wrong and what is taken,
 * to follow the option's name; free() it. Used for configuration files, too.
 */
char *option_set(struct options *options, const struct option_row *row,
		 const char *arg);

/*
 * Reads @arg as @row says into the struct options at state->input. A value
 * that is not of the row's form ends the program, as do --help and the like.
 */
void option_read(struct argp_state *state, const struct option_row *row,
		 char *arg);

/* Ends the program with status 2 and a message that no argument can colour. */
void option_reject(struct argp_state *state, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
