/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Values as text, masks as node lists, and what their differences mean. */
#include "call_decode.h"

#include <errno.h>
#include <string.h>

#include "bpf/mptop.h"
#include "call.h"
#include "call_arg.h"
#include "xalloc.h"

#define MPOL_MODE(mode) ((mode) & 0x1fff) /* without its flags */
#define MPOL_PREFERRED 1
#define MPOL_F_RELATIVE_NODES (1 << 14)
#define MPOL_F_NODE 1

bool call_mask(const struct mptop_call *call, int which, struct nodeset *set)
{
	int i;

	memset(set, 0, sizeof(*set));
	if (!(call->has & 1U << which))
		return false;
	for (i = 0; i < MPTOP_MASK_WORDS; i++)
		set->bits[i] = call->word[i].mask[which];
	return true;
}

static void nodes_fill(const struct nodeset *set, char **value)
{
	char text[4096];

	*value = xstrdup(nodeset_format(set, text, sizeof(text)));
}

static void mask_fill(const struct mptop_call *call, enum mptop_mask which,
		      char **value)
{
	struct nodeset set;

	if (call_mask(call, which, &set))
		nodes_fill(&set, value);
}

static char *number(uint64_t value)
{
	return xasprintf("%llu", (unsigned long long)value);
}

static char *address(uint64_t value)
{
	return xasprintf("0x%llx", (unsigned long long)value);
}

static char *mode(uint64_t value)
{
	char text[256];

	return xstrdup(call_mode_format(value, text, sizeof(text)));
}

static char *flags(uint64_t value)
{
	char text[256];

	return xstrdup(call_flags_format(value, text, sizeof(text)));
}

static void migrate_pages_fill(const struct mptop_call *call,
			       struct sample_event *event)
{
	char **args = event->args.value;

	args[MIGRATE_PID] = xasprintf("%d", (int)call->arg[0]);
	args[MIGRATE_MAXNODE] = number(call->arg[1]);
	mask_fill(call, MPTOP_ENTRY_OLD, &event->at_entry.value[MIGRATE_OLD]);
	mask_fill(call, MPTOP_ENTRY_NEW, &event->at_entry.value[MIGRATE_NEW]);
	mask_fill(call, MPTOP_COPY_OLD, &args[MIGRATE_OLD]);
	mask_fill(call, MPTOP_COPY_NEW, &args[MIGRATE_NEW]);
	mask_fill(call, MPTOP_USED_OLD, &event->effective.value[MIGRATE_OLD]);
	mask_fill(call, MPTOP_USED_NEW, &event->effective.value[MIGRATE_NEW]);
}

/* The targets are read one by one by the kernel, which keeps no copy. */
static void targets_fill(const struct mptop_call *call, char **value)
{
	struct nodeset set = { 0 };
	char text[4096];
	uint64_t i;

	for (i = 0; i < call->arg[1] && i < MPTOP_NODES_SHOWN; i++)
		nodeset_add(&set, call->list.nodes[i]);
	nodeset_format(&set, text, sizeof(text));
	*value = xasprintf("%s%s", text,
			   call->arg[1] > MPTOP_NODES_SHOWN ? "..." : "");
}

static void move_pages_fill(const struct mptop_call *call,
			    struct sample_event *event)
{
	char **args = event->args.value;

	args[MOVE_PID] = xasprintf("%d", (int)call->arg[0]);
	args[MOVE_COUNT] = number(call->arg[1]);
	args[MOVE_FLAGS] = flags((uint32_t)call->arg[5]);
	if (!call->arg[3])
		args[MOVE_NODES] = xstrdup("NULL");
	else if (call->has & MPTOP_HAS_NODES)
		targets_fill(call, &event->at_entry.value[MOVE_NODES]);
}

static void mbind_fill(const struct mptop_call *call,
		       struct sample_event *event)
{
	char **args = event->args.value;

	args[MBIND_START] = address(call->arg[0]);
	args[MBIND_LEN] = number(call->arg[1]);
	args[MBIND_MODE] = mode(call->arg[2]);
	args[MBIND_MAXNODE] = number(call->arg[4]);
	args[MBIND_FLAGS] = flags((uint32_t)call->arg[5]);
	mask_fill(call, MPTOP_ENTRY_NEW, &event->at_entry.value[MBIND_NODES]);
	mask_fill(call, MPTOP_COPY_NEW, &args[MBIND_NODES]);
}

