/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files by build id: programs by their paths, libraries by an index. */
#include "symbols_files.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <uthash.h>

#include "sample.h"
#include "symbols_open.h"
#include "xalloc.h"

/* A desktop has 3,000 libraries there. */
#define LIBRARIES_MAX 16384
/* Opened at once: some 10 ms, where the disk need not be asked. */
#define LIBRARIES_PIECE 256
#define PATH_BYTES 4096

struct library {
	uint8_t id[BUILD_ID_BYTES];
	char *path;
	UT_hash_handle hh;
};

struct symbols_files {
	char *root;
	bool listed;
	char **path; /* not in the index yet, the next one last */
	size_t nr_paths;
	struct library *libraries;
};

struct symbols_files *symbols_files_new(const char *root)
{
	struct symbols_files *files = xcalloc(1, sizeof(*files));

	files->root = xstrdup(root);
	return files;
}

void symbols_files_free(struct symbols_files *files)
{
	struct library *library, *next;

	if (!files)
		return;
	HASH_ITER(hh, files->libraries, library, next) {
		HASH_DEL(files->libraries, library);
		free(library->path);
		free(library);
	}
	while (files->nr_paths)
		free(files->path[--files->nr_paths]);
	free(files->path);
	free(files->root);
	free(files);
}

static void path_add(struct symbols_files *files, const char *dir,
		     const char *name)
{
	if (files->nr_paths == LIBRARIES_MAX)
		return;
	if (!(files->nr_paths & (files->nr_paths - 1)))
		files->path = xreallocarray(files->path,
					    files->nr_paths * 2 + 1,
					    sizeof(*files->path));
	files->path[files->nr_paths++] = xasprintf("%s/%s", dir, name);
}

/* Debian's lib/x86_64-linux-gnu. */
static bool is_multiarch(const char *name)
{
	return strstr(name, "-linux-") != NULL;
}

/* Lists the libraries of @dir, and of those of architectures in it. */
static void list_dir(struct symbols_files *files, const char *dir, int depth)
{
	DIR *stream = opendir(dir);
	struct dirent *entry;
	char *below;

	while (stream && (entry = readdir(stream))) {
		if (entry->d_type == DT_REG && strstr(entry->d_name, ".so")) {
			path_add(files, dir, entry->d_name);
		} else if (entry->d_type == DT_DIR && !depth &&
			   is_multiarch(entry->d_name)) {
			below = xasprintf("%s/%s", dir, entry->d_name);
			list_dir(files, below, depth + 1);
			free(below);
		}
	}
	if (stream)
		closedir(stream);
}

/* The libraries that calls are made by come last, as they are taken first. */
static int by_use(const void *a, const void *b)
{
	static const char *const used[] = { "/libnuma", "/libc." };
	const char *x = *(char *const *)a, *y = *(char *const *)b;
	int i, order = 0;

	for (i = 1; i >= 0 && !order; i--)
		order = !!strstr(x, used[i]) - !!strstr(y, used[i]);
	return order ? order : strcmp(y, x);
}

static void list_all(struct symbols_files *files)
{
	static const char *const dirs[] = {
		"/usr/lib", "/usr/lib64", "/lib", "/lib64", "/usr/local/lib",
	};
	struct stat stat;
	char *dir;
	size_t i;

	for (i = 0; i < sizeof(dirs) / sizeof(*dirs); i++) {
		dir = xasprintf("%s%s", files->root, dirs[i]);
		/* A link is to one of the others. */
		if (!lstat(dir, &stat) && S_ISDIR(stat.st_mode))
			list_dir(files, dir, 0);
		free(dir);
	}
	if (files->nr_paths)
		qsort(files->path, files->nr_paths, sizeof(*files->path),
		      by_use);
	files->listed = true;
}

/* Opens and takes over the descriptor; NULL if it is no ELF file. */
static struct symbols_elf *elf_of(int fd)
{
	return fd < 0 ? NULL : symbols_elf_open(fd);
}

/* Takes over @path. */
static void library_add(struct symbols_files *files, char *path)
{
	struct symbols_elf *elf = elf_of(symbols_open_system(path));
	struct library *library;
	uint8_t id[BUILD_ID_BYTES];

	if (!elf || !symbols_elf_build_id(elf, id)) {
		free(path);
		symbols_elf_close(elf);
		return;
	}
	symbols_elf_close(elf);
	HASH_FIND(hh, files->libraries, id, sizeof(id), library);
	if (library) {
		free(path);
		return;
	}
	library = xcalloc(1, sizeof(*library));
	memcpy(library->id, id, sizeof(id));
	library->path = path;
	HASH_ADD(hh, files->libraries, id, sizeof(library->id), library);
}

