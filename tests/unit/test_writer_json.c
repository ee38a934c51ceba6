/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The exact line that a sample gives, and what happens to failing writes. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "call.h"
#include "full_sample.h"
#include "schema.h"
#include "stack.h"
#include "writer_json.h"
#include "xalloc.h"

static void empty_sample(void **state)
{
	struct sample *sample = sample_new();
	char *line;

	(void)state;
	sample->seq = 7;
	sample->time = (struct timespec){ 1769864401, 204999999 };
	line = writer_json(sample);
	assert_string_equal(
		line,
		"{\"schema\":\"mptop/1\",\"mptop\":\"" PACKAGE_VERSION "\","
		"\"seq\":7,\"time\":\"2026-01-31T13:00:01.204Z\","
		"\"interval_ns\":null,\"uptime_us\":null,\"host\":null,"
		"\"kernel\":null,\"arch\":null,\"page_size\":null,"
		"\"boot_id\":null,\"demo\":false,"
		"\"config\":{\"numa_balancing\":null,\"demotion\":null},"
		"\"self\":{\"cpu_ns\":null,\"bpf_ns\":null,"
		"\"rss_bytes\":null,\"pidns\":null},"
		"\"probe\":{\"calls\":null,\"folios\":null,\"owner\":null,"
		"\"reason\":null,\"latency\":null,\"failures\":null},"
		"\"nodes\":[],\"distance\":[],"
		"\"sum\":{\"pages\":null,\"folios\":null,"
		"\"intra_pages\":null,\"nonlru_pages\":null,"
		"\"hugetlb_uncounted_pages\":null,"
		"\"in_flight_pages\":null,\"failed_pages\":null,"
		"\"stall_ns\":null,\"thp_split\":null,"
		"\"large_folio_split\":null},"
		"\"vmstat\":{\"pgmigrate_success\":null,"
		"\"pgmigrate_fail\":null,\"thp_migration_success\":null,"
		"\"thp_migration_split\":null,"
		"\"numa_pages_migrated\":null,\"numa_hint_faults\":null,"
		"\"numa_hint_faults_local\":null,\"pgpromote_success\":null,"
		"\"pgdemote_kswapd\":null,\"pgdemote_direct\":null,"
		"\"pgdemote_khugepaged\":null,\"pgdemote_proactive\":null},"
		"\"lost\":{\"events\":null,\"calls\":null,\"folios\":null,"
		"\"flow_pages\":null},"
		"\"procs\":[],\"flows\":[],\"failures\":[],\"latency\":[],"
		"\"events\":[]}");
	free(line);
	sample_free(sample);
}

/* Writes @sample and checks that @part is in the line. */
static void check_part(const struct sample *sample, const char *part)
{
	char *line = writer_json(sample);

	if (!strstr(line, part))
		fail_msg("no %s in %s", part, line);
	free(line);
}

static void flow(void **state)
{
	struct sample *sample = sample_new();
	struct sample_flow *flow = sample_add_flow(sample);

	(void)state;
	*flow = (struct sample_flow){
		.owner = OWNER_UNMAPPED, .src = NODE_UNKNOWN, .dst = 3,
		.process.start_us = UNKNOWN, .mover = { 812, 5 },
		.reason = sample_reason(sample, "compaction"),
		.folios = UNKNOWN, .pages = 512,
	};
	check_part(sample,
		   "{\"owner\":\"unmapped\",\"pid\":null,\"start_us\":null,"
		   "\"mover_pid\":812,\"mover_start_us\":5,\"src\":null,"
		   "\"dst\":3,\"reason\":\"compaction\",\"folios\":null,"
		   "\"pages\":512}");
	flow->reason = 9; /* never let into the line as a number */
	check_part(sample, "\"reason\":null");
	sample_free(sample);
}

