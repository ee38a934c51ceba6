/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Options in configuration files, read as those of the command line are. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "option_row.h"
#include "options.h"
#include "text.h"
#include "xalloc.h"

/*
 * The options that a file may set: what matters before files are read, and
 * what is of one run only, is not among them.
 */
static const struct {
	const char *key;
	const char *option;
} keys[] = {
	{ "delay", "delay" },
	{ "sort", "sort" },
	{ "pid", "pid" },
	{ "user", "user" },
	{ "node", "node" },
	{ "reason", "reason" },
	{ "filter", "filter" },
	{ "speed", "speed" },
	{ "snapshot-dir", "snapshot-dir" },
	{ "color", "color" },
	{ "colors", "theme" },
	{ "theme", "theme" },
	{ "ascii", "ascii" },
	{ "unicode", "unicode" },
	{ "mouse", "mouse" },
};

static const struct option_row *row_of(const char *name)
{
	size_t i;

	for (i = 0; strcmp(option_table[i].name, name); i++)
		;
	return &option_table[i];
}

static bool is_filter(const char *text, struct filter_error *error)
{
	struct filter *filter = filter_parse(text, error);

	filter_free(filter);
	return filter;
}

/* NULL, or what is wrong with it, alone or beside those there are. */
static char *restriction_check(const struct options *options,
			       const struct option_row *row,
			       const char *value)
{
	char *text = xasprintf("%s%s", row->words[0], value), *wrong = NULL;
	char *all = xasprintf("%s %s", options->filter_text, text);
	struct filter_error error;

	if (!is_filter(text, &error))
		wrong = xasprintf("is wrong at column %d: %s", error.column,
				  error.message);
	else if (!is_filter(all, &error))
		wrong = xasprintf("is too much with the other restrictions: "
				  "%s", error.message);
	free(text);
	free(all);
	return wrong;
}

/* The filter's own text is left as it is. */
static char *restriction_set(struct options *options,
			     const struct option_row *row, const char *value)
{
	char *text = *row->words[0] ? text_list(value) : xstrdup(value);
	char *error = restriction_check(options, row, text);

	if (!error)
		error = option_set(options, row, text);
	free(text);
	return error;
}

static void entry_apply(struct config *config, struct options *options,
			const struct config_entry *entry, const char *option)
{
	const struct option_row *row = row_of(option);
	char *error;

	if (options->given[row - option_table])
		return;
	if (row->kind == KIND_RESTRICT)
		error = restriction_set(options, row, entry->value);
	else
		error = option_set(options, row, entry->value);
	if (error)
		config_warn(config, entry, error);
}

static bool is_given(const struct options *options, const char *name)
{
	return options->given[row_of(name) - option_table];
}

/* The command line's choice counts, else neither does. */
static void choose_glyphs(struct config *config, struct options *options)
{
	bool ascii = is_given(options, "ascii");
	bool unicode = is_given(options, "unicode");

	if (!options->ascii || !options->unicode)
		return;
	options->ascii = ascii;
	options->unicode = unicode;
	if (!ascii && !unicode)
		config_note(config, xstrdup("configuration: ascii and unicode "
					    "exclude each other"));
}

/* Does a later entry, by another name, set what key @i sets by @entry? */
static bool is_overridden(struct config *config, size_t i,
			  const struct config_entry *entry)
{
	const struct config_entry *other;
	size_t j;

	for (j = 0; j < sizeof(keys) / sizeof(keys[0]); j++) {
		other = strcmp(keys[j].option, keys[i].option) ? NULL :
			config_find(config, keys[j].key);
		if (other && other > entry)
			return true;
	}
	return false;
}

void config_to_options(struct config *config, struct options *options)
{
	const struct config_entry *entry;
	struct filter_error error;
	size_t i;

	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		entry = config_find(config, keys[i].key);
		if (entry && !is_overridden(config, i, entry))
			entry_apply(config, options, entry, keys[i].option);
	}
	choose_glyphs(config, options);
	filter_free(options->filter);
	options->filter = *options->filter_text ?
		filter_parse(options->filter_text, &error) : NULL;
}
