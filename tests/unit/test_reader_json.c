/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A line read is the sample that was written; anything else is refused. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "full_sample.h"
#include "model.h"
#include "reader_json.h"
#include "schema.h"
#include "writer_json.h"
#include "xalloc.h"

#define HEAD "{\"schema\":\"mptop/1\",\"seq\":1,\"interval_ns\":1000," \
	     "\"time\":\"2026-01-31T13:00:01.204Z\""

/* Reads @line, which has to be right. */
static struct sample *read_right(const char *line)
{
	struct reader_reasons reasons = { .nr = 0 };
	char *error = NULL;
	struct sample *sample =
		reader_json(line, strlen(line), &reasons, &error);

	reader_reasons_clear(&reasons);
	if (!sample)
		fail_msg("%s: %s", error, line);
	assert_null(error);
	return sample;
}

/* Reads @line and gives the error that it has to have; free it. */
static char *read_wrong(const char *line, size_t n)
{
	struct reader_reasons reasons = { .nr = 0 };
	char *error = NULL;
	struct sample *sample = reader_json(line, n, &reasons, &error);

	reader_reasons_clear(&reasons);
	if (sample)
		fail_msg("taken: %.200s", line);
	assert_non_null(error);
	return error;
}

static void compare_member(const struct schema_field *field, const void *one,
			   const void *other)
{
	const void *a = (const char *)one + field->offset;
	const void *b = (const char *)other + field->offset;

	switch (field->kind) {
	case SCHEMA_TEXT:
		if (*(char *const *)a)
			assert_string_equal(*(char *const *)a,
					    *(char *const *)b);
		else
			assert_null(*(char *const *)b);
		break;
	case SCHEMA_TIME:
		assert_memory_equal(a, b, sizeof(struct timespec));
		break;
	case SCHEMA_LOG2:
		assert_memory_equal(a, b, SAMPLE_LOG2_MAX * sizeof(int64_t));
		break;
	case SCHEMA_ARGS:
	case SCHEMA_STACK:
		/* Told by the line being the same. */
		break;
	case SCHEMA_BOOL:
		assert_int_equal(*(const bool *)a, *(const bool *)b);
		break;
	case SCHEMA_NODE:
	case SCHEMA_OWNER:
	case SCHEMA_SCOPE:
	case SCHEMA_PHASE:
	case SCHEMA_CALL:
	case SCHEMA_MARKS:
	case SCHEMA_REASON:
	case SCHEMA_ABI:
	case SCHEMA_NOTHING:
		assert_int_equal(*(const int *)a, *(const int *)b);
		break;
	case SCHEMA_STATUSES:
		assert_memory_equal(a, b, sizeof(struct sample_statuses));
		break;
	default:
		assert_int_equal(*(const int64_t *)a, *(const int64_t *)b);
	}
}

static void compare_section(const struct schema_section *section,
			    const struct sample *a, const struct sample *b)
{
	const char *from = (const char *)a, *to = (const char *)b;
	const struct schema_field *field;
	size_t i, nr;

	for (field = section->fields; field && field->key; field++) {
		if (section->shape == SHAPE_OBJECT)
			compare_member(field, a, b);
		if (section->shape != SHAPE_LIST)
			continue;
		nr = *(const size_t *)(from + section->nr_offset);
		assert_int_equal(nr,
				 *(const size_t *)(to + section->nr_offset));
		for (i = 0; i < nr; i++)
			compare_member(
				field,
				*(char *const *)(from + section->offset) +
					i * section->size,
				*(char *const *)(to + section->offset) +
					i * section->size);
	}
	for (i = 0; section->shape == SHAPE_NAMED && i < section->count; i++) {
		struct schema_field named = {
			.kind = section->kind,
			.offset = section->offset + i * section->size,
		};

		compare_member(&named, a, b);
	}
}

static void round_trip(void **state)
{
	struct sample *sample = full_sample(), *again;
	const struct schema_section *section;
	const struct schema_field *field;
	char *line, *line_again;

	(void)state;
	line = writer_json(sample);
	again = read_right(line);
	line_again = writer_json(again);
	assert_string_equal(line_again, line);
	for (field = schema_top; field->key; field++)
		compare_member(field, sample, again);
	for (section = schema_sections; section->key; section++)
		compare_section(section, sample, again);
	assert_memory_equal(sample->distance, again->distance,
			    4 * sizeof(int));
	assert_int_equal(again->nr_reasons, 2);
	assert_string_equal(again->events[0].effective.value[2],
			    sample->events[0].effective.value[2]);
	free(line);
	free(line_again);
	sample_free(sample);
	sample_free(again);
}