static void set_mempolicy_fill(const struct mptop_call *call,
			       struct sample_event *event)
{
	char **args = event->args.value;

	args[SET_MODE] = mode((uint32_t)call->arg[0]);
	args[SET_MAXNODE] = number(call->arg[2]);
	mask_fill(call, MPTOP_ENTRY_NEW, &event->at_entry.value[SET_NODES]);
	mask_fill(call, MPTOP_COPY_NEW, &args[SET_NODES]);
}

static void home_node_fill(const struct mptop_call *call,
			   struct sample_event *event)
{
	char **args = event->args.value;

	args[HOME_START] = address(call->arg[0]);
	args[HOME_LEN] = number(call->arg[1]);
	args[HOME_NODE] = number(call->arg[2]);
	/* None has a name: the kernel takes 0 alone. */
	args[HOME_FLAGS] = call->arg[3] ? address(call->arg[3]) : number(0);
}

/* With MPOL_F_NODE it gives a node in the mode's place. */
static void get_mempolicy_fill(const struct mptop_call *call,
			       struct sample_event *event)
{
	char **args = event->args.value;
	char text[256];

	if (call->has & MPTOP_HAS_MODE && call->arg[4] & MPOL_F_NODE)
		args[GET_NODE] = xasprintf("%d", call->mode);
	else if (call->has & MPTOP_HAS_MODE)
		args[GET_MODE] = mode((uint32_t)call->mode);
	mask_fill(call, MPTOP_COPY_NEW, &args[GET_NODES]);
	args[GET_MAXNODE] = number(call->arg[2]);
	args[GET_ADDR] = address(call->arg[3]);
	args[GET_FLAGS] = xstrdup(call_get_flags_format(call->arg[4], text,
							sizeof(text)));
}

static void cpuset_fill(const struct mptop_call *call,
			struct sample_event *event)
{
	mask_fill(call, MPTOP_USED_OLD, &event->effective.value[CPUSET_OLD]);
	mask_fill(call, MPTOP_USED_NEW, &event->effective.value[CPUSET_NEW]);
}

/* Are both known, and do they differ? */
static bool masks_differ(const struct mptop_call *call, enum mptop_mask a,
			 enum mptop_mask b)
{
	struct nodeset set_a, set_b;

	return call_mask(call, a, &set_a) && call_mask(call, b, &set_b) &&
	       memcmp(&set_a, &set_b, sizeof(set_a));
}

/*
 * What mpol_set_nodemask() (mm/mempolicy.c) makes of the copy; nothing is
 * known of it if the policy is not set, or is made in another way.
 */
static bool policy_used(const struct mptop_call *call,
			const struct call_world *world,
			const struct sample_event *event, struct nodeset *used)
{
	bool binds = call->call == MPTOP_MBIND;
	uint64_t mode = call->arg[binds ? 2 : 0];
	struct nodeset denied;
	int i;

	if (!binds && call->call != MPTOP_SET_MEMPOLICY)
		return false;
	if (event->ret == UNKNOWN ||
	    (event->error > 0 && !(binds && event->error == EIO)) ||
	    mode & MPOL_F_RELATIVE_NODES || MPOL_MODE(mode) == MPOL_PREFERRED)
		return false;
	if (nodeset_is_empty(&world->memory) ||
	    !call_mask(call, MPTOP_COPY_NEW, used) ||
	    !call_mask(call, MPTOP_DENIED, &denied))
		return false;
	for (i = 0; i < NODESET_WORDS; i++)
		used->bits[i] &= ~denied.bits[i] & world->memory.bits[i];
	return true;
}

