/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Options: one table for argp, one row each for how its value is read. */
#include "options.h"

#include <argp.h>
#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"
#include "xalloc.h"

#define NS_PER_S 1000000000.0

static const char version_text[] =
	PACKAGE_STRING "\n"
	"Copyright (C) 2026 the mptop authors.\n"
	"License GPLv2+: GNU GPL version 2 or later.\n"
	"This is free software: you are free to change and redistribute it.\n"
	"There is NO WARRANTY, to the extent permitted by law.";

/* How a value is read and kept. */
enum option_kind {
	KIND_TEXT,     /* const char * */
	KIND_FLAG,     /* bool */
	KIND_DELAY,    /* int64_t ns, 0.1 s to an hour */
	KIND_DURATION, /* int64_t ns, 0.1 s to a year */
	KIND_NUMBER,   /* int64_t, at least 1 */
	KIND_FD,       /* int, at least 0 */
	KIND_SPEED,    /* double */
	KIND_WORD,     /* an enum in the order of words */
	KIND_RESTRICT, /* added to the filter, with words[0] before it */
	KIND_SORT,
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
	const char *words[4];
	const char *help;
};

#define AT(member) offsetof(struct options, member)

static const struct option_row option_table[] = {
	{ "delay", 'd', "SECS", KIND_DELAY, AT(delay_ns), false, { 0 },
	  "seconds between updates, 0.1-3600 (1.0)" },
	{ "batch", 'b', NULL, KIND_FLAG, AT(batch), true, { 0 },
	  "no screen; implied when stdout is no terminal" },
	{ "iterations", 'n', "N", KIND_NUMBER, AT(iterations), false, { 0 },
	  "stop after N updates" },
	{ "duration", 0, "SECS", KIND_DURATION, AT(duration_ns), false, { 0 },
	  "stop after SECS seconds" },
	{ "once", 0, NULL, KIND_ONCE, 0, true, { 0 }, "one update, in batch" },
	{ "format", 'F', "FORMAT", KIND_WORD, AT(format), true,
	  { "table", "json" }, "batch format: table or json (table)" },
	{ "output", 'o', "FILE", KIND_TEXT, AT(output), true, { 0 },
	  "append batch output to FILE" },
	{ "sort", 's', "[+-]FIELD", KIND_SORT, 0, false, { 0 },
	  "order of processes, + rising, - falling (see --list-fields)" },
	{ "list-fields", 0, NULL, KIND_FLAG, AT(list_fields), false, { 0 },
	  "print the fields of --sort and --filter" },
	{ "pid", 'p', "LIST", KIND_RESTRICT, 0, false, { "pid=" },
	  "only pages that these pids own" },
	{ "user", 'u', "LIST", KIND_RESTRICT, 0, false, { "user=" },
	  "only these users' pages" },
	{ "node", 'N', "LIST", KIND_RESTRICT, 0, false, { "node=" },
	  "only moves from or to these nodes" },
	{ "reason", 'r', "LIST", KIND_RESTRICT, 0, false, { "reason=" },
	  "only these reasons" },
	{ "filter", 'f', "EXPR", KIND_RESTRICT, 0, false, { "" },
	  "only what matches EXPR" },
	{ "record", 'w', "FILE", KIND_TEXT, AT(record), false, { 0 },
	  "record to FILE as well" },
	{ "replay", 0, "FILE", KIND_TEXT, AT(replay), false, { 0 },
	  "show a recording; - is standard input" },
	{ "speed", 0, "N", KIND_SPEED, AT(speed), false, { 0 },
	  "replay N times as fast (1)" },
	{ "demo", 0, NULL, KIND_FLAG, AT(demo), false, { 0 },
	  "show the recording that comes with mptop, on any machine" },
	{ "probe", 0, "RUNG", KIND_WORD, AT(probe), false,
	  { "auto", "kprobe", "tracepoint" },
	  "hooks to use: auto, kprobe or tracepoint (auto)" },
	{ "ready-fd", 0, "N", KIND_FD, AT(ready_fd), false, { 0 },
	  "write a byte to descriptor N once attached" },
	{ "keep-privileges", 0, NULL, KIND_FLAG, AT(keep_privileges), false,
	  { 0 }, "do not drop them after attaching" },
	{ "drop-to", 0, "USER", KIND_TEXT, AT(drop_to), false, { 0 },
	  "drop to USER instead of the invoking user" },
	{ "snapshot-dir", 0, "DIR", KIND_TEXT, AT(snapshot_dir), false, { 0 },
	  "where the key w writes (the directory at start)" },
	{ "color", 0, "WHEN", KIND_WORD, AT(color), false,
	  { "auto", "always", "never" }, "auto, always or never (auto)" },
	{ "ascii", 0, NULL, KIND_FLAG, AT(ascii), false, { 0 },
	  "draw with ASCII only" },
	{ "unicode", 0, NULL, KIND_FLAG, AT(unicode), false, { 0 },
	  "draw with Unicode in any locale" },
	{ "size", 0, "ROWSxCOLS", KIND_SIZE, 0, false, { 0 },
	  "draw without a terminal and print the last screen" },
	{ "keys", 0, "FILE", KIND_TEXT, AT(keys), false, { 0 },
	  "keys to apply before printing, with --size" },
	{ "verbose", 'v', NULL, KIND_FLAG, AT(verbose), false, { 0 },
	  "say more on errors" },
	{ "version", 'V', NULL, KIND_VERSION, 0, false, { 0 },
	  "print the version" },
	{ "help", 'h', NULL, KIND_HELP, 0, false, { 0 }, "print this help" },
	{ "usage", 0, NULL, KIND_USAGE, 0, false, { 0 },
	  "print a short usage" },
};

