/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names of users, kept by id; a number that is all there is, too. */
#include "user_names.h"

#include <pwd.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

#include <uthash.h>

#include "clock.h"
#include "text.h"
#include "xalloc.h"

/* More than any machine has people; then all are forgotten. */
#define NAMES_MAX 65536
/* An answer that took so long was none; when the next may be asked for. */
#define SLOW_NS 500000000LL
#define PAUSE_NS 60000000000LL

struct user {
	uint32_t uid;
	char *name;
	UT_hash_handle hh;
};

struct user_names {
	struct user *users;
	int64_t paused_until_ns;
};

struct user_names *user_names_new(void)
{
	return xcalloc(1, sizeof(struct user_names));
}

static void names_drop(struct user_names *names)
{
	struct user *user, *next;

	HASH_ITER(hh, names->users, user, next) {
		HASH_DEL(names->users, user);
		free(user->name);
		free(user);
	}
}

void user_names_free(struct user_names *names)
{
	if (!names)
		return;
	names_drop(names);
	free(names);
}

static char *ask(struct user_names *names, uint32_t uid)
{
	int64_t begin_ns = clock_ns(CLOCK_MONOTONIC), end_ns;
	const struct passwd *entry = getpwuid(uid);

	end_ns = clock_ns(CLOCK_MONOTONIC);
	if (end_ns - begin_ns >= SLOW_NS)
		names->paused_until_ns = end_ns + PAUSE_NS;
	return entry ? text_clean_dup(entry->pw_name) : xasprintf("%u", uid);
}

char *user_name(struct user_names *names, uint32_t uid)
{
	struct user *user;

	HASH_FIND(hh, names->users, &uid, sizeof(uid), user);
	if (user)
		return xstrdup(user->name);
	if (names->paused_until_ns > clock_ns(CLOCK_MONOTONIC))
		return xasprintf("%u", uid);
	if (HASH_COUNT(names->users) >= NAMES_MAX)
		names_drop(names);
	user = xcalloc(1, sizeof(*user));
	user->uid = uid;
	user->name = ask(names, uid);
	HASH_ADD(hh, names->users, uid, sizeof(user->uid), user);
	return xstrdup(user->name);
}
