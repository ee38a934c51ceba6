/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * confine [-u UID] [-c CAPABILITY,...] [-l KIB] [-s CALL:ERRNO] COMMAND...
 * confine -b
 *
 * Runs COMMAND with less than root has: as UID with exactly these
 * capabilities, in all sets including the bounding one (-c '' for none);
 * with a hard limit on locked memory; under a seccomp filter that lets bpf or
 * perf_event_open fail with ERRNO (a number). For the tests of privileges.
 * -b prints whether the kernel lets a process without rights call bpf(2).
 */
#define _GNU_SOURCE
#include <errno.h>
#include <grp.h>
#include <linux/audit.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

struct name {
	const char *name;
	int number;
};

static const struct name capabilities[] = {
	{ "dac_read_search", CAP_DAC_READ_SEARCH },
	{ "sys_admin", CAP_SYS_ADMIN },
	{ "sys_resource", CAP_SYS_RESOURCE },
	{ "perfmon", 38 },
	{ "bpf", 39 },
	{ NULL, 0 },
};

static const struct name calls[] = {
	{ "bpf", SYS_bpf },
	{ "perf_event_open", SYS_perf_event_open },
	{ NULL, 0 },
};

static void die(const char *what)
{
	fprintf(stderr, "confine: %s: %s\n", what, strerror(errno));
	exit(125);
}

static int find(const struct name *names, const char *name)
{
	for (; names->name; names++)
		if (!strcmp(names->name, name))
			return names->number;
	errno = EINVAL;
	die(name);
	return -1;
}

static uint64_t set_of(char *list)
{
	uint64_t set = 0;
	char *name;

	while ((name = strsep(&list, ",")))
		if (*name)
			set |= 1ULL << find(capabilities, name);
	return set;
}

/* Out of the bounding set; a number that the kernel does not know is out. */
static void bound(uint64_t set)
{
	int cap;

	for (cap = 0; prctl(PR_CAPBSET_READ, cap, 0, 0, 0) >= 0; cap++)
		if (!(set >> cap & 1) && prctl(PR_CAPBSET_DROP, cap, 0, 0, 0))
			die("bounding set");
}

static void have(uint64_t set)
{
	struct __user_cap_header_struct header = {
		.version = _LINUX_CAPABILITY_VERSION_3,
	};
	struct __user_cap_data_struct data[2];
	int cap;

	for (cap = 0; cap < 2; cap++)
		data[cap] = (struct __user_cap_data_struct){
			set >> 32 * cap, set >> 32 * cap, set >> 32 * cap
		};
	if (syscall(SYS_capset, &header, data))
		die("capset");
	for (cap = 0; cap < 64; cap++)
		if (set >> cap & 1 &&
		    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, cap, 0, 0))
			die("ambient set");
}

static void be(uid_t uid)
{
	if (prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0) || setgroups(0, NULL) ||
	    setresgid(uid, uid, uid) || setresuid(uid, uid, uid))
		die("user");
}

static void limit(const char *kib)
{
	rlim_t bytes = strtoul(kib, NULL, 10) * 1024;
	struct rlimit memlock = { bytes, bytes };

	if (setrlimit(RLIMIT_MEMLOCK, &memlock))
		die("limit");
}

static void filter(char *rule)
{
	char *call = strsep(&rule, ":");
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			 offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, find(calls, call), 0, 1),
		BPF_STMT(BPF_RET | BPF_K,
			 SECCOMP_RET_ERRNO | (rule ? atoi(rule) : EPERM)),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { sizeof(code) / sizeof(*code), code };

	if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program))
		die("seccomp");
}

/* It says EINVAL to a command that it does not know, if it listens. */
static int ask_bpf(void)
{
	bound(0);
	be(65534);
	have(0);
	syscall(SYS_bpf, 0x7fff, NULL, 0);
	puts(errno == EINVAL ? "free" : "refused");
	return 0;
}

int main(int argc, char **argv)
{
	char *set = NULL, *kib = NULL, *rule = NULL;
	long uid = -1;
	int option;

	while ((option = getopt(argc, argv, "+u:c:l:s:b")) != -1) {
		switch (option) {
		case 'u': uid = atol(optarg); break;
		case 'c': set = optarg; break;
		case 'l': kib = optarg; break;
		case 's': rule = optarg; break;
		case 'b': return ask_bpf();
		default: return 125;
		}
	}
	if (kib)
		limit(kib);
	if (rule)
		filter(rule);
	if (set)
		bound(set_of(strdup(set)));
	if (uid >= 0)
		be(uid);
	if (set)
		have(set_of(set));
	execvp(argv[optind], argv + optind);
	die(argv[optind] ? argv[optind] : "no command");
}
