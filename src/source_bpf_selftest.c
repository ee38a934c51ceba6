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
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "bpf/mptop.skel.h"
#include "nodeset.h"
#include "xalloc.h"

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

/* The row in which our page is counted; NULL if there is none. */
static struct mptop_flow *row_of(const struct bpf_source *source,
				 uint32_t *number)
{
	struct mptop_flow *flows = source->set.skel->bss->flows;
	uint32_t row;

	for (row = 0; row < MPTOP_FLOWS; row++) {
		if (!flows[row].used || !is_ours(source, flows[row].key.mover))
			continue;
		*number = row;
		return &flows[row];
	}
	return NULL;
}

/* NULL, or what is wrong with @flow. */
static char *wrong(const struct bpf_source *source,
		   const struct mptop_flow *flow, const struct moved *moved)
{
	const char *reason;

	if (!flow)
		return xasprintf("moved a page from node %d to node %d and "
				 "did not see it",
				 moved->src, moved->dst);
	reason = flow->key.reason < source->facts.nr_reasons ?
			 source->facts.reason[flow->key.reason] :
			 NULL;
	if (flow->key.src == moved->src && flow->key.dst == moved->dst &&
	    flow->pages == 1 && reason && !strcmp(reason, "syscall"))
		return NULL;
	return xasprintf("moved 1 page from node %d to node %d and saw %llu "
			 "from %u to %u for %s",
			 moved->src, moved->dst,
			 (unsigned long long)flow->pages, flow->key.src,
			 flow->key.dst, reason ? reason : "no known reason");
}

/* What was counted of us so far is not of the first interval. */
static void leave_out(struct bpf_source *source, struct mptop_flow *flow,
		      uint32_t row)
{
	const struct mptop_bpf__bss *bss = source->set.skel->bss;
	struct bpf_moment *moment = &source->moment;
	struct sample *dropped = sample_new();

	source->flow[row].pages = flow->pages;
	source->flow[row].folios = flow->folios;
	source->seen += flow->pages;
	moment->settled += flow->pages;
	if (moment->vmstat[VMSTAT_PGMIGRATE_SUCCESS] != UNKNOWN)
		moment->vmstat[VMSTAT_PGMIGRATE_SUCCESS] += flow->pages;
	source->proc[flow->key.mover - 1].stall_ns =
		bss->procs[flow->key.mover - 1].stall_ns;
	bpf_source_latency(source, dropped);
	sample_free(dropped);
}

/* Tries with one page; NULL if all is well or nothing can be tried. */
static char *try_page(struct bpf_source *source, struct moved *moved)
{
	struct mptop_flow *flow;
	uint32_t row = 0;
	const char *why;
	char *error;

	if (!page_move(topology_allowed(source->machine.topology), moved, &why)) {
		source->selftest = why;
		return NULL;
	}
	flow = row_of(source, &row);
	error = wrong(source, flow, moved);
	if (!error)
		source->selftest = "passed";
	if (flow)
		leave_out(source, flow, row);
	return error;
}

int bpf_source_selftest(struct bpf_source *source, char **error)
{
	struct moved moved = { .page = MAP_FAILED };
	size_t length = sysconf(_SC_PAGESIZE);
	char *why;

	source->self_pid = getpid();
	if (!hooks_probe(&source->set.plan, PROBE_FOLIOS)) {
		source->selftest = "no hook tells nodes";
		return 0;
	}
	moved.page = mmap(NULL, length, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (moved.page == MAP_FAILED)
		return 0;
	*(volatile char *)moved.page = 1;
	why = try_page(source, &moved);
	munmap(moved.page, length);
	if (!why)
		return 0;
	*error = xasprintf("the self-test failed: %s\n"
			   "  mptop does not understand this kernel; "
			   "--probe=tracepoint counts without nodes",
			   why);
	free(why);
	return -ENOTSUP;
}
