/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "make_crowd.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "xalloc.h"

const struct make_flow crowd_flows[CROWD_FLOWS] = {
	{ 10, "db", 0, NULL, 0, 1, "numa_misplaced", 100 },
	{ 11, "db", 0, NULL, 0, 1, "numa_misplaced", 60 },
	{ 11, "db", 81, "kat", 1, 2, "syscall", 120 },
	{ 12, "web", 81, "kat", 1, 2, "syscall", 30 },
	{ 12, "web", 12, "web", 2, 0, "numa_misplaced", 5 },
};

static void set(char **held, const char *text)
{
	free(*held);
	*held = text ? xstrdup(text) : NULL;
}

void make_names(struct sample *sample, int64_t pid, const char *user,
		 const char *cgroup)
{
	struct sample_proc *proc = make_proc(sample, pid, "");

	set(&proc->user, user);
	set(&proc->cgroup, cgroup);
}

struct sample *make_crowd(uint64_t seq)
{
	struct sample *sample = make_sample(3, seq);
	size_t i;

	for (i = 0; i < CROWD_FLOWS; i++)
		make_flow(sample, &crowd_flows[i]);
	make_names(sample, 10, "ann", "/db");
	make_names(sample, 11, "bob", "/db");
	make_names(sample, 12, "bob", "/web");
	make_names(sample, 81, "root", "/kat");
	make_proc(sample, 10, "")->stall_ns = 7;
	make_proc(sample, 11, "")->stall_ns = 20;
	make_proc(sample, 11, "")->failed_pages = 4;
	make_proc(sample, 81, "")->stall_ns = 1000;
	return sample;
}

struct model *crowd_model(struct sample *sample)
{
	struct model *model = model_new();

	sample_add_up(sample);
	model_feed(model, sample);
	return model;
}

struct model_view view_by(enum model_group group)
{
	return (struct model_view){ .node = NODE_UNKNOWN, .group = group };
}

const struct model_row *group_of(const struct model *model,
				 const char *name)
{
	size_t i, nr;
	const struct model_row *rows = model_rows(model, &nr);

	for (i = 0; i < nr; i++)
		if (rows[i].group != GROUP_OWNER &&
		    !strcmp(rows[i].comm, name))
			return &rows[i];
	fail_msg("no group %s in %zu rows", name, nr);
	return NULL;
}