/* As a tool that sorts keys or adds spaces would write it. */
static void other_order(void **state)
{
	struct sample *sample = read_right(
		" { \"distance\" : [[10]] , \"flows\" : [ {\"pages\": 5, "
		"\"owner\":\"unknown\"} , {\"owner\":\"unmapped\","
		"\"pages\":6}\t] , \"events\":[ ], \"procs\":null,"
		"\"interval_ns\": 5, \"nodes\": [{\"id\":4}], \"seq\":1,"
		"\"time\":\"2026-01-31T13:00:01.204Z\","
		"\"schema\":\"mptop/1\" } ");

	(void)state;
	assert_int_equal(sample->nr_flows, 2);
	assert_int_equal(sample->flows[1].pages, 6);
	assert_int_equal(sample->distance[0], 10);
	assert_int_equal(sample->nodes[0].id, 4);
	sample_free(sample);
}

static void least(void **state)
{
	struct sample *sample = read_right(HEAD "}");

	(void)state;
	assert_int_equal(sample->seq, 1);
	assert_int_equal(sample->time.tv_sec, 1769864401);
	assert_int_equal(sample->time.tv_nsec, 204000000);
	assert_int_equal(sample->sum.pages, UNKNOWN);
	assert_int_equal(sample->nr_nodes, 0);
	sample_free(sample);
}

static void other_keys_are_ignored(void **state)
{
	struct sample *sample = read_right(
		HEAD ",\"new\":{\"a\":[1,2]},\"sum\":{\"pages\":3,\"x\":null},"
		     "\"flows\":[{\"owner\":\"unknown\",\"pages\":3,\"n\":1}],"
		     "\"vmstat\":{\"new_counter\":-1}}");

	(void)state;
	assert_int_equal(sample->sum.pages, 3);
	assert_int_equal(sample->flows[0].pages, 3);
	assert_int_equal(sample->flows[0].src, NODE_UNKNOWN);
	assert_int_equal(sample->flows[0].reason, REASON_UNKNOWN);
	assert_int_equal(sample->flows[0].folios, UNKNOWN);
	sample_free(sample);
}

#define EVENT                                                              \
	",\"events\":[{\"time\":\"2026-01-31T13:00:01.204Z\","            \
	"\"call\":\"mbind\",\"phase\":\"done\""

static void other_calls_are_left_out(void **state)
{
	struct sample *sample = read_right(
		HEAD ",\"events\":[{\"call\":\"later_call\",\"x\":1},"
		     "{\"time\":\"2026-01-31T13:00:01.204Z\","
		     "\"call\":\"mbind\",\"phase\":\"done\","
		     "\"marks\":[\"later\",\"toctou\"],\"ret\":0,"
		     "\"abi\":\"later\",\"nothing\":\"later\"}]}");

	(void)state;
	assert_int_equal(sample->nr_events, 1);
	assert_int_equal(sample->events[0].call, CALL_MBIND);
	assert_int_equal(sample->events[0].marks, MARK_TOCTOU);
	assert_int_equal(sample->events[0].error, 0);
	assert_int_equal(sample->events[0].abi, ABI_UNKNOWN);
	assert_int_equal(sample->events[0].nothing, NOTHING_NONE);
	assert_int_equal(sample->events[0].moved_pages, UNKNOWN);
	assert_int_equal(sample->events[0].statuses.pages, UNKNOWN);
	sample_free(sample);
}

static void texts_are_cleaned(void **state)
{
	struct sample *sample = read_right(
		HEAD ",\"host\":\"a\\u001b[31m\\u009b\\u202e\\u007fb\","
		     "\"flows\":[{\"owner\":\"unknown\",\"pages\":1,"
		     "\"reason\":\"x\\u001b\"}],"
		     "\"view\":{\"filter\":\"\\u001b]0;\",\"a\":[\"\\u007f\"]}"
		     "}");

	(void)state;
	assert_string_equal(sample->host.host, "a?[31m???b");
	assert_string_equal(sample->reasons[0], "x?");
	assert_string_equal(sample->view,
			    "{\"filter\":\"?]0;\",\"a\":[\"?\"]}");
	sample_free(sample);
}

