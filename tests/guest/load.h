/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * load: moves pages between NUMA nodes and says exactly what it moved.
 *
 * It is the oracle of the guest tests, so it never asks mptop. Where a page
 * is comes from the kernel: its node by move_pages(2) without target nodes,
 * its frame from /proc/PID/pagemap. A flow is the difference of two such
 * readings. Everything but the buffers of a scenario lives on one node, home,
 * so that a migration from another touches the buffers alone.
 *
 * Output is one JSON object per line, each written by one write(2), so that
 * lines of several processes do not mix. Six kinds, by their first key:
 * lines of several processes do not mix. Five kinds, by their first key:
 *	"process"	a process of the scenario: pid and comm
 *	"call"		a system call it made, arguments and result
 *	"flow"		pages that moved: owner, mover, from, to, why, count
 *	"failed"	pages that did not: mover, why it tried, errno, count
 *	"split"		THPs that had to be split to move
 *	"vmstat"	the kernel's counters around it and the sum stated
 *	"cannot"	this kernel, or machine, has no such reason: its name,
 *			the option that it was built without, or what else
 *			is the cause; status 77
 */
#ifndef LOAD_H
#define LOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#ifndef MPOL_F_NUMA_BALANCING	/* linux/mempolicy.h before 5.12 */
#define MPOL_F_NUMA_BALANCING (1 << 13)
#endif
#define HUGE	(2UL << 20)	/* a THP on x86-64 */

/* One present page. Sorted by address within a shot. */
struct page {
	uintptr_t addr;
	uint64_t pfn;
	int node;		/* negative: the kernel does not say */
};

/* Where the pages of a process are at one moment. */
struct shot {
	struct page *page;
	size_t n, max;
};

struct flow {
	int src, dst;
	bool shared;		/* mapped more than once */
	uint64_t pages, folios;
};

struct flows {
	struct flow flow[64];
	size_t n;
};

struct scenario {
	const char *name;
	const char *usage;	/* its arguments, with defaults */
	void (*run)(int argc, char **argv);
};

/* load_sys.c: calls that are printed, files, processes, lines */
extern const char *scenario_name;

_Noreturn void die(const char *what);
void line(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
long number(int argc, char **argv, int i, long missing);
/* Prints one that was made, with errno where it failed. */
void say_migrate_pages(pid_t target, unsigned long from, unsigned long to,
		       long ret);
long call_migrate_pages(pid_t target, unsigned long from, unsigned long to);
long call_move_pages(pid_t target, size_t n, void **addr, const int *nodes,
		     int *status, int flags);
long call_mbind(void *addr, size_t len, int mode, unsigned long nodes,
		unsigned int flags);
void quiet_mbind(void *addr, size_t len, int mode, unsigned long nodes);
void bind_task(int node);
void on_cpu(int cpu);
void write_file(const char *path, const char *text);
uint64_t vmstat(const char *name);
void be(const char *comm);
void vmstat_begin(void);
void vmstat_end(void);
pid_t spawn(void (*body)(void *arg), void *arg);
void reap(void);
void signal_byte(int fd);
void await_byte(int fd);

/* load_nodes.c: what this machine has, and what it has not */
void read_file(const char *path, char *text, size_t size);
int node_at(int i);	/* the i-th with memory; beyond the last, that */
int home_node(void);	/* the last with cpus: where all but the buffers is */
int spare_node(void);	/* the last but home */
int slow_node(void);
_Noreturn void cannot(const char *reason, const char *config,
		      const char *why);
void need_reason(const char *reason);

/* load_pages.c: readings and their differences */
void *buffer(size_t len, int node, bool huge);
void shot_init(struct shot *shot, size_t max);
void shot_process(struct shot *shot, pid_t pid);
void shot_range(struct shot *shot, pid_t pid, const void *addr, size_t len);
size_t on_node(const struct shot *shot, int node);
void shot_swap(struct shot *a, struct shot *b);
void diff(struct flows *flows, const struct shot *before,
	  const struct shot *after, bool intra);
void state(const struct flows *flows, pid_t owner, pid_t mover,
	   const char *reason);

void state_by(const struct flows *flows, pid_t owner, const char *mover,
	      const char *reason);	/* JSON: a pid, or "kworker" */

/* load_idle.c: moves of one process, measured; a process to be moved */
struct idle {
	size_t len;		/* of its buffer */
	int node;
	const char *cgroup;	/* its cgroup.procs, to be born in; or NULL */
	int ready[2], done[2];
};

void measure_init(pid_t pid, size_t pages);
void measure_begin(pid_t pid);
uint64_t measure_end(pid_t pid, const char *mover, const char *reason,
		     bool intra);
const char *self_mover(void);
pid_t idle_spawn(struct idle *idle);
void idle_end(struct idle *idle);

/* load_balance.c: NUMA balancing, quick to act */
void balance(int mode);	/* as the sysctl numa_balancing */

/* the scenarios */
void run_migrate(int argc, char **argv);
void run_stacks(int argc, char **argv);
void run_scatter(int argc, char **argv);
void run_mbind(int argc, char **argv);
void run_hugetlb(int argc, char **argv);
void run_fork(int argc, char **argv);
void run_still(int argc, char **argv);
void run_balance(int argc, char **argv);
void run_balance_huge(int argc, char **argv);
void run_promote(int argc, char **argv);
void run_compact(int argc, char **argv);
void run_zram(int argc, char **argv);
void run_storm(int argc, char **argv);
void run_neighbour(int argc, char **argv);
void run_pingpong(int argc, char **argv);
void run_bomb(int argc, char **argv);
void run_sit(int argc, char **argv);
void run_mixed(int argc, char **argv);
void run_soft_offline(int argc, char **argv);
void run_offline(int argc, char **argv);
void run_pin(int argc, char **argv);
void run_gigantic(int argc, char **argv);
void run_cpuset_mems(int argc, char **argv);
void run_demote(int argc, char **argv);
void run_damon(int argc, char **argv);
void run_forms(int argc, char **argv);
void run_race(int argc, char **argv);
void run_honest(int argc, char **argv);
void run_int80(int argc, char **argv);
void run_cpuset(int argc, char **argv);

/* load_forms.c: what mptop has to log of a call; @more is JSON, or "" */
void state_event(const char *call, const char *abi, long ret,
		 const char *more);
void run_pinned(int argc, char **argv);
void run_full(int argc, char **argv);
void run_split(int argc, char **argv);

/* load_who.c: none of them, but steps from the environment */
void run_who(const char *steps);

#endif
