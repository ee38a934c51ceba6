/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The command line of load; load.h tells what it is. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "load.h"

static const struct scenario scenarios[] = {
	{ "migrate", "[PAGES 2048]", run_migrate },
	{ "scatter", "[PAGES 3000 [NODES 3]]", run_scatter },
	{ "mbind", "[PAGES 1000] [THPS 4]", run_mbind },
	{ "fork", "[PAGES 300] [WRITTEN 200]", run_fork },
	{ "stacks", "[PAGES 256]", run_stacks },
	{ "still", "[PAGES 512]", run_still },
	{ "balance", "[PAGES 2048] [SECONDS 60]", run_balance },
	{ "balance_huge", "[THPS 4] [SECONDS 60]", run_balance_huge },
	{ "promote", "[PAGES 1024] [SECONDS 60]", run_promote },
	{ "compact", "[MIB 64]", run_compact },
	{ "zram", "[MIB 32] [ROUNDS 6]", run_zram },
	{ "storm", "[PROCESSES 64] [ROUNDS 20] [PAGES 32]", run_storm },
	{ "neighbour", "[PROCESSES 64] [ROUNDS 20] [PAGES 32]",
	  run_neighbour },
	{ "pingpong", "[MIB 64] [ROUNDS 10]", run_pingpong },
	{ "bomb", "[PROCESSES 5000] [PAGES 4]", run_bomb },
	{ "sit", "[PAGES 2048] <MOVERS", run_sit },
	{ "forms", "", run_forms },
	{ "race", "[CALLS 3000]", run_race },
	{ "honest", "[CALLS 100000]", run_honest },
	{ "int80", "", run_int80 },
	{ "cpuset", "[PAGES 300]", run_cpuset },
	{ "mixed", "[SECONDS 30]", run_mixed },
	{ "pinned", "[PAGES 600]", run_pinned },
	{ "full", "[PAGES 24]", run_full },
	{ "split", "[THPS 12]", run_split },
	{ "hugetlb", "[PAGES 4]", run_hugetlb },
	{ "soft_offline", "[PAGES 64]", run_soft_offline },
	{ "offline", "[PAGES 2048]", run_offline },
	{ "pin", "[PAGES 1024]", run_pin },
	{ "gigantic", "[REST_MIB 256]", run_gigantic },
	{ "cpuset_mems", "[PAGES 1024]", run_cpuset_mems },
	{ "demote", "[PAGES 1024]", run_demote },
	{ "damon", "[PAGES 1024] [SECONDS 60]", run_damon },
};

static int usage(void)
{
	size_t i;

	for (i = 0; i < sizeof(scenarios) / sizeof(scenarios[0]); i++)
		fprintf(stderr, "%s load %s %s\n", i ? "      " : "usage:",
			scenarios[i].name, scenarios[i].usage);
	return 2;
}

/*
 * What was mapped before the policy is set (stack, data) would stay where it
 * is, so set it and start over: a policy survives exec. The padding leaves
 * room for the command lines that `mixed` pretends to.
 */
static void go_home(char **argv)
{
	static char padded[160];

	if (getenv("LOAD_AT_HOME"))
		return;
	bind_task(home_node());
	setenv("LOAD_AT_HOME", "1", 1);
	snprintf(padded, sizeof(padded), "%-150s", "load");
	argv[0] = padded;
	execv("/proc/self/exe", argv);
	die("exec");
}

int main(int argc, char **argv)
{
	size_t i;

	if (getenv("WHO_STEPS")) {
		run_who(getenv("WHO_STEPS"));
		return 0;
	}
	if (argc < 2)
		return usage();
	go_home(argv);
	for (i = 0; i < sizeof(scenarios) / sizeof(scenarios[0]); i++) {
		if (strcmp(argv[1], scenarios[i].name))
			continue;
		scenario_name = argv[1];
		scenarios[i].run(argc - 2, argv + 2);
		return 0;
	}
	return usage();
}