/* Lines that are no samples, and how the reason begins. */
static const struct {
	const char *line, *error;
} refusals[] = {
	{ "", "column 1: not a JSON object" },
	{ "[]", "column 1: not a JSON object" },
	{ "{", "column 2: " },
	{ "{5:1}", "column 3: a key has to be a string" },
	{ "{\"a\" 1}", "column 6: ':' expected" },
	{ "{\"a\":1,}", "column " },
	{ "{\"a\":1 2}", "column 8: '}' expected" },
	{ "{\"a\":[{\"b\":1,\"b\":2}]}", "column " },
	{ HEAD "} x", "column 83: end of line expected" },
	{ "{\"flows\":[", "column " },
	{ "{\"flows\":[]", "column 12: '}' expected" },
	{ "{\"procs\":[{\"pid\":1} {}]}", "column 21: ']' expected" },
	{ HEAD ",\"flows\":[],\"flows\":[]}", "column " },
	{ HEAD ",\"flows\":{}}", "flows: expected an array" },
	{ HEAD ",\"flows\":[[]]}", "flows[0]: expected an object" },
	{ "{}", "no \"schema\": not a recording of mptop" },
	{ "{\"schema\":1}", "no \"schema\": not a recording" },
	{ "{\"schema\":\"mptop/2\"}",
	  "schema 'mptop/2' is not mptop/1" },
	{ "{\"schema\":\"a234567890123456789012345678901é\"}",
	  "schema 'a234567890123456789012345678901é' is not mptop/1" },
	{ "{\"schema\":\"mptop/1\"}", "seq: expected a whole number" },
	{ HEAD ",\"seq\":2}", "column " },
	{ HEAD ",\"host\":5}",
	  "host: expected a string of at most 64 KiB or null" },
	{ HEAD ",\"uptime_us\":-1}",
	  "uptime_us: expected a whole number from 0 to 2^53 or null" },
	{ HEAD ",\"uptime_us\":1.5}", "uptime_us: expected" },
	{ HEAD ",\"uptime_us\":9007199254740993}",
	  "uptime_us: expected" },
	{ HEAD ",\"uptime_us\":99999999999999999999}", "column " },
	{ HEAD ",\"demo\":1}", "demo: expected true or false" },
	{ HEAD ",\"config\":{\"demotion\":1}}",
	  "config.demotion: expected true or false or null" },
	{ HEAD ",\"config\":[]}", "config: expected an object" },
	{ HEAD ",\"sum\":{\"pages\":\"1\"}}", "sum.pages: expected" },
	{ HEAD ",\"vmstat\":{\"pgmigrate_fail\":-1}}",
	  "vmstat.pgmigrate_fail: expected" },
	{ HEAD ",\"probe\":{\"calls\":1}}", "probe.calls: expected" },
	{ HEAD ",\"nodes\":{}}", "nodes: expected an array" },
	{ HEAD ",\"nodes\":[7]}", "nodes[0]: expected an object" },
	{ HEAD ",\"nodes\":[{}]}", "nodes[0].id: expected a node id" },
	{ HEAD ",\"nodes\":[{\"id\":1024}]}", "nodes[0].id: expected" },
	{ HEAD ",\"nodes\":[{\"id\":1},{\"id\":1}]}",
	  "nodes[1]: node ids have to rise" },
	{ HEAD ",\"nodes\":[{\"id\":0}],\"distance\":[[1,2]]}",
	  "distance: expected 1 rows of 1 numbers or null" },
	{ HEAD ",\"nodes\":[{\"id\":0}],\"distance\":[[\"x\"]]}",
	  "distance: expected 1 rows" },
	{ HEAD ",\"procs\":[{\"pid\":0}]}",
	  "procs[0].pid: expected a pid" },
	{ HEAD ",\"procs\":[{\"pid\":null}]}",
	  "procs[0]: a process needs a pid or a start" },
	{ HEAD ",\"procs\":[{\"pid\":5,\"start_us\":1},{\"pid\":6},"
	       "{\"pid\":5,\"start_us\":1}]}",
	  "procs: pid 5 twice" },
	{ HEAD ",\"flows\":[{\"owner\":\"me\",\"pages\":1}]}",
	  "flows[0].owner: expected a kind of owner" },
	{ HEAD ",\"flows\":[{\"owner\":\"process\",\"pages\":1}]}",
	  "flows[0]: an owner of this kind needs a pid" },
	{ HEAD ",\"flows\":[{\"owner\":\"unknown\",\"pages\":1,"
	       "\"pid\":5}]}",
	  "flows[0]: an owner of this kind has no pid" },
	{ HEAD ",\"flows\":[{\"owner\":\"unknown\"}]}",
	  "flows[0].pages: expected" },
	{ HEAD ",\"flows\":[{\"owner\":\"unknown\",\"pages\":1,"
	       "\"reason\":3}]}",
	  "flows[0].reason: expected the name of a reason or null" },
	{ HEAD ",\"latency\":[{\"scope\":\"call\",\"log2_ns\":[-1]}]}",
	  "latency[0].log2_ns: expected" },
	{ HEAD ",\"events\":[{\"call\":5}]}",
	  "events[0].time: expected a time" },
	{ HEAD ",\"events\":[{\"time\":\"2026-02-30T13:00:01.204Z\"}]}",
	  "events[0].time: expected a time" },
	{ HEAD EVENT ",\"abi\":1}]}",
	  "events[0].abi: expected a string" },
	{ HEAD EVENT ",\"nothing\":{}}]}",
	  "events[0].nothing: expected a string" },
	{ HEAD EVENT ",\"stack\":[]}]}",
	  "events[0].stack: expected an object" },
	{ HEAD EVENT ",\"stack\":{\"kernel\":[1]}}]}",
	  "events[0].stack: expected an object" },
	{ HEAD EVENT ",\"stack\":{\"user\":{}}}]}",
	  "events[0].stack: expected an object" },
	{ HEAD EVENT ",\"stack\":{\"user\":[{\"offset\":-1}]}}]}",
	  "events[0].stack: expected an object" },
	{ HEAD EVENT ",\"statuses\":[]}]}",
	  "events[0].statuses: expected an object" },
	{ HEAD EVENT ",\"statuses\":{\"pages\":-1}}]}",
	  "events[0].statuses: expected an object" },
	{ HEAD EVENT ",\"statuses\":{\"errors\":{\"EIO\":\"x\"}}}]}",
	  "events[0].statuses: expected an object" },
	{ HEAD ",\"view\":[]}", "view: expected an object" },
};

