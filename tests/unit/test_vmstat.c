/* SPDX-License-Identifier: GPL-2.0-or-later */
/* /proc/vmstat as text, as a file, and as differences. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "vmstat.h"

static void test_parse(void **state)
{
	int64_t value[VMSTAT_COUNT];

	(void)state;
	vmstat_parse("nr_free_pages 7\n"
		     "pgmigrate_success 18446744\n"
		     "pgmigrate_success_not 3\n"
		     "pgmigrate 4\n"
		     "pgmigrate_fail 0\n"
		     "numa_hint_faults\n"
		     "thp_migration_success 9",
		     value);
	assert_int_equal(value[VMSTAT_PGMIGRATE_SUCCESS], 18446744);
	assert_int_equal(value[VMSTAT_PGMIGRATE_FAIL], 0);
	assert_int_equal(value[VMSTAT_THP_MIGRATION_SUCCESS], 9);
	/* Absent, or without a number: unknown, not 0. */
	assert_true(value[VMSTAT_NUMA_HINT_FAULTS] == UNKNOWN);
	assert_true(value[VMSTAT_PGPROMOTE_SUCCESS] == UNKNOWN);
}

static void test_since(void **state)
{
	int64_t now[VMSTAT_COUNT], before[VMSTAT_COUNT], value[VMSTAT_COUNT];

	(void)state;
	vmstat_parse("pgmigrate_success 10\npgmigrate_fail 1\n"
		     "numa_hint_faults 5\n",
		     now);
	vmstat_parse("pgmigrate_success 3\npgmigrate_fail 2\n", before);
	vmstat_since(now, before, value);
	assert_int_equal(value[VMSTAT_PGMIGRATE_SUCCESS], 7);
	/* One that went back, and one known only now. */
	assert_true(value[VMSTAT_PGMIGRATE_FAIL] == UNKNOWN);
	assert_true(value[VMSTAT_NUMA_HINT_FAULTS] == UNKNOWN);
}

static void test_read(void **state)
{
	int64_t value[VMSTAT_COUNT];
	int fd = open("/proc/vmstat", O_RDONLY);

	(void)state;
	if (fd < 0)
		skip();
	assert_int_equal(vmstat_read(fd, value), 0);
	close(fd);
	assert_int_equal(vmstat_read(fd, value), -EBADF);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parse),
		cmocka_unit_test(test_since),
		cmocka_unit_test(test_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
