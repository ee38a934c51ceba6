/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whatever a key opens, and every panel, has a test in tests/screens/all, which
 * shows it in four sizes, in Unicode and in ASCII. For one that is missing:
 * copy another, change its keys, and run it with MPTOP_REGENERATE=1.
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
#include "dashboard_state.h"
#include "keys.h"
#include "source_replay.h"

#define OPENED_MAX 64

/* What is open: a zoomed panel, an overlay, a prompt. */
struct opened {
	int zoom;
	const struct overlay_ops *overlay;
	const struct prompt_kind *prompt;
	int key;
};

struct found {
	struct opened opened[OPENED_MAX];
	int nr;
};

static struct model *model_of(const char *name)
{
	struct source_replay_options options;
	struct model *model = model_new();
	struct source *source;
	struct sample *sample;
	char path[4096], *error = NULL;

	snprintf(path, sizeof(path), "%s/tests/screens/%s",
		 getenv("top_srcdir"), name);
	options.path = path;
	if (source_replay_open(&options, &source, &error))
		fail_msg("%s", error);
	while (source_read(source, &sample) == 1)
		model_feed(model, sample);
	source_close(source);
	return model;
}

/* What is open after @keys and then @key, on a dashboard of its own. */
static struct opened press(struct model *model, const char *keys, int key)
{
	const struct dashboard_options options = {
		.delay_ns = 1000000000,
		.version = "0.1.0",
	};
	struct dashboard *dashboard = dashboard_new(model, &options);
	struct canvas *canvas = canvas_new(50, 160);
	struct opened opened;
	int one;

	dashboard_update(dashboard, 0);
	dashboard_draw(dashboard, canvas);
	while ((one = keys_next(&keys)) != MK_NONE) {
		dashboard_key(dashboard, one);
		dashboard_draw(dashboard, canvas);
	}
	if (key) {
		dashboard_key(dashboard, key);
		dashboard_draw(dashboard, canvas);
	}
	opened = (struct opened){ dashboard->zoom, dashboard->overlay,
				  dashboard->prompt_kind, key };
	canvas_free(canvas);
	dashboard_free(dashboard);
	return opened;
}

static bool is_in(const struct found *found, const struct opened *opened)
{
	int i;

	for (i = 0; i < found->nr; i++)
		if (opened->overlay || opened->prompt ?
		    found->opened[i].overlay == opened->overlay &&
		    found->opened[i].prompt == opened->prompt :
		    found->opened[i].zoom == opened->zoom)
			return true;
	return false;
}

static void add(struct found *found, struct opened opened)
{
	assert_true(found->nr < OPENED_MAX);
	if (!is_in(found, &opened))
		found->opened[found->nr++] = opened;
}

/* What follows @word and one character in a line of a test's head. */
static char *head_value(const char *path, const char *word, char line[1024])
{
	FILE *file = fopen(path, "re");
	char *value = NULL;
	size_t length = strlen(word);

	assert_non_null(file);
	while (!value && fgets(line, 1024, file) && strcmp(line, "----\n"))
		if (!strncmp(line, word, length))
			value = line + length + 1;
	fclose(file);
	if (value)
		value[strcspn(value, "\n")] = '\0';
	return value;
}

static void add_test(struct found *shown, const char *path)
{
	char keys[1024], replay[1024];
	char *script = head_value(path, "keys", keys);
	struct model *model = model_of(head_value(path, "replay ..", replay));

	assert_string_equal(head_value(path, "glyphs", (char[1024]){ 0 }),
			    "unicode ascii");
	assert_string_equal(head_value(path, "size", (char[1024]){ 0 }),
			    "24x80 50x160 40x10 30x100");
	add(shown, press(model, script ? script : "", 0));
	model_free(model);
}

/* What each key opens after @keys. */
static void find(struct found *found, struct model *model, const char *keys)
{
	int i, k;

	for (i = 0; i < nr_commands; i++)
		for (k = 0; k < COMMAND_KEYS && command_table[i].keys[k]; k++)
			add(found, press(model, keys,
					 command_table[i].keys[k]));
}

static void test_covered(void **state)
{
	struct found shown = { .nr = 0 }, found = { .nr = 0 };
	struct model *model = model_of("four.json");
	char path[4096], key[16], zoom[2] = "1";
	const struct opened *opened;
	glob_t tests;
	size_t i;
	int o;

	(void)state;
	snprintf(path, sizeof(path), "%s/tests/screens/all/*.test",
		 getenv("top_srcdir"));
	assert_int_equal(glob(path, 0, NULL, &tests), 0);
	for (i = 0; i < tests.gl_pathc; i++)
		add_test(&shown, tests.gl_pathv[i]);
	globfree(&tests);
	find(&found, model, "");
	for (; zoom[0] <= '0' + PANEL_COUNT; zoom[0]++)
		find(&found, model, zoom);
	for (o = 0; o < found.nr; o++) {
		opened = &found.opened[o];
		if (!is_in(&shown, opened))
			fail_msg("no test in tests/screens/all has what %s "
				 "opens", keys_name(opened->key, key,
						    sizeof(key)));
	}
	model_free(model);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_covered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
