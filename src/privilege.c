/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Privileges by libcap-ng. */
#include "privilege.h"

#include <cap-ng.h>
#include <ctype.h>
#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "xalloc.h"

static const int right_capability[RIGHT_COUNT] = {
	[RIGHT_BPF] = CAP_BPF,
	[RIGHT_PERFMON] = CAP_PERFMON,
	[RIGHT_SYS_ADMIN] = CAP_SYS_ADMIN,
	[RIGHT_SYS_PTRACE] = CAP_SYS_PTRACE,
};

bool privilege_has(enum privilege_right right)
{
	capng_get_caps_process();
	return capng_have_capability(CAPNG_EFFECTIVE, right_capability[right]);
}

bool privilege_is_split(void)
{
	return prctl(PR_CAPBSET_READ, CAP_BPF, 0, 0, 0) >= 0;
}

bool privilege_suffices(char **error)
{
	bool bpf = privilege_has(RIGHT_BPF);
	bool perfmon = privilege_has(RIGHT_PERFMON);

	if (privilege_has(RIGHT_SYS_ADMIN) || (bpf && perfmon))
		return true;
	*error = xasprintf(
		"cannot trace the kernel: not privileged\n"
		"  needs   %s\n"
		"  try     sudo mptop\n"
		"  or      mptop --probe=vmstat, the kernel's counters alone\n"
		"  details mptop --check",
		!privilege_is_split() ?
			"CAP_SYS_ADMIN; this kernel has no CAP_BPF" :
		bpf ? "CAP_BPF and CAP_PERFMON (this process has only "
		      "CAP_BPF)" :
		perfmon ? "CAP_BPF and CAP_PERFMON (this process has only "
			  "CAP_PERFMON)" :
			  "CAP_BPF and CAP_PERFMON (this process has "
			  "neither)");
	return false;
}

int privilege_is_needed(bool (*works)(void *context), void *context)
{
	void *state;
	bool works_without;

	capng_get_caps_process();
	state = capng_save_state();
	if (!state)
		return 1;
	capng_updatev(CAPNG_DROP, CAPNG_EFFECTIVE, CAP_BPF, CAP_SYS_ADMIN, -1);
	works_without = !capng_apply(CAPNG_SELECT_CAPS) && works(context);
	capng_restore_state(&state);
	if (capng_apply(CAPNG_SELECT_CAPS))
		return -EPERM;
	return !works_without;
}

/* (uid_t)-1 means "leave it" to the kernel. */
#define ID_MAX 0xfffffffeL

/* A decimal id, or -1. */
static long id_of(const char *text)
{
	char *end;
	long id;

	errno = 0;
	id = strtol(text, &end, 10);
	return !isdigit((unsigned char)*text) || *end || errno ||
			       id > ID_MAX ?
		       -1 :
		       id;
}

/* The id that variable @name holds; -1 if it is not set, -2 if it is none. */
static long id_of_environment(const char *name)
{
	const char *text = secure_getenv(name);
	long id;

	if (!text)
		return -1;
	id = id_of(text);
	return id < 0 ? -2 : id;
}

struct target {
	uid_t uid;
	gid_t gid;
	bool keeps_groups; /* it is who runs mptop, and clearing takes root */
};

static bool target_of_name(const char *name, struct target *target)
{
	struct passwd *entry = getpwnam(name);
	long uid = entry ? (long)entry->pw_uid : id_of(name);

	if (uid < 0)
		return false;
	if (!entry)
		entry = getpwuid(uid);
	target->uid = uid;
	target->gid = entry ? entry->pw_gid : (gid_t)uid;
	return true;
}

/*
 * Only root's word of who invoked it is worth anything. Returns false for a
 * word that makes no sense: staying root is not what was meant.
 */
static bool target_of_invoker(struct target *target)
{
	long uid = id_of_environment("SUDO_UID");
	long gid = id_of_environment("SUDO_GID");
	const char *doas = secure_getenv("DOAS_USER");
	struct passwd *entry;

	target->uid = getuid();
	target->gid = getgid();
	if (geteuid())
		return true;
	if (uid == -1 && doas)
		return target_of_name(doas, target);
	if (uid == -1) {
		uid = id_of_environment("PKEXEC_UID");
		entry = uid >= 0 ? getpwuid(uid) : NULL;
		gid = entry ? (long)entry->pw_gid : uid;
	}
	if (uid == -1)
		return true;
	if (uid < 0 || gid < -1)
		return false;
	target->uid = uid;
	target->gid = gid >= 0 ? gid : uid;
	return true;
}

