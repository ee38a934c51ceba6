/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From a build id and an offset to a file and a function: of libraries in the
 * usual directories, stripped ones with what was split from them, and of
 * programs that say themselves where they are.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "make_elf.h"
#include "sample.h"
#include "symbols.h"
#include "symbols_open.h"
#include "xalloc.h"

#define LINK "$CC -O1 -nostdlib -Wl,--build-id=sha1 "
#define LIBRARY LINK "-shared -fPIC "
/* Puts what was split from ./libwhole.so where it is looked for. */
#define SPLIT                                                            \
	"id=$(readelf -n libwhole.so | sed -n 's/.*Build ID: //p') && "   \
	"dir=usr/lib/debug/.build-id/$(printf %.2s $id) && "              \
	"mkdir -p $dir && "                                               \
	"objcopy --only-keep-debug libwhole.so $dir/${id#??}.debug"

/* The clock is this file's own: it goes on by this at each look at it. */
static int64_t tick_ns;

int clock_gettime(clockid_t clock, struct timespec *now)
{
	static int64_t ns;

	(void)clock;
	ns += tick_ns;
	*now = (struct timespec){ ns / 1000000000, ns % 1000000000 };
	return 0;
}

static char *path_in(const char *dir, const char *name)
{
	return xasprintf("%s/%s", dir, name);
}

static struct symbols *symbols_in(const char *dir)
{
	return symbols_new(symbols_kernel_new(-1), symbols_files_new(dir));
}

/* The place of @mark in file @name of @dir. */
static struct symbols_place place_of(const char *dir, const char *name,
				     const char *mark)
{
	struct symbols_place place;
	char *path = path_in(dir, name);
	struct symbols_elf *elf =
		symbols_elf_open(open(path, O_RDONLY | O_CLOEXEC));

	assert_non_null(elf);
	memset(&place, 0, sizeof(place));
	assert_true(symbols_elf_build_id(elf, place.id));
	/* Behind it, as a call would return there. */
	place.offset = make_elf_find(dir, name, mark) + strlen(mark);
	symbols_elf_close(elf);
	free(path);
	return place;
}

/* Like @expected up to the "+0x". */
static void check_text(const char *text, const char *expected)
{
	if (!expected) {
		assert_null(text);
		return;
	}
	assert_non_null(text);
	assert_int_equal(strncmp(text, expected, strlen(expected)), 0);
}

static void check(struct symbols *symbols, const struct symbols_place *place,
		  const struct symbols_user *user,
		  const char *const expected[2])
{
	struct symbols_name name = symbols_user_name(symbols, place, user);

	check_text(name.file, expected[0]);
	check_text(name.symbol, expected[1]);
	free(name.file);
	free(name.symbol);
}

/* A library that is not root's is none. */
static bool may_be_library(void)
{
	if (!getuid())
		return true;
	print_message("# not tried: only root can make libraries\n");
	return false;
}

static void test_library(void **state)
{
	const char *dir = *state;
	const struct symbols_user nobody = { 0, UNKNOWN, NULL };
	struct symbols *symbols;
	struct symbols_place place;
	char *path;

	if (!may_be_library() || !make_elf_is_possible())
		return;
	symbols = symbols_in(dir);
	make_elf(dir, "mkdir -p usr/lib/x86_64-linux-gnu && " LIBRARY
		      "-o libwhole.so part.c && strip -o "
		      "usr/lib/x86_64-linux-gnu/libpart.so.1 libwhole.so");
	path = path_in(dir, "usr/lib/x86_64-linux-gnu/libpart.so.1");
	place = place_of(dir, "libwhole.so", "MARKED-2");
	check(symbols, &place, &nobody, (const char *[]){ path, "second+0x" });
	place = place_of(dir, "libwhole.so", "MARKED-1");
	check(symbols, &place, &nobody, (const char *[]){ path, NULL });
	symbols_free(symbols);

	/* With what was stripped there is a name for the static one, too. */
	make_elf(dir, SPLIT);
	symbols = symbols_in(dir);
	check(symbols, &place, &nobody, (const char *[]){ path, "first+0x" });
	place.offset = 0;
	check(symbols, &place, &nobody, (const char *[]){ path, NULL });
	place.id[3] ^= 1;
	check(symbols, &place, &nobody, (const char *[]){ NULL, NULL });
	symbols_free(symbols);
	free(path);
}

/* A library that is replaced by another one is not that one any more. */
static void test_replaced(void **state)
{
	const char *dir = *state;
	const struct symbols_user nobody = { 0, UNKNOWN, NULL };
	struct symbols *symbols;
	struct symbols_place place;

	if (!may_be_library() || !make_elf_is_possible())
		return;
	symbols = symbols_in(dir);
	make_elf(dir, "mkdir -p usr/lib && " LIBRARY
		      "-o usr/lib/libnew.so part.c && " LIBRARY
		      "-DNEW -O2 -Wl,-soname,new -o newer part.c");
	place = place_of(dir, "usr/lib/libnew.so", "MARKED-2");
	check(symbols, &place, &nobody,
	      (const char *[]){ dir, "second+0x" });
	make_elf(dir, "mv newer usr/lib/libnew.so");
	place.offset++;
	check(symbols, &place, &nobody, (const char *[]){ NULL, NULL });
	symbols_free(symbols);
}

