/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The rules: the first that fits a need that is not met explains it. */
#include "obstacle.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>

#include "xalloc.h"

#define ANY_ERROR 0

struct rule {
	enum obstacle_need need;
	int error;
	bool (*fits)(const struct obstacle_facts *facts); /* NULL: always */
	const char *why; /* with "@": the error's text */
	const char *remedy;
	bool is_right;
};

static const char *const need_name[NEED_COUNT] = {
	[NEED_CAP_BPF] = "CAP_BPF",
	[NEED_CAP_PERFMON] = "CAP_PERFMON",
	[NEED_BTF] = "BTF",
	[NEED_BPF] = "bpf(2)",
	[NEED_MAP] = "BPF map",
	[NEED_MEMLOCK] = "locked memory",
	[NEED_RING] = "ring buffer",
	[NEED_PROGRAM] = "BPF program",
	[NEED_READ] = "kernel reads",
	[NEED_PERF] = "perf_event_open(2)",
	[NEED_KPROBE] = "kprobe",
	[NEED_TRACEFS] = "tracefs",
};

static bool is_not_split(const struct obstacle_facts *facts)
{
	return facts->not_split;
}

static bool has_seccomp(const struct obstacle_facts *facts)
{
	return facts->seccomp;
}

/* The kernel itself would not say ENOSYS. */
static bool has_seccomp_on_bpf(const struct obstacle_facts *facts)
{
	return facts->seccomp && !facts->no_bpf;
}

static bool is_in_user_namespace(const struct obstacle_facts *facts)
{
	return facts->user_namespace;
}

static bool is_locked_down(const struct obstacle_facts *facts)
{
	return facts->lockdown == LOCKDOWN_CONFIDENTIALITY;
}

static bool is_lockdown_unknown(const struct obstacle_facts *facts)
{
	return facts->lockdown == LOCKDOWN_UNKNOWN;
}

static bool is_memlock_limited(const struct obstacle_facts *facts)
{
	return facts->memlock_limited;
}

/* The kernel's own levels end at 2; Debian's third takes more. */
static bool is_paranoid(const struct obstacle_facts *facts)
{
	return facts->paranoid;
}

#define SUDO "sudo mptop"
#define OUTSIDE "run mptop as root outside of it"
#define NO_LOCKDOWN "boot without lockdown=confidentiality"
#define AUDIT_LOG "see the audit log of the security module"
#define FILTER(call) \
	"let the seccomp filter of this container or service pass " call

