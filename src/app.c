/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What every way to run needs: a source, and no rights beyond it. */
#include "app.h"

#include <errno.h>
#include <langinfo.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "source_replay.h"
#include "text.h"
#include "xalloc.h"
#ifdef HAVE_BPF
#include "hooks.h"
#include "privilege.h"
#include "source_bpf.h"
#endif

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

#ifdef HAVE_BPF
static int open_live(const struct options *options, struct source **source)
{
	static const unsigned int without[] = {
		[PROBE_AUTO] = 0,
		[PROBE_KPROBE] = HOOK_BIT(HOOK_TP_BTF) | HOOK_BIT(HOOK_FENTRY),
		[PROBE_FENTRY] = HOOK_BIT(HOOK_KPROBE) |
				 HOOK_BIT(HOOK_KRETPROBE) |
				 HOOK_BIT(HOOK_KPROBE_MULTI) |
				 HOOK_BIT(HOOK_TRACEPOINT),
		[PROBE_TRACEPOINT] = HOOK_BIT(HOOK_KPROBE) |
				     HOOK_BIT(HOOK_KRETPROBE) |
				     HOOK_BIT(HOOK_KPROBE_MULTI) |
				     HOOK_BIT(HOOK_FENTRY),
	};
	struct source_bpf_options live = {
		.without = without[options->probe],
		.without_groups =
			hooks_without_calls(options->calls) |
			(options->failures ? 0 : HOOK_BIT(HOOKS_TRIES)),
		.delay_ns = options->delay_ns,
	};
	char *error = NULL;
	int ret;

	if (!privilege_suffices(&error))
		return app_fail(EXIT_PRIVILEGE, error);
	ret = source_bpf_open(&live, source, &error);
	if (ret)
		return app_fail(ret == -EPERM	? EXIT_PRIVILEGE :
				ret == -ENOTSUP ? EXIT_SUPPORT :
						  EXIT_RUN,
				error);
	if (options->keep_privileges)
		return 0;
	ret = privilege_drop(options->drop_to, &error);
	if (!ret)
		return 0;
	source_close(*source);
	return app_fail(ret == -EINVAL ? EXIT_USAGE : EXIT_RUN, error);
}
#else
static int open_live(const struct options *options, struct source **source)
{
	(void)options;
	(void)source;
	return app_fail(EXIT_SUPPORT,
			xstrdup("this mptop was built without live tracing "
				"(--disable-bpf); see --replay and --demo"));
}
#endif

int app_open(const struct options *options, struct source **source)
{
	if (options->demo)
		return open_replay(DEMO_FILE, source);
	if (options->replay)
		return open_replay(options->replay, source);
	return open_live(options, source);
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
