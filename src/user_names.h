/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Names of users. The user database may be a server that does not answer, so
 * each id is asked for once, and after a slow answer nothing new for a while.
 */
#ifndef MPTOP_USER_NAMES_H
#define MPTOP_USER_NAMES_H

#include <stdint.h>

struct user_names;

struct user_names *user_names_new(void);
void user_names_free(struct user_names *names);

/* The name of @uid, clean, or the number; to be freed. */
char *user_name(struct user_names *names, uint32_t uid);

#endif
