/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The values of options: read, or refused with what is taken. */
#include "option_row.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "call.h"
#include "options.h"
#include "text.h"
#include "xalloc.h"

#define NS_PER_S 1000000000.0

static const char version_text[] = PACKAGE_STRING
	"\n"
	"Copyright (C) 2026 the mptop authors.\n"
	"License GPLv2+: GNU GPL version 2 or later.\n"
	"This is free software: you are free to change and redistribute it.\n"
	"There is NO WARRANTY, to the extent permitted by law.";

void option_reject(struct argp_state *state, const char *format, ...)
{
	char *text = NULL, *clean;
	va_list args;

	va_start(args, format);
	if (vasprintf(&text, format, args) < 0)
		text = NULL;
	va_end(args);
	clean = text_clean_dup(text);
	argp_error(state, "%s", clean ? clean : "bad usage");
	free(clean);
	free(text);
}

/* Ends the program after --help and the like; a full disk is a failure. */
static void leave(void)
{
	if (!fflush(stdout) && !ferror(stdout))
		exit(0);
	fprintf(stderr, "mptop: cannot write to standard output: %s\n",
		strerror(errno));
	exit(1);
}

/* A value that is one of some words. */
static int word_of(struct argp_state *state, const struct option_row *row,
		   const char *arg)
{
	char list[128] = "";
	int i;

	for (i = 0; row->words[i]; i++) {
		if (!strcmp(row->words[i], arg))
			return i;
		if (i)
			strncat(list, row->words[i + 1] ? ", " : " or ",
				sizeof(list) - strlen(list) - 1);
		strncat(list, row->words[i], sizeof(list) - strlen(list) - 1);
	}
	option_reject(state, "--%s takes %s, not '%s'", row->name, list, arg);
	return 0;
}

/* A finite decimal number, or NaN. */
static double decimal_of(const char *arg)
{
	char *end;
	double value;

	errno = 0;
	value = strtod(arg, &end);
	return end == arg || *end || errno || !isfinite(value) ? NAN : value;
}

static int64_t seconds_of(struct argp_state *state,
			  const struct option_row *row, const char *arg)
{
	int most = row->kind == KIND_DELAY ? 3600 : 365 * 24 * 3600;
	double seconds = decimal_of(arg);

	if (!(seconds >= 0.1 && seconds <= most))
		option_reject(state,
			      "--%s takes seconds from 0.1 to %d, not '%s'",
			      row->name, most, arg);
	return seconds * NS_PER_S;
}

static double speed_of(struct argp_state *state, const char *arg)
{
	double speed = decimal_of(arg);

	if (!(speed >= 0.01 && speed <= 1000))
		option_reject(state, "--speed takes 0.01 to 1000, not '%s'",
			      arg);
	return speed;
}

static int64_t number_of(struct argp_state *state, const char *option,
			 const char *arg, int64_t least)
{
	char *end;
	long long value;

	errno = 0;
	value = strtoll(arg, &end, 10);
	if (end == arg || *end || errno || value < least)
		option_reject(state, "--%s takes a number from %lld, not '%s'",
			      option, (long long)least, arg);
	return value;
}

/* A descriptor that whoever started us left open for writing. */
static int fd_of(struct argp_state *state, const struct option_row *row,
		 const char *arg)
{
	int64_t fd = number_of(state, row->name, arg, 0);
	int flags = fd <= INT_MAX ? fcntl(fd, F_GETFL) : -1;

	if (flags < 0 || (flags & O_ACCMODE) == O_RDONLY)
		option_reject(state,
			      "--%s takes a descriptor that is open for "
			      "writing, not '%s'",
			      row->name, arg);
	return fd;
}

static void sort_of(struct argp_state *state, const char *arg,
		    struct options *options)
{
	const char *name = arg + (*arg == '+' || *arg == '-');
	int order = model_order_find(name);

