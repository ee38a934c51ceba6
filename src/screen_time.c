/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Samples as they come, and where in them the screen is. In a pause a file
 * waits; what else comes is held back, so that the model stays what the
 * screen shows, up to a bound: from there on it goes on behind a picture.
 */
#include <errno.h>
#include <stdlib.h>

#include "screen.h"
#include "source_replay.h"
#include "xalloc.h"

/* Bytes of samples that a pause holds back. */
#define HELD_BYTES ((size_t)64 << 20)

static bool is_file(const struct screen *screen)
{
	return screen->replay && source_replay_seeks(screen->source);
}

static void feed(struct screen *screen, struct sample *sample)
{
	model_feed(screen->model, sample);
	if (screen->replay)
		travel_tell(&screen->travel, sample);
	/* Keys of the same round go by what there is now. */
	dashboard_update(screen->dashboard, loop_now_ns());
}

/* The first @nr of those held back, or all there are. */
static void feed_held(struct screen *screen, size_t nr)
{
	size_t i;

	if (nr > screen->nr_held)
		nr = screen->nr_held;
	for (i = 0; i < nr; i++) {
		screen->held_bytes -= model_sample_bytes(screen->held[i]);
		feed(screen, screen->held[i]);
	}
	for (i = nr; i < screen->nr_held; i++)
		screen->held[i - nr] = screen->held[i];
	screen->nr_held -= nr;
}

static void hold(struct screen *screen, struct sample *sample)
{
	size_t bytes = model_sample_bytes(sample);

	if (!screen->overflown && screen->held_bytes + bytes > HELD_BYTES) {
		screen->overflown = true;
		dashboard_set_holding(screen->dashboard, false);
		/* The picture from before they are fed. */
		screen_draw(screen);
		feed_held(screen, screen->nr_held);
	}
	if (screen->overflown) {
		feed(screen, sample);
		return;
	}
	if (screen->nr_held == screen->held_cap) {
		screen->held_cap = screen->held_cap ? screen->held_cap * 2 : 64;
		screen->held = xreallocarray(screen->held, screen->held_cap,
					     sizeof(*screen->held));
	}
	screen->held[screen->nr_held++] = sample;
	screen->held_bytes += bytes;
}

void screen_release(struct screen *screen)
{
	if (dashboard_is_paused(screen->dashboard))
		return;
	feed_held(screen, screen->nr_held);
	if (!screen->overflown)
		return;
	screen->overflown = false;
	dashboard_set_holding(screen->dashboard, true);
	dashboard_update(screen->dashboard, loop_now_ns());
}

void screen_forget(struct screen *screen)
{
	while (screen->nr_held)
		sample_free(screen->held[--screen->nr_held]);
	free(screen->held);
	screen->held = NULL;
}

/* A replay takes the time that the recording took. */
static void screen_pace(struct screen *screen, int64_t interval_ns)
{
	int64_t ns = interval_ns / screen->options->speed;

	loop_set_timer(&screen->loop, ns > 0 ? ns : 1);
}

static void screen_end(struct screen *screen, const char *error)
{
	screen->ended = true;
	loop_set_timer(&screen->loop, 0);
	screen->loop.source_fd = -1;
	dashboard_set_ended(screen->dashboard, true);
	if (error)
		dashboard_set_status(screen->dashboard, true, error);
}

/* The next sample, to be held back if @held. */
static void take(struct screen *screen, bool held)
{
	struct sample *sample;
	int64_t interval_ns;
	int ret;

	if (screen->ended)
		return;
	ret = source_read(screen->source, &sample);
	if (ret == 1) {
		interval_ns = sample->interval_ns;
		screen_record(screen, sample);
		screen->fed++;
		if (held)
			hold(screen, sample);
		else
			feed(screen, sample);
		if (screen->replay)
			screen_pace(screen, interval_ns);
	} else if (ret < 0) {
		screen_end(screen, ret == -ENODATA ?
					   NULL :
					   source_error(screen->source));
	}
}

void screen_step(struct screen *screen)
{
	bool paused = dashboard_is_paused(screen->dashboard);

	if (!paused || !is_file(screen))
		take(screen, paused);
}

void screen_sample_now(struct screen *screen)
{
	if (is_file(screen))
		dashboard_set_paused(screen->dashboard, true);
	if (screen->nr_held)
		feed_held(screen, 1);
	else
		take(screen, screen->overflown);
}

static void travelled(struct screen *screen, int ret, char *message)
{
	const struct sample *now = model_now(screen->model);

	if (message)
		screen_status(screen, ret < 0, message);
	if (!ret && is_file(screen)) {
		dashboard_set_paused(screen->dashboard, true);
		screen->ended = false;
		dashboard_set_ended(screen->dashboard, false);
		if (now)
			screen_pace(screen, now->interval_ns);
	}
	/* One that failed may have fed some of it. */
	dashboard_update(screen->dashboard, loop_now_ns());
}

void screen_travel(struct screen *screen, unsigned int request)
{
	char *message = NULL;
	struct seek_time time;
	int ret = 0;

	if (request & REQUEST_STEP) {
		ret = travel_by(&screen->travel,
				dashboard_take_steps(screen->dashboard),
				&message);
	} else if (request & REQUEST_SEEK &&
		   !seek_time_parse(dashboard_seek(screen->dashboard),
				    &time)) {
		ret = travel_to(&screen->travel, &time, &message);
	}
	travelled(screen, ret, message);
}

void screen_start(struct screen *screen)
{
	struct seek_time time;
	char *message = NULL;
	int ret;

	if (!screen->options->seek ||
	    seek_time_parse(screen->options->seek, &time)) {
		screen_step(screen);
		return;
	}
	ret = travel_to(&screen->travel, &time, &message);
	travelled(screen, ret, message);
	if (!ret)
		dashboard_set_paused(screen->dashboard, false);
	else
		screen_step(screen);
}
