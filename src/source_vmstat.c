/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Samples from /proc/vmstat alone; a count of no counter stays unknown. */
#include "source_vmstat.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"
#include "machine.h"
#include "vmstat.h"
#include "xalloc.h"

struct vmstat_source {
	struct source base;
	struct machine machine;
	int fd;
	uint64_t seq;
	int64_t last_ns; /* CLOCK_MONOTONIC of the last reading */
	int64_t value[VMSTAT_COUNT]; /* as of then */
};

static int source_vmstat_read(struct source *base, struct sample **out)
{
	struct vmstat_source *source = (struct vmstat_source *)base;
	struct sample *sample = sample_new();
	int64_t now_ns = clock_ns(CLOCK_MONOTONIC);
	int64_t now[VMSTAT_COUNT];
	size_t i;

	machine_fill(&source->machine, sample);
	sample->seq = ++source->seq;
	sample->interval_ns = now_ns - source->last_ns;
	for (i = 0; i < sample->nr_nodes; i++) {
		sample->nodes[i].in_pages = UNKNOWN;
		sample->nodes[i].out_pages = UNKNOWN;
		sample->nodes[i].intra_pages = UNKNOWN;
	}
	vmstat_read(source->fd, now);
	vmstat_since(now, source->value, sample->vmstat);
	memcpy(source->value, now, sizeof(now));
	source->last_ns = now_ns;
	machine_fill_self(&source->machine, sample);
	*out = sample;
	return 1;
}

static void source_vmstat_close(struct source *base)
{
	struct vmstat_source *source = (struct vmstat_source *)base;

	machine_close(&source->machine);
	if (source->fd >= 0)
		close(source->fd);
	free(source->base.note);
	free(source->base.error);
	free(source);
}

static const struct source_ops source_vmstat_ops = {
	.name = "vmstat",
	.read = source_vmstat_read,
	.close = source_vmstat_close,
};

int source_vmstat_open(char *note, struct source **out, char **error)
{
	struct vmstat_source *source = xcalloc(1, sizeof(*source));
	int ret;

	source->base.ops = &source_vmstat_ops;
	source->base.note = note;
	source->fd = open("/proc/vmstat", O_RDONLY | O_CLOEXEC);
	if (source->fd < 0) {
		ret = -errno;
		*error = xasprintf("cannot read /proc/vmstat: %s",
				   strerror(-ret));
		source_vmstat_close(&source->base);
		return ret;
	}
	machine_open(&source->machine);
	source->last_ns = clock_ns(CLOCK_MONOTONIC);
	vmstat_read(source->fd, source->value);
	*out = &source->base;
	return 0;
}
