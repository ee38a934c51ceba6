/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The tables of schema mptop/1, in the order of the contract, and its time. */
#include "schema.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define FIELD(name, form, type, member)                                    \
	{                                                                  \
		.key = (name), .kind = (form),                             \
		.offset = offsetof(struct type, member),                   \
	}
#define NEEDED(name, form, type, member)                                   \
	{                                                                  \
		.key = (name), .kind = (form), .required = true,           \
		.offset = offsetof(struct type, member),                   \
	}

const char *const schema_phase_name[] = {
	[PHASE_RUNNING] = "running",
	[PHASE_DONE] = "done",
};

const struct schema_field schema_top[] = {
	NEEDED("seq", SCHEMA_COUNT, sample, seq),
	NEEDED("time", SCHEMA_TIME, sample, time),
	NEEDED("interval_ns", SCHEMA_COUNT, sample, interval_ns),
	FIELD("uptime_us", SCHEMA_COUNT, sample, uptime_us),
	FIELD("host", SCHEMA_TEXT, sample, host.host),
	FIELD("kernel", SCHEMA_TEXT, sample, host.kernel),
	FIELD("arch", SCHEMA_TEXT, sample, host.arch),
	FIELD("page_size", SCHEMA_COUNT, sample, host.page_size),
	FIELD("boot_id", SCHEMA_TEXT, sample, host.boot_id),
	FIELD("demo", SCHEMA_BOOL, sample, demo),
	{ 0 },
};

static const struct schema_field config_fields[] = {
	FIELD("numa_balancing", SCHEMA_COUNT, sample, numa_balancing),
	FIELD("demotion", SCHEMA_FLAG, sample, demotion),
	{ 0 },
};

static const struct schema_field self_fields[] = {
	FIELD("cpu_ns", SCHEMA_COUNT, sample, self_cpu_ns),
	FIELD("bpf_ns", SCHEMA_COUNT, sample, self_bpf_ns),
	FIELD("rss_bytes", SCHEMA_COUNT, sample, self_rss_bytes),
	FIELD("pidns", SCHEMA_FLAG, sample, self_pidns),
	{ 0 },
};

static const struct schema_field node_fields[] = {
	NEEDED("id", SCHEMA_NODE, sample_node, id),
	FIELD("cpu_list", SCHEMA_TEXT, sample_node, cpu_list),
	FIELD("tier", SCHEMA_COUNT, sample_node, tier),
	FIELD("allowed", SCHEMA_FLAG, sample_node, allowed),
	FIELD("mem_total_bytes", SCHEMA_COUNT, sample_node, mem_total_bytes),
	FIELD("mem_free_bytes", SCHEMA_COUNT, sample_node, mem_free_bytes),
	FIELD("in_pages", SCHEMA_COUNT, sample_node, in_pages),
	FIELD("out_pages", SCHEMA_COUNT, sample_node, out_pages),
	FIELD("intra_pages", SCHEMA_COUNT, sample_node, intra_pages),
	{ 0 },
};

static const struct schema_field sum_fields[] = {
	FIELD("pages", SCHEMA_COUNT, sample, sum.pages),
	FIELD("folios", SCHEMA_COUNT, sample, sum.folios),
	FIELD("intra_pages", SCHEMA_COUNT, sample, sum.intra_pages),
	FIELD("nonlru_pages", SCHEMA_SIGNED, sample, sum.nonlru_pages),
	FIELD("hugetlb_uncounted_pages", SCHEMA_COUNT, sample,
	      sum.hugetlb_uncounted_pages),
	FIELD("in_flight_pages", SCHEMA_COUNT, sample, sum.in_flight_pages),
	FIELD("failed_pages", SCHEMA_COUNT, sample, sum.failed_pages),
	FIELD("stall_ns", SCHEMA_COUNT, sample, sum.stall_ns),
	FIELD("thp_split", SCHEMA_COUNT, sample, sum.thp_split),
	FIELD("large_folio_split", SCHEMA_COUNT, sample, sum.large_folio_split),
	{ 0 },
};

