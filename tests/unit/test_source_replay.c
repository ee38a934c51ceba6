/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Recordings as files and pipes: whole, cut, empty, broken, absent. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "make_sample.h"
#include "source_replay.h"
#include "writer_json.h"
#include "xalloc.h"

static const char path[] = "recording.json";

/* Every test has an empty directory of its own. */
static int enter(void **state)
{
	char *dir = xstrdup("/tmp/mptop-test-XXXXXX");

	*state = dir;
	return mkdtemp(dir) && !chdir(dir) ? 0 : -1;
}

static int leave(void **state)
{
	char *dir = *state;
	int error;

	unlink(path);
	error = chdir("/") || rmdir(dir);
	free(dir);
	return error;
}

static FILE *create(void)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	return file;
}

static struct source *open_right(const char *name)
{
	const struct source_replay_options options = { .path = name };
	struct source *source = NULL;
	char *error = NULL;

	if (source_replay_open(&options, &source, &error))
		fail_msg("%s", error);
	return source;
}

static void record(int nr)
{
	FILE *file = create();
	int i;

	for (i = 1; i <= nr; i++) {
		struct sample *sample = make_busy_sample(4, (uint64_t)i);

		assert_int_equal(writer_json_line(sample, file), 0);
		sample_free(sample);
	}
	fclose(file);
}

static void whole(void **state)
{
	struct source *source;
	struct sample *sample;
	char where[64];
	int i;

	(void)state;
	record(20);
	source = open_right(path);
	assert_string_equal(source_name(source), "replay");
	assert_int_equal(source_fd(source), -1);
	for (i = 1; i <= 20; i++) {
		assert_int_equal(source_read(source, &sample), 1);
		assert_int_equal(sample->seq, i);
		assert_int_equal(sample->nr_flows, 9);
		/* The first line's first reason stays the first. */
		assert_string_equal(sample->reasons[0], "numa_misplaced");
		sample_free(sample);
	}
	assert_string_equal(source_replay_where(source, where, sizeof(where)),
			    "recording.json 20/20");
	assert_int_equal(source_read(source, &sample), -ENODATA);
	assert_int_equal(source_read(source, &sample), -ENODATA);
	source_close(source);
	source_close(NULL);
}

/* Any line, twice, the last one, and back from the end. */
static void seeks(void **state)
{
	static const size_t lines[] = { 7, 7, 1, 20, 12 };
	struct source *source;
	struct sample *sample;
	size_t i;

	(void)state;
	record(20);
	source = open_right(path);
	assert_true(source_replay_seeks(source));
	assert_int_equal(source_replay_lines(source), 20);
	assert_int_equal(source_replay_line(source), 0);
	for (i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		assert_int_equal(source_replay_seek(source, lines[i]), 0);
		assert_int_equal(source_read(source, &sample), 1);
		assert_int_equal(sample->seq, lines[i]);
		assert_int_equal(source_replay_line(source), lines[i]);
		sample_free(sample);
	}
	assert_int_equal(source_replay_seek(source, 0), -ERANGE);
	assert_int_equal(source_replay_seek(source, 22), -ERANGE);
	assert_int_equal(source_replay_seek(source, 21), 0);
	assert_int_equal(source_read(source, &sample), -ENODATA);
	assert_int_equal(source_replay_bytes(source, 1, 1), 0);
	assert_true(source_replay_bytes(source, 1, 20) > 19 * 100);
	assert_int_equal(source_replay_bytes(source, 1, 21), UNKNOWN);
	source_close(source);
}

static void not_there(void **state)
{
	const struct {
		const char *path;
		int code;
		const char *error;
	} rows[] = {
		{ "absent.json", -ENOENT, "cannot replay 'absent.json': " },
		{ ".", -EISDIR, "cannot replay '.': " },
		{ path, -ENODATA,
		  "'recording.json' is empty: not a recording of mptop" },
		{ "a\x1b[31m", -ENOENT, "cannot replay 'a?[31m': " },
	};
	size_t i;

	(void)state;
	fclose(create());
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct source_replay_options options = {
			.path = rows[i].path,
		};
		struct source *source;
		char *error;

		assert_int_equal(source_replay_open(&options, &source, &error),
				 rows[i].code);
		assert_memory_equal(error, rows[i].error,
				    strlen(rows[i].error));
		free(error);
	}
}

/* One good line, then @rest: what is read has to end in @error. */
static void check_broken(const char *rest, const char *expected)
{
	struct source *source;
	struct sample *sample = NULL;
	FILE *file;

	record(1);
	file = fopen(path, "a");
	assert_non_null(file);
	fputs(rest, file);
	fclose(file);
	source = open_right(path);
	assert_int_equal(source_read(source, &sample), 1);
	sample_free(sample);
	assert_int_equal(source_read(source, &sample), -EINVAL);
	assert_memory_equal(source_error(source), expected, strlen(expected));
	/* Nothing past it. */
	assert_int_equal(source_read(source, &sample), -EINVAL);
	assert_memory_equal(source_error(source), expected, strlen(expected));
	source_close(source);
}