static void event(void **state)
{
	struct sample *sample = sample_new();
	struct sample_event *event = sample_add_event(sample);
	int pid = 0, nodes = 2;

	(void)state;
	event->time = (struct timespec){ 0, 0 };
	event->call = CALL_MIGRATE_PAGES;
	event->phase = PHASE_DONE;
	event->caller = (struct process_id){ 812, 4 };
	event->tid = 813;
	event->target.start_us = UNKNOWN;
	event->marks = MARK_TOCTOU | MARK_UNREADABLE;
	event->ret = 17;
	event->duration_ns = 1460000000;
	event->abi = ABI_IA32;
	event->moved_pages = 31;
	event->nothing = NOTHING_SAME_NODES;
	event->statuses = (struct sample_statuses){
		9, 7, UNKNOWN, { [0] = 3, [EBUSY] = 1 },
	};
	assert_string_equal(call_table[event->call].arg[pid].name, "pid");
	event->args.value[pid] = xstrdup("4242");
	event->args.value[nodes] = xstrdup("0-1");
	check_part(sample,
		   "{\"time\":\"1970-01-01T00:00:00.000Z\","
		   "\"call\":\"migrate_pages\",\"phase\":\"done\","
		   "\"abi\":\"ia32\",\"pid\":812,"
		   "\"tid\":813,\"start_us\":4,\"target_pid\":null,"
		   "\"target_start_us\":null,"
		   "\"args\":{\"pid\":4242,\"old_nodes\":\"0-1\"},"
		   "\"at_entry\":null,\"effective\":null,"
		   "\"marks\":[\"toctou\",\"unreadable\"],\"ret\":17,"
		   "\"errno\":null,\"duration_ns\":1460000000,"
		   "\"moved_pages\":31,\"nothing\":\"same_nodes\","
		   "\"statuses\":{\"pages\":9,\"moved\":7,"
		   "\"already\":null,"
		   "\"errors\":{\"other\":3,\"EBUSY\":1}},"
		   "\"stack\":null}");
	event->abi = ABI_UNKNOWN;
	event->nothing = NOTHING_NONE;
	event->statuses.pages = UNKNOWN;
	check_part(sample, "\"abi\":null");
	check_part(sample, "\"nothing\":null,\"statuses\":null,"
		   "\"stack\":null}");
	event->ret = -1;
	event->error = EPERM;
	check_part(sample, "\"ret\":-1,\"errno\":1,");
	event->ret = UNKNOWN;
	event->error = UNKNOWN;
	event->phase = PHASE_RUNNING;
	check_part(sample, "\"phase\":\"running\"");
	check_part(sample, "\"ret\":null,\"errno\":null,");
	sample_free(sample);
}

static void event_stack(void **state)
{
	struct sample *sample = sample_new();
	struct sample_event *event = sample_add_event(sample);
	struct sample_frame *frame;

	(void)state;
	event->call = CALL_MIGRATE_PAGES;
	event->stack = xcalloc(1, sizeof(*event->stack));
	check_part(sample, "\"stack\":{\"kernel\":null,\"user\":null}}");
	event->stack->has_kernel = event->stack->has_user = true;
	stack_add_kernel(event->stack, xstrdup("migrate_pages+0x0"));
	frame = stack_add_user(event->stack);
	frame->build_id = xstrdup("0123");
	frame->offset = 4660;
	stack_add_user(event->stack)->address = 1LL << 53;
	stack_add_user(event->stack)->address = (1LL << 53) + 1;
	check_part(sample,
		   "\"stack\":{\"kernel\":[\"migrate_pages+0x0\"],"
		   "\"user\":[{\"build_id\":\"0123\",\"offset\":4660,"
		   "\"address\":null,\"file\":null,\"symbol\":null},"
		   "{\"build_id\":null,\"offset\":null,"
		   "\"address\":9007199254740992,\"file\":null,"
		   "\"symbol\":null},"
		   "{\"build_id\":null,\"offset\":null,\"address\":null,"
		   "\"file\":null,\"symbol\":null}]}}");
	sample_free(sample);
}

