/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Masks that change under the kernel, many honest calls whose masks do not,
 * calls by int 0x80, and a cpuset whose nodes change.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/mempolicy.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "load.h"

#define PAGE 4096UL

/* A page: the kernel looks through all of it before it copies the start. */
static volatile unsigned long raced[512] = { 1 };
static volatile bool racing;

static void *race_body(void *arg)
{
	on_cpu(1);
	for (racing = true; racing;)
		raced[0] ^= 3;
	return arg;
}

/* Calls while another thread turns the mask over, 0 to 1 and back. */
void run_race(int argc, char **argv)
{
	long i, calls = number(argc, argv, 0, 5000);
	pthread_t other;

	be("load-race");
	on_cpu(0);
	if (pthread_create(&other, NULL, race_body, NULL))
		die("pthread_create");
	while (!racing)
		;
	for (i = 0; i < calls; i++)
		if (syscall(SYS_set_mempolicy, MPOL_PREFERRED, raced,
			    sizeof(raced) * 8 + 1))
			die("set_mempolicy");
	racing = false;
	pthread_join(other, NULL);
	line("{\"race\":%ld,\"scenario\":\"%s\",\"tid\":%d}", calls,
	     scenario_name, getpid());
}

/* How large a mask is said to be; all hold node 0 alone. */
static const unsigned long maxnode[] = {
	2, 3, 5, 33, 63, 64, 65, 66, 127, 128, 129, 1000, 1024, 1025,
};
#define MAXNODES (sizeof(maxnode) / sizeof(maxnode[0]))

