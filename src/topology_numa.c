/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The topology of the machine it runs on. libnuma says which nodes are
 * configured and allowed, how far they are and how large; sysfs says which of
 * them are online now and which CPUs and memory tier they have. Every path
 * read here is the kernel's own.
 */
#include "topology.h"

#include <dirent.h>
#include <numa.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "xalloc.h"

#define SYSFS_NODE "/sys/devices/system/node"
#define SYSFS_TIERS "/sys/devices/virtual/memory_tiering"
#define SYSFS_LINE 4096

struct topology_node {
	int id;
	char *cpu_list;
	int64_t tier;
	int64_t mem_total_bytes;
	int64_t mem_free_bytes;
};

struct topology {
	bool numa; /* libnuma works here */
	struct nodeset configured;
	struct nodeset allowed;
	struct nodeset online;
	struct topology_node *nodes;
	size_t nr_nodes;
	int *distance;
};

/* Reads one line of a kernel file; false, and "" if it is not there. */
static bool sysfs_line(const char *path, char line[SYSFS_LINE])
{
	FILE *file = fopen(path, "re");
	bool ok = false;

	line[0] = '\0';
	if (!file)
		return false;
	if (fgets(line, SYSFS_LINE, file)) {
		line[strcspn(line, "\n")] = '\0';
		ok = true;
	}
	fclose(file);
	return ok;
}

static void nodeset_of_bitmask(const struct bitmask *mask, struct nodeset *set)
{
	unsigned int i;

	memset(set, 0, sizeof(*set));
	for (i = 0; mask && i < mask->size; i++)
		if (numa_bitmask_isbitset(mask, i))
			nodeset_add(set, i);
}

static void online_read(struct nodeset *online)
{
	char line[SYSFS_LINE];

	if (sysfs_line(SYSFS_NODE "/online", line) &&
	    !nodeset_parse(line, online, NULL) && !nodeset_is_empty(online))
		return;
	memset(online, 0, sizeof(*online));
	nodeset_add(online, 0);
}

static int64_t tier_of(int node)
{
	char path[512], line[SYSFS_LINE];
	struct dirent *entry;
	struct nodeset set;
	int64_t tier = UNKNOWN;
	DIR *dir = opendir(SYSFS_TIERS);
	int number;

	if (!dir)
		return UNKNOWN;
	while (tier == UNKNOWN && (entry = readdir(dir))) {
		if (sscanf(entry->d_name, "memory_tier%d", &number) != 1)
			continue;
		snprintf(path, sizeof(path), SYSFS_TIERS "/%s/nodelist",
			 entry->d_name);
		if (sysfs_line(path, line) &&
		    !nodeset_parse(line, &set, NULL) && nodeset_has(&set, node))
			tier = number;
	}
	closedir(dir);
	return tier;
}

static void node_refresh(const struct topology *topology,
			 struct topology_node *node)
{
	char path[128], line[SYSFS_LINE];
	long long free_bytes = 0, total;

	snprintf(path, sizeof(path), SYSFS_NODE "/node%d/cpulist", node->id);
	if (sysfs_line(path, line)) {
		free(node->cpu_list);
		node->cpu_list = xstrdup(line);
	}
	node->mem_total_bytes = UNKNOWN;
	node->mem_free_bytes = UNKNOWN;
	if (!topology->numa)
		return;
	/* Not cached by libnuma: it reads the node's meminfo each time. */
	total = numa_node_size64(node->id, &free_bytes);
	if (total < 0)
		return;
	node->mem_total_bytes = total;
	node->mem_free_bytes = free_bytes;
}