/* A number that JSON readers would round is text. */
static void large_number(void **state)
{
	static const struct {
		const char *value, *part;
	} rows[] = {
		{ "9007199254740992", "\"pid\":9007199254740992}" },
		{ "9007199254740993", "\"pid\":\"9007199254740993\"}" },
		{ "18446744073709551615", "\"pid\":\"18446744073709551615\"" },
		{ "-1", "\"pid\":-1}" },
		{ "0x10", "\"pid\":\"0x10\"}" },
		{ "", "\"pid\":\"\"}" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct sample *sample = sample_new();
		struct sample_event *event = sample_add_event(sample);

		event->args.value[0] = xstrdup(rows[i].value);
		check_part(sample, rows[i].part);
		sample_free(sample);
	}
}

static void latency_is_trimmed(void **state)
{
	struct sample *sample = sample_new();
	struct sample_latency *latency = sample_add_latency(sample);

	(void)state;
	latency->log2_ns[2] = 5;
	latency->reason = REASON_UNKNOWN;
	check_part(sample, "\"log2_ns\":[0,0,5]}");
	latency->log2_ns[2] = 0;
	check_part(sample, "\"log2_ns\":[]}");
	latency->log2_ns[SAMPLE_LOG2_MAX - 1] = 1;
	check_part(sample, ",0,0,1]}");
	sample_free(sample);
}

static void distance(void **state)
{
	struct sample *sample = sample_new();

	(void)state;
	sample_set_nodes(sample, 2);
	sample->nodes[1].id = 1;
	sample->distance[0] = 10;
	sample->distance[1] = 21;
	sample->distance[3] = 10;
	check_part(sample, "\"distance\":[[10,21],[null,10]]");
	sample_free(sample);
}

static void view_is_last(void **state)
{
	struct sample *sample = sample_new();

	(void)state;
	sample->view = xstrdup("{ \"sort\": \"rate\" }");
	check_part(sample, "\"events\":[],\"view\":{\"sort\":\"rate\"}}");
	strcpy(sample->view, "{ broken");
	check_part(sample, "\"events\":[]}");
	sample_free(sample);
}

static void is_ascii(void **state)
{
	struct sample *sample = full_sample();
	char *line, *at;

	(void)state;
	free(sample->host.host);
	sample->host.host = xstrdup("h\xc3\xa9\xe2\x82\xac");
	free(sample->host.arch);
	sample->host.arch = xstrdup("not utf-8: \xff");
	line = writer_json(sample);
	for (at = line; *at; at++)
		assert_in_range(*at, 0x20, 0x7e);
	assert_non_null(strstr(line, "\"host\":\"h\\u00E9\\u20AC\""));
	assert_non_null(strstr(line, "\"arch\":null"));
	free(line);
	sample_free(sample);
}

static void line_is_the_same(void **state)
{
	struct sample *sample = full_sample();
	char *line = writer_json(sample), *text = NULL;
	size_t size = 0, length = strlen(line);
	FILE *out = open_memstream(&text, &size);

	(void)state;
	assert_int_equal(writer_json_line(sample, out), 0);
	fclose(out);
	assert_int_equal(size, length + 1);
	assert_memory_equal(text, line, length);
	assert_int_equal(text[length], '\n');
	free(text);
	free(line);
	sample_free(sample);
}

static void full_disk(void **state)
{
	struct sample *sample = sample_new();
	FILE *out = fopen("/dev/full", "w");

	(void)state;
	if (!out) {
		print_message("[  SKIPPED ] there is no /dev/full\n");
		sample_free(sample);
		skip();
	}
	assert_int_equal(writer_json_line(sample, out), -ENOSPC);
	fclose(out);
	sample_free(sample);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(empty_sample),
		cmocka_unit_test(flow),
		cmocka_unit_test(event),
		cmocka_unit_test(event_stack),
		cmocka_unit_test(large_number),
		cmocka_unit_test(latency_is_trimmed),
		cmocka_unit_test(distance),
		cmocka_unit_test(view_is_last),
		cmocka_unit_test(is_ascii),
		cmocka_unit_test(line_is_the_same),
		cmocka_unit_test(full_disk),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
