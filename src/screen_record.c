/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Recording from the dashboard: --record's, and what ^R starts and stops. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "screen.h"
#include "snapshot.h"
#include "xalloc.h"

static void tell(struct screen *screen)
{
	char text[48];

	snprintf(text, sizeof(text), "%lld line%s",
		 (long long)screen->recorded,
		 screen->recorded == 1 ? "" : "s");
	dashboard_set_recording(screen->dashboard,
				screen->recording ? text : NULL);
}

void screen_record(struct screen *screen, const struct sample *sample)
{
	char *error = NULL;

	if (!screen->recording)
		return;
	screen->recording = !record_line(&screen->record, sample, &error);
	screen->recorded += screen->recording;
	tell(screen);
	if (!screen->recording)
		screen_status(screen, true, error);
}

static void record_stop(struct screen *screen)
{
	char *error = NULL;
	char *done = xasprintf("recorded %lld line%s%s to %s",
			       (long long)screen->recorded,
			       screen->recorded == 1 ? "" : "s",
			       screen->record.max ? ", the last" : "",
			       screen->record.output.name);

	screen->recording = false;
	tell(screen);
	if (output_close(&screen->record.output, &error)) {
		free(done);
		screen_status(screen, true, error);
	} else {
		screen_status(screen, false, done);
	}
	free(screen->record_name);
	screen->record_name = NULL;
}

static int record_create(struct screen *screen, char name[SNAPSHOT_NAME])
{
	const struct sample *now = model_now(screen->model);
	struct snapshot snapshot = { .host = now ? now->host.host : NULL };
	int fd, ret;

	clock_gettime(CLOCK_REALTIME, &snapshot.time);
	screen->record = (struct record){ .max = 0 };
	fd = screen->dir_fd < 0 ?
		     -ENOENT :
		     snapshot_create(screen->dir_fd, &snapshot, name);
	if (fd < 0)
		return fd;
	screen->record.output.file = fdopen(fd, "w");
	if (screen->record.output.file)
		return 0;
	ret = -errno;
	close(fd);
	unlinkat(screen->dir_fd, name, 0);
	return ret;
}

void screen_record_toggle(struct screen *screen)
{
	const char *dir = screen->options->snapshot_dir ?: ".";
	char name[SNAPSHOT_NAME], *error = NULL;
	int ret;

	if (screen->recording) {
		record_stop(screen);
		return;
	}
	/* One that failed is still open. */
	if (output_close(&screen->record.output, &error))
		free(error);
	free(screen->record_name);
	screen->record_name = NULL;
	ret = record_create(screen, name);
	if (ret) {
		screen_status(screen, true,
			      xasprintf("cannot record in %s: %s; see "
					"--snapshot-dir", dir,
					strerror(-ret)));
		return;
	}
	screen->record_name = xasprintf("%s%s%s", dir,
					!strcmp(dir, "/") ? "" : "/", name);
	screen->record.output.name = screen->record_name;
	screen->record.output.close = true;
	screen->recording = true;
	screen->recorded = 0;
	tell(screen);
	screen_status(screen, false,
		      xasprintf("recording to %s; ^R stops",
				screen->record_name));
}
