/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Words by blanks. A file's name is one of them: seq_file_path() of the
 * kernel escapes blanks, tabs, line feeds and '=' in it ("\040").
 */
#include "proc_numa.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "sample.h"
#include "xalloc.h"

/* A huge page of 16 GiB is the largest that a kernel has. */
#define PAGE_KB_MAX (INT64_C(16) << 20)

/* A whole number at the end of @text, or -1. */
static int64_t number(const char *text)
{
	int64_t value = 0;

	if (!*text)
		return -1;
	for (; *text; text++)
		if (!isdigit((unsigned char)*text) ||
		    __builtin_mul_overflow(value, 10, &value) ||
		    __builtin_add_overflow(value, *text - '0', &value))
			return -1;
	return value;
}

/* "N3=12": the node into *@id; the number, or -1 if it is no such word. */
static int64_t node_word(char *word, int *id)
{
	char *equals = strchr(word, '=');
	int64_t node;

	if (word[0] != 'N' || !equals)
		return -1;
	*equals = '\0';
	node = number(word + 1);
	*equals = '=';
	if (node < 0 || node >= NUMA_NODES_MAX)
		return -1;
	*id = (int)node;
	return number(equals + 1);
}

static struct numa_node *node_at(struct numa_memory *memory, int id)
{
	size_t at = 0;

	while (at < memory->nr && memory->nodes[at].id < id)
		at++;
	if (at < memory->nr && memory->nodes[at].id == id)
		return &memory->nodes[at];
	memory->nodes = xreallocarray(memory->nodes, memory->nr + 1,
				      sizeof(*memory->nodes));
	memmove(&memory->nodes[at + 1], &memory->nodes[at],
		(memory->nr - at) * sizeof(*memory->nodes));
	memory->nr++;
	memory->nodes[at] = (struct numa_node){ .id = id };
	return &memory->nodes[at];
}

static void add(struct numa_memory *memory, int id, enum numa_kind kind,
		int64_t bytes)
{
	int64_t *sum = &node_at(memory, id)->bytes[kind];

	*sum = count_add(*sum, bytes);
}

/* Are all words after the name of the form that they have to be? */
static bool stat_line(char *rest, struct numa_memory *memory,
		      enum numa_kind kind)
{
	char *word;
	int64_t bytes;
	bool good = true;
	int id;

	while ((word = strsep(&rest, " "))) {
		if (!*word)
			continue;
		bytes = node_word(word, &id);
		if (bytes < 0)
			good = false;
		else
			add(memory, id, kind, bytes);
	}
	return good;
}

bool numa_stat_parse(char *text, struct numa_memory *memory)
{
	static const char *const name[] = {
		[NUMA_ANON] = "anon",
		[NUMA_FILE] = "file",
	};
	bool found = false;
	char *line, *word;
	int kind;

	while ((line = strsep(&text, "\n"))) {
		word = strsep(&line, " ");
		for (kind = NUMA_ANON; kind <= NUMA_FILE; kind++) {
			if (strcmp(word, name[kind]))
				continue;
			found = true;
			if (!line || !stat_line(line, memory, kind))
				memory->bad_lines++;
		}
	}
	return found;
}

/* What a line of numa_maps says beside its nodes. */
struct mapping {
	bool is_file;
	bool is_huge;
	int64_t anon;	 /* pages, 0 if not said */
	int64_t page_kb; /* 0: not said */
	int64_t pages;	 /* of all nodes */
};

/* False for a word that is not what it looks like. */
static bool mapping_word(struct mapping *mapping, char *word)
{
	int64_t pages;
	int id;

	if (!strncmp(word, "file=", 5)) {
		mapping->is_file = true;
	} else if (!strcmp(word, "huge")) {
		mapping->is_huge = true;
	} else if (!strncmp(word, "anon=", 5)) {
		mapping->anon = number(word + 5);
		return mapping->anon >= 0;
	} else if (!strncmp(word, "kernelpagesize_kB=", 18)) {
		mapping->page_kb = number(word + 18);
		return mapping->page_kb > 0 &&
		       mapping->page_kb <= PAGE_KB_MAX;
	} else if (word[0] == 'N' && isdigit((unsigned char)word[1])) {
		pages = node_word(word, &id);
		mapping->pages = pages < 0 ? UNKNOWN :
					     count_add(mapping->pages, pages);
		return pages >= 0;
	}
	return true;
}

static enum numa_kind mapping_kind(const struct mapping *mapping)
{
	if (mapping->is_huge)
		return NUMA_HUGE;
	if (!mapping->is_file)
		return NUMA_ANON;
	if (!mapping->anon)
		return NUMA_FILE;
	return mapping->anon == mapping->pages ? NUMA_ANON : NUMA_MIXED;
}

static int64_t pages_bytes(int64_t pages, int64_t page_kb)
{
	int64_t bytes;

	if (__builtin_mul_overflow(pages, page_kb * 1024, &bytes))
		return INT64_MAX;
	return bytes;
}

/* The words from @words on, before @end. */
static void add_nodes(struct numa_memory *memory,
		      const struct mapping *mapping, char *words,
		      const char *end)
{
	enum numa_kind kind = mapping_kind(mapping);
	char *word;
	int id;

	for (word = words; word < end; word += strlen(word) + 1) {
		int64_t pages = node_word(word, &id);

		if (pages >= 0)
			add(memory, id, kind,
			    pages_bytes(pages, mapping->page_kb));
	}
}

void numa_maps_line(char *line, struct numa_memory *memory)
{
	struct mapping mapping = { 0 };
	char *end = line + strlen(line), *rest = line, *word, *words;
	bool good = true;

	if (end > line && end[-1] == '\n')
		*--end = '\0';
	/* Address and policy come first. */
	strsep(&rest, " ");
	strsep(&rest, " ");
	words = rest;
	while ((word = strsep(&rest, " ")))
		good = mapping_word(&mapping, word) && good;
	if (mapping.pages && !mapping.page_kb)
		good = false;
	if (!good) {
		memory->bad_lines++;
		return;
	}
	if (!mapping.pages)
		return;
	memory->mappings++;
	add_nodes(memory, &mapping, words, end);
}

void numa_memory_clear(struct numa_memory *memory)
{
	free(memory->nodes);
	*memory = (struct numa_memory){ 0 };
}

int64_t numa_node_bytes(const struct numa_node *node)
{
	int64_t sum = 0;
	int kind;

	for (kind = 0; kind < NUMA_KINDS; kind++)
		sum = count_add(sum, node->bytes[kind]);
	return sum;
}
