/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Every call in good and bad forms, each stated with what mptop has to log of
 * it: a line {"event":CALL,...} for each, in the order of the calls.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/mempolicy.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "load.h"

#define PAGE 4096UL
#define PAGES 16
#define MANY 1100 /* more than the statuses that mptop reads */
#define LONG_BITS 64
#ifndef SYS_set_mempolicy_home_node
#define SYS_set_mempolicy_home_node 450
#endif

/* What has to be logged, in pieces of JSON. */
#define OK(...) join("\"marks\":[]", ##__VA_ARGS__, NULL)
#define MARKED(mark, ...) \
	join("\"marks\":[\"" mark "\"]", ##__VA_ARGS__, NULL)
#define MOVED(n) "\"moved_pages\":" n ",\"nothing\":null"
#define NOTHING(why) "\"moved_pages\":0,\"nothing\":\"" why "\""
#define POLICY OK(NOTHING("policy"))

/* The pieces with commas between, until the next call. */
static const char *join(const char *first, ...)
{
	static char text[512];
	const char *piece;
	va_list pieces;
	size_t n = snprintf(text, sizeof(text), "%s", first);

	va_start(pieces, first);
	while ((piece = va_arg(pieces, const char *)) && n < sizeof(text))
		n += snprintf(text + n, sizeof(text) - n, ",%s", piece);
	va_end(pieces);
	return text;
}

void state_event(const char *call, const char *abi, long ret, const char *more)
{
	int error = ret < 0 ? errno : 0;

	line("{\"event\":\"%s\",\"scenario\":\"%s\",\"tid\":%d,\"abi\":\"%s\","
	     "\"ret\":%ld,\"errno\":%d%s%s}", call, scenario_name,
	     (int)syscall(SYS_gettid), abi, ret < 0 ? -1 : ret, error,
	     *more ? "," : "", more);
}

#define CALL(name, more, ...) \
	state_event(#name, "native", syscall(SYS_##name, __VA_ARGS__), more)

static char *area(size_t pages, unsigned long node)
{
	unsigned long mask = 1UL << node;
	char *map = mmap(NULL, pages * PAGE, PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (map == MAP_FAILED)
		die("mmap");
	madvise(map, pages * PAGE, MADV_NOHUGEPAGE);
	CALL(mbind, OK(NOTHING("no_move_flag"), "\"nodes\":\"0\""), map,
	     pages * PAGE, MPOL_BIND, &mask, 64UL, 0UL);
	memset(map, 1, pages * PAGE);
	return map;
}

/*
 * The stack as deep as it gets, while the policy is still home's: a page of
 * it that is first written under another policy is one more that moves.
 */
static void stack_touch(void)
{
	volatile char deep[16 * PAGE];
	size_t i;

	for (i = 0; i < sizeof(deep); i += PAGE)
		deep[i] = 1;
}

static void set_mempolicy_forms(void)
{
	unsigned long mask[20] = { 3 }, one = 1, all = ~0UL, some = 0x23;
	unsigned long far = 0x20, home = 1UL << home_node(), beyond[20] = { 1 };

	beyond[16] = 1;
	CALL(set_mempolicy, POLICY, MPOL_DEFAULT, NULL, 0UL);
	CALL(set_mempolicy, OK(NOTHING("policy"), "\"nodes\":\"0-1\""),
	     MPOL_BIND, mask, 64UL);
	/* Padded far beyond what there is; odd sizes; bits that do not count */
	CALL(set_mempolicy, OK(NOTHING("policy"), "\"nodes\":\"0-1\""),
	     MPOL_INTERLEAVE | 1 << 15, mask, 1025UL);
	CALL(set_mempolicy, OK(NOTHING("policy"), "\"nodes\":\"0-1\""),
	     MPOL_BIND, &all, 3UL);
	CALL(set_mempolicy, OK(NOTHING("policy"), "\"nodes\":\"0-1\""),
	     MPOL_BIND, mask, 20 * 64UL + 1);
	CALL(set_mempolicy, MARKED("narrowed", NOTHING("policy"),
				   "\"effective\":\"0-1\""),
	     MPOL_BIND, &some, 64UL);
	CALL(set_mempolicy, OK(), MPOL_BIND, &far, 64UL);
	CALL(set_mempolicy, MARKED("unreadable", "\"nodes\":null"), MPOL_BIND,
	     (void *)16, 64UL);
	CALL(set_mempolicy, OK("\"nodes\":null"), MPOL_BIND, &one, 0UL);
	CALL(set_mempolicy, OK("\"nodes\":null"), MPOL_BIND, &one, 70000UL);
	CALL(set_mempolicy, OK("\"nodes\":null"), MPOL_BIND, beyond, 1090UL);
	CALL(set_mempolicy, OK(), 77, &one, 64UL);
	CALL(set_mempolicy, POLICY, MPOL_BIND, &home, 64UL);
}

static void mbind_forms(char *map)
{
	unsigned long one = 2, two = 4, far = 0x22;
	size_t len = PAGES * PAGE;

	CALL(mbind, OK(MOVED("16")), map, len, MPOL_BIND, &one, 64UL,
	     MPOL_MF_MOVE);
	CALL(mbind, OK(NOTHING("no_pages")), map, len, MPOL_BIND, &one, 64UL,
	     MPOL_MF_MOVE);
	CALL(mbind, MARKED("narrowed", NOTHING("no_pages"),
			   "\"effective\":\"1\""), map, len, MPOL_BIND, &far,
	     64UL, MPOL_MF_MOVE);
	CALL(mbind, OK(), map, len, MPOL_BIND, &two, 64UL, MPOL_MF_STRICT);
	CALL(mbind, OK(), map + 1, len, MPOL_BIND, &one, 64UL, 0UL);
	CALL(mbind, OK(), (void *)0x10000, len, MPOL_BIND, &one, 64UL, 0UL);
	CALL(mbind, OK(), map, len, MPOL_BIND, &one, 64UL, 0x100UL);
	CALL(mbind, MARKED("unreadable"), map, len, MPOL_BIND, (void *)16,
	     64UL, 0UL);
}

/* The area is on node 1, nothing else is, and nothing on 0 or 2. */
static void migrate_pages_forms(void)
{
	unsigned long zero = 1, one = 2, two = 4, far = 0x20, near = 0x21;

	CALL(migrate_pages, OK(NOTHING("same_nodes")), 0, 64UL, &one, &one);
	CALL(migrate_pages, OK(MOVED("16")), 0, 64UL, &one, &two);
	CALL(migrate_pages, OK(NOTHING("no_pages")), 0, 64UL, &one, &two);
	CALL(migrate_pages, MARKED("narrowed", NOTHING("no_node_left")), 0,
	     64UL, &two, &far);
	CALL(migrate_pages, MARKED("narrowed", MOVED("16"),
				   "\"effective\":\"0\""), 0, 64UL, &two,
	     &near);
	CALL(migrate_pages, OK(), 999999, 64UL, &zero, &one);
	CALL(migrate_pages, MARKED("unreadable"), 0, 64UL, (void *)16, &one);
	CALL(migrate_pages, OK(NOTHING("same_nodes")), 0, 64UL, NULL, &one);
	CALL(migrate_pages, OK(), 0, 64UL, &one, NULL);
	CALL(migrate_pages, OK(), 0, 40000UL, &zero, &one);
}

/* One page that a child maps as well: only MPOL_MF_MOVE_ALL moves it. */
static char *shared_page(void)
{
	char *map = mmap(NULL, PAGE, PROT_READ | PROT_WRITE,
			 MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (map == MAP_FAILED)
		die("mmap");
	*map = 1;
	return map;
}

struct sharer {
	char *map;
	int ready[2], done[2];
};

static void sharer_body(void *arg)
{
	struct sharer *sharer = arg;

	close(sharer->done[1]);
	*sharer->map = 2;
	signal_byte(sharer->ready[1]);
	await_byte(sharer->done[0]);
}

static void move_pages_mix(char *map, struct sharer *sharer)
{
	/* Shared: of private ones 5.10 says EFAULT, as of no mapping. */
	char *hole = mmap(NULL, PAGE, PROT_READ | PROT_WRITE,
			  MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	void *addr[] = { map, map + PAGE, map + 2 * PAGE, map + 3 * PAGE, map,
			 map + 4 * PAGE, map + 5 * PAGE, hole, (void *)0x10000,
			 sharer->map };
	int node[] = { 2, 2, 2, 2, 2, 1, 1, 1, 1, 1 }, status[10];

	CALL(move_pages, OK(MOVED("4"),
	     "\"statuses\":{\"pages\":10,\"moved\":4,\"already\":2,"
	     "\"errors\":{\"EBUSY\":1,\"ENOENT\":1,\"EFAULT\":1,"
	     "\"EACCES\":1}}"), 0, 10UL, addr, node, status, MPOL_MF_MOVE);
}

static void move_pages_forms(char *map, struct sharer *sharer)
{
	static void *addr[MANY];
	static int node[MANY], status[MANY];
	char *many = area(MANY, 0);
	int i;

	for (i = 0; i < MANY; i++) {
		addr[i] = i < PAGES ? map + i * PAGE : many + i * PAGE;
		node[i] = 1;
		status[i] = 0;
	}
	CALL(move_pages, MARKED("query", NOTHING("query"),
				"\"statuses\":null"), 0, 16UL, addr, NULL,
	     status, 0);
	CALL(move_pages, OK(MOVED("16"),
	     "\"statuses\":{\"pages\":16,\"moved\":16,\"already\":0,"
	     "\"errors\":{}}"), 0, 16UL, addr, node, status, MPOL_MF_MOVE);
	CALL(move_pages, OK(NOTHING("already_there"),
	     "\"statuses\":{\"pages\":16,\"moved\":0,\"already\":16,"
	     "\"errors\":{}}"), 0, 16UL, addr, node, status, MPOL_MF_MOVE);
	move_pages_mix(map, sharer);
	for (i = 0; i < MANY; i++)
		addr[i] = many + i * PAGE;
	CALL(move_pages, OK(MOVED("1100"),
	     "\"statuses\":{\"pages\":1024,\"moved\":1100,\"already\":null,"
	     "\"errors\":{}}"), 0, (unsigned long)MANY, addr, node, status,
	     MPOL_MF_MOVE);
	node[3] = 77;
	CALL(move_pages, OK("\"statuses\":null"), 0, 16UL, addr, node, status,
	     MPOL_MF_MOVE);
	CALL(move_pages, MARKED("unreadable", "\"statuses\":null"), 0, 16UL,
	     addr, (void *)16, status, MPOL_MF_MOVE);
	CALL(move_pages, OK("\"statuses\":null"), 0, 16UL, addr, node, status,
	     8);
	CALL(move_pages, OK(), 999999, 16UL, addr, node, status, MPOL_MF_MOVE);
}

static void other_forms(char *map)
{
	unsigned long mask[20], nodes = 6;
	int mode;

	CALL(get_mempolicy, OK(NOTHING("query"), "\"nodes\":\"3\","
	     "\"mode\":\"MPOL_BIND\""), &mode, mask, 1280UL, NULL, 0UL);
	CALL(get_mempolicy, OK(NOTHING("query"), "\"node\":3"), &mode, NULL,
	     0UL, &mode, 3UL);
	CALL(get_mempolicy, OK(NOTHING("query")), NULL, mask, 1280UL, NULL,
	     4UL);
	CALL(get_mempolicy, OK(), &mode, NULL, 0UL, (void *)16, 2UL);
	CALL(get_mempolicy, OK(), &mode, NULL, 0UL, NULL, 0x100UL);
	CALL(mbind, OK(NOTHING("no_move_flag")), map, PAGES * PAGE, MPOL_BIND,
	     &nodes, 64UL, 0UL);
	if (syscall(SYS_set_mempolicy_home_node, map, PAGE, 0UL, 1UL) < 0 &&
	    errno == ENOSYS)
		return;
	errno = EINVAL; /* those are the flags */
	state_event("set_mempolicy_home_node", "native", -1, OK());
	CALL(set_mempolicy_home_node, POLICY, map, PAGES * PAGE, 1UL, 0UL);
}

void run_forms(int argc, char **argv)
{
	struct sharer sharer;
	char *map;

	(void)argc, (void)argv;
	be("load-forms");
	sharer.map = shared_page();
	if (pipe(sharer.ready) || pipe(sharer.done))
		die("pipe");
	spawn(sharer_body, &sharer);
	close(sharer.ready[1]);
	await_byte(sharer.ready[0]);
	stack_touch();
	map = area(PAGES, 0);
	set_mempolicy_forms();
	mbind_forms(map);
	migrate_pages_forms();
	move_pages_forms(map, &sharer);
	other_forms(map);
	signal_byte(sharer.done[1]);
	reap();
}