static const struct schema_field proc_fields[] = {
	FIELD("pid", SCHEMA_PID, sample_proc, id.pid),
	FIELD("start_us", SCHEMA_COUNT, sample_proc, id.start_us),
	FIELD("comm", SCHEMA_TEXT, sample_proc, comm),
	FIELD("cmdline", SCHEMA_TEXT, sample_proc, cmdline),
	FIELD("uid", SCHEMA_COUNT, sample_proc, uid),
	FIELD("user", SCHEMA_TEXT, sample_proc, user),
	FIELD("cgroup", SCHEMA_TEXT, sample_proc, cgroup),
	FIELD("container", SCHEMA_TEXT, sample_proc, container),
	FIELD("vm", SCHEMA_TEXT, sample_proc, vm),
	FIELD("nspid", SCHEMA_COUNT, sample_proc, nspid),
	FIELD("stall_ns", SCHEMA_COUNT, sample_proc, stall_ns),
	FIELD("failed_pages", SCHEMA_COUNT, sample_proc, failed_pages),
	{ 0 },
};

static const struct schema_field flow_fields[] = {
	NEEDED("owner", SCHEMA_OWNER, sample_flow, owner),
	FIELD("pid", SCHEMA_PID, sample_flow, process.pid),
	FIELD("start_us", SCHEMA_COUNT, sample_flow, process.start_us),
	FIELD("mover_pid", SCHEMA_PID, sample_flow, mover.pid),
	FIELD("mover_start_us", SCHEMA_COUNT, sample_flow, mover.start_us),
	FIELD("src", SCHEMA_NODE, sample_flow, src),
	FIELD("dst", SCHEMA_NODE, sample_flow, dst),
	FIELD("reason", SCHEMA_REASON, sample_flow, reason),
	FIELD("folios", SCHEMA_COUNT, sample_flow, folios),
	NEEDED("pages", SCHEMA_COUNT, sample_flow, pages),
	{ 0 },
};

static const struct schema_field failure_fields[] = {
	FIELD("pid", SCHEMA_PID, sample_failure, process.pid),
	FIELD("start_us", SCHEMA_COUNT, sample_failure, process.start_us),
	FIELD("mover_pid", SCHEMA_PID, sample_failure, mover.pid),
	FIELD("mover_start_us", SCHEMA_COUNT, sample_failure, mover.start_us),
	FIELD("reason", SCHEMA_REASON, sample_failure, reason),
	FIELD("errno", SCHEMA_COUNT, sample_failure, error),
	NEEDED("pages", SCHEMA_COUNT, sample_failure, pages),
	{ 0 },
};

static const struct schema_field latency_fields[] = {
	NEEDED("scope", SCHEMA_SCOPE, sample_latency, scope),
	FIELD("pid", SCHEMA_PID, sample_latency, process.pid),
	FIELD("start_us", SCHEMA_COUNT, sample_latency, process.start_us),
	FIELD("reason", SCHEMA_REASON, sample_latency, reason),
	FIELD("count", SCHEMA_COUNT, sample_latency, count),
	FIELD("sum_ns", SCHEMA_COUNT, sample_latency, sum_ns),
	FIELD("max_ns", SCHEMA_COUNT, sample_latency, max_ns),
	FIELD("log2_ns", SCHEMA_LOG2, sample_latency, log2_ns),
	{ 0 },
};

/* "call" before the arguments and "ret" before "errno": they depend on it. */
static const struct schema_field event_fields[] = {
	NEEDED("time", SCHEMA_TIME, sample_event, time),
	NEEDED("call", SCHEMA_CALL, sample_event, call),
	NEEDED("phase", SCHEMA_PHASE, sample_event, phase),
	FIELD("abi", SCHEMA_ABI, sample_event, abi),
	FIELD("pid", SCHEMA_PID, sample_event, caller.pid),
	FIELD("tid", SCHEMA_PID, sample_event, tid),
	FIELD("start_us", SCHEMA_COUNT, sample_event, caller.start_us),
	FIELD("target_pid", SCHEMA_PID, sample_event, target.pid),
	FIELD("target_start_us", SCHEMA_COUNT, sample_event, target.start_us),
	FIELD("args", SCHEMA_ARGS, sample_event, args),
	FIELD("at_entry", SCHEMA_ARGS, sample_event, at_entry),
	FIELD("effective", SCHEMA_ARGS, sample_event, effective),
	FIELD("marks", SCHEMA_MARKS, sample_event, marks),
	FIELD("ret", SCHEMA_SIGNED, sample_event, ret),
	FIELD("errno", SCHEMA_ERRNO, sample_event, error),
	FIELD("duration_ns", SCHEMA_COUNT, sample_event, duration_ns),
	FIELD("moved_pages", SCHEMA_COUNT, sample_event, moved_pages),
	FIELD("nothing", SCHEMA_NOTHING, sample_event, nothing),
	FIELD("statuses", SCHEMA_STATUSES, sample_event, statuses),
	FIELD("stack", SCHEMA_STACK, sample_event, stack),
	{ 0 },
};

