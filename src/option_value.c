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
#include <strings.h>

#include "call.h"
#include "options.h"
#include "units.h"
#include "xalloc.h"

#define NS_PER_S 1000000000.0
#define COUNT_MAX 999

/* One that is being read. */
struct value {
	struct options *options;
	const struct option_row *row;
	char *error; /* the first */
};

/* Returns 0, for the caller to return. */
__attribute__((format(printf, 2, 3)))
static int reject(struct value *value, const char *format, ...)
{
	va_list args;

	if (value->error)
		return 0;
	va_start(args, format);
	value->error = xvasprintf(format, args);
	va_end(args);
	return 0;
}

/* A value that is one of some words. */
static int word_of(struct value *value, const char *arg)
{
	const struct option_row *row = value->row;
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
	reject(value, "takes %s, not '%s'", list, arg);
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

static int64_t seconds_of(struct value *value, const char *arg)
{
	int most = value->row->kind == KIND_DELAY ? 3600 : 365 * 24 * 3600;
	double seconds = decimal_of(arg);

	if (!(seconds >= 0.1 && seconds <= most))
		return reject(value, "takes seconds from 0.1 to %d, not '%s'",
			      most, arg);
	return seconds * NS_PER_S;
}

static double speed_of(struct value *value, const char *arg)
{
	double speed = decimal_of(arg);

	if (!(speed >= 0.01 && speed <= 1000))
		return reject(value, "takes 0.01 to 1000, not '%s'", arg);
	return speed;
}

static int64_t number_of(struct value *value, const char *arg, int64_t least,
			 int64_t most)
{
	char to[32] = "", *end;
	long long number;

	errno = 0;
	number = strtoll(arg, &end, 10);
	if (end != arg && !*end && !errno && number >= least && number <= most)
		return number;
	if (most < INT64_MAX)
		snprintf(to, sizeof(to), " to %lld", (long long)most);
	return reject(value, "takes a number from %lld%s, not '%s'",
		      (long long)least, to, arg);
}

static int64_t bytes_of(struct value *value, const char *arg)
{
	int64_t bytes = 0;

	if (units_parse(arg, &bytes) || !bytes)
		return reject(value, "takes bytes such as 500k, 64M or 1.5G, "
				     "not '%s'", arg);
	return bytes;
}

/* A descriptor that whoever started us left open for writing. */
static int fd_of(struct value *value, const char *arg)
{
	int64_t fd = number_of(value, arg, 0, INT64_MAX);
	int flags = fd <= INT_MAX ? fcntl(fd, F_GETFL) : -1;

	if (!value->error && (flags < 0 || (flags & O_ACCMODE) == O_RDONLY))
		reject(value, "takes a descriptor that is open for writing, "
			      "not '%s'", arg);
	return fd;
}

static void sort_of(struct value *value, const char *arg)
{
	struct options *options = value->options;
	const char *name = arg + (*arg == '+' || *arg == '-');
	int order = model_order_find(name);

	if (order < 0) {
		reject(value, "does not know the field '%s'; see "
			      "--list-fields", name);
		return;
	}
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

static unsigned int call_bit(struct value *value, const char *name)
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
	return reject(value, "does not know '%s'; it takes all, none, %s",
		      name, list);
}

static unsigned int calls_of(struct value *value, const char *arg)
{
	char *names = xstrdup(arg), *rest = names, *name;
	unsigned int calls = 0;

	while ((name = strsep(&rest, ",")))
		calls |= call_bit(value, name);
	free(names);
	return calls;
}

static void size_of(struct value *value, const char *arg)
{
	struct options *options = value->options;
	char rest;

	if (sscanf(arg, "%dx%d%c", &options->rows, &options->cols, &rest) !=
		    2 ||
	    options->rows < 1 || options->cols < 1 || options->rows > 1000 ||
	    options->cols > 1000)
		reject(value, "takes ROWSxCOLS such as 24x80, not '%s'", arg);
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

/* Without @arg, as on the command line, it is set. */
static bool flag_of(struct value *value, const char *arg)
{
	static const char *const words[] = { "no", "yes", "off", "on",
					     "false", "true", "0", "1" };
	size_t i;

	if (!arg)
		return true;
	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (!strcasecmp(words[i], arg))
			return i % 2;
	return reject(value, "takes yes or no, not '%s'", arg);
}

static void value_set(struct value *value, const char *arg)
{
	struct options *options = value->options;
	void *member = (char *)options + value->row->offset;

	switch (value->row->kind) {
	case KIND_TEXT:
		*(const char **)member = arg;
		break;
	case KIND_FLAG:
		*(bool *)member = flag_of(value, arg);
		break;
	case KIND_DELAY:
	case KIND_DURATION:
		*(int64_t *)member = seconds_of(value, arg);
		break;
	case KIND_NUMBER:
		*(int64_t *)member = number_of(value, arg, 1, INT64_MAX);
		break;
	case KIND_COUNT:
		*(int64_t *)member = number_of(value, arg, 0, COUNT_MAX);
		break;
	case KIND_BYTES:
		*(int64_t *)member = bytes_of(value, arg);
		break;
	case KIND_FD:
		*(int *)member = fd_of(value, arg);
		break;
	case KIND_SPEED:
		*(double *)member = speed_of(value, arg);
		break;
	case KIND_WORD:
		*(int *)member = word_of(value, arg);
		break;
	case KIND_RESTRICT:
		restrict_to(options, value->row->words[0], arg);
		break;
	case KIND_SORT:
		sort_of(value, arg);
		break;
	case KIND_CALLS:
		*(unsigned int *)member = calls_of(value, arg);
		break;
	case KIND_SIZE:
		size_of(value, arg);
		break;
	case KIND_ONCE:
		options->iterations = 1;
		break;
	case KIND_HELP:
	case KIND_USAGE:
	case KIND_VERSION:
		break; /* nothing to keep */
	}
	if (value->row->batch)
		options->batch = true;
}

char *option_set(struct options *options, const struct option_row *row,
		 const char *arg)
{
	struct options changed = *options;
	struct value value = { .options = &changed, .row = row };

	value_set(&value, arg);
	if (!value.error)
		*options = changed;
	return value.error;
}
