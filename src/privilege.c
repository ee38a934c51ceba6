/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Privileges by libcap-ng. */
#include "privilege.h"

#include <cap-ng.h>
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

/* A decimal id of the environment, or -1. */
static long id_of_environment(const char *name)
{
	const char *text = secure_getenv(name);
	char *end;
	long id;

	if (!text || !*text)
		return -1;
	errno = 0;
	id = strtol(text, &end, 10);
	return *end || errno || id < 0 ? -1 : id;
}

struct target {
	uid_t uid;
	gid_t gid;
};

static bool target_of_name(const char *name, struct target *target)
{
	struct passwd *entry = getpwnam(name);
	char *end;
	long uid;

	if (!entry) {
		uid = strtol(name, &end, 10);
		if (!*name || *end || uid < 0)
			return false;
		target->uid = uid;
		entry = getpwuid(uid);
		target->gid = entry ? entry->pw_gid : (gid_t)uid;
		return true;
	}
	target->uid = entry->pw_uid;
	target->gid = entry->pw_gid;
	return true;
}

/* Only root's word of who invoked it is worth anything. */
static void target_of_invoker(struct target *target)
{
	long uid = id_of_environment("SUDO_UID");
	long gid = id_of_environment("SUDO_GID");
	const char *doas = secure_getenv("DOAS_USER");
	struct passwd *entry;

	target->uid = getuid();
	target->gid = getgid();
	if (geteuid())
		return;
	if (uid >= 0) {
		target->uid = uid;
		target->gid = gid >= 0 ? gid : uid;
		return;
	}
	if (doas && target_of_name(doas, target))
		return;
	uid = id_of_environment("PKEXEC_UID");
	entry = uid >= 0 ? getpwuid(uid) : NULL;
	if (entry) {
		target->uid = entry->pw_uid;
		target->gid = entry->pw_gid;
	}
}

/* Without a change of user: capabilities alone. */
static int drop_capabilities(void)
{
	if (!geteuid() && setgroups(0, NULL))
		return -errno;
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
	if (!user)
		target_of_invoker(&target);
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
