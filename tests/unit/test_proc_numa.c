/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Memory by node: texts as kernels write them, and as they never would. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "proc_numa.h"
#include "xalloc.h"

#define KIB INT64_C(1024)

static bool parse_stat(const char *text, struct numa_memory *memory)
{
	char *copy = xstrdup(text);
	bool found = numa_stat_parse(copy, memory);

	free(copy);
	return found;
}

static void parse_maps(const char *const *lines, struct numa_memory *memory)
{
	for (; *lines; lines++) {
		char *copy = xstrdup(*lines);

		numa_maps_line(copy, memory);
		free(copy);
	}
}

static void assert_node(const struct numa_memory *memory, size_t i, int id,
			const int64_t bytes[NUMA_KINDS])
{
	int kind;

	assert_true(i < memory->nr);
	assert_int_equal(memory->nodes[i].id, id);
	for (kind = 0; kind < NUMA_KINDS; kind++)
		assert_int_equal(memory->nodes[i].bytes[kind], bytes[kind]);
}

/* Linux 6.1, four nodes of which one is missing. */
static const char stat_text[] =
	"anon N0=335872 N1=1064960 N3=0\n"
	"file N0=2973696 N1=0 N3=135168\n"
	"kernel_stack N0=16384 N1=0 N3=0\n"
	"pagetables N0=36864 N1=4096 N3=0\n"
	"sec_pagetables N0=0 N1=0 N3=0\n"
	"shmem N0=12288 N1=0 N3=0\n"
	"file_mapped N0=946176 N1=0 N3=135168\n"
	"file_dirty N0=0 N1=0 N3=0\n"
	"anon_thp N0=0 N1=0 N3=0\n"
	"inactive_anon N0=299008 N1=1064960 N3=0\n"
	"slab_reclaimable N0=202288 N1=0 N3=0\n"
	"workingset_refault_anon N0=0 N1=0 N3=0\n";

static void numa_stat(void **state)
{
	struct numa_memory memory = { 0 };

	(void)state;
	assert_true(parse_stat(stat_text, &memory));
	assert_int_equal(memory.nr, 3);
	assert_node(&memory, 0, 0, (int64_t[]){ 335872, 2973696, 0, 0 });
	assert_node(&memory, 1, 1, (int64_t[]){ 1064960, 0, 0, 0 });
	assert_node(&memory, 2, 3, (int64_t[]){ 0, 135168, 0, 0 });
	assert_int_equal(memory.bad_lines, 0);
	assert_int_equal(numa_node_bytes(&memory.nodes[0]), 335872 + 2973696);
	numa_memory_clear(&memory);
	assert_int_equal(memory.nr, 0);
}

/* What v1 has under that name has another form: nothing is made of it. */
static void numa_stat_other(void **state)
{
	struct numa_memory memory = { 0 };

	(void)state;
	assert_false(parse_stat("", &memory));
	assert_false(parse_stat("\n\n", &memory));
	assert_false(parse_stat("total=5 N0=5\nfile=2 N0=2\nanon=3 N0=3\n",
				&memory));
	assert_int_equal(memory.nr, 0);
}

static void numa_stat_hostile(void **state)
{
	static const char *const texts[] = {
		"anon",
		"anon N0",
		"anon N0=",
		"anon N=4",
		"anon N0=-4",
		"anon N0=4x",
		"anon N-1=4",
		"anon N1024=4",
		"anon N0=99999999999999999999",
		"anon N99999999999999999999=4",
		"anon M0=4",
	};
	struct numa_memory memory = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		assert_true(parse_stat(texts[i], &memory));
		assert_int_equal(memory.nr, 0);
		assert_int_equal(memory.bad_lines, i + 1);
	}
	assert_true(parse_stat("anon N0=9223372036854775807\nanon N0=1",
			       &memory));
	assert_int_equal(memory.nodes[0].bytes[NUMA_ANON], INT64_MAX);
	numa_memory_clear(&memory);
}

