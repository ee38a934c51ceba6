/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The ways to run: each opens what it needs, feeds the model from the source
 * and shows it. They return the exit status of docs/interface.md section 4.
 */
#ifndef MPTOP_APP_H
#define MPTOP_APP_H

#include "config.h"
#include "dashboard.h"
#include "options.h"
#include "source.h"

enum app_exit {
	EXIT_OK = 0,
	EXIT_RUN = 1,
	EXIT_USAGE = 2,
	EXIT_PRIVILEGE = 3,
	EXIT_SUPPORT = 4,
};

/* "mptop: @text", cleaned, to standard error; frees it. Returns @status. */
int app_fail(int status, char *text);

/*
 * Opens the source that the options ask for and drops all rights. Returns 0
 * with *@source, or an exit status after saying why.
 */
int app_open(const struct options *options, struct source **source);

/* The same where it is neither a recording nor the demo (app_live.c). */
int app_open_live(const struct options *options, struct source **source);

/* --check. */
int app_check(const struct options *options);

/* How the options want the dashboard. */
struct dashboard_options app_shown(const struct options *options);

/* Whether to draw beyond ASCII where there is no terminal to ask. */
bool app_unicode(const struct options *options);

/* Tells --ready-fd's reader that everything is attached. */
void app_ready(const struct options *options);

/* Lines on standard output or --output, until told to stop. */
int app_batch(const struct options *options, struct source *source);

/* The dashboard on the terminal. */
int app_screen(const struct options *options, struct config *config,
	       struct source *source);

/* --size: the last screen of a replay as text. */
int app_draw(const struct options *options, struct config *config,
	     struct source *source);

/* Reads what Details asked for by @request, and hands it back. */
void app_details(const struct options *options, struct dashboard *dashboard,
		 unsigned int request);

/* --list-fields. */
int app_list_fields(void);

/* Ends by @signal itself, as whoever waits for mptop expects. */
void app_die_by(int signal);

#endif
