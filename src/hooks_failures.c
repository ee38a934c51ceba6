/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The ladder of failures: that pages failed is told by the end of a batch
 * (hooks_pages.c), and here is with what error. What a return is skipped at
 * is of unknown errno, and counted late: when the thread's next batch begins,
 * or when the thread has gone.
 */
#include "hooks.h"

#define EXIT(need, program, symbol) \
	{ HOOK_FEXIT, need, LOST_COUNT, program, symbol, 0 }

const struct hook_rung hook_rungs_failures[] = {
	{
		.group = HOOKS_TRIES,
		.exact = HOOK_EXACT,
		.hook = { EXIT(HOOK_NEEDED, "folio_failed_exit",
			       "move_to_new_folio") },
	},
	{
		.group = HOOKS_TRIES,
		.exact = HOOK_EXACT,
		.hook = { EXIT(HOOK_NEEDED, "folio_failed_exit",
			       "move_to_new_page") },
	},
	/* Of up to seven arguments: a trampoline took six before 473e3150e30a
	 * ("bpf, x86: allow function arguments up to 12 for TRACING", 6.6). */
	{
		.group = HOOKS_RETURNS,
		.exact = HOOK_EXACT,
		.hook = { EXIT(HOOK_OPTIONAL, "batch_return_1",
			       "migrate_pages"),
			  EXIT(HOOK_SPARE, "batch_return_2",
			       "migrate_pages") },
	},
	{ .hook = { { .kind = HOOK_NONE } } },
};
