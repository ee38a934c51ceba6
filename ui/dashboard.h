/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The dashboard: keys in, picture out. Pure: it owns focus, selection, view,
 * prompts and overlays, and asks its owner for what needs the world
 * (dashboard_take_request).
 */
#ifndef MPTOP_DASHBOARD_H
#define MPTOP_DASHBOARD_H

#include <stdbool.h>

#include "canvas.h"
#include "details_world.h"
#include "model.h"

struct dashboard;

struct dashboard_options {
	enum model_order order;
	bool reverse;
	const char *filter_text;      /* of the command line, may be NULL */
	const struct filter *filter;  /* the same, parsed; not owned */
	int64_t delay_ns;
	const char *version;
};

/* What the owner has to do after keys; bits. */
enum dashboard_request {
	REQUEST_QUIT = 1 << 0,
	REQUEST_SNAPSHOT = 1 << 1,
	REQUEST_DELAY = 1 << 2,  /* dashboard_delay_ns() changed */
	REQUEST_SAMPLE = 1 << 3, /* sample now (replay: step) */
	REQUEST_REDRAW = 1 << 4, /* repaint everything */
	REQUEST_DETAILS = 1 << 8,   /* the life and the cgroup's memory of... */
	REQUEST_NUMA_MAPS = 1 << 9, /* ...dashboard_details(), or its own */
	REQUEST_SAVE = 1 << 10,  /* save the settings (setting.h) */
	REQUEST_STEP = 1 << 5,	 /* go dashboard_take_steps() in a replay */
	REQUEST_SEEK = 1 << 6,	 /* go to dashboard_seek() in a replay */
	REQUEST_RECORD = 1 << 7, /* start or stop recording */
};

struct dashboard *dashboard_new(struct model *model,
				const struct dashboard_options *options);
void dashboard_free(struct dashboard *dashboard);

/* A key: a Unicode character or one of enum key (keys.h). */
void dashboard_key(struct dashboard *dashboard, int key);

/* The requests since the last call; clears them. */
unsigned int dashboard_take_request(struct dashboard *dashboard);

int64_t dashboard_delay_ns(const struct dashboard *dashboard);

/* The process that Details are open for. */
struct details_whose {
	struct process_id id;
	const char *cgroup; /* NULL if not known; until the next update */
};

/* False if none is: then nothing is to be set either. */
bool dashboard_details(const struct dashboard *dashboard,
		       struct details_whose *whose);
void dashboard_set_life(struct dashboard *dashboard, enum proc_life life);

/* What was read or why not; takes @memory over and leaves it empty. */
enum details_memory_of { DETAILS_OF_CGROUP, DETAILS_OF_PROCESS };
void dashboard_set_memory(struct dashboard *dashboard,
			  enum details_memory_of of,
			  struct details_memory *memory);
/* Intervals to go in a replay since the last call, back if negative. */
int dashboard_take_steps(struct dashboard *dashboard);

/* What was asked for last; text that seek_time_parse() takes. */
const char *dashboard_seek(const struct dashboard *dashboard);

/*
 * Says whether the owner feeds nothing to the model while the dashboard is
 * paused, so that all keys go on working. Otherwise (as at first) a pause
 * keeps the picture, and keys that need the model do nothing.
 */
void dashboard_set_holding(struct dashboard *dashboard, bool holding);

bool dashboard_is_paused(const struct dashboard *dashboard);
void dashboard_set_paused(struct dashboard *dashboard, bool paused);

/* New data: the model was fed. @now_ns is the monotonic time of the call. */
void dashboard_update(struct dashboard *dashboard, int64_t now_ns);

/* The replayed stream has ended, or one has gone back from its end. */
void dashboard_set_ended(struct dashboard *dashboard, bool ended);

/* "12 intervals" while it is recorded, NULL when not; copied. */
void dashboard_set_recording(struct dashboard *dashboard, const char *text);

/* "/path/demo.json 12/60", or NULL when live; copied. */
void dashboard_set_replay(struct dashboard *dashboard, const char *where);

/* One line for the operator: a path or an error; NULL clears. Copied. */
void dashboard_set_status(struct dashboard *dashboard, bool is_error,
			  const char *text);

/* Draws everything for the canvas's size. */
void dashboard_draw(struct dashboard *dashboard, struct canvas *canvas);

/* JSON object text of sort, filter and panels for a snapshot; free() it. */
char *dashboard_view_json(const struct dashboard *dashboard);

/* Applies dashboard_view_json()'s text of a replayed snapshot, if it is one. */
void dashboard_set_view_json(struct dashboard *dashboard, const char *text);

#endif