static void refused(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
		char *error = read_wrong(refusals[i].line, strlen(refusals[i].line));

		if (strncmp(error, refusals[i].error, strlen(refusals[i].error)))
			fail_msg("row %zu: '%s' is not '%s'", i, error,
				 refusals[i].error);
		free(error);
	}
}

/* @n times @part between @first and @last. */
static char *repeat(const char *first, const char *part, size_t n,
		    const char *last)
{
	size_t length = strlen(part), i;
	char *text = xmalloc(strlen(first) + n * length + strlen(last) + 1);
	char *to = stpcpy(text, first);

	for (i = 0; i < n; i++)
		to = stpcpy(to, part);
	strcpy(to, last);
	return text;
}

static void too_much(void **state)
{
	static const struct {
		const char *first, *part;
		size_t n;
		const char *last, *error;
	} rows[] = {
		{ HEAD ",\"host\":\"", "x", 65537, "\"}", "host: expected" },
		{ HEAD ",\"nodes\":[{\"id\":0}", ",{\"id\":1}", 1024, "]}",
		  "nodes: 1025 are more than 1024" },
		{ HEAD ",\"x\":[0", ",0", 2100000, "]}", "too many values" },
		{ HEAD ",\"x\":", "[", 100000, "}", "column " },
		{ HEAD ",\"latency\":[{\"scope\":\"call\",\"log2_ns\":[0",
		  ",0", 64, "]}]}", "latency[0].log2_ns: expected" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char *line = repeat(rows[i].first, rows[i].part, rows[i].n,
				    rows[i].last);
		char *error = read_wrong(line, strlen(line));

		if (strncmp(error, rows[i].error, strlen(rows[i].error)))
			fail_msg("'%s' is not '%s'", error, rows[i].error);
		free(error);
		free(line);
	}
}

static void bytes_are_not_text(void **state)
{
	char line[] = HEAD ",\"host\":\"a_b\"}";
	char *error, *at = strchr(line, '_');

	(void)state;
	*at = '\0';
	error = read_wrong(line, sizeof(line) - 1);
	free(error);
	*at = '\xff';
	error = read_wrong(line, sizeof(line) - 1);
	free(error);
}

/* More reasons than there is room for are unknown, and never mixed up. */
static void reasons_stay(void **state)
{
	static const char *const lines[] = {
		HEAD ",\"flows\":[{\"owner\":\"unknown\",\"pages\":1,"
		     "\"reason\":\"a\"}]}",
		HEAD ",\"flows\":[{\"owner\":\"unknown\",\"pages\":1,"
		     "\"reason\":\"b\"},{\"owner\":\"unknown\",\"pages\":1,"
		     "\"reason\":\"a\"}]}",
		HEAD "}",
	};
	static const int reason[] = { 0, 1, -1 }, nr[] = { 1, 2, 2 };
	struct reader_reasons reasons = { .nr = 0 };
	char *error;
	int i;

	(void)state;
	for (i = 0; i < 3; i++) {
		struct sample *sample = reader_json(
			lines[i], strlen(lines[i]), &reasons, &error);

		assert_non_null(sample);
		assert_int_equal(sample->nr_reasons, nr[i]);
		if (sample->nr_flows)
			assert_int_equal(sample->flows[0].reason, reason[i]);
		sample_free(sample);
	}
	reader_reasons_clear(&reasons);
}

static uint32_t next_random(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*seed >> 33);
}