static void try_program(const char *dir)
{
	struct symbols *symbols = symbols_in(dir);
	char *path = path_in(dir, "program");
	char *command = xasprintf("%s --all", path);
	const struct symbols_user user = { 0, getuid(), command };
	const struct symbols_user other = { 0, getuid() + 1, command };
	struct symbols_place place;
	bool local;
	int fd;

	make_elf(dir, LINK "-static -Wl,-e,part -o program part.c");
	place = place_of(dir, "program", "MARKED-1");
	/* The file systems of the machine that the test runs on decide. */
	fd = symbols_open_foreign(path, getuid());
	local = fd >= 0;
	if (local) {
		close(fd);
		check(symbols, &place, &user,
		      (const char *[]){ path, "first+0x" });
	}
	/* Not what a user has made, for a place of another's. */
	if (getuid() || chown(path, 4321, 4321) == 0)
		check(symbols, &place, &other,
		      (const char *[]){ NULL, NULL });
	symbols_free(symbols);
	free(command);
	free(path);
	if (!local)
		print_message("# not tried with a name: %s is on no file "
			      "system that is read\n", dir);
}

/* Another process of the same program may say where it is. */
static void try_asked_again(const char *dir)
{
	struct symbols *symbols = symbols_in(dir);
	char *path = path_in(dir, "again");
	/* The same process, before and after it calls exec. */
	const struct symbols_user mute = { 999999999, getuid(), "again" };
	const struct symbols_user user = { 999999999, getuid(), path };
	struct symbols_place place;
	int fd;

	make_elf(dir, LINK "-static -Wl,-e,part -o again part.c");
	place = place_of(dir, "again", "MARKED-3");
	check(symbols, &place, &mute, (const char *[]){ NULL, NULL });
	fd = symbols_open_foreign(path, getuid());
	if (fd >= 0) {
		close(fd);
		check(symbols, &place, &user,
		      (const char *[]){ path, "third+0x" });
		check(symbols, &place, &mute,
		      (const char *[]){ path, "third+0x" });
	}
	symbols_free(symbols);
	free(path);
}

/* Each look takes 0.6 s: after two, there is none until the next interval. */
static void try_slow(const char *dir)
{
	struct symbols *symbols = symbols_in(dir);
	char *path = path_in(dir, "slow");
	const struct symbols_user mute = { 0, getuid(), "slow" };
	const struct symbols_user user = { 0, getuid(), path };
	struct symbols_place place, missing;
	const char *found;
	int fd, i;

	make_elf(dir, LINK "-static -Wl,-e,part -o slow part.c");
	missing = place = place_of(dir, "slow", "MARKED-1");
	fd = symbols_open_foreign(path, getuid());
	found = fd < 0 ? NULL : path;
	if (fd >= 0)
		close(fd);
	tick_ns = 600000000;
	symbols_interval(symbols);
	for (i = 0; i < 2; i++) {
		missing.id[0]++;
		check(symbols, &missing, &mute, (const char *[]){ NULL, NULL });
	}
	check(symbols, &place, &user, (const char *[]){ NULL, NULL });
	symbols_interval(symbols);
	check(symbols, &place, &user,
	      (const char *[]){ found, found ? "first+0x" : NULL });
	tick_ns = 0;
	symbols_free(symbols);
	free(path);
}

#define TEST_OF_ELF(name)                         \
	static void test_##name(void **state)     \
	{                                         \
		if (make_elf_is_possible())       \
			try_##name(*state);       \
	}

TEST_OF_ELF(program)
TEST_OF_ELF(asked_again)
TEST_OF_ELF(slow)

static void test_kernel(void **state)
{
	static const char text[] = "ffffffff81000100 T do_migrate_pages\n";
	int fd = make_elf_bytes(text, strlen(text));
	struct symbols *symbols;
	char *name;

	(void)state;
	lseek(fd, 0, SEEK_SET);
	symbols = symbols_new(symbols_kernel_new(fd), symbols_files_new(""));
	assert_null(symbols_lack(symbols));
	name = symbols_kernel_frame(symbols, 0xffffffff81000108, true);
	assert_string_equal(name, "do_migrate_pages+0x8");
	free(name);
	name = symbols_kernel_frame(symbols, 0xffffffff80000000, true);
	assert_string_equal(name, "[unknown]");
	free(name);
	symbols_free(symbols);
	symbols_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_library),
		cmocka_unit_test(test_replaced),
		cmocka_unit_test(test_program),
		cmocka_unit_test(test_asked_again),
		cmocka_unit_test(test_slow),
		cmocka_unit_test(test_kernel),
	};

	return cmocka_run_group_tests(tests, make_elf_setup,
				      make_elf_teardown);
}
