/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Details: memory by node, its cgroup's and, if asked for, its own. It comes
 * from outside the samples, so that a replay has none.
 */
#include "details.h"

#include <stdio.h>

#include "units.h"

#define NODE_COLS 8
#define BYTES_COLS 10

static const char *const kind_name[NUMA_KINDS] = {
	[NUMA_ANON] = "ANON",
	[NUMA_FILE] = "FILE",
	[NUMA_MIXED] = "MIXED",
	[NUMA_HUGE] = "HUGETLB",
};

/* Of what memory is; its columns are the first @kinds. */
struct table {
	const struct details_memory *memory;
	int kinds;
};

static struct table table_of(const struct details_facts *facts, bool own)
{
	const struct details_world *world = facts->world;

	return (struct table){ own ? &world->maps : &world->cgroup,
			       own ? NUMA_KINDS : NUMA_FILE + 1 };
}

/* Head and nodes, or a line that says why there are none. */
static int table_lines(const struct table *table)
{
	return table->memory->is_known ?
		       (int)table->memory->numa.nr + 1 : 1;
}

static void draw_head(const struct table *table, struct canvas *canvas,
		      struct rect area)
{
	int kind;

	canvas_put(canvas, area.row, area.col, NODE_COLS, STYLE_HEADER,
		   "NODE");
	for (kind = 0; kind < table->kinds; kind++)
		canvas_put_right(canvas, area.row,
				 area.col + NODE_COLS + kind * BYTES_COLS,
				 BYTES_COLS, STYLE_HEADER, kind_name[kind]);
}

static void draw_node(const struct table *table, const struct numa_node *node,
		      struct canvas *canvas, struct rect area)
{
	char text[UNITS_CAP];
	int kind;

	snprintf(text, sizeof(text), "%d", node->id);
	canvas_put(canvas, area.row, area.col, NODE_COLS, STYLE_NORMAL, text);
	for (kind = 0; kind < table->kinds; kind++)
		canvas_put_right(canvas, area.row,
				 area.col + NODE_COLS + kind * BYTES_COLS,
				 BYTES_COLS,
				 node->bytes[kind] ? STYLE_NORMAL : STYLE_DIM,
				 units_bytes(text, sizeof(text),
					     node->bytes[kind]));
}

static void draw_table(const struct details_facts *facts,
		       const struct table *table, int line,
		       struct canvas *canvas, struct rect area)
{
	const struct details_memory *memory = table->memory;
	char text[160];

	if (!memory->is_known) {
		snprintf(text, sizeof(text), "- (%s)",
			 facts->screen->replay ? "not recorded" :
			 memory->why_not ? memory->why_not : "not read yet");
		canvas_put(canvas, area.row, area.col, area.cols, STYLE_DIM,
			   text);
	} else if (!line) {
		draw_head(table, canvas, area);
	} else {
		draw_node(table, &memory->numa.nodes[line - 1], canvas, area);
	}
}

static int cgroup_lines(const struct details_facts *facts)
{
	struct table table = table_of(facts, false);

	return facts->details->subject.owner == OWNER_PROCESS ?
		       table_lines(&table) : 0;
}

static void cgroup_draw_line(const struct details_facts *facts, int line,
			     struct canvas *canvas, struct rect area)
{
	struct table table = table_of(facts, false);

	draw_table(facts, &table, line, canvas, area);
}

static void cgroup_note(const struct details_facts *facts, char *dst,
			size_t cap)
{
	(void)facts;
	snprintf(dst, cap, "all of the cgroup's, not the process's alone");
}

const struct details_section details_memory_cgroup = {
	.name = "Memory of its cgroup by node",
	.note = cgroup_note,
	.lines = cgroup_lines,
	.draw_line = cgroup_draw_line,
};

static int own_lines(const struct details_facts *facts)
{
	struct table table = table_of(facts, true);

	return facts->details->subject.owner == OWNER_PROCESS ?
		       table_lines(&table) : 0;
}

static void own_draw_line(const struct details_facts *facts, int line,
			  struct canvas *canvas, struct rect area)
{
	struct table table = table_of(facts, true);

	draw_table(facts, &table, line, canvas, area);
}

static void own_note(const struct details_facts *facts, char *dst, size_t cap)
{
	const struct details_memory *maps = &facts->world->maps;

	if (!maps->is_known)
		snprintf(dst, cap, "M reads it, with --details=numa-maps");
	else
		snprintf(dst, cap, "as M read it; %zu mappings%s%s%s",
			 maps->numa.mappings,
			 maps->cut_off ? ", cut off: " : "",
			 maps->cut_off ? maps->cut_off : "",
			 maps->numa.bad_lines ? ", some not understood" : "");
}

const struct details_section details_memory_own = {
	.name = "Its own memory by node",
	.note = own_note,
	.lines = own_lines,
	.draw_line = own_draw_line,
};
