/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The dashboard on a terminal: one loop over keys, time and the source. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app.h"
#include "app_config.h"
#include "dashboard.h"
#include "keys.h"
#include "screen.h"
#include "screen_snapshot.h"
#include "term.h"
#include "text.h"
#include "theme.h"
#include "xalloc.h"

void screen_status(struct screen *screen, bool is_error, char *text)
{
	char *clean = text_clean_dup(text);

	dashboard_set_status(screen->dashboard, is_error, clean);
	free(clean);
	free(text);
}

void screen_draw(struct screen *screen)
{
	int rows, cols;

	term_size(screen->term, &rows, &cols);
	if (rows != canvas_rows(screen->canvas) ||
	    cols != canvas_cols(screen->canvas)) {
		canvas_free(screen->canvas);
		screen->canvas = canvas_new(rows, cols);
		canvas_set_unicode(screen->canvas,
				   term_unicode(screen->term));
	}
	dashboard_draw(screen->dashboard, screen->canvas);
	term_show(screen->term, screen->canvas);
}

static void screen_snapshot(struct screen *screen)
{
	struct screen_snapshot snapshot = {
		.dir_fd = screen->dir_fd,
		.dir = screen->options->snapshot_dir ?: ".",
		.model = screen->model,
		.dashboard = screen->dashboard,
		.canvas = screen->canvas,
	};
	char *message = NULL;
	int ret;

	if (screen->overflown) {
		screen_status(screen, true,
			      xstrdup("cannot write snapshot: its data has "
				      "gone on in this long pause; z resumes"));
		return;
	}
	ret = screen_snapshot_write(&snapshot, &message);
	screen_status(screen, ret < 0, message);
}

static void screen_save(struct screen *screen)
{
	char *message = NULL;
	int ret = app_config_save(screen->config, screen->options,
				  screen->dashboard, &message);

	screen_status(screen, ret < 0, message);
}

static void screen_delay(struct screen *screen)
{
	int64_t ns = dashboard_delay_ns(screen->dashboard);

	if (screen->replay)
		return;
	source_set_delay(screen->source, ns);
	loop_set_timer(&screen->loop, ns);
}

/* Does what keys asked for; true to quit. */
static bool screen_requests(struct screen *screen)
{
	unsigned int request = dashboard_take_request(screen->dashboard);

	if (request & REQUEST_QUIT)
		return true;
	if (request & REQUEST_DELAY)
		screen_delay(screen);
	if (request & REQUEST_SAMPLE)
		screen_sample_now(screen);
	if (request & (REQUEST_STEP | REQUEST_SEEK))
		screen_travel(screen, request);
	if (request & REQUEST_RECORD)
		screen_record_toggle(screen);
	if (request & REQUEST_SNAPSHOT)
		screen_snapshot(screen);
	if (request & REQUEST_SAVE)
		screen_save(screen);
	if (request & (REQUEST_DETAILS | REQUEST_NUMA_MAPS) && !screen->replay)
		app_details(screen->options, screen->dashboard, request);
	if (request & REQUEST_REDRAW)
		term_redraw(screen->term);
	return false;
}

static bool screen_keys(struct screen *screen)
{
	int key;

	/* New data may have asked for something, too. */
	if (screen_requests(screen))
		return true;
	while ((key = term_key(screen->term)) != MK_NONE) {
		dashboard_key(screen->dashboard, key);
		if (screen_requests(screen))
			return true;
		screen_release(screen);
	}
	return false;
}

static bool screen_done(const struct screen *screen)
{
	const struct options *options = screen->options;

	return (options->iterations && screen->fed >= options->iterations) ||
	       loop_is_over(&screen->loop);
}

/* One round of the loop: 0 to go on, 1 to end well, else how it ended. */
static int screen_turn(struct screen *screen, int *number)
{
	int events = loop_wait(&screen->loop, number);

	if (events < 0)
		return events;
	if (events & LOOP_SIGNAL) {
		if (*number == SIGINT)
			return 1;
		if (*number != SIGUSR1)
			return -EINTR;
		screen_snapshot(screen);
	}
	if (events & LOOP_CONTINUED)
		term_redraw(screen->term);
	if (events & LOOP_SOURCE)
		source_drain(screen->source);
	if (events & LOOP_TIMER ||
	    (events & LOOP_SOURCE && screen->replay))
		screen_step(screen);
	dashboard_update(screen->dashboard, loop_now_ns());
	if (screen_keys(screen) || screen_done(screen))
		return 1;
	if (term_is_hung_up(screen->term)) {
		*number = SIGHUP;
		return -EINTR;
	}
	screen_draw(screen);
	return 0;
}

