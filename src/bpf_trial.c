/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Each try asks the kernel for as little as tells whether the need is met. */
#include "bpf_trial.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/perf_event.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "bpf/mptop.h"
#include "bpf/mptop.skel.h"
#include "privilege.h"

/* PROC_USER_INIT_INO of include/linux/proc_ns.h, since 3.8 */
#define USER_NAMESPACE_INIT 0xeffffffdU
/* No command of bpf(2), now or soon. */
#define BPF_COMMAND_NONE 0x7fff
/* The index and stack maps, the ring, and what the kernel rounds up. */
#define OTHER_MAP_BYTES (6 << 20)

/* Closes @fd; 0, or the errno that there is none. */
static int result_of(int fd)
{
	int error = errno;

	if (fd < 0)
		return error;
	close(fd);
	return 0;
}

static int try_file(const char *path)
{
	return result_of(open(path, O_RDONLY | O_CLOEXEC));
}

/* A kernel that is asked for nothing says EINVAL. */
static int try_bpf(void)
{
	syscall(SYS_bpf, BPF_COMMAND_NONE, NULL, 0);
	return errno == EINVAL ? 0 : errno;
}

/* As libbpf makes one of global data, but a page a value: 5.10 wants that. */
static int try_map(size_t bytes)
{
	LIBBPF_OPTS(bpf_map_create_opts, opts, .map_flags = BPF_F_MMAPABLE);
	size_t page = sysconf(_SC_PAGESIZE);

	return result_of(bpf_map_create(BPF_MAP_TYPE_ARRAY, "mptop_try",
					sizeof(uint32_t), page,
					(bytes + page - 1) / page, &opts));
}

static int try_ring(void)
{
	return result_of(bpf_map_create(BPF_MAP_TYPE_RINGBUF, "mptop_try", 0,
					0, sysconf(_SC_PAGESIZE), NULL));
}

static int try_program(const struct bpf_insn *code, size_t length)
{
	return result_of(bpf_prog_load(BPF_PROG_TYPE_KPROBE, "mptop_try",
				       "GPL", code, length, NULL));
}

/* bpf_probe_read_kernel(sp - 8, 8, NULL); return 0; */
static const struct bpf_insn read_code[] = {
	{ .code = BPF_ALU64 | BPF_MOV | BPF_X, .dst_reg = BPF_REG_1,
	  .src_reg = BPF_REG_10 },
	{ .code = BPF_ALU64 | BPF_ADD | BPF_K, .dst_reg = BPF_REG_1,
	  .imm = -8 },
	{ .code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_2,
	  .imm = 8 },
	{ .code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_3 },
	{ .code = BPF_JMP | BPF_CALL, .imm = BPF_FUNC_probe_read_kernel },
	{ .code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_0 },
	{ .code = BPF_JMP | BPF_EXIT },
};

#define READ_LENGTH (sizeof(read_code) / sizeof(*read_code))

static int perf_open(struct perf_event_attr *attr)
{
	return syscall(SYS_perf_event_open, attr, -1, 0, -1,
		       PERF_FLAG_FD_CLOEXEC);
}

/* Without an attribute, what gets through is EFAULT. */
static int try_perf(void)
{
	perf_open(NULL);
	return errno == EFAULT ? 0 : errno;
}

/* The first number in the file @path, or -1. */
static long number_in(const char *path)
{
	FILE *file = fopen(path, "re");
	long number = -1;

	if (!file)
		return -1;
	if (fscanf(file, "%ld", &number) != 1)
		number = -1;
	fclose(file);
	return number;
}

static int try_kprobe(void)
{
	static const char type[] =
		"/sys/bus/event_source/devices/kprobe/type";
	struct perf_event_attr attr = {
		.size = sizeof(attr),
		.type = number_in(type),
		.kprobe_func = (uintptr_t) "migrate_pages",
	};
	int error;

	if (number_in(type) < 0)
		return ENODEV;
	error = result_of(perf_open(&attr));
	/* Another function would do. */
	return error == ENOENT ? 0 : error;
}