/* Have nodes been lost between copy and use, and all for a known cause? */
static bool is_narrowed(const struct mptop_call *call,
			const struct call_world *world,
			const struct nodeset *used)
{
	struct nodeset copied, denied;
	uint64_t lost, all = 0;
	int i;

	if (!call_mask(call, MPTOP_COPY_NEW, &copied))
		return false;
	call_mask(call, MPTOP_DENIED, &denied);
	for (i = 0; i < NODESET_WORDS; i++) {
		lost = copied.bits[i] & ~used->bits[i];
		all |= lost;
		lost &= ~denied.bits[i];
		if (!nodeset_is_empty(&world->memory))
			lost &= world->memory.bits[i];
		if (lost)
			return false;
	}
	return all;
}

static unsigned int marks_of(const struct mptop_call *call)
{
	unsigned int marks = 0;

	if (masks_differ(call, MPTOP_ENTRY_OLD, MPTOP_COPY_OLD) ||
	    masks_differ(call, MPTOP_ENTRY_NEW, MPTOP_COPY_NEW))
		marks |= MARK_TOCTOU;
	if (call->has & (MPTOP_UNREADABLE_OLD | MPTOP_UNREADABLE_NEW))
		marks |= MARK_UNREADABLE;
	if (call->call == MPTOP_MOVE_PAGES && !call->arg[3])
		marks |= MARK_QUERY;
	return marks;
}

static void narrowed_fill(const struct mptop_call *call,
			  const struct call_world *world,
			  struct sample_event *event)
{
	int nodes = call->call == MPTOP_MBIND ? MBIND_NODES : SET_NODES;
	struct nodeset used;

	if (call->call == MPTOP_MIGRATE_PAGES) {
		if (!call_mask(call, MPTOP_USED_NEW, &used)) {
			if (event->nothing != NOTHING_NO_NODE_LEFT)
				return;
			event->effective.value[MIGRATE_NEW] = xstrdup("");
		}
	} else {
		if (!policy_used(call, world, event, &used))
			return;
		nodes_fill(&used, &event->effective.value[nodes]);
	}
	if (is_narrowed(call, world, &used))
		event->marks |= MARK_NARROWED;
}

/* Both are by errno, and only the last slots differ. */
static void statuses_fill(const struct mptop_call *call,
			  const struct call_world *world,
			  struct sample_statuses *statuses)
{
	const struct mptop_page_list *list = &call->list;
	int64_t there = list->status[MPTOP_STATUS_NODE];

	*statuses = (struct sample_statuses){ UNKNOWN, UNKNOWN, UNKNOWN,
					      { 0 } };
	if (!(call->has & MPTOP_HAS_STATUSES))
		return;
	statuses->pages = list->statuses;
	memcpy(statuses->error, list->status, sizeof(statuses->error));
	if (!world->folios)
		return;
	statuses->moved = call->moved_folios;
	if (list->statuses == call->arg[1] && there >= call->moved_folios)
		statuses->already = there - call->moved_folios;
}

void call_decode(const struct mptop_call *call, const struct call_world *world,
		 struct sample_event *event)
{
	static void (*const fill[MPTOP_SYSCALLS])(const struct mptop_call *,
						  struct sample_event *) = {
		[MPTOP_MIGRATE_PAGES] = migrate_pages_fill,
		[MPTOP_MOVE_PAGES] = move_pages_fill,
		[MPTOP_MBIND] = mbind_fill,
		[MPTOP_SET_MEMPOLICY] = set_mempolicy_fill,
		[MPTOP_SET_MEMPOLICY_HOME_NODE] = home_node_fill,
		[MPTOP_GET_MEMPOLICY] = get_mempolicy_fill,
		[MPTOP_CPUSET] = cpuset_fill,
	};

	event->call = (enum sample_call)call->call;
	event->abi = call->has & MPTOP_IA32 ? ABI_IA32 : ABI_NATIVE;
	if (call->call == MPTOP_CPUSET)
		event->abi = ABI_UNKNOWN;
	event->moved_pages = UNKNOWN;
	if (world->folios && call->entry_ns)
		event->moved_pages = call->moved_pages;
	fill[call->call](call, event);
	statuses_fill(call, world, &event->statuses);
	event->marks = marks_of(call);
	event->nothing = NOTHING_NONE;
	if (call->has & MPTOP_HAS_RET)
		event->nothing = call_nothing(call, world, event);
	narrowed_fill(call, world, event);
}