	if (order < 0)
		option_reject(state,
			      "--sort does not know the field '%s'; see "
			      "--list-fields",
			      name);
	options->order = order;
	options->reverse = false;
	if (*arg == '+')
		options->reverse = model_order_table[order].descending;
	else if (*arg == '-')
		options->reverse = !model_order_table[order].descending;
}

/* "migrate_pages, move_pages, ... or cpuset": what --calls takes. */
static void calls_list(char *list, size_t cap)
{
	size_t used = 0;
	int i;

	for (i = 0; i < CALL_COUNT && used < cap; i++)
		used += snprintf(list + used, cap - used, "%s%s",
				 !i		      ? "" :
				 i == CALL_COUNT - 1 ? " or " :
						       ", ",
				 call_table[i].name);
}

static unsigned int call_bit(struct argp_state *state, const char *name)
{
	char list[256];
	int call = call_find(name);

	if (!strcmp(name, "all"))
		return CALLS_ALL;
	if (!strcmp(name, "none"))
		return 0;
	if (call >= 0)
		return CALL_BIT(call);
	calls_list(list, sizeof(list));
	option_reject(state, "--calls does not know '%s'; it takes all, none, "
			     "%s", name, list);
	return 0;
}

static unsigned int calls_of(struct argp_state *state, const char *arg)
{
	char *names = xstrdup(arg), *rest = names, *name;
	unsigned int calls = 0;

	while ((name = strsep(&rest, ",")))
		calls |= call_bit(state, name);
	free(names);
	return calls;
}

static void size_of(struct argp_state *state, const char *arg,
		    struct options *options)
{
	char rest;

	if (sscanf(arg, "%dx%d%c", &options->rows, &options->cols, &rest) !=
		    2 ||
	    options->rows < 1 || options->cols < 1 || options->rows > 1000 ||
	    options->cols > 1000)
		option_reject(state,
			      "--size takes ROWSxCOLS such as 24x80, not '%s'",
			      arg);
}

/* Each restriction is a word of the filter language; all are joined. */
static void restrict_to(struct options *options, const char *field,
			const char *arg)
{
	char *text = xasprintf("%s%s%s%s", options->filter_text,
			       *options->filter_text ? " " : "", field, arg);

	free(options->filter_text);
	options->filter_text = text;
}

void option_read(struct argp_state *state, const struct option_row *row,
		 char *arg)
{
	struct options *options = state->input;
	void *value = (char *)options + row->offset;

	switch (row->kind) {
	case KIND_TEXT:
		*(const char **)value = arg;
		break;
	case KIND_FLAG:
		*(bool *)value = true;
		break;
	case KIND_DELAY:
	case KIND_DURATION:
		*(int64_t *)value = seconds_of(state, row, arg);
		break;
	case KIND_NUMBER:
		*(int64_t *)value = number_of(state, row->name, arg, 1);
		break;
	case KIND_FD:
		*(int *)value = fd_of(state, row, arg);
		break;
	case KIND_SPEED:
		*(double *)value = speed_of(state, arg);
		break;
	case KIND_WORD:
		*(int *)value = word_of(state, row, arg);
		break;
	case KIND_RESTRICT:
		restrict_to(options, row->words[0], arg);
		break;
	case KIND_SORT:
		sort_of(state, arg, options);
		break;
	case KIND_CALLS:
		*(unsigned int *)value = calls_of(state, arg);
		break;
	case KIND_SIZE:
		size_of(state, arg, options);
		break;
	case KIND_ONCE:
		options->iterations = 1;
		break;
	case KIND_HELP:
		argp_state_help(state, stdout,
				ARGP_HELP_STD_HELP & ~ARGP_HELP_EXIT_OK);
		leave();
		break;
	case KIND_USAGE:
		argp_state_help(state, stdout, ARGP_HELP_USAGE);
		leave();
		break;
	case KIND_VERSION:
		puts(version_text);
		leave();
	}
	if (row->batch)
		options->batch = true;
}