/* A mask that nobody has touched since it was made: all zeros, or no page. */
static unsigned long *untouched(void)
{
	unsigned long *mask = mmap(NULL, PAGE, PROT_READ | PROT_WRITE,
				   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (mask == MAP_FAILED)
		die("mmap");
	return mask;
}

static void honest_call(long i, unsigned long *mask, void *map)
{
	unsigned long size = maxnode[i % MAXNODES];
	long ret;

	if (i % 64 == 63)
		ret = syscall(SYS_migrate_pages, 0, size, mask, mask);
	else if (i % 2)
		ret = syscall(SYS_mbind, map, PAGE, MPOL_BIND, mask, size,
			      0UL);
	else
		ret = syscall(SYS_set_mempolicy, MPOL_PREFERRED, mask, size);
	if (ret)
		die("an honest call");
}

/*
 * Each 100th has its mask on a page that is not there: an empty one, and
 * unreadable at entry, which is no mismatch.
 */
void run_honest(int argc, char **argv)
{
	long i, calls = number(argc, argv, 0, 100000), absent = 0;
	unsigned long mask[17] = { 1 }, *none = NULL;
	void *map = mmap(NULL, PAGE, PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	be("load-honest");
	if (map == MAP_FAILED)
		die("mmap");
	for (i = 0; i < calls; i++) {
		if (i % 100 != 99) {
			honest_call(i, mask, map);
			continue;
		}
		none = untouched();
		if (syscall(SYS_set_mempolicy, MPOL_DEFAULT, none, 64UL))
			die("set_mempolicy");
		munmap(none, PAGE);
		absent++;
	}
	line("{\"honest\":%ld,\"absent\":%ld,\"scenario\":\"%s\",\"tid\":%d}",
	     calls, absent, scenario_name, getpid());
}

#if defined(__x86_64__)
enum { MBIND32 = 274, GET32, SET32, MIGRATE32 = 294, MOVE32 = 317 };

/*
 * %ebp has the last argument. The stack is a low one: 5.10 puts what it has
 * translated below it, at an address of 32 bits.
 */
static long int80(long nr, const uint32_t arg[6])
{
	static char *stack;
	long ret;

	if (!stack)
		stack = mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE,
			     MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
	if (stack == MAP_FAILED)
		die("mmap");
	asm volatile("mov %%rsp, %%r12\n\t"
		     "mov %[stack], %%rsp\n\t"
		     "push %%rbp\n\t"
		     "mov %[last], %%ebp\n\t"
		     "int $0x80\n\t"
		     "pop %%rbp\n\t"
		     "mov %%r12, %%rsp"
		     : "=a"(ret)
		     : "a"(nr), "b"(arg[0]), "c"(arg[1]), "d"(arg[2]),
		       "S"(arg[3]), "D"(arg[4]), [last] "r"(arg[5]),
		       [stack] "r"(stack + 4 * PAGE)
		     : "memory", "r8", "r9", "r10", "r11", "r12");
	ret = (int)ret;
	if (ret >= 0)
		return ret;
	errno = -ret;
	return -1;
}

static void call32(const char *name, long nr, const uint32_t arg[6],
		   const char *more)
{
	state_event(name, "ia32", int80(nr, arg), more);
}

#define ADDR(pointer) ((uint32_t)(uintptr_t)(pointer))
#define CALL32(name, nr, more, ...) \
	call32(name, nr, (const uint32_t[6]){ __VA_ARGS__ }, more)

/*
 * Masks end where the page does, and no page follows: one read too far would
 * be unreadable. 5.10 reads 64 bits, of which the last mask has but half.
 */
void run_int80(int argc, char **argv)
{
	char *low = mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
	uint32_t *last = (uint32_t *)(low + PAGE) - 1;
	uint32_t *zero = last - 1, *one = zero - 2;
	uint32_t *addr = (uint32_t *)low, *node = addr + 8, *status = addr + 64;
	char *data = low + 2 * PAGE;
	long ret;

	(void)argc, (void)argv;
	be("load-int80");
	if (low == MAP_FAILED || munmap(low + PAGE, PAGE))
		die("mmap");
	*zero = 1;
	*one = 2;
	CALL32("mbind", MBIND32, "\"marks\":[],\"nodes\":\"0\"", ADDR(data),
	       2 * PAGE, MPOL_BIND, ADDR(zero), 33, 0);
	memset(data, 1, 2 * PAGE);
	CALL32("migrate_pages", MIGRATE32,
	       "\"marks\":[],\"moved_pages\":2,\"effective\":\"1\"", 0, 33,
	       ADDR(zero), ADDR(one));
	addr[0] = ADDR(data);
	addr[1] = ADDR(data + PAGE);
	node[0] = node[1] = 2;
	CALL32("move_pages", MOVE32,
	       "\"marks\":[],\"moved_pages\":2,\"statuses\":{\"pages\":2,"
	       "\"moved\":2,\"already\":0,\"errors\":{}}", 0, 2, ADDR(addr),
	       ADDR(node), ADDR(status), MPOL_MF_MOVE);
	CALL32("move_pages", MOVE32, "\"marks\":[\"query\"]", 0, 2,
	       ADDR(addr), 0, ADDR(status), 0);
	CALL32("set_mempolicy", SET32, "\"marks\":[],\"nodes\":\"0\"",
	       MPOL_PREFERRED, ADDR(zero), 33);
	CALL32("get_mempolicy", GET32, "\"marks\":[],\"nodes\":\"0\","
	       "\"mode\":\"MPOL_PREFERRED\"", ADDR(status), ADDR(node),
	       1057, 0, 0);
	CALL32("set_mempolicy", SET32, "\"marks\":[\"unreadable\"]", MPOL_BIND,
	       16, 33);
	*last = 1;
	ret = int80(SET32, (const uint32_t[6]){ MPOL_PREFERRED, ADDR(last),
						33 });
	state_event("set_mempolicy", "ia32", ret,
		    ret ? "\"marks\":[\"unreadable\"]" : "\"marks\":[]");
}
#else
void run_int80(int argc, char **argv)
{
	(void)argc, (void)argv;
	be("load-int80");
}
#endif

#define GROUP "/tmp/cpuset/load"

/* Mounts the cpuset controller; what moves memory is asked for in v1 only. */
static void group_make(void)
{
	bool old;

	mkdir("/tmp/cpuset", 0700);
	old = !mount("cpuset", "/tmp/cpuset", "cgroup", 0, "cpuset");
	if (!old && mount("cpuset", "/tmp/cpuset", "cgroup2", 0, ""))
		die("mount");
	if (!old)
		write_file("/tmp/cpuset/cgroup.subtree_control", "+cpuset");
	mkdir(GROUP, 0700);
	write_file(GROUP "/cpuset.cpus", "0-3");
	write_file(GROUP "/cpuset.mems", "0,3");
	if (old)
		write_file(GROUP "/cpuset.memory_migrate", "1");
}

struct member {
	size_t pages;
	int ready[2], done[2];
};

static void member_body(void *arg)
{
	struct member *member = arg;

	close(member->done[1]);
	be("load-member");
	write_file(GROUP "/cgroup.procs", "0");
	buffer(member->pages * PAGE, 0, false);
	signal_byte(member->ready[1]);
	await_byte(member->done[0]);
}

/* The write waits for the kworker that moves the member's pages. */
void run_cpuset(int argc, char **argv)
{
	struct member member = { .pages = number(argc, argv, 0, 300) };
	pid_t pid;

	be("load-cpuset");
	group_make();
	if (pipe(member.ready) || pipe(member.done))
		die("pipe");
	pid = spawn(member_body, &member);
	close(member.ready[1]);
	await_byte(member.ready[0]);
	write_file(GROUP "/cpuset.mems", "1,3");
	line("{\"cpuset\":%d,\"scenario\":\"%s\",\"moved_pages\":%zu,"
	     "\"old_nodes\":\"0,3\",\"new_nodes\":\"1,3\"}", pid, scenario_name,
	     member.pages);
	signal_byte(member.done[1]);
	reap();
}