#define OBJECT(name, table)                                                \
	{                                                                  \
		.key = (name), .shape = SHAPE_OBJECT, .fields = (table),   \
	}
#define NAMED(name, table, form, nr, member)                               \
	{                                                                  \
		.key = (name), .shape = SHAPE_NAMED, .names = (table),     \
		.kind = (form), .count = (nr),                             \
		.offset = offsetof(struct sample, member),                 \
		.size = sizeof(((struct sample *)NULL)->member[0]),        \
	}
#define LIST(name, table, type, member)                                    \
	{                                                                  \
		.key = (name), .shape = SHAPE_LIST, .fields = (table),     \
		.offset = offsetof(struct sample, member),                 \
		.nr_offset = offsetof(struct sample, nr_##member),         \
		.size = sizeof(struct type),                               \
	}

const struct schema_section schema_sections[] = {
	OBJECT("config", config_fields),
	OBJECT("self", self_fields),
	NAMED("probe", sample_probe_name, SCHEMA_TEXT, PROBE_COUNT, probe),
	LIST("nodes", node_fields, sample_node, nodes),
	{ .key = "distance", .shape = SHAPE_DISTANCE },
	OBJECT("sum", sum_fields),
	NAMED("vmstat", sample_vmstat_name, SCHEMA_COUNT, VMSTAT_COUNT, vmstat),
	NAMED("lost", sample_lost_name, SCHEMA_COUNT, LOST_COUNT, lost),
	LIST("procs", proc_fields, sample_proc, procs),
	LIST("flows", flow_fields, sample_flow, flows),
	LIST("failures", failure_fields, sample_failure, failures),
	LIST("latency", latency_fields, sample_latency, latency),
	LIST("events", event_fields, sample_event, events),
	{ 0 },
};

void schema_time_format(struct timespec time, char dst[SCHEMA_TIME_CAP])
{
	struct tm tm = { 0 };
	size_t n;

	gmtime_r(&time.tv_sec, &tm);
	n = strftime(dst, SCHEMA_TIME_CAP, "%Y-%m-%dT%H:%M:%S", &tm);
	snprintf(dst + n, SCHEMA_TIME_CAP - n, ".%03uZ",
		 (unsigned int)(time.tv_nsec / 1000000) % 1000);
}

/* The number of the @n digits at @text, or -1. */
static int digits(const char *text, int n)
{
	int value = 0;

	for (; n > 0; n--, text++) {
		if (*text < '0' || *text > '9')
			return -1;
		value = value * 10 + (*text - '0');
	}
	return value;
}

int schema_time_parse(const char *text, struct timespec *time)
{
	struct tm tm = { 0 };
	char again[SCHEMA_TIME_CAP];

	if (strlen(text) != SCHEMA_TIME_CAP - 1)
		return -EINVAL;
	tm.tm_year = digits(text, 4) - 1900;
	tm.tm_mon = digits(text + 5, 2) - 1;
	tm.tm_mday = digits(text + 8, 2);
	tm.tm_hour = digits(text + 11, 2);
	tm.tm_min = digits(text + 14, 2);
	tm.tm_sec = digits(text + 17, 2);
	time->tv_sec = timegm(&tm);
	time->tv_nsec = (long)digits(text + 20, 3) * 1000000;
	/* Whatever was no date, or no digit, comes out different. */
	schema_time_format(*time, again);
	return strcmp(text, again) ? -EINVAL : 0;
}
