/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Three processes in two cgroups, of two users; a daemon moves some. */
#ifndef MPTOP_TESTS_MAKE_CROWD_H
#define MPTOP_TESTS_MAKE_CROWD_H

#include "make_sample.h"
#include "model.h"

#define CROWD_FLOWS 5
extern const struct make_flow crowd_flows[CROWD_FLOWS];

/* Interval @seq with all of them; sample_add_up() is the caller's. */
struct sample *make_crowd(uint64_t seq);

/* Gives process @pid, which is added if it is not there, user and cgroup. */
void make_names(struct sample *sample, int64_t pid, const char *user,
		const char *cgroup);

/* A model that was fed @sample, added up. */
struct model *crowd_model(struct sample *sample);

/* A view of all by @group. */
struct model_view view_by(enum model_group group);

/* The group named @name of what was looked at; fails if there is none. */
const struct model_row *group_of(const struct model *model, const char *name);

#endif
