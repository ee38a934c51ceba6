/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Moves a replay through its recording: what the model has of it is fed again
 * up to where one wants to be. A stream can only go on.
 */
#ifndef MPTOP_TRAVEL_H
#define MPTOP_TRAVEL_H

#include "dashboard.h"
#include "model.h"
#include "seek_time.h"
#include "source.h"

/* Nothing of it is owned. */
struct travel {
	struct source *source; /* of a replay */
	struct model *model;
	struct dashboard *dashboard; /* may be NULL */
};

/*
 * Feeds the next sample and lets the dashboard know of it and of where it is.
 * Returns as source_read().
 */
int travel_next(struct travel *travel);

/* Lets the dashboard know of @sample, which was fed, and of where that is. */
void travel_tell(const struct travel *travel, const struct sample *sample);

/*
 * Goes @steps intervals on, or back if it is negative, but not beyond the
 * ends. Returns 0 with what there is to say in *@message, or NULL; or -errno
 * with why not. The caller frees it.
 */
int travel_by(struct travel *travel, int steps, char **message);

/* Goes to @time, likewise. */
int travel_to(struct travel *travel, const struct seek_time *time,
	      char **message);

#endif
