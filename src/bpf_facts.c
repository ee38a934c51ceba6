/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Facts that differ between kernels and are in no header: where a page keeps
 * its node, how wide a node mask is, what the reasons are called.
 */
#include "bpf_facts.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>

#include "xalloc.h"

/* The member @name of the struct @type, or NULL. */
static const struct btf_member *member_find(const struct btf *btf,
					    const char *type, const char *name)
{
	int id = btf__find_by_name_kind(btf, type, BTF_KIND_STRUCT);
	const struct btf_type *t;
	const struct btf_member *m;
	int i;

	if (id < 0)
		return NULL;
	t = btf__type_by_id(btf, id);
	m = btf_members(t);
	for (i = 0; i < btf_vlen(t); i++, m++)
		if (!strcmp(btf__name_by_offset(btf, m->name_off), name))
			return m;
	return NULL;
}

/* The value of @name in the enum @type, or -1. */
static int64_t enum_value(const struct btf *btf, const char *type,
			  const char *name)
{
	int id = btf__find_by_name_kind(btf, type, BTF_KIND_ENUM);
	const struct btf_type *t;
	const struct btf_enum *e;
	int i;

	if (id < 0)
		return -1;
	t = btf__type_by_id(btf, id);
	e = btf_enum(t);
	for (i = 0; i < btf_vlen(t); i++, e++)
		if (!strcmp(btf__name_by_offset(btf, e->name_off), name))
			return e->val;
	return -1;
}

/*
 * MAX_NUMNODES is in no constant that BTF carries, but zonelist._zonerefs
 * has MAX_NUMNODES * MAX_NR_ZONES + 1 elements (include/linux/mmzone.h).
 */
static int64_t max_nodes(const struct btf *btf)
{
	const struct btf_member *m = member_find(btf, "zonelist", "_zonerefs");
	int64_t zones = enum_value(btf, "zone_type", "__MAX_NR_ZONES");
	const struct btf_type *t;

	if (!m || zones <= 0)
		return -1;
	t = btf__type_by_id(btf, m->type);
	if (!btf_is_array(t))
		return -1;
	return ((int64_t)btf_array(t)->nelems - 1) / zones;
}

/*
 * With SPARSEMEM_VMEMMAP the node is in the top NODES_SHIFT bits of flags
 * (include/linux/page-flags-layout.h); subsection_map exists only with it.
 */
static int node_facts(struct bpf_facts *facts, char **error)
{
	int64_t nodes = max_nodes(facts->btf);
	uint32_t shift = 0;

	if (nodes < 1 || nodes > NODESET_MAX || (nodes & (nodes - 1))) {
		*error = xasprintf("cannot tell from the kernel's BTF how "
				   "wide a node id is");
		return -ENOTSUP;
	}
	if (nodes > 1 &&
	    !member_find(facts->btf, "mem_section_usage", "subsection_map")) {
		*error = xasprintf("this kernel does not keep the node in "
				   "page flags (CONFIG_SPARSEMEM_VMEMMAP)");
		return -ENOTSUP;
	}
	while (1LL << shift < nodes)
		shift++;
	facts->node_shift = shift ? 64 - shift : 0;
	facts->node_mask = nodes - 1;
	facts->mask_bytes = (nodes + 63) / 64 * 8;
	return 0;
}

static void reason_facts(struct bpf_facts *facts)
{
	int id = btf__find_by_name_kind(facts->btf, "migrate_reason",
					BTF_KIND_ENUM);
	const struct btf_type *t;
	const struct btf_enum *e;
	const char *name;
	char *p;
	int i;

	if (id < 0)
		return;
	t = btf__type_by_id(facts->btf, id);
	e = btf_enum(t);
	for (i = 0; i < btf_vlen(t); i++, e++) {
		name = btf__name_by_offset(facts->btf, e->name_off);
		if (strncmp(name, "MR_", 3) || !strcmp(name, "MR_TYPES") ||
		    e->val < 0 || e->val >= SAMPLE_REASON_MAX - 1)
			continue;
		facts->reason[e->val] = xstrdup(name + 3);
		for (p = facts->reason[e->val]; *p; p++)
			*p = tolower((unsigned char)*p);
		if (!strcmp(name, "MR_NUMA_MISPLACED"))
			facts->reason_misplaced = e->val;
		if (!strcmp(name, "MR_SYSCALL") ||
		    !strcmp(name, "MR_MEMPOLICY_MBIND"))
			facts->call_reasons |= 1U << e->val;
		if (e->val >= facts->nr_reasons)
			facts->nr_reasons = e->val + 1;
	}
}

/*
 * mm_migrate_pages(void *, succeeded, failed, ..., mode, reason): the reason
 * is last, and a program does not see the first.
 */
static void tracepoint_facts(struct bpf_facts *facts)
{
	int id = btf__find_by_name_kind(facts->btf,
					"btf_trace_mm_migrate_pages",
					BTF_KIND_TYPEDEF);
	const struct btf_type *t;

	if (id < 0)
		return;
	t = btf__type_by_id(facts->btf, id);
	t = btf__type_by_id(facts->btf, t->type);
	if (btf_is_ptr(t))
		t = btf__type_by_id(facts->btf, t->type);
	if (btf_is_func_proto(t) && btf_vlen(t) >= 2)
		facts->tp_arg_reason = btf_vlen(t) - 2;
}

