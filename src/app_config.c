/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Configuration files for the program as a whole. */
#include "app_config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "app.h"
#include "config_save.h"
#include "setting.h"
#include "xalloc.h"

#define COLOUR_PREFIX "color."
/* Of the dashboard, and the theme. */
#define PAIRS_MAX 32

/* A dashboard that nobody looks at. */
struct trial {
	struct model *model;
	struct dashboard *dashboard;
};

static struct trial trial_new(const struct options *options)
{
	struct dashboard_options shown = app_shown(options);
	struct trial trial = { .model = model_new() };

	trial.dashboard = dashboard_new(trial.model, &shown);
	return trial;
}

static void trial_free(struct trial *trial)
{
	dashboard_free(trial->dashboard);
	model_free(trial->model);
}

/* Without @warn, what was warned of before is passed over. */
static void settings_apply(struct config *config, struct dashboard *dashboard,
			   bool warn)
{
	const struct config_entry *entry;
	char *error;
	int i;

	for (i = 0; i < nr_settings; i++) {
		if (!setting_table[i].set)
			continue;
		entry = config_find(config, setting_table[i].name);
		error = entry ? setting_table[i].set(dashboard, entry->value) :
				NULL;
		if (error && warn)
			config_warn(config, entry, error);
		else
			free(error);
	}
}

static void theme_apply(struct config *config, struct theme *theme, bool warn)
{
	const size_t length = strlen(COLOUR_PREFIX);
	struct config_entry *entry;
	char *error;
	size_t i;

	for (i = 0; i < config->nr_entries; i++) {
		entry = &config->entries[i];
		if (strncmp(entry->name, COLOUR_PREFIX, length))
			continue;
		entry->known = true;
		error = theme_set(theme, entry->name + length, entry->value);
		if (error && warn)
			config_warn(config, entry, error);
		else
			free(error);
	}
}

void app_config_show(struct config *config, struct dashboard *dashboard)
{
	settings_apply(config, dashboard, false);
}

struct theme app_config_theme(struct config *config,
			      const struct options *options)
{
	struct theme theme = theme_table[options->theme];

	theme_apply(config, &theme, false);
	return theme;
}

/* All of it once, so that what is wrong is said before the screen is up. */
static void config_try(struct config *config, struct options *options)
{
	struct theme theme = theme_table[0];
	struct trial trial;

	config_to_options(config, options);
	trial = trial_new(options);
	settings_apply(config, trial.dashboard, true);
	theme_apply(config, &theme, true);
	trial_free(&trial);
	config_warn_unknown(config);
}

/* A file that nobody named: what is wrong with it is a warning. */
static void read_unnamed(struct config *config, const char *path)
{
	char *error = NULL;

	if (config_read(config, path, false, &error))
		config_note(config, error);
}

static void warnings_print(const struct config *config)
{
	size_t i;

	for (i = 0; i < config->nr_warnings; i++)
		app_fail(0, xstrdup(config->warnings[i]));
}

int app_config_read(struct options *options, struct source *source,
		    struct config **result)
{
	struct config *config = config_new();
	char *error = NULL;
	int status = 0;

	*result = config;
	if (options->config) {
		config->save_path = xstrdup(options->config);
		if (config_read(config, options->config, true, &error))
			return app_fail(EXIT_USAGE, error);
	} else if (!options->no_config && !options->rows) {
		config->save_path = config_user_path();
		read_unnamed(config, SYSTEM_CONFIG_FILE);
		if (config->save_path)
			read_unnamed(config, config->save_path);
	}
	config_try(config, options);
	if (!options->replay && !options->demo)
		source_set_delay(source, options->delay_ns);
	warnings_print(config);
	if (options->config && config->nr_warnings)
		status = EXIT_USAGE;
	return status;
}

char *app_config_notice(const struct config *config)
{
	if (!config->nr_warnings)
		return NULL;
	if (config->nr_warnings == 1)
		return xstrdup(config->warnings[0]);
	return xasprintf("%s (and %zu more)", config->warnings[0],
			 config->nr_warnings - 1);
}

/* A setting that is as without any file is only saved over another value. */
static struct config_pair pair_of(const struct config *config,
				  const char *name, char *value,
				  const char *otherwise)
{
	return (struct config_pair){
		.name = name,
		.value = value,
		.only_there = !strcmp(value, otherwise) &&
			      !config_has(config, name),
	};
}

static size_t pairs_of(const struct config *config,
		       const struct options *options,
		       const struct dashboard *dashboard,
		       struct config_pair *pairs)
{
	struct options plain;
	struct trial trial;
	char *otherwise;
	size_t n = 0;
	int i;

	options_default(&plain);
	trial = trial_new(&plain);
	for (i = 0; i < nr_settings; i++) {
		otherwise = setting_table[i].get(trial.dashboard);
		pairs[n++] = pair_of(config, setting_table[i].name,
				     setting_table[i].get(dashboard),
				     otherwise);
		free(otherwise);
	}
	pairs[n++] = pair_of(config, "theme",
			     xstrdup(theme_table[options->theme].name),
			     theme_table[0].name);
	trial_free(&trial);
	options_free(&plain);
	return n;
}

int app_config_save(const struct config *config, const struct options *options,
		    const struct dashboard *dashboard, char **message)
{
	struct config_pair pairs[PAIRS_MAX];
	size_t i, n;
	int error;

	if (!config->save_path) {
		*message = xstrdup(options->no_config ?
			"not saved: mptop runs with --no-config" :
			"not saved: no home directory; see --config");
		return -ENOENT;
	}
	n = pairs_of(config, options, dashboard, pairs);
	error = config_save(config->save_path, pairs, n, message);
	for (i = 0; i < n; i++)
		free((char *)pairs[i].value);
	return error;
}