static const struct rule rules[] = {
	{ NEED_CAP_BPF, ANY_ERROR, is_not_split,
	  "this process has no CAP_SYS_ADMIN, and this kernel no "
	  "CAP_BPF",
	  SUDO, true },
	{ NEED_CAP_BPF, ANY_ERROR, NULL,
	  "this process does not have it",
	  SUDO, true },
	{ NEED_CAP_PERFMON, ANY_ERROR, is_not_split,
	  "this process has no CAP_SYS_ADMIN, and this kernel no "
	  "CAP_PERFMON",
	  SUDO, true },
	{ NEED_CAP_PERFMON, ANY_ERROR, NULL,
	  "this process does not have it",
	  SUDO, true },
	{ NEED_BTF, ENOENT, NULL,
	  "this kernel has no BTF (/sys/kernel/btf/vmlinux)",
	  "boot one built with CONFIG_DEBUG_INFO_BTF", false },
	{ NEED_BTF, ANY_ERROR, NULL,
	  "the kernel's BTF cannot be read (@)",
	  "make /sys/kernel/btf/vmlinux readable", false },
	{ NEED_BPF, ANY_ERROR, has_seccomp_on_bpf,
	  "a seccomp filter refuses bpf(2) (@)",
	  FILTER("bpf(2)"), false },
	{ NEED_BPF, ENOSYS, NULL,
	  "this kernel has no bpf(2)",
	  "boot one built with CONFIG_BPF_SYSCALL", false },
	{ NEED_BPF, ANY_ERROR, is_in_user_namespace,
	  "rights of a user namespace do not count for bpf(2)",
	  OUTSIDE, true },
	{ NEED_BPF, ANY_ERROR, NULL,
	  "a security module refuses bpf(2) (@)",
	  AUDIT_LOG, false },
	{ NEED_MAP, EPERM, is_in_user_namespace,
	  "rights of a user namespace do not count for BPF",
	  OUTSIDE, true },
	{ NEED_MAP, ANY_ERROR, NULL,
	  "the kernel refuses a BPF map (@)",
	  AUDIT_LOG, false },
	{ NEED_MEMLOCK, EPERM, is_memlock_limited,
	  "this kernel counts BPF maps against the limit on locked "
	  "memory, which is too low",
	  "ulimit -l unlimited as root, or CAP_SYS_RESOURCE", true },
	{ NEED_MEMLOCK, ANY_ERROR, NULL,
	  "the kernel refuses BPF maps of mptop's size (@)",
	  "free some memory", false },
	{ NEED_RING, EINVAL, NULL,
	  "this kernel has no BPF ring buffer",
	  "boot Linux 5.8 or later", false },
	{ NEED_RING, ANY_ERROR, NULL,
	  "the kernel refuses a BPF ring buffer (@)",
	  AUDIT_LOG, false },
	{ NEED_PROGRAM, EPERM, is_in_user_namespace,
	  "rights of a user namespace do not count for BPF",
	  OUTSIDE, true },
	{ NEED_PROGRAM, EINVAL, NULL,
	  "this kernel runs no BPF programs on probes",
	  "boot one built with CONFIG_BPF_EVENTS", false },
	{ NEED_PROGRAM, ANY_ERROR, NULL,
	  "the kernel refuses a BPF program (@)",
	  AUDIT_LOG, false },
	{ NEED_READ, ANY_ERROR, is_locked_down,
	  "kernel lockdown (confidentiality) forbids BPF to read the "
	  "kernel",
	  NO_LOCKDOWN, false },
	{ NEED_READ, ANY_ERROR, is_lockdown_unknown,
	  "BPF may not read the kernel, as under "
	  "lockdown=confidentiality (@)",
	  NO_LOCKDOWN, false },
	{ NEED_READ, ANY_ERROR, NULL,
	  "the kernel refuses a BPF program that reads it (@)",
	  AUDIT_LOG, false },
	{ NEED_PERF, ANY_ERROR, has_seccomp,
	  "a seccomp filter refuses perf_event_open(2) (@)",
	  FILTER("perf_event_open(2)"), false },
	{ NEED_PERF, ENOSYS, NULL,
	  "this kernel has no perf_event_open(2)",
	  "boot one built with CONFIG_PERF_EVENTS", false },
	{ NEED_PERF, ANY_ERROR, NULL,
	  "a security module refuses perf_event_open(2) (@)",
	  AUDIT_LOG, false },
	{ NEED_KPROBE, EACCES, is_paranoid,
	  "this kernel wants CAP_SYS_ADMIN where "
	  "kernel.perf_event_paranoid is above 2",
	  SUDO, true },
	{ NEED_KPROBE, ENODEV, NULL,
	  "this kernel has no kprobes",
	  "boot one built with CONFIG_KPROBE_EVENTS", false },
	{ NEED_KPROBE, ANY_ERROR, is_locked_down,
	  "kernel lockdown (confidentiality) forbids kprobes",
	  NO_LOCKDOWN, false },
	{ NEED_KPROBE, ANY_ERROR, NULL,
	  "the kernel refuses kprobes (@)",
	  AUDIT_LOG, false },
	{ NEED_TRACEFS, ANY_ERROR, is_locked_down,
	  "kernel lockdown (confidentiality) forbids it",
	  NO_LOCKDOWN, false },
	{ NEED_TRACEFS, ENOENT, NULL,
	  "it is not mounted",
	  "mount -t tracefs nodev /sys/kernel/tracing", false },
	{ NEED_TRACEFS, ANY_ERROR, NULL,
	  "it cannot be read (@)",
	  SUDO ", or CAP_DAC_READ_SEARCH", true },
};

const char *obstacle_need_name(enum obstacle_need need)
{
	return need_name[need];
}

static const struct rule *rule_of(const struct obstacle_facts *facts,
				  enum obstacle_need need)
{
	const struct rule *rule = rules;

	/* The last rule of a need fits always. */
	while (rule->need != need ||
	       (rule->error && rule->error != facts->error[need]) ||
	       (rule->fits && !rule->fits(facts)))
		rule++;
	return rule;
}

struct obstacle obstacle_of(const struct obstacle_facts *facts,
			    enum obstacle_need need)
{
	const struct rule *rule;
	size_t length;
	bool tells;

	if (need == NEED_KPROBE && facts->error[NEED_PERF] > 0)
		need = NEED_PERF;
	rule = rule_of(facts, need);
	length = strcspn(rule->why, "@");
	tells = rule->why[length];
	return (struct obstacle){
		.why = xasprintf("%.*s%s%s", (int)length, rule->why,
				 tells ? strerror(facts->error[need]) : "",
				 rule->why + length + tells),
		.remedy = rule->remedy,
		.is_right = rule->is_right,
	};
}

enum obstacle_need obstacle_first(const struct obstacle_facts *facts)
{
	int need;

	for (need = 0; need < NEED_PERF; need++)
		if (facts->error[need] > 0)
			return need;
	return NEED_COUNT;
}
