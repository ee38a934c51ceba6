/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the key W saves, and configuration files set beside options: one row a
 * setting of the dashboard.
 */
#ifndef MPTOP_SETTING_H
#define MPTOP_SETTING_H

struct dashboard;

struct setting {
	const char *name; /* in configuration files */
	/* Its value as text; to be freed. */
	char *(*get)(const struct dashboard *dashboard);
	/*
	 * Takes the value @text. Returns NULL, or what is wrong and what is
	 * taken, to follow "NAME "; free() it. NULL: it is an option.
	 */
	char *(*set)(struct dashboard *dashboard, const char *text);
};

extern const struct setting setting_table[];
extern const int nr_settings;

#endif
