/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bench_draw PROCESSES FLOWS: what one frame of the dashboard takes while the
 * machine has so many flows in every interval. Prints "name milliseconds"
 * lines, each the median of several times.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "bench_sample.h"
#include "dashboard.h"
#include "keys.h"

#define ROWS 50
#define COLS 160
#define TIMES 15

struct bench {
	struct bench_size size;
	struct model *model;
	struct dashboard *dashboard;
	struct canvas *canvas;
	uint64_t seq;
};

static double now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void draw(struct bench *bench)
{
	dashboard_draw(bench->dashboard, bench->canvas);
}

static void keys(struct bench *bench, const char *text)
{
	int key;

	while ((key = keys_next(&text)) != MK_NONE) {
		dashboard_key(bench->dashboard, key);
		draw(bench);
	}
}

static int by_size(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static void result(const char *name, double took[TIMES])
{
	qsort(took, TIMES, sizeof(*took), by_size);
	printf("%s %.2f\n", name, took[TIMES / 2]);
}

/* All of a round of the loop when an interval ends, but the terminal's. */
static void frames(struct bench *bench)
{
	double feed[TIMES], update[TIMES], drawn[TIMES], picture[TIMES];
	double all[TIMES], start;
	struct sample *sample;
	int i;

	for (i = 0; i < TIMES; i++) {
		sample = bench_sample(&bench->size, ++bench->seq);
		start = now_ms();
		model_feed(bench->model, sample);
		feed[i] = now_ms() - start;
		dashboard_update(bench->dashboard,
				 (int64_t)bench->seq * 1000000000);
		update[i] = now_ms() - start - feed[i];
		draw(bench);
		all[i] = now_ms() - start;
		picture[i] = all[i] - feed[i];
		drawn[i] = picture[i] - update[i];
	}
	result("feed", feed);
	result("look", update);
	result("draw", drawn);
	result("picture", picture);
	result("frame", all);
}

/* The same keys over and over; @undo is not measured. */
static void key_times(struct bench *bench, const char *name, const char *script,
		      const char *undo)
{
	double took[TIMES], start;
	int i;

	for (i = 0; i < TIMES; i++) {
		start = now_ms();
		keys(bench, script);
		took[i] = now_ms() - start;
		keys(bench, undo);
	}
	result(name, took);
}

/* Every process has a cgroup of its own; a daemon moves a third of them. */
static void group_times(struct bench *bench)
{
	key_times(bench, "by_mover", "t", "ttt");
	keys(bench, "t+");
	key_times(bench, "by_mover_sort", "N", "P");
	key_times(bench, "by_cgroup", "t", "ttt");
	keys(bench, "t");
	key_times(bench, "by_user", "t", "ttt");
	keys(bench, "tt");
}

int main(int argc, char **argv)
{
	struct dashboard_options options = {
		.delay_ns = 1000000000,
		.version = "bench",
	};
	struct bench bench = { .seq = 0 };

	if (argc != 3) {
		fputs("usage: bench_draw PROCESSES FLOWS\n", stderr);
		return 2;
	}
	bench.size.processes = strtoul(argv[1], NULL, 10);
	bench.size.flows = strtoul(argv[2], NULL, 10);
	bench.model = model_new();
	bench.dashboard = dashboard_new(bench.model, &options);
	bench.canvas = canvas_new(ROWS, COLS);
	frames(&bench);
	key_times(&bench, "scroll", "<Down>", "");
	key_times(&bench, "sort", "N", "P");
	keys(&bench, "/comm=worker-12");
	key_times(&bench, "filter", "3", "<Backspace>");
	keys(&bench, "<Esc>/comm~worker-12");
	key_times(&bench, "filter_regex", "3", "<Backspace>");
	keys(&bench, "<Esc>");
	group_times(&bench);
	canvas_free(bench.canvas);
	dashboard_free(bench.dashboard);
	model_free(bench.model);
	return 0;
}
