/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A sample's lists, restricted by the command line's filter. */
#ifndef MPTOP_RESTRICT_H
#define MPTOP_RESTRICT_H

#include "filter.h"
#include "sample.h"

/*
 * Keeps the flows, failures and events of @sample that @filter matches, and
 * the processes that they name. sum, vmstat, lost and nodes stay those of the
 * machine: they are what the lists are held against. NULL keeps all.
 */
void sample_restrict(struct sample *sample, const struct filter *filter);

#endif
