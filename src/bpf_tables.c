/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "bpf_tables.h"

#include <errno.h>
#include <stdint.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "bpf/mptop.h"
#include "bpf/mptop.skel.h"

/* Fills a table's stack of free rows, so that row @first is taken first. */
static int rows_free(const struct bpf_map *map, uint32_t first, uint32_t n)
{
	int fd = bpf_map__fd(map);
	uint32_t row;

	for (row = first + n; row-- > first;)
		if (bpf_map_update_elem(fd, NULL, &row, BPF_ANY))
			return -errno;
	return 0;
}

int bpf_tables_fill(struct mptop_bpf *skel)
{
	int ret;

	ret = rows_free(skel->maps.flow_free, 0, MPTOP_FLOWS);
	if (!ret)
		ret = rows_free(skel->maps.overflow_free, MPTOP_FLOWS,
				MPTOP_OVERFLOWS);
	if (!ret)
		ret = rows_free(skel->maps.proc_free, 0, MPTOP_PROCS);
	if (!ret)
		ret = rows_free(skel->maps.call_free, 0, MPTOP_CALLS);
	if (!ret)
		ret = rows_free(skel->maps.max_free, 0, MPTOP_MAX_SLOTS);
	return ret;
}
