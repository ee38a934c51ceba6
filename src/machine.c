/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The machine from uname(2), /proc and /sys. */
#include "machine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "clock.h"
#include "text.h"
#include "xalloc.h"

/* One word of a kernel file as a number, or UNKNOWN. */
static int64_t number_of_file(const char *path)
{
	FILE *file = fopen(path, "re");
	long long value;
	int64_t number = UNKNOWN;
	char word[16];

	if (!file)
		return UNKNOWN;
	if (fscanf(file, "%15s", word) == 1) {
		if (sscanf(word, "%lld", &value) == 1)
			number = value;
		else if (!strcmp(word, "true"))
			number = 1;
		else if (!strcmp(word, "false"))
			number = 0;
	}
	fclose(file);
	return number;
}

static void host_read(struct sample_host *host)
{
	struct utsname name;
	char id[64] = "";
	FILE *file;

	uname(&name);
	host->host = text_clean_dup(name.nodename);
	host->kernel = text_clean_dup(name.release);
	host->arch = text_clean_dup(name.machine);
	host->page_size = sysconf(_SC_PAGESIZE);
	file = fopen("/proc/sys/kernel/random/boot_id", "re");
	if (!file)
		return;
	if (fscanf(file, "%63s", id) == 1)
		host->boot_id = text_clean_dup(id);
	fclose(file);
}

static void host_fill(const struct sample_host *host, struct sample *sample)
{
	sample->host.host = xstrdup(host->host);
	sample->host.kernel = xstrdup(host->kernel);
	sample->host.arch = xstrdup(host->arch);
	sample->host.boot_id = host->boot_id ? xstrdup(host->boot_id) : NULL;
	sample->host.page_size = host->page_size;
}

void machine_open(struct machine *machine)
{
	host_read(&machine->host);
	machine->topology = topology_open();
	machine->cpu_ns = clock_ns(CLOCK_PROCESS_CPUTIME_ID);
}

void machine_close(struct machine *machine)
{
	topology_close(machine->topology);
	free(machine->host.host);
	free(machine->host.kernel);
	free(machine->host.arch);
	free(machine->host.boot_id);
}

void machine_fill(struct machine *machine, struct sample *sample)
{
	clock_gettime(CLOCK_REALTIME, &sample->time);
	sample->uptime_us = clock_ns(CLOCK_BOOTTIME) / 1000;
	sample->numa_balancing =
		number_of_file("/proc/sys/kernel/numa_balancing");
	sample->demotion =
		number_of_file("/sys/kernel/mm/numa/demotion_enabled");
	host_fill(&machine->host, sample);
	topology_refresh(machine->topology);
	topology_fill(machine->topology, sample);
}

void machine_fill_self(struct machine *machine, struct sample *sample)
{
	int64_t cpu_ns = clock_ns(CLOCK_PROCESS_CPUTIME_ID);
	long pages = 0;
	FILE *file = fopen("/proc/self/statm", "re");

	sample->self_cpu_ns = cpu_ns - machine->cpu_ns;
	machine->cpu_ns = cpu_ns;
	if (!file)
		return;
	if (fscanf(file, "%*s %ld", &pages) == 1)
		sample->self_rss_bytes = pages * machine->host.page_size;
	fclose(file);
}
