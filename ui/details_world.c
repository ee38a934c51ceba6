/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What Details ask their owner for, and what they were given. */
#include "dashboard_state.h"

bool dashboard_details(const struct dashboard *dashboard,
		       struct details_whose *whose)
{
	const struct model_details *details = dashboard->details;

	if (dashboard->overlay != &overlay_details || !details ||
	    details->subject.owner != OWNER_PROCESS)
		return false;
	whose->id = details->subject.id;
	whose->cgroup = details->cgroup;
	return true;
}

void dashboard_set_life(struct dashboard *dashboard, enum proc_life life)
{
	dashboard->world.life = life;
}

void dashboard_set_memory(struct dashboard *dashboard,
			  enum details_memory_of of,
			  struct details_memory *memory)
{
	struct details_memory *held = of == DETAILS_OF_CGROUP ?
				      &dashboard->world.cgroup :
				      &dashboard->world.maps;

	numa_memory_clear(&held->numa);
	*held = *memory;
	*memory = (struct details_memory){ 0 };
	details_layout(dashboard);
}

void details_forget_world(struct dashboard *dashboard)
{
	numa_memory_clear(&dashboard->world.cgroup.numa);
	numa_memory_clear(&dashboard->world.maps.numa);
	dashboard->world = (struct details_world){ 0 };
}

void details_ask(struct dashboard *dashboard)
{
	const struct sample *now = model_now(dashboard->model);

	if (!now || dashboard->asked_seq == now->seq + 1)
		return;
	dashboard->asked_seq = now->seq + 1;
	dashboard->request |= REQUEST_DETAILS;
}
