/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What every way to run needs: a source, and no rights beyond it. */
#include "app.h"

#include <langinfo.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "source_replay.h"
#include "text.h"
#include "xalloc.h"

int app_fail(int status, char *text)
{
	char *rest = text, *line, *clean;

	fputs("mptop: ", stderr);
	while ((line = strsep(&rest, "\n"))) {
		clean = text_clean_dup(line);
		fprintf(stderr, "%s\n", clean);
		free(clean);
	}
	free(text);
	return status;
}

static int open_replay(const char *path, struct source **source)
{
	struct source_replay_options replay = { .path = path };
	char *error = NULL;

	if (source_replay_open(&replay, source, &error))
		return app_fail(EXIT_RUN, error);
	return 0;
}

#ifndef HAVE_BPF
int app_open_live(const struct options *options, struct source **source)
{
	(void)options;
	(void)source;
	return app_fail(EXIT_SUPPORT,
			xstrdup("this mptop was built without live tracing "
				"(--disable-bpf); see --replay and --demo"));
}

int app_check(const struct options *options)
{
	return app_open_live(options, NULL);
}
#endif

int app_open(const struct options *options, struct source **source)
{
	if (options->demo)
		return open_replay(DEMO_FILE, source);
	if (options->replay)
		return open_replay(options->replay, source);
	return app_open_live(options, source);
}

struct dashboard_options app_shown(const struct options *options)
{
	return (struct dashboard_options){
		.order = options->order,
		.reverse = options->reverse,
		.filter_text = options->filter_text,
		.filter = options->filter,
		.delay_ns = options->delay_ns,
		.version = PACKAGE_VERSION,
	};
}

bool app_unicode(const struct options *options)
{
	if (options->ascii || options->unicode)
		return options->unicode;
	return !strcmp(nl_langinfo(CODESET), "UTF-8");
}

void app_ready(const struct options *options)
{
	ssize_t n;

	if (options->ready_fd < 0)
		return;
	n = write(options->ready_fd, "\n", 1);
	(void)n; /* whoever waited for it may be gone */
	close(options->ready_fd);
}

void app_die_by(int number)
{
	signal(number, SIG_DFL);
	raise(number);
}
