/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Random keys over every recording of tests/screens, at random sizes: nothing
 * crashes, and every cell holds what a terminal may be sent. The seed is
 * fixed; MPTOP_FUZZ_SEED and MPTOP_FUZZ_KEYS take others.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "dashboard.h"
#include "keys.h"
#include "make_sample.h"
#include "source_replay.h"
#include "text.h"

#define SECOND INT64_C(1000000000)
#define KEYS 1000 /* of each recording */
#define KEYS_A_SIZE 40
#define KEYS_A_SAMPLE 25
#define KEYS_A_START 200 /* then a new dashboard */

static const int sizes[][2] = {
	{ 24, 80 }, { 1, 1 }, { 60, 200 }, { 6, 30 }, { 5, 20 }, { 2, 500 },
	{ 100, 8 }, { 10, 40 }, { 34, 120 }, { 0, 0 }, { 7, 31 }, { 50, 160 },
};

struct fuzz {
	const char *path;
	struct source *source;
	struct model *model;
	struct dashboard *dashboard;
	struct canvas *canvas;
	int64_t now_ns;
	uint64_t random;
	int aged; /* times that all flows had left the rows */
};

static long from_environment(const char *name, long otherwise)
{
	const char *text = getenv(name);

	return text ? strtol(text, NULL, 10) : otherwise;
}

/* xorshift64: the same everywhere. */
static int pick(struct fuzz *fuzz, int below)
{
	fuzz->random ^= fuzz->random << 13;
	fuzz->random ^= fuzz->random >> 7;
	fuzz->random ^= fuzz->random << 17;
	return (int)(fuzz->random % (uint64_t)below);
}

static void feed(struct fuzz *fuzz)
{
	const struct source_replay_options options = { .path = fuzz->path };
	struct sample *sample;
	char *error = NULL;
	int tries;

	for (tries = 0; tries < 2; tries++) {
		if (!fuzz->source &&
		    source_replay_open(&options, &fuzz->source, &error))
			fail_msg("%s", error);
		if (source_read(fuzz->source, &sample) == 1)
			break;
		source_close(fuzz->source);
		fuzz->source = NULL;
	}
	assert_non_null(fuzz->source);
	model_feed(fuzz->model, sample);
	if (sample->view)
		dashboard_set_view_json(fuzz->dashboard, sample->view);
	fuzz->now_ns += SECOND;
	dashboard_update(fuzz->dashboard, fuzz->now_ns);
}

/* Long enough of nothing that every row expires, on other nodes. */
static void age(struct fuzz *fuzz)
{
	int i, nr_nodes = 1 + pick(fuzz, 8);
	struct sample *sample;
	size_t nr;

	for (i = 0; i <= MODEL_ROW_AGE; i++) {
		sample = make_sample(nr_nodes, (uint64_t)i);
		sample_add_up(sample);
		model_feed(fuzz->model, sample);
	}
	fuzz->now_ns += i * SECOND;
	dashboard_update(fuzz->dashboard, fuzz->now_ns);
	model_look(fuzz->model, NULL);
	model_rows(fuzz->model, &nr);
	assert_int_equal(nr, 0);
	dashboard_update(fuzz->dashboard, fuzz->now_ns);
	fuzz->aged++;
}

static void end(struct fuzz *fuzz)
{
	canvas_free(fuzz->canvas);
	dashboard_free(fuzz->dashboard);
	model_free(fuzz->model);
	source_close(fuzz->source);
	fuzz->canvas = NULL;
	fuzz->source = NULL;
}

static void start(struct fuzz *fuzz)
{
	const struct dashboard_options options = {
		.delay_ns = SECOND,
		.version = "0.1.0",
	};

	fuzz->model = model_new();
	fuzz->dashboard = dashboard_new(fuzz->model, &options);
	fuzz->canvas = canvas_new(24, 80);
	feed(fuzz);
}

static void resize(struct fuzz *fuzz)
{
	const int *size = sizes[pick(fuzz, sizeof(sizes) / sizeof(*sizes))];

	canvas_free(fuzz->canvas);
	fuzz->canvas = canvas_new(size[0], size[1]);
	canvas_set_unicode(fuzz->canvas, pick(fuzz, 2));
}

/* Mostly what means something, also in a prompt, and now and then anything. */
static int some_key(struct fuzz *fuzz)
{
	static const char typed[] = "0123456789=<>!~,-*k abcmnopsy()[\\";
	const struct command *command;
	int kind = pick(fuzz, 10), key;

	if (kind < 2)
		return (unsigned char)typed[pick(fuzz, sizeof(typed) - 1)];
	if (kind < 3)
		return pick(fuzz, 2) ? MK_ENTER : MK_ESC;
	if (kind < 4)
		return MK_UP + pick(fuzz, MK_NONE - MK_UP);
	if (kind < 5)
		return pick(fuzz, pick(fuzz, 4) ? 0x80 : 0x110000);
	command = &command_table[pick(fuzz, nr_commands)];
	key = command->keys[pick(fuzz, COMMAND_KEYS)];
	return key ? key : command->keys[0];
}

static void check_cell(const struct canvas_cell *cell)
{
	char clean[64];

	if (!strcmp(cell->text, " "))
		return;
	text_clean(clean, sizeof(clean), cell->text, strlen(cell->text), 2);
	assert_string_equal(cell->text, clean);
	assert_in_range(cell->style, 0, STYLE_COUNT - 1);
}

static void draw(struct fuzz *fuzz)
{
	int row, col;

	dashboard_draw(fuzz->dashboard, fuzz->canvas);
	for (row = 0; row < canvas_rows(fuzz->canvas); row++)
		for (col = 0; col < canvas_cols(fuzz->canvas); col++)
			check_cell(canvas_at(fuzz->canvas, row, col));
}

static void press(struct fuzz *fuzz, long i)
{
	if (i % KEYS_A_START == 0) {
		end(fuzz);
		start(fuzz);
	}
	if (i % KEYS_A_SAMPLE == 0 && pick(fuzz, 4))
		feed(fuzz);
	else if (i % KEYS_A_SAMPLE == 0)
		age(fuzz);
	if (i % KEYS_A_SIZE == 0)
		resize(fuzz);
	dashboard_key(fuzz->dashboard, some_key(fuzz));
	dashboard_take_request(fuzz->dashboard);
	draw(fuzz);
}

static void test_recordings(void **state)
{
	struct fuzz fuzz = {
		.random = (uint64_t)from_environment("MPTOP_FUZZ_SEED", 4711),
	};
	long keys = from_environment("MPTOP_FUZZ_KEYS", KEYS), i;
	char pattern[4096];
	glob_t found;
	size_t file;

	(void)state;
	snprintf(pattern, sizeof(pattern), "%s/tests/screens/*.json",
		 getenv("top_srcdir"));
	assert_int_equal(glob(pattern, 0, NULL, &found), 0);
	for (file = 0; file < found.gl_pathc; file++) {
		fuzz.path = found.gl_pathv[file];
		start(&fuzz);
		for (i = 1; i <= keys; i++)
			press(&fuzz, i);
		end(&fuzz);
	}
	assert_true(fuzz.aged > 0);
	globfree(&found);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_recordings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
