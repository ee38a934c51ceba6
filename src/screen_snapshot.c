/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A snapshot's last line also says how the operator looked at it. */
#include "screen_snapshot.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "snapshot.h"
#include "writer_json.h"
#include "xalloc.h"

struct window_of {
	const struct model *model;
	char *view;
};

static int window_write(FILE *out, const void *context)
{
	const struct window_of *window = context;
	size_t i, n = model_window_length(window->model);
	struct sample last;
	int ret;

	for (i = 0; i + 1 < n; i++) {
		ret = writer_json_line(model_window(window->model, i), out);
		if (ret)
			return ret;
	}
	last = *model_window(window->model, n - 1);
	last.view = window->view;
	return writer_json_line(&last, out);
}

/* The picture as text; to be freed. */
static char *picture_of(const struct canvas *canvas)
{
	char *text = NULL;
	size_t size;
	FILE *file = open_memstream(&text, &size);

	if (!file)
		return xstrdup("");
	canvas_dump(canvas, file);
	fclose(file);
	return text;
}

int screen_snapshot_write(const struct screen_snapshot *screen, char **message)
{
	const struct sample *now = model_now(screen->model);
	struct window_of window = { .model = screen->model };
	struct snapshot snapshot;
	char *text;
	int ret;

	if (screen->dir_fd < 0) {
		*message = xasprintf("cannot write snapshot: '%s' could not "
				     "be opened at start; see --snapshot-dir",
				     screen->dir);
		return -ENOENT;
	}
	if (!now) {
		*message = xstrdup("cannot write snapshot: no data yet");
		return -EAGAIN;
	}
	text = picture_of(screen->canvas);
	window.view = dashboard_view_json(screen->dashboard);
	snapshot = (struct snapshot){
		.dir = screen->dir,
		.host = now->host.host,
		.text = text,
		.write_json = window_write,
		.context = &window,
	};
	clock_gettime(CLOCK_REALTIME, &snapshot.time);
	ret = snapshot_write(screen->dir_fd, &snapshot, message);
	free(window.view);
	free(text);
	return ret;
}
