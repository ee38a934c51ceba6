/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Configuration files (docs/interface.md section 9): found, read and held
 * against the options. Files are read after the rights are gone, never through
 * a link, and nothing in them can keep mptop from starting, but for a file
 * that was named on the command line.
 */
#ifndef MPTOP_CONFIG_H
#define MPTOP_CONFIG_H

#include <stdbool.h>
#include <stddef.h>

struct options;

/* The largest file that is read. */
#define CONFIG_MAX 65536

struct config_entry {
	char *name; /* "delay"; heat4 in section [color] is "color.heat4" */
	char *value;
	int file; /* index of files */
	int line;
	bool known; /* somebody took it */
};

struct config {
	char *files[2]; /* that were read, the system's first */
	int nr_files;
	struct config_entry *entries; /* in the order read */
	size_t nr_entries;
	char **warnings; /* what the operator should know, a line each */
	size_t nr_warnings;
	char *save_path; /* where W saves; NULL: nowhere */
};

struct config *config_new(void);
void config_free(struct config *config);

/*
 * Reads the file @path. One that is not there is as good as empty, but if it
 * is @named: on the command line. Entries that were read stay whatever comes.
 * Returns 0, or -errno with *@error (to be freed), which names the file, the
 * line if it is one, and what to do.
 */
int config_read(struct config *config, const char *path, bool named,
		char **error);

/* Where the user's own file is, or NULL: no home, no file. To be freed. */
char *config_user_path(void);

/* The value of @name that counts, and the entry known; NULL: none. */
const struct config_entry *config_find(struct config *config,
				       const char *name);

/* Does a file say anything about @name? */
bool config_has(const struct config *config, const char *name);

/* A warning "FILE line N: NAME TEXT"; @text is freed. */
void config_warn(struct config *config, const struct config_entry *entry,
		 char *text);

/* A warning as it is; @text is taken over. */
void config_note(struct config *config, char *text);

/* A warning a file about the entries that nobody took. */
void config_warn_unknown(struct config *config);

/*
 * Sets in @options what files say and the command line does not. What is wrong
 * is a warning and has no effect.
 */
void config_to_options(struct config *config, struct options *options);

#endif