/* libnuma knows no node that came after it was loaded; sysfs does. */
static int distance_of(const struct topology *topology, size_t from, size_t to)
{
	const struct topology_node *a = &topology->nodes[from];
	const struct topology_node *b = &topology->nodes[to];
	char path[128], line[SYSFS_LINE], *rest = line;
	long value = 0;
	size_t i;

	if (topology->numa && nodeset_has(&topology->configured, a->id) &&
	    nodeset_has(&topology->configured, b->id))
		return numa_distance(a->id, b->id);
	snprintf(path, sizeof(path), SYSFS_NODE "/node%d/distance", a->id);
	if (!sysfs_line(path, line))
		return from == to ? 10 : 0;
	/* The file has one number for each online node, in rising order. */
	for (i = 0; i <= to; i++)
		value = strtol(rest, &rest, 10);
	return value;
}

static void nodes_drop(struct topology *topology)
{
	size_t i;

	for (i = 0; i < topology->nr_nodes; i++)
		free(topology->nodes[i].cpu_list);
	free(topology->nodes);
	free(topology->distance);
	topology->nodes = NULL;
	topology->distance = NULL;
	topology->nr_nodes = 0;
}

/* Makes the list of nodes anew, for the set that is online. */
static void nodes_make(struct topology *topology)
{
	size_t i, j, n = 0;
	int id;

	nodes_drop(topology);
	for (id = 0; id < NODESET_MAX; id++)
		n += nodeset_has(&topology->online, id);
	topology->nodes = xcalloc(n, sizeof(*topology->nodes));
	topology->distance = xcalloc(n * n, sizeof(*topology->distance));
	for (id = 0; id < NODESET_MAX; id++) {
		if (!nodeset_has(&topology->online, id))
			continue;
		topology->nodes[topology->nr_nodes].id = id;
		topology->nodes[topology->nr_nodes].cpu_list = xstrdup("");
		topology->nr_nodes++;
	}
	for (i = 0; i < n; i++)
		for (j = 0; j < n; j++)
			topology->distance[i * n + j] =
				distance_of(topology, i, j);
	for (i = 0; i < n; i++)
		topology->nodes[i].tier = tier_of(topology->nodes[i].id);
}

struct topology *topology_open(void)
{
	struct topology *topology = xcalloc(1, sizeof(*topology));

	topology->numa = numa_available() >= 0;
	if (topology->numa) {
		nodeset_of_bitmask(numa_nodes_ptr, &topology->configured);
		nodeset_of_bitmask(numa_all_nodes_ptr, &topology->allowed);
	} else {
		nodeset_add(&topology->configured, 0);
		nodeset_add(&topology->allowed, 0);
	}
	topology_refresh(topology);
	return topology;
}

void topology_close(struct topology *topology)
{
	if (!topology)
		return;
	nodes_drop(topology);
	free(topology);
}

void topology_refresh(struct topology *topology)
{
	struct nodeset online;
	size_t i;

	online_read(&online);
	if (memcmp(&online, &topology->online, sizeof(online))) {
		topology->online = online;
		nodes_make(topology);
	}
	for (i = 0; i < topology->nr_nodes; i++)
		node_refresh(topology, &topology->nodes[i]);
}

void topology_fill(const struct topology *topology, struct sample *sample)
{
	size_t i, n = topology->nr_nodes;
	const struct topology_node *node;

	sample_set_nodes(sample, n);
	for (i = 0; i < n; i++) {
		node = &topology->nodes[i];
		sample->nodes[i].id = node->id;
		sample->nodes[i].cpu_list = xstrdup(node->cpu_list);
		sample->nodes[i].tier = node->tier;
		sample->nodes[i].allowed =
			nodeset_has(&topology->allowed, node->id);
		sample->nodes[i].mem_total_bytes = node->mem_total_bytes;
		sample->nodes[i].mem_free_bytes = node->mem_free_bytes;
	}
	memcpy(sample->distance, topology->distance,
	       n * n * sizeof(*sample->distance));
}

const struct nodeset *topology_configured(const struct topology *topology)
{
	return &topology->configured;
}

const struct nodeset *topology_allowed(const struct topology *topology)
{
	return &topology->allowed;
}
