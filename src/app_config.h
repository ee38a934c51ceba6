/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Configuration files and the dashboard: what they set, what it saves. */
#ifndef MPTOP_APP_CONFIG_H
#define MPTOP_APP_CONFIG_H

#include "config.h"
#include "dashboard.h"
#include "options.h"
#include "source.h"
#include "theme.h"

/*
 * Reads the files that @options name, or else the system's and the user's, and
 * sets what the command line does not, the interval of a live @source too.
 * What is wrong is printed to standard error. Returns 0 with *@config, which
 * @options then point into, or an exit status after saying why: a file that
 * was named must be right.
 */
int app_config_read(struct options *options, struct source *source,
		    struct config **config);

/* What files say about the dashboard itself. */
void app_config_show(struct config *config, struct dashboard *dashboard);

/* The theme of @options with the colours of the files. */
struct theme app_config_theme(struct config *config,
			      const struct options *options);

/*
 * For the status line: the first warning and how many more there are, or NULL.
 * To be freed.
 */
char *app_config_notice(const struct config *config);

/*
 * Saves the settings of @dashboard: those that differ from what mptop has
 * without any file, and those that a file sets. Returns 0, or -errno; one line
 * about it in *@message, to be freed.
 */
int app_config_save(const struct config *config,
		    const struct options *options,
		    const struct dashboard *dashboard, char **message);

#endif