static int screen_loop(struct screen *screen, int *number)
{
	const struct options *options = screen->options;
	int ret;

	ret = loop_open(&screen->loop, term_fd(screen->term),
			source_fd(screen->source));
	if (ret)
		return ret;
	if (options->duration_ns)
		screen->loop.end_ns = loop_now_ns() + options->duration_ns;
	app_ready(options);
	if (screen->replay)
		screen_start(screen);
	else
		loop_set_timer(&screen->loop, options->delay_ns);
	dashboard_update(screen->dashboard, loop_now_ns());
	screen_draw(screen);
	while (!(ret = screen_turn(screen, number)))
		;
	term_expect_another();
	return ret == 1 ? 0 : ret;
}

static int screen_open(struct screen *screen)
{
	const struct options *options = screen->options;
	struct dashboard_options shown = app_shown(options);
	struct theme theme = app_config_theme(screen->config, options);
	struct term_options term = {
		.colour = (enum term_colour)options->color,
		.glyphs = options->ascii   ? TERM_GLYPHS_ASCII :
			  options->unicode ? TERM_GLYPHS_UNICODE :
					     TERM_GLYPHS_AUTO,
		.keys_from_tty = options->replay &&
				 !strcmp(options->replay, "-"),
		.theme = &theme,
		.mouse = options->mouse,
	};
	int status;

	screen->dir_fd = open(options->snapshot_dir ?: ".",
			      O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (options->record) {
		if (record_open(&screen->record, options, &screen->error))
			return EXIT_RUN;
		screen->recording = true;
	}
	/* One that comes from here on has a terminal to restore. */
	loop_hold_signals();
	status = term_open(&screen->term, &term, &screen->error);
	if (status)
		return status;
	screen->model = model_new();
	screen->dashboard = dashboard_new(screen->model, &shown);
	app_config_show(screen->config, screen->dashboard);
	screen->canvas = canvas_new(0, 0);
	screen->travel = (struct travel){ screen->source, screen->model,
					  screen->dashboard };
	dashboard_set_holding(screen->dashboard, true);
	if (screen->recording)
		dashboard_set_recording(screen->dashboard, "0 lines");
	if (screen->source->note)
		dashboard_set_status(screen->dashboard, false,
				     screen->source->note);
	else if (screen->config->nr_warnings)
		screen_status(screen, true, app_config_notice(screen->config));
	else if (term_notice(screen->term))
		dashboard_set_status(screen->dashboard, false,
				     term_notice(screen->term));
	return 0;
}

static void screen_close(struct screen *screen)
{
	loop_close(&screen->loop);
	term_close(screen->term);
	canvas_free(screen->canvas);
	dashboard_free(screen->dashboard);
	screen_forget(screen);
	model_free(screen->model);
	if (screen->dir_fd >= 0)
		close(screen->dir_fd);
	source_close(screen->source);
}

int app_screen(const struct options *options, struct config *config,
	       struct source *source)
{
	struct screen screen = {
		.options = options,
		.config = config,
		.source = source,
		.replay = options->replay || options->demo,
		.loop = { .signal_fd = -1, .timer_fd = -1 },
	};
	int status = screen_open(&screen);
	int number = 0, ret = 0;
	char *error = NULL;

	if (!status)
		ret = screen_loop(&screen, &number);
	screen_close(&screen);
	if (output_close(&screen.record.output, &error) && !screen.error)
		screen.error = error;
	free(screen.record_name);
	if (ret == -EINTR)
		app_die_by(number);
	if (ret < 0 && !screen.error)
		screen.error = xasprintf("cannot wait: %s", strerror(-ret));
	if (screen.error)
		return app_fail(status ? status : EXIT_RUN, screen.error);
	return status;
}
