/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The inside of the dashboard on a terminal, for the files that make it up:
 * app_screen.c (life, loop, requests), screen_time.c (samples and where in
 * them it is) and screen_record.c.
 */
#ifndef MPTOP_SCREEN_H
#define MPTOP_SCREEN_H

#include "canvas.h"
#include "dashboard.h"
#include "loop.h"
#include "model.h"
#include "options.h"
#include "record.h"
#include "source.h"
#include "travel.h"

struct screen {
	const struct options *options;
	struct config *config;
	struct source *source;
	struct model *model;
	struct dashboard *dashboard;
	struct term *term;
	struct canvas *canvas;
	struct loop loop;
	struct record record;
	char *record_name; /* of one that a key started */
	bool recording;
	int64_t recorded;
	bool replay;
	bool ended;
	struct travel travel; /* of a replay */
	/* What came during a pause, oldest first. */
	struct sample **held;
	size_t nr_held;
	size_t held_cap;
	size_t held_bytes;
	bool overflown; /* so much that it is fed behind a frozen picture */
	int dir_fd; /* of snapshots, -1 if it cannot be opened */
	int64_t fed;
	char *error; /* that ended it; to be said after the terminal is back */
};

/* Says @text, freed, on the status line. */
void screen_status(struct screen *screen, bool is_error, char *text);

void screen_draw(struct screen *screen);

/* screen_time.c: the first sample of a replay, where --seek says. */
void screen_start(struct screen *screen);

/* The next sample, if there is one and time goes on. */
void screen_step(struct screen *screen);

/* The same on demand, in a pause as well; a recording pauses by it. */
void screen_sample_now(struct screen *screen);

/* Does REQUEST_STEP and REQUEST_SEEK. */
void screen_travel(struct screen *screen, unsigned int request);

/* Feeds what came during a pause once it is over. */
void screen_release(struct screen *screen);

/* Frees what came during a pause. */
void screen_forget(struct screen *screen);

/* screen_record.c: adds @sample to the recording, if there is one. */
void screen_record(struct screen *screen, const struct sample *sample);

/* Starts a recording beside the snapshots, or ends the one that runs. */
void screen_record_toggle(struct screen *screen);

#endif
