/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Without a screen: one record an interval, flushed. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>

#include "app.h"
#include "canvas.h"
#include "dashboard.h"
#include "loop.h"
#include "model.h"
#include "record.h"
#include "restrict.h"
#include "source_replay.h"
#include "travel.h"
#include "writer_json.h"
#include "xalloc.h"

/* A table is the dashboard on paper of this size. */
#define TABLE_ROWS 50
#define TABLE_COLS 132

struct batch {
	const struct options *options;
	struct source *source;
	struct model *model; /* these three for tables only */
	struct dashboard *dashboard;
	struct canvas *canvas;
	struct output output;
	struct record record;
	bool recording;
	int64_t written;
	char *error;
};

/* The screen as text, then a blank line. */
static int batch_table(struct batch *batch, struct sample *sample)
{
	FILE *file = batch->output.file;

	model_feed(batch->model, sample);
	dashboard_update(batch->dashboard, loop_now_ns());
	dashboard_draw(batch->dashboard, batch->canvas);
	canvas_dump(batch->canvas, file);
	fputc('\n', file);
	errno = 0;
	if (fflush(file) || ferror(file))
		return errno ? -errno : -EIO;
	return 0;
}

static int batch_show(struct batch *batch, struct sample *sample)
{
	int ret;

	if (batch->dashboard)
		return batch_table(batch, sample);
	ret = writer_json_line(sample, batch->output.file);
	sample_free(sample);
	return ret;
}

/* Records @sample whole and writes what the filter leaves of it; frees it. */
static int batch_write(struct batch *batch, struct sample *sample)
{
	int ret = 0;

	if (batch->recording)
		ret = record_line(&batch->record, sample, &batch->error);
	if (!ret) {
		sample_restrict(sample, batch->options->filter);
		ret = batch_show(batch, sample);
		if (ret)
			batch->error = output_error(&batch->output, ret);
	}
	batch->written++;
	return ret;
}

static bool batch_done(const struct batch *batch, const struct loop *loop)
{
	const struct options *options = batch->options;

	return (options->iterations && batch->written >= options->iterations) ||
	       loop_is_over(loop);
}

/* Reads and writes one sample; 1 if there was one, else as source_read(). */
static int batch_step(struct batch *batch)
{
	struct sample *sample;
	int ret = source_read(batch->source, &sample);

	if (ret == 1) {
		ret = batch_write(batch, sample);
		return ret ? ret : 1;
	}
	if (ret < 0 && ret != -ENODATA)
		batch->error = xstrdup(source_error(batch->source));
	return ret;
}

/* Lets the next read give what --seek says. */
static int batch_seek(struct batch *batch)
{
	struct travel travel = { .source = batch->source };
	struct seek_time time;
	int ret;

	if (!batch->options->seek ||
	    seek_time_parse(batch->options->seek, &time))
		return 0;
	travel.model = model_new();
	ret = travel_to(&travel, &time, &batch->error);
	model_free(travel.model);
	if (ret)
		return ret;
	free(batch->error); /* of where totals begin: it shows none */
	batch->error = NULL;
	return source_replay_seek(batch->source,
				  source_replay_line(batch->source));
}

/* A recording is written as fast as it can be read. */
static int batch_replay(struct batch *batch, struct loop *loop)
{
	int ret = batch_seek(batch), signal, events;

	if (ret)
		return ret;
	while (!batch_done(batch, loop)) {
		ret = batch_step(batch);
		if (ret < 0)
			return ret;
		if (ret)
			continue;
		events = loop_wait(loop, &signal);
		if (events < 0)
			return events;
		if (events & LOOP_SIGNAL && signal != SIGUSR1)
			return signal;
	}
	return 0;
}

/* The signal that ended it, 0 at its own end, or -errno. */
static int batch_live(struct batch *batch, struct loop *loop)
{
	int ret, signal, events;

	loop_set_timer(loop, batch->options->delay_ns);
	while (!batch_done(batch, loop)) {
		events = loop_wait(loop, &signal);
		if (events < 0)
			return events;
		if (events & LOOP_SOURCE)
			source_drain(batch->source);
		if (events & LOOP_SIGNAL && signal == SIGUSR1)
			continue;
		if (!(events & (LOOP_TIMER | LOOP_SIGNAL)) &&
		    !loop_is_over(loop))
			continue;
		/* The last part of an interval is not thrown away. */
		ret = batch_step(batch);
		if (ret < 0)
			return ret;
		if (events & LOOP_SIGNAL)
			return signal;
	}
	return 0;
}

static void batch_open_table(struct batch *batch)
{
	const struct options *options = batch->options;
	struct dashboard_options shown = app_shown(options);

	/* The samples are restricted before they are fed. */
	shown.filter = NULL;
	batch->model = model_new();
	batch->dashboard = dashboard_new(batch->model, &shown);
	batch->canvas = canvas_new(TABLE_ROWS, TABLE_COLS);
	canvas_set_unicode(batch->canvas, app_unicode(options));
}

static int batch_open(struct batch *batch)
{
	const struct options *options = batch->options;

	if (options->format == FORMAT_TABLE)
		batch_open_table(batch);

	if (output_open(&batch->output, options->output, 0, &batch->error))
		return -EIO;
	if (!options->record)
		return 0;
	batch->recording = true;
	return record_open(&batch->record, options, &batch->error) ? -EIO : 0;
}

static int batch_run(struct batch *batch)
{
	const struct options *options = batch->options;
	bool live = !options->replay && !options->demo;
	struct loop loop;
	int ret;

	ret = loop_open(&loop, -1, source_fd(batch->source));
	if (ret)
		return ret;
	if (options->duration_ns)
		loop.end_ns = loop_now_ns() + options->duration_ns;
	if (batch->source->note)
		fprintf(stderr, "mptop: %s\n", batch->source->note);
	app_ready(options);
	ret = live ? batch_live(batch, &loop) : batch_replay(batch, &loop);
	loop_close(&loop);
	return ret == -ENODATA ? 0 : ret;
}

int app_batch(const struct options *options, struct source *source)
{
	struct batch batch = { .options = options, .source = source };
	char *error = NULL;
	int ret;

	ret = batch_open(&batch);
	if (!ret)
		ret = batch_run(&batch);
	if (output_close(&batch.output, &error) |
	    output_close(&batch.record.output, &error)) {
		if (!batch.error)
			batch.error = error;
		ret = -EIO;
	}
	dashboard_free(batch.dashboard);
	model_free(batch.model);
	canvas_free(batch.canvas);
	source_close(source);
	if (ret > 0)
		app_die_by(ret);
	if (ret < 0)
		return app_fail(EXIT_RUN,
				batch.error ? batch.error :
					      xstrdup("cannot wait"));
	return EXIT_OK;
}
