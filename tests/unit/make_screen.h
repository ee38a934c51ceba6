/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A dashboard for tests: samples and keys in, the picture as text out. */
#ifndef MPTOP_TESTS_MAKE_SCREEN_H
#define MPTOP_TESTS_MAKE_SCREEN_H

#include <stdbool.h>
#include <stdint.h>

#include "dashboard.h"

struct screen {
	struct model *model;
	struct dashboard *dashboard;
	struct canvas *canvas;
	struct filter *base;
	uint64_t seq; /* samples fed */
	char *text;   /* of the last picture */
};

/* One of @rows x @cols, with the filter @base of a command line, or NULL. */
struct screen screen_new(const char *base, int rows, int cols);
void screen_free(struct screen *screen);

/* Takes @sample over; a second has passed. */
void screen_feed(struct screen *screen, struct sample *sample);

/* @nr samples of make_busy_sample() with four nodes. */
void screen_feed_busy(struct screen *screen, int nr);

/* The picture as text, at the screen's size, or once at another. */
const char *screen_draw(struct screen *screen);
const char *screen_draw_at(struct screen *screen, int rows, int cols);

/* A key script (keys.h), drawn before and after each key. */
void screen_keys(struct screen *screen, const char *keys);

/* Does the last picture hold @text? */
bool shows(const struct screen *screen, const char *text);

/* Keys, and what the picture holds after them and what not. */
struct screen_script {
	const char *keys;
	const char *shown[4];
	const char *hidden[3];
};

/* Runs each of @nr scripts on a screen of 34x120 that was fed 20 samples. */
void screen_run(const struct screen_script *scripts, size_t nr);

#endif
