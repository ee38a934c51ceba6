/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "make_screen.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "keys.h"
#include "make_sample.h"

#define SECOND INT64_C(1000000000)

struct screen screen_new(const char *base, int rows, int cols)
{
	struct screen screen = {
		.model = model_new(),
		.canvas = canvas_new(rows, cols),
	};
	struct filter_error error;
	struct dashboard_options options = {
		.filter_text = base,
		.delay_ns = SECOND,
		.version = "0.1.0",
	};

	if (base)
		screen.base = filter_parse(base, &error);
	options.filter = screen.base;
	screen.dashboard = dashboard_new(screen.model, &options);
	return screen;
}

void screen_free(struct screen *screen)
{
	dashboard_free(screen->dashboard);
	model_free(screen->model);
	canvas_free(screen->canvas);
	filter_free(screen->base);
	free(screen->text);
}

void screen_feed(struct screen *screen, struct sample *sample)
{
	screen->seq++;
	model_feed(screen->model, sample);
	dashboard_update(screen->dashboard, (int64_t)screen->seq * SECOND);
}

void screen_feed_busy(struct screen *screen, int nr)
{
	while (nr-- > 0)
		screen_feed(screen, make_busy_sample(4, screen->seq));
}

static const char *draw_on(struct screen *screen, struct canvas *canvas)
{
	size_t size;
	FILE *out;

	free(screen->text);
	out = open_memstream(&screen->text, &size);
	dashboard_draw(screen->dashboard, canvas);
	canvas_dump(canvas, out);
	fclose(out);
	return screen->text;
}

const char *screen_draw(struct screen *screen)
{
	return draw_on(screen, screen->canvas);
}

const char *screen_draw_at(struct screen *screen, int rows, int cols)
{
	struct canvas *canvas = canvas_new(rows, cols);

	draw_on(screen, canvas);
	canvas_free(canvas);
	return screen->text;
}

void screen_keys(struct screen *screen, const char *keys)
{
	int key;

	screen_draw(screen);
	while ((key = keys_next(&keys)) != MK_NONE) {
		dashboard_key(screen->dashboard, key);
		screen_draw(screen);
	}
}

bool shows(const struct screen *screen, const char *text)
{
	return strstr(screen->text, text) != NULL;
}

static void run_script(const struct screen_script *script)
{
	struct screen screen = screen_new(NULL, 34, 120);
	size_t i;

	screen_feed_busy(&screen, 20);
	screen_keys(&screen, script->keys);
	for (i = 0; i < 4 && script->shown[i]; i++)
		if (!shows(&screen, script->shown[i]))
			fail_msg("keys '%s' do not show '%s':\n%s",
				 script->keys, script->shown[i], screen.text);
	for (i = 0; i < 3 && script->hidden[i]; i++)
		if (shows(&screen, script->hidden[i]))
			fail_msg("keys '%s' show '%s':\n%s", script->keys,
				 script->hidden[i], screen.text);
	screen_free(&screen);
}

void screen_run(const struct screen_script *scripts, size_t nr)
{
	while (nr--)
		run_script(scripts++);
}
