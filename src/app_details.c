/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What Details ask of the machine, as whoever mptop is after the drop. */
#include "app.h"
#include "proc_memory_numa.h"

static void read_place(struct dashboard *dashboard,
		       const struct details_whose *whose)
{
	struct details_memory memory = { 0 };
	struct pidns ns;

	pidns_read(&ns);
	memory.why_not = cgroup_memory_read("/proc/self/mountinfo",
					    whose->cgroup, &memory.numa);
	memory.is_known = !memory.why_not;
	dashboard_set_life(dashboard, proc_life(&ns, whose->id));
	dashboard_set_memory(dashboard, DETAILS_OF_CGROUP, &memory);
}

static void read_maps(struct dashboard *dashboard,
		      const struct details_whose *whose, bool allowed)
{
	struct details_memory memory = { 0 };
	struct pidns ns;

	pidns_read(&ns);
	memory.why_not = allowed ?
			 numa_maps_read(&ns, whose->id, &memory.numa,
					&memory.cut_off) :
			 "only with --details=numa-maps: it walks page tables";
	memory.is_known = !memory.why_not;
	dashboard_set_memory(dashboard, DETAILS_OF_PROCESS, &memory);
}

void app_details(const struct options *options, struct dashboard *dashboard,
		 unsigned int request)
{
	struct details_whose whose;

	if (!dashboard_details(dashboard, &whose))
		return;
	if (request & REQUEST_DETAILS)
		read_place(dashboard, &whose);
	if (request & REQUEST_NUMA_MAPS)
		read_maps(dashboard, &whose,
			  options->details == DETAILS_NUMA_MAPS);
}