/* Linux 6.12: a program, its heap, libraries, a THP, the stack. */
static void numa_maps(void **state)
{
	static const char *const lines[] = {
		"55d0c5a00000 default file=/usr/sbin/my\\040sql\\075d mapped=12 "
		"mapmax=2 N0=8 N1=4 kernelpagesize_kB=4\n",
		"55d0c7a8e000 default heap anon=33 dirty=33 N0=33 "
		"kernelpagesize_kB=4\n",
		"7f1a00000000 bind:1 anon=512 dirty=512 active=0 N1=512 "
		"kernelpagesize_kB=4\n",
		"7f1a40000000 default\n",
		"7f1a50000000 interleave:0-1 file=/lib/libc.so.6 anon=4 "
		"dirty=4 N0=4 kernelpagesize_kB=4\n",
		"7f1a60000000 default file=/lib/libc.so.6 anon=1 dirty=1 "
		"mapped=3 N0=2 N1=1 kernelpagesize_kB=4\n",
		"7fff8a1de000 default stack anon=3 dirty=3 N0=3 "
		"kernelpagesize_kB=4",
		NULL,
	};
	struct numa_memory memory = { 0 };

	(void)state;
	parse_maps(lines, &memory);
	assert_int_equal(memory.bad_lines, 0);
	assert_int_equal(memory.mappings, 6);
	assert_int_equal(memory.nr, 2);
	assert_node(&memory, 0, 0,
		    (int64_t[]){ (33 + 4 + 3) * 4 * KIB, 8 * 4 * KIB,
				 2 * 4 * KIB, 0 });
	assert_node(&memory, 1, 1,
		    (int64_t[]){ 512 * 4 * KIB, 4 * 4 * KIB, 4 * KIB, 0 });
	numa_memory_clear(&memory);
}

/* Pages are as large as the line says: hugetlb, and kernels of 64 KiB. */
static void page_sizes(void **state)
{
	static const char *const lines[] = {
		"7f0000000000 default file=/anon_hugepage\\040(deleted) huge "
		"anon=3 dirty=3 N0=1 N1=2 kernelpagesize_kB=2048\n",
		"7f0100000000 default file=/dev/hugepages/guest huge mapped=1 "
		"N1=1 kernelpagesize_kB=1048576\n",
		"ffff80000000 default anon=5 dirty=5 N1=5 "
		"kernelpagesize_kB=64\n",
		NULL,
	};
	struct numa_memory memory = { 0 };

	(void)state;
	parse_maps(lines, &memory);
	assert_int_equal(memory.bad_lines, 0);
	assert_node(&memory, 0, 0, (int64_t[]){ 0, 0, 0, 2048 * KIB });
	assert_node(&memory, 1, 1,
		    (int64_t[]){ 5 * 64 * KIB, 0, 0,
				 (2 * 2048 + 1048576) * KIB });
	numa_memory_clear(&memory);
}

/* A line that makes no sense is counted, and adds nothing. */
static void numa_maps_hostile(void **state)
{
	static const char *const lines[] = {
		"7f default N0=5",
		"7f default N0=5 kernelpagesize_kB=0",
		"7f default N0=5 kernelpagesize_kB=99999999999",
		"7f default N0=x kernelpagesize_kB=4",
		"7f default N5000=1 kernelpagesize_kB=4",
		"7f default anon=y N0=1 kernelpagesize_kB=4",
		"7f default N0=99999999999999999999 kernelpagesize_kB=4",
		NULL,
	};
	static const char *const fine[] = {
		"", "\n", " ", "7f", "7f default", "7f  =  ", "N0=5",
		"N0=5 N1=6", NULL,
	};
	struct numa_memory memory = { 0 };

	(void)state;
	parse_maps(lines, &memory);
	assert_int_equal(memory.nr, 0);
	assert_int_equal(memory.mappings, 0);
	assert_int_equal(memory.bad_lines, 7);
	parse_maps(fine, &memory);
	assert_int_equal(memory.nr, 0);
	assert_int_equal(memory.bad_lines, 7);
	numa_memory_clear(&memory);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(numa_stat),
		cmocka_unit_test(numa_stat_other),
		cmocka_unit_test(numa_stat_hostile),
		cmocka_unit_test(numa_maps),
		cmocka_unit_test(page_sizes),
		cmocka_unit_test(numa_maps_hostile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
