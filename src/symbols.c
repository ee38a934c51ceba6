/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names of places, kept by build, offset and whose word it is. */
#include "symbols.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <uthash.h>

#include "clock.h"
#include "text.h"
#include "xalloc.h"

/* Programs migrate from few places; then all are forgotten. */
#define NAMES_MAX 4096
/*
 * What looking may take of an interval once so many were looked for, however
 * slow the machine is, but no longer than so; and what making the index may
 * besides. One look is not cut short.
 */
#define LOOKS_MIN 32
#define LOOKS_NS 300000000LL
#define LOOKS_NS_MAX 1000000000LL
#define INDEX_NS 100000000LL

/*
 * What a file is, its build id says; but any file may say so. One that a user
 * has made tells that user's places, and no others.
 */
struct key {
	struct symbols_place place;
	uint32_t uid;
};

struct name {
	struct key key;
	struct symbols_name name;
	UT_hash_handle hh;
};

/*
 * A build whose file was not found, when it was looked for last: it is again
 * when any of this is another. Its key's offset is 0.
 */
struct missing {
	struct key key;
	int64_t pid;	  /* of who had it... */
	uint32_t command; /* ...and of its command line, by exec another... */
	bool indexed;	  /* ...with all libraries known */
	UT_hash_handle hh;
};

struct symbols {
	struct symbols_kernel *kernel;
	struct symbols_files *files;
	struct name *names;
	struct missing *missing;
	int looks; /* in this interval; likewise below */
	int64_t looks_ns;
	int64_t index_ns;
	bool indexed;
};

struct symbols *symbols_new(struct symbols_kernel *kernel,
			    struct symbols_files *files)
{
	struct symbols *symbols = xcalloc(1, sizeof(*symbols));

	symbols->kernel = kernel;
	symbols->files = files;
	return symbols;
}

static void missing_drop(struct symbols *symbols)
{
	struct missing *missing, *next;

	HASH_ITER(hh, symbols->missing, missing, next) {
		HASH_DEL(symbols->missing, missing);
		free(missing);
	}
}

static void names_drop(struct symbols *symbols)
{
	struct name *name, *next;

	HASH_ITER(hh, symbols->names, name, next) {
		HASH_DEL(symbols->names, name);
		free(name->name.file);
		free(name->name.symbol);
		free(name);
	}
}

void symbols_free(struct symbols *symbols)
{
	if (!symbols)
		return;
	names_drop(symbols);
	missing_drop(symbols);
	symbols_kernel_free(symbols->kernel);
	symbols_files_free(symbols->files);
	free(symbols);
}

void symbols_interval(struct symbols *symbols)
{
	symbols->looks = 0;
	symbols->looks_ns = 0;
	symbols->index_ns = 0;
}

const char *symbols_lack(struct symbols *symbols)
{
	return symbols_kernel_lack(symbols->kernel);
}

char *symbols_kernel_frame(struct symbols *symbols, uint64_t address,
			   bool returns)
{
	char *name = symbols_kernel_name(symbols->kernel, address, returns);

	/* The address itself would tell where the kernel has put itself. */
	return name ? name : xstrdup("[unknown]");
}

/* "function+0x1f", or NULL. */
static char *function(struct symbols_elf *elf, enum symbols_elf_table table,
		      uint64_t address)
{
	uint64_t into;
	char *name, *text;

	/* The call's last byte: what follows may be another function. */
	name = symbols_elf_function(elf, table, address - 1, &into);
	if (!name)
		return NULL;
	text = xasprintf("%s+0x%" PRIx64, name, into + 1);
	free(name);
	return text;
}

/* Of a stripped file what is installed beside it, or what was left. */
static char *symbol_of(struct symbols *symbols, struct symbols_elf *elf,
		       const struct symbols_place *place)
{
	struct symbols_elf *debug;
	uint64_t address;
	char *text;

	if (!symbols_elf_address(elf, place->offset, &address) || !address)
		return NULL;
	text = function(elf, SYMBOLS_ELF_ALL, address);
	if (text)
		return text;
	debug = symbols_files_debug(symbols->files, place->id);
	if (debug)
		text = function(debug, SYMBOLS_ELF_ALL, address);
	symbols_elf_close(debug);
	return text ? text : function(elf, SYMBOLS_ELF_DYNAMIC, address);
}

/* Compared as bytes, also those between the members. */
static void key_fill(struct key *key, const uint8_t id[BUILD_ID_BYTES],
		     uint64_t offset, int64_t uid)
{
	memset(key, 0, sizeof(*key));
	key->place.offset = offset;
	memcpy(key->place.id, id, BUILD_ID_BYTES);
	key->uid = (uint32_t)uid;
}

