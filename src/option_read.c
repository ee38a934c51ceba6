/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Options of the command line: kept, or the end of the program. */
#include "option_row.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "options.h"
#include "text.h"

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

void option_read(struct argp_state *state, const struct option_row *row,
		 char *arg)
{
	char *error;

	switch (row->kind) {
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
		break;
	default:
		error = option_set(state->input, row, arg);
		if (error)
			option_reject(state, "--%s %s", row->name, error);
		free(error);
	}
}
