/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The walk reads directories only: an entry comes with its inode number and
 * type. It is bounded in number, and so is what is kept.
 */
#include "cgroup_paths.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <uthash.h>

#include "cgroup_mount.h"
#include "text.h"
#include "xalloc.h"

/* Directories that a walk learns, and paths kept of it and earlier ones. */
#define WALK_MAX 16384
#define KEPT_MAX 65536

struct cgroup_key {
	uint64_t id;
	uint64_t tree; /* enum cgroup_tree; as wide, so without padding */
};

struct cgroup {
	struct cgroup_key key;
	char *path;
	unsigned int walk; /* the last that found it */
	UT_hash_handle hh;
};

struct cgroup_paths {
	struct cgroup_mount mount[CGROUP_TREES]; /* point NULL: none */
	struct cgroup *cgroups;
	unsigned int walk;
	bool walked; /* in this interval */
};

static struct cgroup *find(const struct cgroup_paths *paths,
			   enum cgroup_tree tree, uint64_t id)
{
	struct cgroup_key key = { id, tree };
	struct cgroup *cgroup;

	HASH_FIND(hh, paths->cgroups, &key, sizeof(key), cgroup);
	return cgroup;
}

static void cgroup_free(struct cgroup_paths *paths, struct cgroup *cgroup)
{
	HASH_DEL(paths->cgroups, cgroup);
	free(cgroup->path);
	free(cgroup);
}

/* @path is below what is mounted; "" is that itself. */
static void learn(struct cgroup_paths *paths, enum cgroup_tree tree,
		  uint64_t id, const char *path)
{
	const char *root = paths->mount[tree].root;
	struct cgroup *cgroup = find(paths, tree, id);
	char *whole;

	if (!cgroup) {
		cgroup = xcalloc(1, sizeof(*cgroup));
		cgroup->key = (struct cgroup_key){ id, tree };
		HASH_ADD(hh, paths->cgroups, key, sizeof(cgroup->key), cgroup);
	}
	cgroup->walk = paths->walk;
	whole = xasprintf("%s%s", strcmp(root, "/") || !*path ? root : "",
			  path);
	free(cgroup->path);
	cgroup->path = text_clean_dup(whole);
	free(whole);
}

/* Directories found, in that order. */
struct queue {
	char **path;
	size_t nr;
};

/* Learns the directories in @path, which go to the end of @queue. */
static void walk_one(struct cgroup_paths *paths, enum cgroup_tree tree,
		     const char *path, struct queue *queue)
{
	const struct cgroup_mount *mount = &paths->mount[tree];
	char *name = xasprintf("%s%s", mount->point, path);
	const struct dirent *entry;
	DIR *dir = opendir(name);

	free(name);
	if (!dir) /* gone meanwhile */
		return;
	while (queue->nr < WALK_MAX && (entry = readdir(dir))) {
		if (entry->d_type != DT_DIR || !strcmp(entry->d_name, ".") ||
		    !strcmp(entry->d_name, ".."))
			continue;
		name = xasprintf("%s/%s", path, entry->d_name);
		queue->path[queue->nr++] = name;
		learn(paths, tree, entry->d_ino, name);
	}
	closedir(dir);
}

/* By breadth: if there are too many, the deepest are left out. */
static void walk_tree(struct cgroup_paths *paths, enum cgroup_tree tree)
{
	const struct cgroup_mount *mount = &paths->mount[tree];
	struct queue queue = { .nr = 1 };
	struct stat st;
	size_t i;

	if (!mount->point || stat(mount->point, &st))
		return;
	queue.path = xcalloc(WALK_MAX, sizeof(*queue.path));
	queue.path[0] = xstrdup("");
	learn(paths, tree, st.st_ino, "");
	for (i = 0; i < queue.nr; i++) {
		walk_one(paths, tree, queue.path[i], &queue);
		free(queue.path[i]);
	}
	free(queue.path);
}

/* Those that have gone are what is dropped when too many are kept. */
static void drop_old(struct cgroup_paths *paths)
{
	struct cgroup *cgroup, *next;

	if (HASH_COUNT(paths->cgroups) <= KEPT_MAX)
		return;
	HASH_ITER(hh, paths->cgroups, cgroup, next) {
		if (cgroup->walk != paths->walk)
			cgroup_free(paths, cgroup);
	}
}

static void walk_all(struct cgroup_paths *paths)
{
	int tree;

	paths->walk++;
	paths->walked = true;
	for (tree = 0; tree < CGROUP_TREES; tree++)
		walk_tree(paths, tree);
	drop_old(paths);
}

struct cgroup_paths *cgroup_paths_new(const char *mountinfo)
{
	struct cgroup_paths *paths = xcalloc(1, sizeof(*paths));
	FILE *file = fopen(mountinfo, "re");
	struct cgroup_mount mount;
	char *line = NULL;
	size_t room = 0;

	while (file && getline(&line, &room, file) > 0) {
		if (!cgroup_mount_parse(line, &mount))
			continue;
		/* The first is the one all use; others are bind mounts. */
		if (paths->mount[mount.tree].point) {
			free(mount.root);
			free(mount.point);
			continue;
		}
		paths->mount[mount.tree] = mount;
	}
	free(line);
	if (file)
		fclose(file);
	walk_all(paths);
	paths->walked = false;
	return paths;
}

void cgroup_paths_free(struct cgroup_paths *paths)
{
	struct cgroup *cgroup, *next;
	int tree;

	if (!paths)
		return;
	HASH_ITER(hh, paths->cgroups, cgroup, next)
		cgroup_free(paths, cgroup);
	for (tree = 0; tree < CGROUP_TREES; tree++) {
		free(paths->mount[tree].root);
		free(paths->mount[tree].point);
	}
	free(paths);
}

const char *cgroup_path(struct cgroup_paths *paths, enum cgroup_tree tree,
			uint64_t id)
{
	const struct cgroup *cgroup;

	if (!id || !paths->mount[tree].point)
		return NULL;
	cgroup = find(paths, tree, id);
	if (!cgroup && !paths->walked) {
		walk_all(paths);
		cgroup = find(paths, tree, id);
	}
	return cgroup ? cgroup->path : NULL;
}

void cgroup_paths_age(struct cgroup_paths *paths)
{
	paths->walked = false;
}