static struct missing *missing_find(const struct symbols *symbols,
				    const struct key *name)
{
	struct missing *missing;
	struct key key;

	key_fill(&key, name->place.id, 0, name->uid);
	HASH_FIND(hh, symbols->missing, &key, sizeof(key), missing);
	return missing;
}

/* FNV-1a; 0: not known. */
static uint32_t command_hash(const char *command)
{
	uint32_t hash = 2166136261U;

	if (!command)
		return 0;
	while (*command)
		hash = (hash ^ (unsigned char)*command++) * 16777619U;
	return hash;
}

static void missing_note(struct symbols *symbols, const struct key *name,
			 const struct symbols_user *user)
{
	struct missing *missing = missing_find(symbols, name);

	if (!missing) {
		if (HASH_COUNT(symbols->missing) >= NAMES_MAX)
			missing_drop(symbols);
		missing = xcalloc(1, sizeof(*missing));
		key_fill(&missing->key, name->place.id, 0, name->uid);
		HASH_ADD(hh, symbols->missing, key, sizeof(missing->key),
			 missing);
	}
	missing->pid = user->pid;
	missing->command = command_hash(user->command);
	missing->indexed = symbols->indexed;
}

/* More libraries go into the index: false if all are in it, or time is up. */
static bool index_more(struct symbols *symbols)
{
	int64_t begin_ns = clock_ns(CLOCK_MONOTONIC);

	if (symbols->indexed || symbols->index_ns >= INDEX_NS)
		return false;
	symbols->indexed = symbols_files_index(symbols->files);
	symbols->index_ns += clock_ns(CLOCK_MONOTONIC) - begin_ns;
	return true;
}

/*
 * Looks for @name's file, which @user may know, and what it says; again with
 * each piece of the index, until it is found or there are no more.
 */
static void name_look(struct symbols *symbols, struct name *name,
		      const struct symbols_user *user)
{
	const struct symbols_place *place = &name->key.place;
	int64_t begin_ns = clock_ns(CLOCK_MONOTONIC);
	int64_t before_ns = symbols->index_ns;
	struct symbols_elf *elf;
	char *path = NULL;

	do {
		elf = symbols_files_find(symbols->files, place->id, user,
					 &path);
	} while (!elf && index_more(symbols));
	if (elf) {
		name->name.file = text_clean_dup(path);
		name->name.symbol = symbol_of(symbols, elf, place);
	} else {
		missing_note(symbols, &name->key, user);
	}
	free(path);
	symbols_elf_close(elf);
	symbols->looks++;
	symbols->looks_ns += clock_ns(CLOCK_MONOTONIC) - begin_ns -
			     (symbols->index_ns - before_ns);
}

static struct name *name_find(struct symbols *symbols,
			      const struct symbols_place *place, int64_t uid)
{
	struct name *name;
	struct key key;

	key_fill(&key, place->id, place->offset, uid);
	HASH_FIND(hh, symbols->names, &key, sizeof(key), name);
	if (name)
		return name;
	if (HASH_COUNT(symbols->names) >= NAMES_MAX)
		names_drop(symbols);
	name = xcalloc(1, sizeof(*name));
	memcpy(&name->key, &key, sizeof(key));
	HASH_ADD(hh, symbols->names, key, sizeof(name->key), name);
	return name;
}

/* Has looking taken what it may of this interval? */
static bool is_time_up(const struct symbols *symbols)
{
	return symbols->looks_ns >= LOOKS_NS_MAX ||
	       (symbols->looks >= LOOKS_MIN && symbols->looks_ns >= LOOKS_NS);
}

/* Another process, or it after an exec, may know the file by another path. */
static bool is_worth(const struct symbols *symbols, const struct name *name,
		     const struct symbols_user *user)
{
	const struct missing *missing;

	if (name->name.file || is_time_up(symbols))
		return false;
	missing = missing_find(symbols, &name->key);
	return !missing || missing->pid != user->pid ||
	       missing->command != command_hash(user->command) ||
	       (!missing->indexed && symbols->index_ns < INDEX_NS);
}

struct symbols_name symbols_user_name(struct symbols *symbols,
				      const struct symbols_place *place,
				      const struct symbols_user *user)
{
	struct name *name = name_find(symbols, place, user->uid);
	struct symbols_name copy = { NULL, NULL };

	if (is_worth(symbols, name, user))
		name_look(symbols, name, user);
	if (name->name.file)
		copy.file = xstrdup(name->name.file);
	if (name->name.symbol)
		copy.symbol = xstrdup(name->name.symbol);
	return copy;
}
