/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From the kernel side's record of a call to an event: arguments, marks and
 * what it did. Pure; who its processes are is not its business.
 */
#ifndef MPTOP_CALL_DECODE_H
#define MPTOP_CALL_DECODE_H

#include "nodeset.h"
#include "sample.h"

struct mptop_call; /* bpf/mptop.h */

/* What the record does not tell. */
struct call_world {
	struct nodeset memory; /* nodes that have some; empty: unknown */
	bool folios;	       /* are moved folios seen? */
};

/*
 * Fills @event's args, at_entry, effective, marks, abi, moved_pages, nothing
 * and statuses from @call, whose call is below MPTOP_SYSCALLS, and whose
 * result @event has already. Masks are compared only if both are known. A
 * node counts as narrowed away if the caller's mems_allowed has it not, or if
 * it has no memory.
 */
void call_decode(const struct mptop_call *call, const struct call_world *world,
		 struct sample_event *event);

/*
 * Does the kernel move nothing from @old to @new, two masks that differ or
 * not, whatever is there? do_migrate_pages() (mm/mempolicy.c) maps the n-th
 * old node to the n-th new one, and leaves an old one that is a new one as
 * well if their numbers differ.
 */
bool call_maps_to_itself(const struct nodeset *old, const struct nodeset *new);

/* call_nothing.c: why it could move nothing, once all else is decoded. */
enum sample_nothing call_nothing(const struct mptop_call *call,
				 const struct call_world *world,
				 const struct sample_event *event);

/* Reads mask @which of @call (enum mptop_mask) into @set; is it known? */
bool call_mask(const struct mptop_call *call, int which, struct nodeset *set);

#endif