/* What is to stay, in libcap-ng's state. */
static void state_keep(unsigned int keep)
{
	int right;

	for (right = 0; right < RIGHT_COUNT; right++)
		if (keep & RIGHT_BIT(right))
			capng_update(CAPNG_ADD,
				     CAPNG_EFFECTIVE | CAPNG_PERMITTED,
				     right_capability[right]);
}

/* Is capability @cap one of @keep? */
static bool is_kept(unsigned int keep, unsigned int cap)
{
	int right;

	for (right = 0; right < RIGHT_COUNT; right++)
		if (keep & RIGHT_BIT(right) &&
		    right_capability[right] == (int)cap)
			return true;
	return false;
}

/* Those of @keep that are held. */
static unsigned int rights_held(unsigned int keep)
{
	int right;

	for (right = 0; right < RIGHT_COUNT; right++)
		if (keep & RIGHT_BIT(right) && !privilege_has(right))
			keep &= ~RIGHT_BIT(right);
	return keep;
}

/* Without a change of user: capabilities alone. */
static int drop_capabilities(unsigned int keep)
{
	if (!geteuid() && setgroups(0, NULL))
		return -errno;
	/* The bounding set first: it takes a right to clear it. */
	capng_clear(CAPNG_SELECT_BOUNDS);
	if (!geteuid())
		capng_apply(CAPNG_SELECT_BOUNDS);
	capng_clear(CAPNG_SELECT_BOTH);
	state_keep(keep);
	return capng_apply(CAPNG_SELECT_CAPS) ? -EPERM : 0;
}

static bool is_self(const struct target *target)
{
	return target->uid == geteuid() && target->gid == getegid();
}

static int drop_to(const struct target *target, unsigned int keep)
{
	capng_clear(CAPNG_SELECT_ALL);
	if (is_self(target))
		return drop_capabilities(keep);
	state_keep(keep);
	return capng_change_id(target->uid, target->gid,
			       CAPNG_DROP_SUPP_GRP | CAPNG_CLEAR_BOUNDING) ?
		       -EPERM :
		       0;
}

/* Is it really so? */
static bool has_dropped(const struct target *target, unsigned int keep)
{
	unsigned int cap;
	bool expected;

	capng_get_caps_process();
	for (cap = 0; cap <= CAP_LAST_CAP; cap++) {
		expected = is_kept(keep, cap);
		if (!!capng_have_capability(CAPNG_EFFECTIVE, cap) != expected ||
		    !!capng_have_capability(CAPNG_PERMITTED, cap) != expected ||
		    capng_have_capability(CAPNG_INHERITABLE, cap))
			return false;
	}
	return geteuid() == target->uid && getuid() == target->uid &&
	       getegid() == target->gid && getgid() == target->gid &&
	       (target->keeps_groups || !getgroups(0, NULL));
}

int privilege_drop(const char *user, unsigned int keep, char **error)
{
	struct target target;
	int ret;

	if (user && !target_of_name(user, &target)) {
		*error = xasprintf("cannot drop privileges: there is no user "
				   "'%s'",
				   user);
		return -EINVAL;
	}
	if (!user && !target_of_invoker(&target)) {
		*error = xstrdup("cannot drop privileges: SUDO_UID, SUDO_GID, "
				 "DOAS_USER or PKEXEC_UID name nobody; see "
				 "--drop-to");
		return -EINVAL;
	}
	target.keeps_groups = geteuid() && is_self(&target);
	keep = rights_held(keep);
	ret = drop_to(&target, keep);
	if (!ret && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		ret = -errno;
	if (!ret && !has_dropped(&target, keep))
		ret = -EPERM;
	if (ret)
		*error = xasprintf("cannot drop privileges: %s; see "
				   "--keep-privileges",
				   strerror(-ret));
	return ret;
}
