/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Saving settings: into the text of the file that is there, so that comments,
 * order and what mptop does not know stay; then safely to the file.
 */
#ifndef MPTOP_CONFIG_SAVE_H
#define MPTOP_CONFIG_SAVE_H

#include <stdbool.h>
#include <stddef.h>

/* With @only_there it is set where the text has it already, but not added. */
struct config_pair {
	const char *name;
	const char *value;
	bool only_there;
};

/*
 * The text @text of a file with the @nr pairs set: where it sets one of them
 * in place, else in front of its first section. To be freed.
 */
char *config_edit(const char *text, const struct config_pair *pairs,
		  size_t nr);

/*
 * Sets the @nr pairs in the file @path, which is made, readable by its owner
 * only, if there is none; as its directory is. Neither may be a link; the file
 * is complete or as before. Returns 0 with a line in *@message that says what
 * was done, or -errno with one that says why not; free() it.
 */
int config_save(const char *path, const struct config_pair *pairs, size_t nr,
		char **message);

#endif
