/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The running kernel as the source: by BPF, or else by its own counters; then
 * without any right that is not needed any more.
 */
#include "app.h"

#include <errno.h>
#include <stdlib.h>

#include "bpf_check.h"
#include "bpf_trial.h"
#include "hooks.h"
#include "privilege.h"
#include "source_bpf.h"
#include "source_vmstat.h"
#include "xalloc.h"

/* Kinds of hooks that a forced rung does without. */
static const unsigned int probe_without[] = {
	[PROBE_AUTO] = 0,
	[PROBE_KPROBE] = HOOK_BIT(HOOK_TP_BTF) | HOOK_BIT(HOOK_FENTRY),
	[PROBE_FENTRY] = HOOK_KPROBES | HOOK_BIT(HOOK_TRACEPOINT),
	[PROBE_TRACEPOINT] = HOOK_KPROBES | HOOK_BIT(HOOK_FENTRY),
	[PROBE_VMSTAT] = ~0U,
};

/* These two give more than the tracepoint, or are not what was asked for. */
static bool needs_folios(const struct options *options)
{
	return options->probe == PROBE_KPROBE ||
	       options->probe == PROBE_FENTRY;
}

/* Data that is not asked for. */
static unsigned int groups_without(const struct options *options)
{
	return hooks_without_calls(options->calls) |
	       (options->failures ? 0 : HOOK_BIT(HOOKS_TRIES));
}

/* Drops the rights, or closes *@source and says why not. */
static int live_drop(const struct options *options, struct source **source,
		     bool keep_bpf)
{
	unsigned int keep = 0;
	char *error = NULL;
	int ret;

	if (options->keep_privileges)
		return 0;
	if (keep_bpf)
		keep |= RIGHT_BIT(RIGHT_BPF);
	if (options->details == DETAILS_NUMA_MAPS)
		keep |= RIGHT_BIT(RIGHT_SYS_PTRACE);
	ret = privilege_drop(options->drop_to, keep, &error);
	if (!ret)
		return 0;
	source_close(*source);
	*source = NULL;
	return app_fail(ret == -EINVAL ? EXIT_USAGE : EXIT_RUN, error);
}

/* @note is taken over. */
static int open_vmstat(const struct options *options, char *note,
		       struct source **source)
{
	char *error = NULL;

	if (source_vmstat_open(note, source, &error))
		return app_fail(EXIT_RUN, error);
	return live_drop(options, source, false);
}

/* What is in the way, as far as trying tells; why is NULL if nothing is. */
static struct obstacle obstacle_now(const struct options *options)
{
	struct obstacle none = { NULL, NULL, false };
	struct obstacle_facts facts;
	int need;

	bpf_trial(&facts);
	need = obstacle_first(&facts);
	if (need == NEED_COUNT && options->probe == PROBE_KPROBE)
		for (need = NEED_PERF; need < NEED_COUNT; need++)
			if (facts.error[need] > 0)
				break;
	return need == NEED_COUNT ? none : obstacle_of(&facts, need);
}

/* As app_fail() takes it. */
static char *refusal_text(const struct obstacle *obstacle, const char *instead)
{
	return xasprintf("cannot trace the kernel: %s\n"
			 "%s%s%s"
			 "  or      %s\n"
			 "  details mptop --check",
			 obstacle->why, obstacle->remedy ? "  try     " : "",
			 obstacle->remedy ? obstacle->remedy : "",
			 obstacle->remedy ? "\n" : "", instead);
}

/* BPF did not start, for the reason @error (freed): say so, or do without. */
static int open_refused(const struct options *options, char *error,
			struct source **source)
{
	struct obstacle obstacle = obstacle_now(options);
	int status = 0;
	char *text;

	if (obstacle.why)
		free(error);
	else
		obstacle.why = error;
	if (options->probe != PROBE_AUTO) {
		text = refusal_text(&obstacle, "mptop without --probe");
		status = EXIT_SUPPORT;
	} else if (obstacle.is_right) {
		text = refusal_text(&obstacle, "mptop --probe=vmstat, the "
					       "kernel's counters alone");
		status = EXIT_PRIVILEGE;
	} else {
		text = xasprintf("only the kernel's counters: %s; try: %s",
				 obstacle.why,
				 obstacle.remedy ? obstacle.remedy :
						   "mptop --check");
	}
	free(obstacle.why);
	return status ? app_fail(status, text) :
			open_vmstat(options, text, source);
}

int app_open_live(const struct options *options, struct source **source)
{
	struct source_bpf_options live = {
		.without = probe_without[options->probe],
		.without_groups = groups_without(options),
		.needs_folios = needs_folios(options),
		.stacks = options->stacks,
		.delay_ns = options->delay_ns,
	};
	char *error = NULL;
	int ret, keep;

	if (options->probe == PROBE_VMSTAT)
		return open_vmstat(options, NULL, source);
	if (!privilege_suffices(&error))
		return app_fail(EXIT_PRIVILEGE, error);
	ret = source_bpf_open(&live, source, &error);
	if (ret == -EPERM || ret == -ENOTSUP)
		return open_refused(options, error, source);
	if (ret)
		return app_fail(EXIT_RUN, error);
	keep = privilege_is_needed(source_bpf_may_call, *source);
	if (keep >= 0)
		return live_drop(options, source, keep);
	source_close(*source);
	*source = NULL;
	return app_fail(EXIT_RUN, xstrdup("cannot have CAP_BPF back after a "
					  "try without it"));
}

int app_check(const struct options *options)
{
	static const int status[] = {
		[BPF_CHECK_FULL] = EXIT_OK,
		[BPF_CHECK_PRIVILEGE] = EXIT_PRIVILEGE,
		[BPF_CHECK_SUPPORT] = EXIT_SUPPORT,
	};

	const struct hook_kernel wanted = {
		.without = probe_without[options->probe],
		.without_groups = groups_without(options),
		.needs_folios = needs_folios(options),
		.stacks = options->stacks,
	};

	return status[bpf_check(stdout, &wanted)];
}