#define NR_OPTIONS (sizeof(option_table) / sizeof(*option_table))
/* Keys of options without a letter. */
#define KEY_FIRST 0x100

/* Ends the program with a message that no argument can colour. */
__attribute__((format(printf, 2, 3)))
static void reject(struct argp_state *state, const char *format, ...)
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
	reject(state, "--%s takes %s, not '%s'", row->name, list, arg);
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
		reject(state, "--%s takes seconds from 0.1 to %d, not '%s'",
		       row->name, most, arg);
	return seconds * NS_PER_S;
}

static double speed_of(struct argp_state *state, const char *arg)
{
	double speed = decimal_of(arg);

	if (!(speed >= 0.01 && speed <= 1000))
		reject(state, "--speed takes 0.01 to 1000, not '%s'", arg);
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
		reject(state, "--%s takes a number from %lld, not '%s'",
		       option, (long long)least, arg);
	return value;
}

static void sort_of(struct argp_state *state, const char *arg,
		    struct options *options)
{
	const char *name = arg + (*arg == '+' || *arg == '-');
	int order = model_order_find(name);

	if (order < 0)
		reject(state,
		       "--sort does not know the field '%s'; see --list-fields",
		       name);
	options->order = order;
	options->reverse = false;
	if (*arg == '+')
		options->reverse = model_order_table[order].descending;
	else if (*arg == '-')
		options->reverse = !model_order_table[order].descending;
}

static void size_of(struct argp_state *state, const char *arg,
		    struct options *options)
{
	char rest;

