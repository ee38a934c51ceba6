/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which nodes there are: the scenarios take any layout that has enough. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "load.h"

#define MAXNODE 64

/* The text of a small file; empty if it cannot be read. */
void read_file(const char *path, char *text, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	size_t got = 0;
	ssize_t n;

	if (fd >= 0) {
		while (got < size - 1 &&
		       (n = read(fd, text + got, size - 1 - got)) > 0)
			got += n;
		close(fd);
	}
	text[got] = '\0';
}

/* A list as "0-1,3" to a mask. */
static unsigned long parse(const char *list)
{
	unsigned long mask = 0;
	long from, to;
	char *end;

	for (; *list; list = *end == ',' ? end + 1 : "") {
		from = to = strtol(list, &end, 10);
		if (end == list)
			break;
		if (*end == '-')
			to = strtol(end + 1, &end, 10);
		for (; from <= to && from < MAXNODE; from++)
			mask |= 1UL << from;
	}
	return mask;
}

static unsigned long nodes_with(const char *what)
{
	char path[64], text[256];

	snprintf(path, sizeof(path), "/sys/devices/system/node/%s", what);
	read_file(path, text, sizeof(text));
	return parse(text);
}

/* Without CONFIG_NUMA there is one node, and no such file. */
int node_at(int i)
{
	static unsigned long nodes;
	int node, last = 0;

	if (!nodes)
		nodes = nodes_with("has_memory");
	for (node = 0; node < MAXNODE && i >= 0; node++) {
		if (!(nodes >> node & 1))
			continue;
		last = node;
		i--;
	}
	return last;
}

int home_node(void)
{
	unsigned long nodes = nodes_with("has_memory") & nodes_with("has_cpu");

	return nodes ? MAXNODE - 1 - __builtin_clzl(nodes) : 0;
}

int spare_node(void)
{
	unsigned long nodes = nodes_with("has_memory") & ~(1UL << home_node());

	return nodes ? MAXNODE - 1 - __builtin_clzl(nodes) : home_node();
}

/*
 * The first whose memory is slower than that of node 0 by the kernel's own
 * tiers, of which a greater number is a slower one; none: negative.
 */
int slow_node(void)
{
	char path[96], text[256];
	int tier, fast = -1;

	for (tier = 0; tier < 256; tier++) {
		snprintf(path, sizeof(path),
			 "/sys/devices/virtual/memory_tiering/"
			 "memory_tier%d/nodelist", tier);
		read_file(path, text, sizeof(text));
		if (parse(text) & 1)
			fast = tier;
		else if (parse(text) && fast >= 0)
			return __builtin_ctzl(parse(text));
	}
	return -1;
}

void cannot(const char *reason, const char *config, const char *why)
{
	line("{\"cannot\":\"%s\",\"scenario\":\"%s\",\"config\":\"%s\","
	     "\"why\":\"%s\"}", reason, scenario_name, config, why);
	exit(77);
}

/* What a trace of the event would print is all the kernel knows. */
void need_reason(const char *reason)
{
	static const char event[] =
		"/sys/kernel/tracing/events/migrate/mm_migrate_pages/format";
	char text[8192], quoted[64];

	read_file(event, text, sizeof(text));
	snprintf(quoted, sizeof(quoted), "\"%s\"", reason);
	if (!*text)
		die(event);
	if (!strstr(text, quoted))
		cannot(reason, "", "no such reason");
}
