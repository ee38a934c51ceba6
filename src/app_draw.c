/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Without a terminal: a replay and a key script give one screen as text. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app.h"
#include "app_config.h"
#include "canvas.h"
#include "dashboard.h"
#include "keys.h"
#include "travel.h"
#include "xalloc.h"

#define KEYS_MAX 65536

struct drawing {
	const struct options *options;
	struct config *config;
	struct source *source;
	struct model *model;
	struct dashboard *dashboard;
	struct canvas *canvas;
	struct travel travel;
	char *error;
};

static int keys_read(struct drawing *drawing, char text[KEYS_MAX])
{
	const char *path = drawing->options->keys;
	FILE *file = fopen(path, "re");
	size_t n;

	if (!file) {
		drawing->error = xasprintf("cannot open '%s': %s", path,
					   strerror(errno));
		return -EIO;
	}
	n = fread(text, 1, KEYS_MAX - 1, file);
	text[n] = '\0';
	fclose(file);
	return 0;
}

/* Of what keys ask for, where in the recording it is to be. */
static void requests_do(struct drawing *drawing)
{
	unsigned int request = dashboard_take_request(drawing->dashboard);
	struct seek_time time;
	char *message = NULL;
	int ret = 0;

	if (request & REQUEST_SAMPLE)
		ret = travel_by(&drawing->travel, 1, &message);
	else if (request & REQUEST_STEP)
		ret = travel_by(&drawing->travel,
				dashboard_take_steps(drawing->dashboard),
				&message);
	else if (request & REQUEST_SEEK &&
		 !seek_time_parse(dashboard_seek(drawing->dashboard), &time))
		ret = travel_to(&drawing->travel, &time, &message);
	else
		return;
	dashboard_set_paused(drawing->dashboard, true);
	dashboard_update(drawing->dashboard, 0);
	if (message)
		dashboard_set_status(drawing->dashboard, ret < 0, message);
	free(message);
}

static int keys_apply(struct drawing *drawing)
{
	char text[KEYS_MAX];
	const char *rest = text;
	int key;

	if (!drawing->options->keys)
		return 0;
	if (keys_read(drawing, text))
		return -EIO;
	while ((key = keys_next(&rest)) != MK_NONE) {
		if (key < 0) {
			drawing->error = xasprintf(
				"'%s' has no key at byte %zu",
				drawing->options->keys, rest - text + 1);
			return -EINVAL;
		}
		dashboard_key(drawing->dashboard, key);
		requests_do(drawing);
		/* What a key does depends on the picture it is pressed at. */
		dashboard_draw(drawing->dashboard, drawing->canvas);
	}
	return 0;
}

/* All of the recording goes by, or what --seek says of it. */
static int samples_feed(struct drawing *drawing)
{
	struct seek_time time;
	int ret;

	dashboard_update(drawing->dashboard, 0);
	if (drawing->options->seek &&
	    !seek_time_parse(drawing->options->seek, &time)) {
		ret = travel_to(&drawing->travel, &time, &drawing->error);
		dashboard_update(drawing->dashboard, 0);
		if (ret)
			return ret;
		if (drawing->error)
			dashboard_set_status(drawing->dashboard, false,
					     drawing->error);
		free(drawing->error);
		drawing->error = NULL;
		return 0;
	}
	while ((ret = travel_next(&drawing->travel)) == 1)
		dashboard_update(drawing->dashboard, 0);
	if (ret == -ENODATA)
		return 0;
	drawing->error = xstrdup(source_error(drawing->source));
	return ret;
}

/* The size is known from here on: views and keys go by it. */
static void drawing_open(struct drawing *drawing)
{
	const struct options *options = drawing->options;
	struct dashboard_options shown = app_shown(options);

	drawing->model = model_new();
	drawing->dashboard = dashboard_new(drawing->model, &shown);
	app_config_show(drawing->config, drawing->dashboard);
	drawing->travel = (struct travel){ drawing->source, drawing->model,
					   drawing->dashboard };
	dashboard_set_holding(drawing->dashboard, true);
	drawing->canvas = canvas_new(options->rows, options->cols);
	canvas_set_unicode(drawing->canvas, app_unicode(options));
	dashboard_draw(drawing->dashboard, drawing->canvas);
}

/* Was all of it written? The exit status. */
static int stdout_end(void)
{
	if (!fflush(stdout) && !ferror(stdout))
		return EXIT_OK;
	return app_fail(EXIT_RUN,
			xasprintf("cannot write to standard output: %s",
				  strerror(errno)));
}

int app_draw(const struct options *options, struct config *config,
	     struct source *source)
{
	struct drawing drawing = {
		.options = options,
		.config = config,
		.source = source,
	};
	int ret;

	drawing_open(&drawing);
	ret = samples_feed(&drawing);
	dashboard_draw(drawing.dashboard, drawing.canvas);
	if (!ret)
		ret = keys_apply(&drawing);
	if (!ret)
		canvas_dump(drawing.canvas, stdout);
	if (!ret && options->styles) {
		puts("styles");
		canvas_dump_styles(drawing.canvas, stdout);
	}
	canvas_free(drawing.canvas);
	dashboard_free(drawing.dashboard);
	model_free(drawing.model);
	source_close(source);
	if (drawing.error)
		return app_fail(EXIT_RUN, drawing.error);
	return stdout_end();
}

int app_list_fields(void)
{
	size_t i;

	puts("Fields of --sort:");
	for (i = 0; i < ORDER_COUNT; i++)
		printf("  %-10s %s\n", model_order_table[i].name,
		       model_order_table[i].help);
	puts("\nFields of --filter:");
	for (i = 0; filter_fields[i].name; i++)
		printf("  %-10s %s\n", filter_fields[i].name,
		       filter_fields[i].help);
	return stdout_end();
}
