/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The command line by argp, from the rows of option_table. */
#include "options.h"

#include <argp.h>
#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "call.h"
#include "option_row.h"
#include "seek_time.h"
#include "text.h"
#include "xalloc.h"

#define NS_PER_S 1000000000
/* Keys of options without a letter. */
#define KEY_FIRST 0x100

static void filter_of(struct argp_state *state, struct options *options)
{
	struct filter_error error;

	if (!*options->filter_text)
		return;
	options->filter = filter_parse(options->filter_text, &error);
	if (!options->filter)
		option_reject(
			state, "the filter '%s' is wrong at column %d: %s",
			options->filter_text, error.column, error.message);
}

static void check_seek(struct argp_state *state, const struct options *options)
{
	struct seek_time time;

	if (!options->seek)
		return;
	if (seek_time_parse(options->seek, &time))
		option_reject(state, "--seek takes %s, not '%s'",
			      SEEK_TIME_EXPECTED, options->seek);
	if (!options->replay && !options->demo)
		option_reject(state, "--seek needs --replay=FILE or --demo");
	if (options->replay && !strcmp(options->replay, "-"))
		option_reject(state, "--seek needs a file: standard input "
				     "cannot seek");
}

static void check_record(struct argp_state *state,
			 const struct options *options)
{
	if (options->record_max && !options->record)
		option_reject(state, "--record-max needs --record=FILE");
	if (options->record_keep >= 0 && !options->record_max)
		option_reject(state, "--record-keep needs --record-max=SIZE");
}

static void check_together(struct argp_state *state,
			   const struct options *options)
{
	if (options->replay && options->demo)
		option_reject(state, "--replay and --demo exclude each other");
	check_seek(state, options);
	check_record(state, options);
	if (options->ascii && options->unicode)
		option_reject(state,
			      "--ascii and --unicode exclude each other");
	if (options->keys && !options->rows)
		option_reject(state, "--keys needs --size=ROWSxCOLS");
	if (options->config && options->no_config)
		option_reject(state,
			      "--config and --no-config exclude each other");
	if (options->styles && !options->rows)
		option_reject(state, "--styles needs --size=ROWSxCOLS");
	if (options->check && (options->replay || options->demo))
		option_reject(state,
			      "--check and --replay or --demo exclude each "
			      "other");
	if (options->rows && !options->replay && !options->demo)
		option_reject(state, "--size needs --replay=FILE or --demo");
}

static int row_key(size_t i)
{
	return option_table[i].letter ? option_table[i].letter
				      : KEY_FIRST + (int)i;
}

static error_t parse_one(int key, char *arg, struct argp_state *state)
{
	struct options *options = state->input;
	size_t i;

	for (i = 0; i < option_count; i++) {
		if (row_key(i) != key)
			continue;
		option_read(state, &option_table[i], arg);
		options->given[i] = true;
		return 0;
	}
	if (key == ARGP_KEY_ARG)
		option_reject(state,
			      "unexpected argument '%s'; mptop takes options "
			      "only",
			      arg);
	if (key != ARGP_KEY_END)
		return ARGP_ERR_UNKNOWN;
	filter_of(state, options);
	check_together(state, options);
	return 0;
}

/* The rows as argp wants them; to be freed. */
static struct argp_option *argp_rows(void)
{
	struct argp_option *rows = xcalloc(option_count + 1, sizeof(*rows));
	size_t i;

	for (i = 0; i < option_count; i++) {
		rows[i].name = option_table[i].name;
		rows[i].key = row_key(i);
		rows[i].arg = option_table[i].arg;
		rows[i].doc = option_table[i].help;
	}
	return rows;
}

/* Does @arg begin with what this program knows as an option? */
static bool is_known(const char *arg)
{
	size_t i, length;

	if (arg[0] != '-')
		return true;
	if (arg[1] != '-') {
		while (*++arg) {
			for (i = 0; i < option_count; i++)
				if (option_table[i].letter == *arg)
					break;
			if (i == option_count)
				return false;
			if (option_table[i].arg)
				return true;
		}
		return true;
	}
	length = strcspn(arg + 2, "=");
	for (i = 0; i < option_count; i++)
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

void options_default(struct options *options)
{
	assert(option_count <= OPTION_MAX);
	memset(options, 0, sizeof(*options));
	options->delay_ns = NS_PER_S;
	options->ready_fd = -1;
	options->speed = 1;
	options->record_keep = -1;
	options->calls = CALLS_DEFAULT;
	options->order = ORDER_RATE;
	options->filter_text = xstrdup("");
}

void options_parse(struct options *options, int argc, char **argv)
{
	struct argp_option *rows = argp_rows();
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

	options_default(options);
	clean_arguments(argc, argv);
	argp_err_exit_status = 2;
	argp_parse(&argp, argc, argv, ARGP_NO_HELP, NULL, options);
	free(rows);
}

void options_free(struct options *options)
{
	filter_free(options->filter);
	free(options->filter_text);
}