bool symbols_files_index(struct symbols_files *files)
{
	int i;

	if (!files->listed)
		list_all(files);
	for (i = 0; i < LIBRARIES_PIECE && files->nr_paths; i++)
		library_add(files, files->path[--files->nr_paths]);
	return !files->nr_paths;
}

/* @elf, if it is of build @id; it is closed otherwise. */
static struct symbols_elf *verified(struct symbols_elf *elf,
				    const uint8_t id[BUILD_ID_BYTES])
{
	if (elf && symbols_elf_is(elf, id))
		return elf;
	symbols_elf_close(elf);
	return NULL;
}

/*
 * The file at @named, whose word is @user's, if it is of build @id; then its
 * path is *@path, to be freed.
 */
static struct symbols_elf *program_at(const char *named, const uint8_t *id,
				      const struct symbols_user *user,
				      char **path)
{
	uid_t owner = user->uid == UNKNOWN ? 0 : (uid_t)user->uid;
	struct symbols_elf *elf;

	elf = verified(elf_of(symbols_open_foreign(named, owner)), id);
	if (elf)
		*path = xstrdup(named);
	return elf;
}

/* Where programs are that were called by their names alone. */
static struct symbols_elf *program_search(const char *name, const uint8_t *id,
					  const struct symbols_user *user,
					  char **path)
{
	static const char *const dirs[] = {
		"/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin",
	};
	struct symbols_elf *elf = NULL;
	char *named;
	size_t i;

	for (i = 0; i < sizeof(dirs) / sizeof(*dirs) && !elf; i++) {
		named = xasprintf("%s/%s", dirs[i], name);
		elf = program_at(named, id, user, path);
		free(named);
	}
	return elf;
}

/* The program as its command line has it. */
static struct symbols_elf *program_called(const uint8_t *id,
					  const struct symbols_user *user,
					  char **path)
{
	struct symbols_elf *elf = NULL;
	char *name;

	if (!user->command)
		return NULL;
	name = xstrndup(user->command, strcspn(user->command, " "));
	if (name[0] == '/')
		elf = program_at(name, id, user, path);
	else if (*name && !strchr(name, '/'))
		elf = program_search(name, id, user, path);
	free(name);
	return elf;
}

/* The program as the kernel has it, which it tells few. */
static struct symbols_elf *program_linked(const uint8_t *id,
					  const struct symbols_user *user,
					  char **path)
{
	char link[64], target[PATH_BYTES];
	ssize_t n;

	if (user->pid <= 0)
		return NULL;
	snprintf(link, sizeof(link), "/proc/%lld/exe", (long long)user->pid);
	n = readlink(link, target, sizeof(target) - 1);
	if (n <= 0)
		return NULL;
	target[n] = '\0';
	return program_at(target, id, user, path);
}

static struct symbols_elf *library_find(struct symbols_files *files,
					const uint8_t *id, char **path)
{
	struct library *library;
	struct symbols_elf *elf;

	HASH_FIND(hh, files->libraries, id, BUILD_ID_BYTES, library);
	if (!library)
		return NULL;
	/* It may have been replaced since. */
	elf = verified(elf_of(symbols_open_system(library->path)), id);
	if (elf)
		*path = xstrdup(library->path);
	return elf;
}

struct symbols_elf *symbols_files_find(struct symbols_files *files,
				       const uint8_t id[BUILD_ID_BYTES],
				       const struct symbols_user *user,
				       char **path)
{
	struct symbols_elf *elf = library_find(files, id, path);

	if (!elf)
		elf = program_linked(id, user, path);
	if (!elf)
		elf = program_called(id, user, path);
	return elf;
}

struct symbols_elf *symbols_files_debug(const struct symbols_files *files,
					const uint8_t id[BUILD_ID_BYTES])
{
	char *hex = symbols_elf_id_text(id), *path;
	struct symbols_elf *elf;

	path = xasprintf("%s/usr/lib/debug/.build-id/%.2s/%s.debug",
			 files->root, hex, hex + 2);
	elf = verified(elf_of(symbols_open_system(path)), id);
	free(path);
	free(hex);
	return elf;
}
