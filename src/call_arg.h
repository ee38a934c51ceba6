/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Indexes into the rows of call_table, for those that read a row's values. */
#ifndef MPTOP_CALL_ARG_H
#define MPTOP_CALL_ARG_H

enum { MIGRATE_PID, MIGRATE_MAXNODE, MIGRATE_OLD, MIGRATE_NEW };

enum { MOVE_PID, MOVE_COUNT, MOVE_NODES, MOVE_FLAGS };

enum {
	MBIND_START,
	MBIND_LEN,
	MBIND_MODE,
	MBIND_NODES,
	MBIND_MAXNODE,
	MBIND_FLAGS
};

enum { SET_MODE, SET_NODES, SET_MAXNODE };

enum { HOME_START, HOME_LEN, HOME_NODE, HOME_FLAGS };

/* The first three are results. */
enum { GET_MODE, GET_NODE, GET_NODES, GET_MAXNODE, GET_ADDR, GET_FLAGS };

enum { CPUSET_OLD, CPUSET_NEW };

#endif
