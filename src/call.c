/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The logged system calls and the names of their constants. */
#define _GNU_SOURCE 1

#include "call.h"

#include <stdio.h>
#include <string.h>

#include "call_arg.h"

const struct call call_table[CALL_COUNT] = {
	[CALL_MIGRATE_PAGES] = {
		"migrate_pages",
		{
			[MIGRATE_PID] = {"pid", CALL_ARG_NUMBER},
			[MIGRATE_MAXNODE] = {"maxnode", CALL_ARG_NUMBER},
			[MIGRATE_OLD] = {"old_nodes", CALL_ARG_TEXT},
			[MIGRATE_NEW] = {"new_nodes", CALL_ARG_TEXT},
		},
	},
	[CALL_MOVE_PAGES] = {
		"move_pages",
		{
			[MOVE_PID] = {"pid", CALL_ARG_NUMBER},
			[MOVE_COUNT] = {"count", CALL_ARG_NUMBER},
			[MOVE_NODES] = {"nodes", CALL_ARG_TEXT},
			[MOVE_FLAGS] = {"flags", CALL_ARG_TEXT},
		},
	},
	[CALL_MBIND] = {
		"mbind",
		{
			[MBIND_START] = {"start", CALL_ARG_TEXT},
			[MBIND_LEN] = {"len", CALL_ARG_NUMBER},
			[MBIND_MODE] = {"mode", CALL_ARG_TEXT},
			[MBIND_NODES] = {"nodes", CALL_ARG_TEXT},
			[MBIND_MAXNODE] = {"maxnode", CALL_ARG_NUMBER},
			[MBIND_FLAGS] = {"flags", CALL_ARG_TEXT},
		},
	},
	[CALL_SET_MEMPOLICY] = {
		"set_mempolicy",
		{
			[SET_MODE] = {"mode", CALL_ARG_TEXT},
			[SET_NODES] = {"nodes", CALL_ARG_TEXT},
			[SET_MAXNODE] = {"maxnode", CALL_ARG_NUMBER},
		},
	},
	[CALL_SET_MEMPOLICY_HOME_NODE] = {
		"set_mempolicy_home_node",
		{
			[HOME_START] = {"start", CALL_ARG_TEXT},
			[HOME_LEN] = {"len", CALL_ARG_NUMBER},
			[HOME_NODE] = {"home_node", CALL_ARG_NUMBER},
			[HOME_FLAGS] = {"flags", CALL_ARG_TEXT},
		},
	},
	[CALL_GET_MEMPOLICY] = {
		"get_mempolicy",
		{
			[GET_MODE] = {"mode", CALL_ARG_TEXT},
			[GET_NODE] = {"node", CALL_ARG_NUMBER},
			[GET_NODES] = {"nodes", CALL_ARG_TEXT},
			[GET_MAXNODE] = {"maxnode", CALL_ARG_NUMBER},
			[GET_ADDR] = {"addr", CALL_ARG_TEXT},
			[GET_FLAGS] = {"flags", CALL_ARG_TEXT},
		},
	},
	[CALL_CPUSET] = {
		"cpuset",
		{
			[CPUSET_OLD] = {"old_nodes", CALL_ARG_TEXT},
			[CPUSET_NEW] = {"new_nodes", CALL_ARG_TEXT},
		},
	},
};

/* A bit and its name; a table of them ends with a NULL name. */
struct call_flag {
	uint64_t bit;
	const char *name;
};

/* From linux/mempolicy.h; some of them are younger than the oldest libnuma. */
static const char *const call_mode[] = {
	[0] = "MPOL_DEFAULT",
	[1] = "MPOL_PREFERRED",
	[2] = "MPOL_BIND",
	[3] = "MPOL_INTERLEAVE",
	[4] = "MPOL_LOCAL",
	[5] = "MPOL_PREFERRED_MANY",
	[6] = "MPOL_WEIGHTED_INTERLEAVE",
};

#define CALL_MODES (sizeof(call_mode) / sizeof(call_mode[0]))

static const struct call_flag call_mode_flag[] = {
	{1 << 15, "MPOL_F_STATIC_NODES"},
	{1 << 14, "MPOL_F_RELATIVE_NODES"},
	{1 << 13, "MPOL_F_NUMA_BALANCING"},
	{0, NULL},
};

/* As strace has them: MPOL_MF_LAZY, which no call may pass, has no name. */
static const struct call_flag call_flag[] = {
	{1 << 0, "MPOL_MF_STRICT"},
	{1 << 1, "MPOL_MF_MOVE"},
	{1 << 2, "MPOL_MF_MOVE_ALL"},
	{0, NULL},
};

static const struct call_flag call_get_flag[] = {
	{1 << 0, "MPOL_F_NODE"},
	{1 << 1, "MPOL_F_ADDR"},
	{1 << 2, "MPOL_F_MEMS_ALLOWED"},
	{0, NULL},
};

bool call_may_move(enum sample_call call)
{
	return call <= CALL_MBIND || call == CALL_CPUSET;
}

int call_find(const char *name)
{
	for (int i = 0; i < CALL_COUNT; i++) {
		if (!strcmp(call_table[i].name, name))
			return i;
	}
	return -1;
}

/* Adds @text, after a '|' unless first; returns the length with no limit. */
static size_t call_append(char *dst, size_t cap, size_t used, const char *text)
{
	if (used < cap)
		snprintf(dst + used, cap - used, "%s%s", used ? "|" : "", text);
	return used + (used ? 1 : 0) + strlen(text);
}

/* Appends the names of the bits of @value, and those without one in hex. */
static size_t call_append_flags(char *dst, size_t cap, size_t used,
				uint64_t value, const struct call_flag *flag)
{
	char hex[24];

	for (; flag->name; flag++) {
		if (value & flag->bit)
			used = call_append(dst, cap, used, flag->name);
		value &= ~flag->bit;
	}
	if (!value)
		return used;
	snprintf(hex, sizeof(hex), "0x%llx", (unsigned long long)value);
	return call_append(dst, cap, used, hex);
}

char *call_mode_format(uint64_t mode, char *dst, size_t cap)
{
	uint64_t flags = 0;
	const char *name;
	char hex[24];
	size_t used;

	for (size_t i = 0; call_mode_flag[i].name; i++)
		flags |= mode & call_mode_flag[i].bit;
	mode &= ~flags;
	snprintf(hex, sizeof(hex), "0x%llx", (unsigned long long)mode);
	name = mode < CALL_MODES ? call_mode[mode] : hex;
	used = call_append(dst, cap, 0, name);
	call_append_flags(dst, cap, used, flags, call_mode_flag);
	return dst;
}

char *call_flags_format(uint64_t flags, char *dst, size_t cap)
{
	if (!call_append_flags(dst, cap, 0, flags, call_flag))
		call_append(dst, cap, 0, "0");
	return dst;
}

char *call_get_flags_format(uint64_t flags, char *dst, size_t cap)
{
	if (!call_append_flags(dst, cap, 0, flags, call_get_flag))
		call_append(dst, cap, 0, "0");
	return dst;
}

const char *call_errno_name(int64_t error)
{
	if (error <= 0 || error > INT32_MAX)
		return NULL;
	return strerrorname_np((int)error);
}