/* Changes a few places of @line of *@n bytes, which has room for more. */
static void mutate(char *line, size_t *n, uint64_t *seed)
{
	static const char tokens[] = "0\"-,:[]{}19nte\\\x1b\xff\x00 u";
	int changes = 1 + (int)(next_random(seed) % 4);

	while (changes-- > 0 && *n > 8) {
		size_t at = next_random(seed) % *n;
		size_t length = 1 + next_random(seed) % 40;

		if (length > *n - at)
			length = *n - at;
		switch (next_random(seed) % 4) {
		case 0:
			line[at] = (char)next_random(seed);
			break;
		case 1:
			line[at] = tokens[next_random(seed) %
					  (sizeof(tokens) - 1)];
			break;
		case 2: /* cut out */
			memmove(line + at, line + at + length,
				*n - at - length);
			*n -= length;
			break;
		default: /* double */
			memmove(line + at + length, line + at, *n - at);
			*n += length;
		}
	}
}

/* Takes the sample as mptop would; whatever it holds, nothing breaks. */
static void use(struct model *model, struct sample *sample)
{
	free(writer_json(sample));
	model_feed(model, sample);
	model_look(model, NULL);
	model_totals(model);
}

static void noise(void **state)
{
	const char *rounds = getenv("MPTOP_FUZZ_ROUNDS");
	int i, nr = rounds ? atoi(rounds) : 3000, taken = 0;
	struct reader_reasons reasons = { .nr = 0 };
	struct sample *whole = full_sample();
	struct model *model = model_new();
	char *line = writer_json(whole);
	size_t length = strlen(line);
	uint64_t seed = 1;

	(void)state;
	for (i = 0; i < nr; i++) {
		char *copy = xmalloc(length + 4 * 40);
		char *error = NULL;
		size_t n = length;
		struct sample *sample;

		memcpy(copy, line, length);
		mutate(copy, &n, &seed);
		sample = reader_json(copy, n, &reasons, &error);
		free(copy);
		assert_true(!sample == !!error);
		free(error);
		taken += sample != NULL;
		if (sample)
			use(model, sample);
	}
	/* Neither all nor none: the mutations are worth something. */
	assert_in_range(taken, nr / 100, nr / 2);
	reader_reasons_clear(&reasons);
	model_free(model);
	sample_free(whole);
	free(line);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(round_trip),
		cmocka_unit_test(other_order),
		cmocka_unit_test(least),
		cmocka_unit_test(other_keys_are_ignored),
		cmocka_unit_test(other_calls_are_left_out),
		cmocka_unit_test(texts_are_cleaned),
		cmocka_unit_test(refused),
		cmocka_unit_test(too_much),
		cmocka_unit_test(bytes_are_not_text),
		cmocka_unit_test(reasons_stay),
		cmocka_unit_test(noise),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
