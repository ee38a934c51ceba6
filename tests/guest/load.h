/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * load: moves pages between NUMA nodes and says exactly what it moved.
 *
 * It is the oracle of the guest tests, so it never asks mptop. Where a page
 * is comes from the kernel: its node by move_pages(2) without target nodes,
 * its frame from /proc/PID/pagemap. A flow is the difference of two such
 * readings. Everything but the buffers of a scenario lives on node HOME, so
 * that a migration from another node touches the buffers alone.
 *
 * Output is one JSON object per line, each written by one write(2), so that
 * lines of several processes do not mix. Six kinds, by their first key:
 *	"process"	a process of the scenario: pid and comm
 *	"call"		a system call it made, arguments and result
 *	"flow"		pages that moved: owner, mover, from, to, why, count
 *	"failed"	pages that did not: mover, why it tried, errno, count
 *	"split"		THPs that had to be split to move
 *	"vmstat"	the kernel's counters around it and the sum stated
 */
#ifndef LOAD_H
#define LOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define HOME	3		/* node of all memory but the buffers */
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

/* load_pages.c: readings and their differences */
void *buffer(size_t len, int node, bool huge);
void shot_init(struct shot *shot, size_t max);
void shot_process(struct shot *shot, pid_t pid);
void shot_range(struct shot *shot, pid_t pid, const void *addr, size_t len);
void shot_swap(struct shot *a, struct shot *b);
void diff(struct flows *flows, const struct shot *before,
	  const struct shot *after, bool intra);
void state(const struct flows *flows, pid_t owner, pid_t mover,
	   const char *reason);

/* load_kernel.c: NUMA balancing, quick to act */
void balance(bool on);

/* the scenarios */
void run_migrate(int argc, char **argv);
void run_scatter(int argc, char **argv);
void run_mbind(int argc, char **argv);
void run_hugetlb(int argc, char **argv);
void run_fork(int argc, char **argv);
void run_balance(int argc, char **argv);
void run_compact(int argc, char **argv);
void run_zram(int argc, char **argv);
void run_storm(int argc, char **argv);
void run_neighbour(int argc, char **argv);
void run_pingpong(int argc, char **argv);
void run_bomb(int argc, char **argv);
void run_sit(int argc, char **argv);
void run_mixed(int argc, char **argv);
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
