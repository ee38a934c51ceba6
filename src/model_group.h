/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Groups of a look while its rows are made. Private to the model. */
#ifndef MPTOP_MODEL_GROUP_H
#define MPTOP_MODEL_GROUP_H

#include "model_state.h"

#define NO_GROUP SIZE_MAX

struct group {
	size_t first; /* unit, or NO_GROUP */
	bool is_busy; /* some member is, or the mover */
};

struct groups {
	struct tally index; /* (name or mover, 0): number of a group + 1 */
	struct tally sums;
	struct model_row *rows; /* of each group, until they are sorted */
	struct group *group;
	size_t nr;
	size_t cap;
	size_t *next;	/* of each unit: the next of its group */
	size_t *of;	/* of each unit: its group */
	size_t units_cap;
};

/* Stands for the name or mover that is not known. */
extern const char group_nameless[];

/* Groups the units as @view asks; look->groups, for this look. */
struct groups *groups_make(struct model *model, const struct model_view *view);

/* One more row beside the groups' own: of a unit that is in none. */
void groups_take_single(struct groups *groups, const struct model_row *unit);

#endif