static int try_tracefs(void)
{
	static const char id[] = "events/migrate/mm_migrate_pages/id";
	char path[128];
	int error;

	snprintf(path, sizeof(path), "/sys/kernel/tracing/%s", id);
	error = try_file(path);
	if (error != ENOENT)
		return error;
	snprintf(path, sizeof(path), "/sys/kernel/debug/tracing/%s", id);
	return try_file(path);
}

static enum obstacle_lockdown lockdown_read(void)
{
	static const char *const mode[] = {
		[LOCKDOWN_NONE] = "[none]",
		[LOCKDOWN_INTEGRITY] = "[integrity]",
		[LOCKDOWN_CONFIDENTIALITY] = "[confidentiality]",
	};
	FILE *file = fopen("/sys/kernel/security/lockdown", "re");
	char line[80] = "";
	int i;

	if (!file)
		return LOCKDOWN_UNKNOWN;
	if (!fgets(line, sizeof(line), file))
		line[0] = '\0';
	fclose(file);
	for (i = LOCKDOWN_NONE; i <= LOCKDOWN_CONFIDENTIALITY; i++)
		if (strstr(line, mode[i]))
			return i;
	return LOCKDOWN_UNKNOWN;
}

static void surroundings_read(struct obstacle_facts *facts)
{
	struct rlimit memlock;
	struct stat space;

	facts->not_split = !privilege_is_split();
	facts->user_namespace = !stat("/proc/self/ns/user", &space) &&
				space.st_ino != USER_NAMESPACE_INIT;
	facts->seccomp = prctl(PR_GET_SECCOMP, 0, 0, 0, 0) == 2;
	facts->no_bpf = access("/proc/sys/kernel/unprivileged_bpf_disabled",
			       F_OK);
	facts->lockdown = lockdown_read();
	facts->memlock_limited = !getrlimit(RLIMIT_MEMLOCK, &memlock) &&
				 memlock.rlim_cur != RLIM_INFINITY;
	facts->paranoid =
		number_in("/proc/sys/kernel/perf_event_paranoid") > 2;
}

/* What takes CAP_BPF or more; stops at what the rest needs. */
static void try_all_bpf(int error[NEED_COUNT])
{
	/* The first and the last of them: return 0. */
	const struct bpf_insn *nothing = &read_code[READ_LENGTH - 2];

	error[NEED_BPF] = try_bpf();
	if (error[NEED_BPF])
		return;
	error[NEED_MAP] = try_map(1);
	if (!error[NEED_MAP]) {
		error[NEED_MEMLOCK] = try_map(
			sizeof(struct mptop_bpf__bss) + OTHER_MAP_BYTES);
		error[NEED_RING] = try_ring();
	}
	error[NEED_PROGRAM] = try_program(nothing, 2);
	if (!error[NEED_PROGRAM])
		error[NEED_READ] = try_program(read_code, READ_LENGTH);
}

void bpf_trial(struct obstacle_facts *facts)
{
	bool admin = privilege_has(RIGHT_SYS_ADMIN);
	int *error = facts->error;
	int need;

	libbpf_set_print(NULL);
	memset(facts, 0, sizeof(*facts));
	surroundings_read(facts);
	for (need = 0; need < NEED_COUNT; need++)
		error[need] = NEED_UNTRIED;
	error[NEED_CAP_BPF] = admin || privilege_has(RIGHT_BPF) ? 0 : EPERM;
	error[NEED_CAP_PERFMON] =
		admin || privilege_has(RIGHT_PERFMON) ? 0 : EPERM;
	error[NEED_BTF] = try_file("/sys/kernel/btf/vmlinux");
	error[NEED_TRACEFS] = try_tracefs();
	if (error[NEED_CAP_PERFMON])
		return;
	error[NEED_PERF] = try_perf();
	error[NEED_KPROBE] = try_kprobe();
	if (!error[NEED_CAP_BPF])
		try_all_bpf(error);
}
