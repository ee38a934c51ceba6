/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The live source's stacks: from what the kernel side took to names. */
#include "bpf_source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include <bpf/libbpf.h>
#include <linux/bpf.h>

#include "bpf/mptop.skel.h"
#include "schema.h"
#include "stack.h"
#include "symbols.h"
#include "xalloc.h"

_Static_assert(sizeof(struct mptop_frame) == sizeof(struct bpf_stack_build_id),
	       "mptop_frame is what bpf_get_stack() fills");

#define STACKS_BYTES (MPTOP_CALLS * sizeof(struct mptop_stacked))

int bpf_source_stacks_open(struct bpf_source *source, char **error)
{
	const struct mptop_bpf *skel = source->set.skel;
	void *map;
	int ret;

	if (!source->set.kernel.stacks)
		return 0;
	map = mmap(NULL, STACKS_BYTES, PROT_READ, MAP_SHARED,
		   bpf_map__fd(skel->maps.call_stacks), 0);
	if (map == MAP_FAILED) {
		ret = -errno;
		*error = xasprintf("cannot map the stacks of calls: %s",
				   strerror(-ret));
		return ret;
	}
	source->stacks = map;
	source->symbols = symbols_new(
		symbols_kernel_new(open("/proc/kallsyms",
					O_RDONLY | O_CLOEXEC)),
		symbols_files_new(""));
	return 0;
}

void bpf_source_stacks_close(struct bpf_source *source)
{
	symbols_free(source->symbols);
	if (source->stacks)
		munmap((void *)source->stacks, STACKS_BYTES);
}

char *source_bpf_stacks_lack(const struct source *base)
{
	const struct bpf_source *source = (const struct bpf_source *)base;
	const char *lack = NULL;

	if (source->set.stacks_error)
		return xasprintf("stacks are unknown: the kernel refuses to "
				 "take them: %s",
				 strerror(source->set.stacks_error));
	if (source->symbols)
		lack = symbols_lack(source->symbols);
	return lack ? xasprintf("kernel stacks are unknown: %s", lack) : NULL;
}

/* The deeper one, which has the other's frames below its own. */
static void kernel_add(struct bpf_source *source,
		       const struct mptop_stack *from,
		       struct sample_stack *stack)
{
	bool deep = from->batch_bytes > from->kernel_bytes;
	const uint64_t *address = (const uint64_t *)(deep ? from->batch :
							    from->kernel);
	int bytes = deep ? from->batch_bytes : from->kernel_bytes;
	size_t i, n = bytes > 0 ? bytes / sizeof(*address) : 0;
	char *name;

	if (bytes < 0 || symbols_lack(source->symbols))
		return;
	stack->has_kernel = true;
	for (i = 0; i < n && i < MPTOP_FRAMES; i++) {
		name = symbols_kernel_frame(source->symbols, address[i], i);
		stack_add_kernel(stack, name);
	}
	stack_drop_probes(stack);
}

static void frame_add(struct bpf_source *source,
		      const struct mptop_frame *from,
		      const struct symbols_user *user,
		      struct sample_stack *stack)
{
	struct sample_frame *frame = stack_add_user(stack);
	struct symbols_place place = { .offset = from->offset };
	struct symbols_name name;

	if (from->status != BPF_STACK_BUILD_ID_VALID) {
		if (from->offset <= (uint64_t)SCHEMA_NUMBER_MAX)
			frame->address = (int64_t)from->offset;
		return;
	}
	memcpy(place.id, from->build_id, BUILD_ID_BYTES);
	name = symbols_user_name(source->symbols, &place, user);
	frame->build_id = symbols_elf_id_text(place.id);
	frame->offset = (int64_t)from->offset;
	frame->file = name.file;
	frame->symbol = name.symbol;
}

static void user_add(struct bpf_source *source, const struct sample *sample,
		     const struct mptop_stack *from,
		     struct sample_event *event)
{
	const struct sample_proc *proc =
		sample_find_proc(sample, event->caller);
	const struct symbols_user user = {
		.pid = event->caller.pid,
		.uid = proc ? proc->uid : UNKNOWN,
		.command = proc ? proc->cmdline : NULL,
	};
	int i, n = from->user_bytes / (int)sizeof(*from->user);

	/* A kernel thread has none, and that is no error. */
	if (from->user_bytes < 0 && event->call != CALL_CPUSET)
		return;
	event->stack->has_user = true;
	for (i = 0; i < n && i < MPTOP_FRAMES; i++)
		frame_add(source, &from->user[i], &user, event->stack);
}

void bpf_source_stack(struct bpf_source *source, const struct sample *sample,
		      const struct mptop_stacked *record,
		      struct sample_event *event)
{
	if (!source->symbols || !(record->call.has & MPTOP_HAS_STACK))
		return;
	event->stack = xcalloc(1, sizeof(*event->stack));
	kernel_add(source, &record->stack, event->stack);
	user_add(source, sample, &record->stack, event);
}
