/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The names of the header's items, and what each says. */
#include "header_items.h"

const struct header_row header_table[HEADER_COUNT] = {
	[HEADER_SEEN] = { "seen", "pages that mptop saw moving" },
	[HEADER_IN_FLIGHT] = { "in flight",
			       "seen in batches that have not ended yet" },
	[HEADER_LANDED] = { "landed",
			    "seen before, counted by the kernel only now" },
	[HEADER_NONLRU] = { "non-LRU",
			    "moves that no folio hook sees (zsmalloc, "
			    "balloon)" },
	[HEADER_HUGETLB] = { "hugetlb",
			     "pages of huge ones that the kernel counts as 1" },
	[HEADER_VMSTAT] = { "vmstat", "pages by the kernel's own counter" },
	[HEADER_UNEXPLAINED] = { "unexplained", "what is left then: a loss" },
	[HEADER_LOST] = { "lost", "what could not be counted, by name" },
	[HEADER_SELF] = { "self", "CPU time that mptop itself takes" },
	[HEADER_BALANCING] = { "balancing",
			       "automatic NUMA balancing, between tiers too" },
	[HEADER_DEMOTION] = { "demotion",
			      "reclaim moves pages to slower memory" },
	[HEADER_HINT_LOCAL] = { "hint-local",
				"NUMA hint faults on local pages; arrow: it "
				"changes" },
	[HEADER_MOVED] = { "moved", "pages that moved between nodes" },
	[HEADER_INTRA] = { "intra", "pages that moved within their node" },
	[HEADER_DISTANCE] = { "distance",
			      "pages x (node distance - 10): how far they "
			      "moved" },
	[HEADER_FAILED] = { "failed",
			    "pages not moved; the error of most if it is known"
	},
	[HEADER_STALLED] = { "stalled",
			     "time threads spent moving pages, added up" },
	[HEADER_BOUNCE] = { "bounce",
			    "moved pages of processes that went A to B and B "
			    "to A" },
	[HEADER_SINCE] = { "since", "counts are those since then (a, 0), not "
				    "a second" },
	[HEADER_UNKNOWN] = { "-", "not known here: never a zero" },
};
