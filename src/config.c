/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Entries of configuration files, and what is said about them. */
#include "config.h"

#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "xalloc.h"

struct config *config_new(void)
{
	return xcalloc(1, sizeof(struct config));
}

void config_free(struct config *config)
{
	size_t i;

	if (!config)
		return;
	for (i = 0; i < config->nr_entries; i++) {
		free(config->entries[i].name);
		free(config->entries[i].value);
	}
	for (i = 0; i < config->nr_warnings; i++)
		free(config->warnings[i]);
	for (i = 0; i < (size_t)config->nr_files; i++)
		free(config->files[i]);
	free(config->entries);
	free(config->warnings);
	free(config->save_path);
	free(config);
}

char *config_user_path(void)
{
	const char *base = secure_getenv("XDG_CONFIG_HOME");
	const struct passwd *user;

	if (base && base[0] == '/')
		return xasprintf("%s/mptop/mptop.conf", base);
	user = getpwuid(geteuid());
	if (!user || !user->pw_dir || user->pw_dir[0] != '/')
		return NULL;
	return xasprintf("%s/.config/mptop/mptop.conf", user->pw_dir);
}

bool config_has(const struct config *config, const char *name)
{
	size_t i;

	for (i = 0; i < config->nr_entries; i++)
		if (!strcmp(config->entries[i].name, name))
			return true;
	return false;
}

const struct config_entry *config_find(struct config *config,
				       const char *name)
{
	const struct config_entry *found = NULL;
	size_t i;

	for (i = 0; i < config->nr_entries; i++) {
		if (strcmp(config->entries[i].name, name))
			continue;
		config->entries[i].known = true;
		found = &config->entries[i];
	}
	return found;
}

void config_note(struct config *config, char *text)
{
	config->warnings = xreallocarray(config->warnings,
					 config->nr_warnings + 1,
					 sizeof(*config->warnings));
	config->warnings[config->nr_warnings++] = text;
}

void config_warn(struct config *config, const struct config_entry *entry,
		 char *text)
{
	config_note(config, xasprintf("%s line %d: %s %s",
				      config->files[entry->file], entry->line,
				      entry->name, text));
	free(text);
}

void config_warn_unknown(struct config *config)
{
	const struct config_entry *entry;
	char *text, *longer;
	int file;
	size_t i;

	for (file = 0; file < config->nr_files; file++) {
		text = NULL;
		for (i = 0; i < config->nr_entries; i++) {
			entry = &config->entries[i];
			if (entry->known || entry->file != file)
				continue;
			longer = xasprintf("%s%s %s (line %d)",
					   text ? text :
						  "unknown keys ignored:",
					   text ? "," : "", entry->name,
					   entry->line);
			free(text);
			text = longer;
		}
		if (!text)
			continue;
		config_note(config, xasprintf("%s: %s", config->files[file],
					      text));
		free(text);
	}
}
