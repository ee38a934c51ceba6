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

bool privilege_suffices(char **error)
{
	bool bpf, perfmon, admin;

	capng_get_caps_process();
	bpf = capng_have_capability(CAPNG_EFFECTIVE, CAP_BPF);
	perfmon = capng_have_capability(CAPNG_EFFECTIVE, CAP_PERFMON);
	admin = capng_have_capability(CAPNG_EFFECTIVE, CAP_SYS_ADMIN);
	if (admin || (bpf && perfmon))
		return true;
	*error = xasprintf(
		"cannot trace the kernel: not privileged\n"
		"  needs   CAP_BPF and CAP_PERFMON (this process has %s)\n"
		"  try     sudo mptop",
		bpf ? "only CAP_BPF" :
		perfmon ? "only CAP_PERFMON" : "neither");
	return false;
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

/* Without a change of user: capabilities alone. */
static int drop_capabilities(void)
{
	if (!geteuid() && setgroups(0, NULL))
		return -errno;
	/* The bounding set first: it takes a right to clear it. */
	capng_clear(CAPNG_SELECT_BOUNDS);
	if (!geteuid())
		capng_apply(CAPNG_SELECT_BOUNDS);
	capng_clear(CAPNG_SELECT_BOTH);
	return capng_apply(CAPNG_SELECT_CAPS) ? -EPERM : 0;
}

int privilege_drop(const char *user, char **error)
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
	capng_clear(CAPNG_SELECT_ALL);
	if (target.uid == geteuid() && target.gid == getegid())
		ret = drop_capabilities();
	else
		ret = capng_change_id(target.uid, target.gid,
				      CAPNG_DROP_SUPP_GRP |
					      CAPNG_CLEAR_BOUNDING) ?
			      -EPERM :
			      0;
	if (!ret && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		ret = -errno;
	capng_get_caps_process();
	if (!ret && (capng_have_capabilities(CAPNG_SELECT_CAPS) > CAPNG_NONE ||
		     geteuid() != target.uid))
		ret = -EPERM;
	if (ret)
		*error = xasprintf("cannot drop privileges: %s; see "
				   "--keep-privileges",
				   strerror(-ret));
	return ret;
}
