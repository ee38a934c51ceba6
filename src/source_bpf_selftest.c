/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One page of our own, moved to another node: if it is counted with the right
 * nodes and reason, then hook, page flags and BTF were understood on this very
 * kernel. Its page is in no sample: counting begins after it.
 */
#include "bpf_source.h"

#include <errno.h>
#include <numaif.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "bpf/mptop.skel.h"
#include "nodeset.h"
#include "xalloc.h"

#define TRIES 3

/* A page of ours and where it was moved. */
struct moved {
	void *page;
	int src;
	int dst;
};

static int other_node(const struct nodeset *allowed, int node)
{
	int id;

	for (id = 0; id < NODESET_MAX; id++)
		if (id != node && nodeset_has(allowed, id))
			return id;
	return -1;
}

/* Moves a page; false, with why in *@why, if there is nothing to move. */
static bool page_move(const struct nodeset *allowed, struct moved *moved,
		      const char **why)
{
	int status = -1;

	moved->src = -1;
	if (get_mempolicy(&moved->src, NULL, 0, moved->page,
			  MPOL_F_NODE | MPOL_F_ADDR)) {
		*why = strerror(errno);
		return false;
	}
	moved->dst = other_node(allowed, moved->src);
	if (moved->dst < 0) {
		*why = "there is one node only";
		return false;
	}
	if (move_pages(0, 1, &moved->page, &moved->dst, &status,
		       MPOL_MF_MOVE)) {
		*why = strerror(errno);
		return false;
	}
	*why = status < 0 ? strerror(-status) : "the page stayed";
	return status == moved->dst;
}

static bool is_ours(const struct bpf_source *source, uint32_t name)
{
	return name && name <= MPTOP_PROCS &&
	       source->set.skel->bss->procs[name - 1].key.pid ==
		       (uint32_t)source->self_pid;
}

static const char *reason_of(const struct bpf_source *source,
			     const struct mptop_flow *flow)
{
	const char *name = NULL;

	if (flow->key.reason < source->facts.nr_reasons)
		name = source->facts.reason[flow->key.reason];
	return name ? name : "no known reason";
}

/* Does row @row have what @moved was, and one page more than before? */
static bool is_moved(const struct bpf_source *source, uint32_t row,
		     const struct moved *moved)
{
	const struct mptop_flow *flow = &source->set.skel->bss->flows[row];

	return flow->key.src == moved->src && flow->key.dst == moved->dst &&
	       flow->pages - source->flow[row].pages == 1 &&
	       !strcmp(reason_of(source, flow), "syscall");
}

/*
 * The row in which our page is counted, MPTOP_FLOWS if there is none; then
 * *@other is one that counts other pages of ours, or NULL. Balancing may move
 * some meanwhile.
 */
static uint32_t row_of(const struct bpf_source *source,
		       const struct moved *moved,
		       const struct mptop_flow **other)
{
	const struct mptop_flow *flows = source->set.skel->bss->flows;
	uint32_t row;

	*other = NULL;
	for (row = 0; row < MPTOP_FLOWS; row++) {
		if (!flows[row].used || !is_ours(source, flows[row].key.mover))
			continue;
		if (is_moved(source, row, moved))
			return row;
		*other = &flows[row];
	}
	return row;
}

static char *wrong(const struct bpf_source *source,
		   const struct mptop_flow *other, const struct moved *moved)
{
	if (!other)
		return xasprintf("moved a page from node %d to node %d and "
				 "did not see it",
				 moved->src, moved->dst);
	return xasprintf("moved 1 page from node %d to node %d and saw %llu "
			 "from %u to %u for %s",
			 moved->src, moved->dst,
			 (unsigned long long)other->pages, other->key.src,
			 other->key.dst, reason_of(source, other));
}

/* What was counted of us so far is not of the first interval. */
static void leave_out(struct bpf_source *source, uint32_t row)
{
	const struct mptop_bpf__bss *bss = source->set.skel->bss;
	const struct mptop_flow *flow = &bss->flows[row];
	struct bpf_moment *moment = &source->moment;
	struct sample *dropped = sample_new();

	source->flow[row].pages = flow->pages;
	source->flow[row].folios = flow->folios;
	source->seen++;
	moment->settled++;
	if (moment->vmstat[VMSTAT_PGMIGRATE_SUCCESS] != UNKNOWN)
		moment->vmstat[VMSTAT_PGMIGRATE_SUCCESS]++;
	source->proc[flow->key.mover - 1].stall_ns =
		bss->procs[flow->key.mover - 1].stall_ns;
	bpf_source_latency(source, dropped);
	sample_free(dropped);
}

/* Tries with one page; NULL if all is well or nothing can be tried. */
static char *try_page(struct bpf_source *source, struct moved *moved)
{
	const struct mptop_flow *other;
	const char *why;
	uint32_t row;

	if (!page_move(topology_allowed(source->machine.topology), moved,
		       &why)) {
		source->selftest = why;
		return NULL;
	}
	row = row_of(source, moved, &other);
	if (row == MPTOP_FLOWS)
		return wrong(source, other, moved);
	leave_out(source, row);
	source->selftest = "passed";
	return NULL;
}

/* The same with a new page; somebody else may have moved the last one. */
static char *try_new_page(struct bpf_source *source)
{
	size_t length = sysconf(_SC_PAGESIZE);
	struct moved moved;
	char *why;

	moved.page = mmap(NULL, length, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (moved.page == MAP_FAILED) {
		source->selftest = strerror(errno);
		return NULL;
	}
	*(volatile char *)moved.page = 1;
	why = try_page(source, &moved);
	munmap(moved.page, length);
	return why;
}

const char *source_bpf_selftest(const struct source *source)
{
	return ((const struct bpf_source *)source)->selftest;
}

int bpf_source_selftest(struct bpf_source *source, char **error)
{
	char *why = NULL;
	int tries;

	source->self_pid = getpid();
	if (!hooks_probe(&source->set.plan, PROBE_FOLIOS)) {
		source->selftest = "no hook tells nodes";
		return 0;
	}
	for (tries = 0; tries < TRIES; tries++) {
		free(why);
		why = try_new_page(source);
		if (!why)
			return 0;
	}
	*error = xasprintf("the self-test failed: %s\n"
			   "  mptop does not understand this kernel; "
			   "--probe=tracepoint counts without nodes",
			   why);
	free(why);
	return -ENOTSUP;
}
