/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * "36 25 0:31 / /sys/fs/cgroup/memory rw,nosuid - cgroup cgroup rw,memory":
 * fields by spaces, of which 4 and 5 are root and mount point; behind " - "
 * are the type, the source and the options of the file system. A space, tab,
 * line feed or backslash in a path is "\040" and so on.
 */
#include "cgroup_mount.h"

#include <string.h>

#include "text.h"

/* Is @word one of those between the commas of @list? */
static bool has_word(const char *list, const char *word)
{
	size_t n = strlen(word);

	while (list) {
		if (!strncmp(list, word, n) &&
		    (!list[n] || list[n] == ',' || list[n] == '\n'))
			return true;
		list = strchr(list, ',');
		list += list != NULL;
	}
	return false;
}

static char *word_after(char **rest)
{
	return strtok_r(NULL, " \n", rest);
}

static bool tree_of(const char *type, const char *options,
		    enum cgroup_tree *tree)
{
	*tree = CGROUP_V2;
	if (type && !strcmp(type, "cgroup2"))
		return true;
	*tree = CGROUP_MEMORY;
	return type && !strcmp(type, "cgroup") && options &&
	       has_word(options, "memory");
}

bool cgroup_mount_parse(char *line, struct cgroup_mount *mount)
{
	char *dash = strstr(line, " - "), *rest, *type, *root, *point;

	if (!dash)
		return false;
	*dash = '\0';
	type = strtok_r(dash + 3, " \n", &rest);
	word_after(&rest);
	if (!type || !tree_of(type, word_after(&rest), &mount->tree))
		return false;
	strtok_r(line, " \n", &rest);
	word_after(&rest);
	word_after(&rest);
	root = word_after(&rest);
	point = word_after(&rest);
	if (!root || !point)
		return false;
	mount->root = text_unescape(root);
	mount->point = text_unescape(point);
	return true;
}
