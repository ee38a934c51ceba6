/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What --check prints: a line for each need, hook and rung, from facts that
 * others gathered. Pure. A line is
 *	need|test|hook|rung  STATE  NAME[: WHY[; try REMEDY]]
 */
#ifndef MPTOP_CHECK_H
#define MPTOP_CHECK_H

#include <stdbool.h>
#include <stdio.h>

#include "hooks.h"
#include "obstacle.h"

enum check_state {
	CHECK_UNTRIED,	/* the plan's hooks were only looked for */
	CHECK_FAILED,	/* tried in vain: nothing is attached */
	CHECK_ATTACHED,
	CHECK_STATES
};

struct check {
	const struct obstacle_facts *facts;
	const struct hook_plan *plan; /* NULL: not known */
	const struct hook_kernel *kernel; /* unless @plan is NULL */
	/* errno with which the kernel refused @hook, 0 if it did not */
	int (*refusal)(void *context, const struct hook *hook);
	void *context;
	enum check_state state;
};

/*
 * Needs, the hooks of the plan and the others, and the ladder of each datum,
 * best rung first, down to the one that is used.
 */
void check_print(FILE *out, const struct check *check);

#endif
