/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * objects: what of BPF, kprobes and ftrace is in the kernel at this moment,
 * one "KIND COUNT" a line. Asks bpf(2) by number and reads tracefs and
 * debugfs, so that it shares nothing with mptop. What a kernel cannot tell
 * (links: before 5.8) is "-".
 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/bpf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static const struct {
	const char *name;
	int cmd;
} ids[] = {
	{ "programs", BPF_PROG_GET_NEXT_ID },
	{ "maps", BPF_MAP_GET_NEXT_ID },
	{ "links", BPF_LINK_GET_NEXT_ID },
	{ "btfs", BPF_BTF_GET_NEXT_ID },
};

/* A line each for what is hooked, but not for the kernel's own. */
static const struct {
	const char *name;
	const char *path;
} lists[] = {
	{ "kprobe_events", "/sys/kernel/tracing/kprobe_events" },
	{ "kprobes", "/sys/kernel/debug/kprobes/list" },
	{ "functions", "/sys/kernel/tracing/enabled_functions" },
};

/* Their number, -1 if this kernel has no such command. */
static int count_ids(int cmd)
{
	union bpf_attr attr;
	int n = 0;

	memset(&attr, 0, sizeof(attr));
	while (!syscall(SYS_bpf, cmd, &attr, sizeof(attr))) {
		attr.start_id = attr.next_id;
		n++;
	}
	if (errno == ENOENT)
		return n;
	if (errno == EINVAL)
		return -1;
	perror("objects: bpf");
	exit(1);
}

/* Lines of a file, -1 if it is not there. */
static int count_lines(const char *path)
{
	FILE *file = fopen(path, "re");
	int n = 0, c;

	if (!file)
		return -1;
	while ((c = getc(file)) != EOF)
		n += c == '\n';
	fclose(file);
	return n;
}

static void print(const char *name, int count)
{
	if (count < 0)
		printf("%s -\n", name);
	else
		printf("%s %d\n", name, count);
}

int main(void)
{
	size_t i;

	for (i = 0; i < sizeof(ids) / sizeof(ids[0]); i++)
		print(ids[i].name, count_ids(ids[i].cmd));
	for (i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		print(lists[i].name, count_lines(lists[i].path));
	return 0;
}
