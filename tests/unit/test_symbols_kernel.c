/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names of the kernel's functions, by files as /proc/kallsyms is. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "make_elf.h"
#include "symbols_kernel.h"

static struct symbols_kernel *kernel_of(const char *text)
{
	int fd = make_elf_bytes(text, strlen(text));

	lseek(fd, 0, SEEK_SET);
	return symbols_kernel_new(fd);
}

static void check_name(struct symbols_kernel *kernel, uint64_t address,
		       bool returns, const char *expected)
{
	char *name = symbols_kernel_name(kernel, address, returns);

	if (expected) {
		assert_non_null(name);
		assert_string_equal(name, expected);
	} else {
		assert_null(name);
	}
	free(name);
}

static void test_names(void **state)
{
	/* Not in order, as modules are not; data between functions. */
	struct symbols_kernel *kernel = kernel_of(
		"0000000000001000 A fixed_percpu_data\n"
		"ffffffffc0001000 t zs_page_migrate\t[zsmalloc]\n"
		"ffffffff81000000 T _stext\n"
		"ffffffff81000000 T first\n"
		"ffffffff81000100 T do_migrate_pages\n"
		"ffffffff81000110 d a_table\n"
		"ffffffff81000200 W weak_one\n"
		"ffffffff81000300 t bad\033name\n"
		"ffffffff81000400 t\n"
		"no line at all\n"
		"ffffffff82000000 T last\n");

	(void)state;
	assert_null(symbols_kernel_lack(kernel));
	check_name(kernel, 0xffffffff81000100, false, "do_migrate_pages+0x0");
	check_name(kernel, 0xffffffff8100011f, false, "do_migrate_pages+0x1f");
	check_name(kernel, 0xffffffff81000200, false, "weak_one+0x0");
	/* A call at the end of a function returns to the next one. */
	check_name(kernel, 0xffffffff81000200, true, "do_migrate_pages+0x100");
	check_name(kernel, 0xffffffff81000005, false, "_stext+0x5");
	check_name(kernel, 0xffffffff81000301, false, "bad?name+0x1");
	check_name(kernel, 0xffffffffc0001010, true,
		   "zs_page_migrate+0x10 [zsmalloc]");
	check_name(kernel, 0xffffffffd0001010, false, NULL);
	check_name(kernel, 0xffffffff80ffffff, false, NULL);
	check_name(kernel, 0, true, NULL);
	check_name(kernel, 0x1000, false, NULL);
	symbols_kernel_free(kernel);
}

static void test_hidden(void **state)
{
	struct symbols_kernel *kernel = kernel_of(
		"0000000000000000 T _stext\n"
		"0000000000000000 T do_migrate_pages\n");

	(void)state;
	check_name(kernel, 0xffffffff81000100, false, NULL);
	assert_non_null(strstr(symbols_kernel_lack(kernel), "kptr_restrict"));
	symbols_kernel_free(kernel);
}

static void test_none(void **state)
{
	struct symbols_kernel *kernel = symbols_kernel_new(-1);

	(void)state;
	check_name(kernel, 1, true, NULL);
	assert_non_null(symbols_kernel_lack(kernel));
	symbols_kernel_free(kernel);
	/* Never asked, its descriptor is closed all the same. */
	symbols_kernel_free(kernel_of(""));
	symbols_kernel_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_hidden),
		cmocka_unit_test(test_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
