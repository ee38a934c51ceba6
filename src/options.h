/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The command line, from one table (docs/interface.md section 4). */
#ifndef MPTOP_OPTIONS_H
#define MPTOP_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "filter.h"
#include "model.h"

enum option_format { FORMAT_TABLE, FORMAT_JSON };
enum option_color { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };
enum option_probe {
	PROBE_AUTO,
	PROBE_KPROBE,
	PROBE_FENTRY,
	PROBE_TRACEPOINT,
	PROBE_VMSTAT
};

/* At least as many as there are rows of option_table. */
#define OPTION_MAX 96

enum option_details { DETAILS_PLAIN, DETAILS_NUMA_MAPS };

struct options {
	bool given[OPTION_MAX]; /* by row: on the command line */
	int64_t delay_ns;
	int64_t duration_ns;	/* 0: no end */
	int64_t iterations;	/* 0: no end */
	bool batch;
	enum option_format format;
	const char *output;	/* NULL: stdout */
	enum model_order order;
	bool reverse;
	char *filter_text;	/* all restrictions in one; "" if none */
	struct filter *filter;	/* the same, parsed */
	const char *record;
	int64_t record_max;	/* bytes; 0: no end */
	int64_t record_keep;	/* -1: not given */
	const char *replay;	/* "-": stdin */
	const char *seek;	/* what seek_time_parse() takes, or NULL */
	double speed;
	bool demo;
	enum option_probe probe;
	unsigned int calls;	/* to log: CALL_BIT() of each */
	enum option_details details;
	bool failures; /* hook the return of every move */
	bool stacks;   /* take those of calls */
	int ready_fd;		/* -1: none */
	const char *snapshot_dir;
	enum option_color color;
	int theme;		/* in theme_table (ui/theme.h) */
	bool ascii;
	bool unicode;
	bool mouse;
	const char *config;	/* NULL: the system's and the user's */
	bool no_config;
	bool keep_privileges;
	const char *drop_to;
	int rows;		/* --size; 0: not given */
	int cols;
	const char *keys;	/* file of a key script */
	bool styles;		/* print them, too */
	bool list_fields;
	bool check;
	bool verbose;
};

/*
 * Reads the command line. Bad input ends the program with status 2 and says
 * what is wrong and what is taken; --help, --usage and --version end it too.
 */
void options_parse(struct options *options, int argc, char **argv);

/* What they are without any command line. */
void options_default(struct options *options);

void options_free(struct options *options);

#endif