	if (sscanf(arg, "%dx%d%c", &options->rows, &options->cols, &rest) !=
		    2 ||
	    options->rows < 1 || options->cols < 1 || options->rows > 1000 ||
	    options->cols > 1000)
		reject(state, "--size takes ROWSxCOLS such as 24x80, not '%s'",
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

static void filter_of(struct argp_state *state, struct options *options)
{
	struct filter_error error;

	if (!*options->filter_text)
		return;
	options->filter = filter_parse(options->filter_text, &error);
	if (!options->filter)
		reject(state, "the filter '%s' is wrong at column %d: %s",
		       options->filter_text, error.column, error.message);
}

static void check_together(struct argp_state *state,
			   const struct options *options)
{
	if (options->replay && options->demo)
		reject(state, "--replay and --demo exclude each other");
	if (options->ascii && options->unicode)
		reject(state, "--ascii and --unicode exclude each other");
	if (options->keys && !options->rows)
		reject(state, "--keys needs --size=ROWSxCOLS");
	if (options->rows && !options->replay && !options->demo)
		reject(state, "--size needs --replay=FILE or --demo");
}

static void row_value(struct argp_state *state, const struct option_row *row,
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
		*(int *)value = number_of(state, row->name, arg, 0);
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

static int row_key(size_t i)
{
	return option_table[i].letter ? option_table[i].letter :
					KEY_FIRST + (int)i;
}

static error_t parse_one(int key, char *arg, struct argp_state *state)
{
	struct options *options = state->input;
	size_t i;

	for (i = 0; i < NR_OPTIONS; i++) {
		if (row_key(i) != key)
			continue;
		row_value(state, &option_table[i], arg);
		return 0;
	}
	if (key == ARGP_KEY_ARG)
		reject(state,
		       "unexpected argument '%s'; mptop takes options only",
		       arg);
	if (key != ARGP_KEY_END)
		return ARGP_ERR_UNKNOWN;
	filter_of(state, options);
	check_together(state, options);
	return 0;
}

static void argp_rows(struct argp_option rows[NR_OPTIONS + 1])
{
	size_t i;

	memset(rows, 0, (NR_OPTIONS + 1) * sizeof(*rows));
	for (i = 0; i < NR_OPTIONS; i++) {
		rows[i].name = option_table[i].name;
		rows[i].key = row_key(i);
		rows[i].arg = option_table[i].arg;
		rows[i].doc = option_table[i].help;
	}
}

/* Does @arg begin with what this program knows as an option? */
static bool is_known(const char *arg)
{
	size_t i, length;

	if (arg[0] != '-')
		return true;
	if (arg[1] != '-') {
		while (*++arg) {
			for (i = 0; i < NR_OPTIONS; i++)
				if (option_table[i].letter == *arg)
					break;
			if (i == NR_OPTIONS)
				return false;
			if (option_table[i].arg)
				return true;
		}
		return true;
	}
	length = strcspn(arg + 2, "=");
	for (i = 0; i < NR_OPTIONS; i++)
		if (strlen(option_table[i].name) == length &&
		    !strncmp(option_table[i].name, arg + 2, length))
			return true;
	return false;
}

/* getopt() prints what it does not know as it came: let that be clean. */
static void clean_arguments(int argc, char **argv)
{
	int i;

	if (argc > 0)
		argv[0] = text_clean_dup(program_invocation_short_name);
	for (i = 1; i < argc; i++)
		if (!is_known(argv[i]))
			argv[i] = text_clean_dup(argv[i]);
}

void options_parse(struct options *options, int argc, char **argv)
{
	struct argp_option rows[NR_OPTIONS + 1];
	const struct argp argp = {
		.options = rows,
		.parser = parse_one,
		.doc = "Live dashboard of NUMA page migration: which process's "
		       "pages flow from which node to which, why, and who "
		       "moves them."
		       "\vExit status: 0 normal, 1 run-time failure, 2 usage "
		       "or unusable terminal, 3 privilege missing, 4 not "
		       "supported here.",
	};

	memset(options, 0, sizeof(*options));
	options->delay_ns = NS_PER_S;
	options->ready_fd = -1;
	options->speed = 1;
	options->order = ORDER_RATE;
	options->filter_text = xstrdup("");
	argp_rows(rows);
	clean_arguments(argc, argv);
	argp_err_exit_status = 2;
	argp_parse(&argp, argc, argv, ARGP_NO_HELP, NULL, options);
}

void options_free(struct options *options)
{
	filter_free(options->filter);
	free(options->filter_text);
}