static void broken(void **state)
{
	(void)state;
	check_broken("{}\n{}\n", "recording.json:2: no \"schema\"");
	check_broken("\n\n{\"schema\":\"mptop/1\",\"se",
		     "recording.json:4: column ");
	check_broken("\x1b[2J\n", "recording.json:2: column ");
}

static void no_newline_at_end(void **state)
{
	struct source *source;
	struct sample *sample = NULL;
	struct stat stat_of;
	char where[64];

	(void)state;
	record(2);
	assert_int_equal(stat(path, &stat_of), 0);
	assert_int_equal(truncate(path, stat_of.st_size - 1), 0);
	source = open_right(path);
	assert_int_equal(source_read(source, &sample), 1);
	sample_free(sample);
	assert_int_equal(source_read(source, &sample), 1);
	sample_free(sample);
	assert_string_equal(source_replay_where(source, where, sizeof(where)),
			    "recording.json 2/2");
	assert_int_equal(source_read(source, &sample), -ENODATA);
	source_close(source);
}

static void only_blank_lines(void **state)
{
	struct source *source;
	struct sample *sample;
	FILE *file = create();

	(void)state;
	fputs("\n\n", file);
	fclose(file);
	source = open_right(path);
	assert_int_equal(source_read(source, &sample), -EINVAL);
	assert_string_equal(
		source_error(source),
		"'recording.json' is empty: not a recording of mptop");
	source_close(source);
}

/* They are no intervals: the end is behind the last line with one. */
static void blank_lines_at_end(void **state)
{
	struct source *source;
	struct sample *sample;
	char where[64];
	FILE *file;
	int i;

	(void)state;
	record(3);
	file = fopen(path, "a");
	assert_non_null(file);
	fputs("\n\n\n", file);
	fclose(file);
	source = open_right(path);
	assert_int_equal(source_replay_lines(source), 3);
	for (i = 0; i < 3; i++) {
		assert_int_equal(source_read(source, &sample), 1);
		sample_free(sample);
	}
	assert_string_equal(source_replay_where(source, where, sizeof(where)),
			    "recording.json 3/3");
	assert_int_equal(source_read(source, &sample), -ENODATA);
	assert_int_equal(source_replay_line(source), 3);
	assert_int_equal(source_replay_seek(source, 3), 0);
	assert_int_equal(source_read(source, &sample), 1);
	sample_free(sample);
	assert_int_equal(source_replay_seek(source, 5), -ERANGE);
	source_close(source);
}

/* A pipe is never waited for, and lines come in pieces. */
static void pipe_in_pieces(void **state)
{
	struct sample *whole_sample = make_busy_sample(2, 1), *sample = NULL;
	char *line = writer_json(whole_sample);
	size_t half = strlen(line) / 2, rest = strlen(line) - half;
	struct source *source;
	int ends[2], saved = dup(STDIN_FILENO);

	(void)state;
	assert_int_equal(pipe(ends), 0);
	dup2(ends[0], STDIN_FILENO);
	close(ends[0]);
	source = open_right("-");
	assert_int_equal(source_fd(source), STDIN_FILENO);
	assert_int_equal(source_read(source, &sample), 0);
	assert_int_equal(write(ends[1], line, half), half);
	assert_int_equal(source_read(source, &sample), 0);
	assert_int_equal(write(ends[1], line + half, rest), rest);
	assert_int_equal(source_read(source, &sample), 0);
	assert_int_equal(write(ends[1], "\n{", 2), 2);
	assert_int_equal(source_read(source, &sample), 1);
	sample_free(sample);
	assert_int_equal(source_read(source, &sample), 0);
	close(ends[1]);
	assert_int_equal(source_read(source, &sample), -EINVAL);
	assert_memory_equal(source_error(source), "standard input:2: ", 18);
	source_close(source);
	dup2(saved, STDIN_FILENO);
	close(saved);
	free(line);
	sample_free(whole_sample);
}

static void endless_line(void **state)
{
	struct source *source;
	struct sample *sample;

	(void)state;
	fclose(create());
	assert_int_equal(truncate(path, 80 << 20), 0);
	source = open_right(path);
	assert_int_equal(source_read(source, &sample), -EFBIG);
	assert_string_equal(source_error(source),
			    "recording.json:1: line of more than 64 MiB");
	source_close(source);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(whole, enter, leave),
		cmocka_unit_test_setup_teardown(seeks, enter, leave),
		cmocka_unit_test_setup_teardown(not_there, enter, leave),
		cmocka_unit_test_setup_teardown(broken, enter, leave),
		cmocka_unit_test_setup_teardown(no_newline_at_end, enter,
						leave),
		cmocka_unit_test_setup_teardown(only_blank_lines, enter, leave),
		cmocka_unit_test_setup_teardown(blank_lines_at_end, enter,
						leave),
		cmocka_unit_test_setup_teardown(pipe_in_pieces, enter, leave),
		cmocka_unit_test_setup_teardown(endless_line, enter, leave),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
