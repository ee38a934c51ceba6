/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * "36 25 0:31 / /sys/fs/cgroup/memory rw,nosuid - cgroup cgroup rw,memory":
 * fields by spaces, of which 4 and 5 are root and mount point; behind " - "
 * are the type, the source and the options of the file system. A space, tab,
 * line feed or backslash in a path is "\040" and so on.
 */
#include "cgroup_mount.h"

#include <string.h>

#include "xalloc.h"

/* The octal digits at @text as a byte, -1 if there are not three. */
static int octal(const char *text)
{
	int i, value = 0;

	for (i = 0; i < 3; i++) {
		if (text[i] < '0' || text[i] > '7')
			return -1;
		value = value * 8 + text[i] - '0';
	}
	return value & 0xff;
}

static char *unescape(const char *text)
{
	char *plain = xstrdup(text), *to = plain;
	int byte;

	for (; *text; text++) {
		byte = *text == '\\' ? octal(text + 1) : -1;
		*to++ = byte < 0 ? *text : byte;
		text += byte < 0 ? 0 : 3;
	}
	*to = '\0';
	return plain;
}

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
	mount->root = unescape(root);
	mount->point = unescape(point);
	return true;
}