static void failure_facts(struct bpf_facts *facts)
{
	static const char type[] = "trace_event_raw_mm_migrate_pages";
	int id = btf__find_by_name_kind(facts->btf, "migrate_pages",
					BTF_KIND_FUNC);
	const struct btf_type *t;

	facts->has_thp_split = member_find(facts->btf, type, "thp_split");
	facts->has_large_split =
		member_find(facts->btf, type, "large_folio_split");
	if (id < 0)
		return;
	t = btf__type_by_id(facts->btf, id);
	t = btf__type_by_id(facts->btf, t->type);
	facts->batch_args = btf_vlen(t);
}

/*
 * "none voluntary (full)": the mode in force. The file is only there where it
 * can be switched; elsewhere the version names it ("SMP PREEMPT_DYNAMIC").
 */
static bool is_preemptible(void)
{
	FILE *file = fopen("/sys/kernel/debug/sched/preempt", "re");
	struct utsname name;
	char line[128] = "";

	if (!file) {
		uname(&name);
		return strstr(name.version, "PREEMPT");
	}
	if (!fgets(line, sizeof(line), file))
		line[0] = '\0';
	fclose(file);
	return !strstr(line, "(none)") && !strstr(line, "(voluntary)");
}

/*
 * The helper came to probes with a10787e6d58c ("bpf: Enable task local storage
 * for tracing programs", 5.12). Under preemption a look-up may find a per-CPU
 * counter busy and fail, until it got a variant for that ("_recur", 6.2) and
 * the counter went (4a98c2efa613, "bpf: Remove task local storage percpu
 * counter").
 */
static bool has_task_storage(struct bpf_facts *facts)
{
	const struct btf *btf = facts->btf;

	if (libbpf_probe_bpf_helper(BPF_PROG_TYPE_KPROBE,
				    BPF_FUNC_task_storage_get, NULL) != 1)
		return false;
	return !facts->preemptible ||
	       btf__find_by_name_kind(btf, "bpf_task_storage_get_recur",
				      BTF_KIND_FUNC) > 0 ||
	       btf__find_by_name_kind(btf, "bpf_task_storage_busy",
				      BTF_KIND_VAR) < 0;
}

/*
 * A kernel that somebody has hardened may refuse to load what goes on
 * functions; then it refuses the least of programs, on any function. To find
 * that out by hook takes a try of all that is loaded each.
 */
static int trampoline_error(const struct btf *btf)
{
	const struct bpf_insn insns[] = {
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K },
		{ .code = BPF_JMP | BPF_EXIT },
	};
	LIBBPF_OPTS(bpf_prog_load_opts, opts,
		    .expected_attach_type = BPF_TRACE_FENTRY);
	int id = btf__find_by_name_kind(btf, "migrate_pages", BTF_KIND_FUNC);
	int fd;

	if (id < 0)
		return 0;
	opts.attach_btf_id = id;
	fd = bpf_prog_load(BPF_PROG_TYPE_TRACING, "mptop_try", "GPL", insns,
			   sizeof(insns) / sizeof(insns[0]), &opts);
	if (fd < 0)
		return errno == EPERM || errno == EACCES ? errno : 0;
	close(fd);
	return 0;
}

int bpf_facts_open(struct bpf_facts *facts, char **error)
{
	int ret;

	memset(facts, 0, sizeof(*facts));
	facts->reason_misplaced = SAMPLE_REASON_MAX;
	/* Not a word of libbpf's own: it would land on the screen. */
	libbpf_set_print(NULL);
	facts->btf = btf__load_vmlinux_btf();
	if (!facts->btf) {
		ret = -errno;
		*error = access("/sys/kernel/btf/vmlinux", F_OK) ?
				 xasprintf("this kernel has no BTF "
					   "(CONFIG_DEBUG_INFO_BTF)") :
				 xasprintf("cannot read the kernel's BTF: %s",
					   strerror(-ret));
		return -ENOTSUP;
	}
	ret = node_facts(facts, error);
	if (ret) {
		bpf_facts_close(facts);
		return ret;
	}
	reason_facts(facts);
	tracepoint_facts(facts);
	failure_facts(facts);
	/*
	 * Before "mm: simplify compat numa syscalls" get_nodes() read longs of
	 * 64 bits for everybody; that took the compat entries away.
	 */
	facts->ia32_longs = btf__find_by_name_kind(
		facts->btf, "__ia32_compat_sys_move_pages",
		BTF_KIND_FUNC) < 0;
	facts->preemptible = is_preemptible();
	facts->task_storage = has_task_storage(facts);
	facts->trampoline_error = trampoline_error(facts->btf);
	return 0;
}

void bpf_facts_close(struct bpf_facts *facts)
{
	int i;

	for (i = 0; i < SAMPLE_REASON_MAX; i++)
		free(facts->reason[i]);
	bpf_facts_forget(facts);
	memset(facts, 0, sizeof(*facts));
}

void bpf_facts_forget(struct bpf_facts *facts)
{
	btf__free(facts->btf);
	facts->btf = NULL;
}
