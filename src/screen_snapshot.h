/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The key w: the screen and the window it is drawn from, as two files. */
#ifndef MPTOP_SCREEN_SNAPSHOT_H
#define MPTOP_SCREEN_SNAPSHOT_H

#include "canvas.h"
#include "dashboard.h"
#include "model.h"

struct screen_snapshot {
	int dir_fd; /* -1: could not be opened */
	const char *dir;
	const struct model *model;
	const struct dashboard *dashboard;
	const struct canvas *canvas; /* what is on the screen */
};

/*
 * Writes the pair (snapshot.h). Returns 0 with the path, or -errno with the
 * reason, in *@message, one line to be freed.
 */
int screen_snapshot_write(const struct screen_snapshot *snapshot,
			  char **message);

#endif
