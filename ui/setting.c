/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The settings, each as text. */
#include "setting.h"

#include <stdlib.h>
#include <string.h>

#include "dashboard_state.h"
#include "text.h"
#include "xalloc.h"

#define NS_PER_S 1000000000.0

static char *get_delay(const struct dashboard *dashboard)
{
	return xasprintf("%.9g", (double)dashboard->delay_ns / NS_PER_S);
}

static char *get_sort(const struct dashboard *dashboard)
{
	const struct model_view *view = &dashboard->view;
	const struct model_order_row *order = &model_order_table[view->order];

	return xasprintf("%s%s", order->descending != view->reverse ? "-" :
								      "+",
			 order->name);
}

static char *get_columns(const struct dashboard *dashboard)
{
	return column_choice_text(&dashboard->columns);
}

static char *set_columns(struct dashboard *dashboard, const char *text)
{
	char error[512];

	if (!column_choice_parse(&dashboard->columns, text, error,
				 sizeof(error)))
		return NULL;
	return xasprintf("cannot be '%s': %s", text, error);
}

/* "nodes, flow, ... or log" behind @first. */
static char *panel_names(const char *first)
{
	char *text = xstrdup(first), *longer;
	int i;

	for (i = PANEL_NODES; i < PANEL_COUNT; i++) {
		longer = xasprintf("%s%s%s", text, !*text ? "" :
				   i == PANEL_COUNT - 1 ? " or " : ", ",
				   panel_table[i]->name);
		free(text);
		text = longer;
	}
	return text;
}

/* The panel called @text, but never the header; -1: none. */
static int panel_named(const char *text)
{
	int i;

	for (i = PANEL_NODES; i < PANEL_COUNT; i++)
		if (!strcmp(panel_table[i]->name, text))
			return i;
	return -1;
}

static char *panel_refused(const char *first, const char *text)
{
	char *names = panel_names(first);
	char *error = xasprintf("takes %s, not '%s'", names, text);

	free(names);
	return error;
}

static char *get_focus(const struct dashboard *dashboard)
{
	enum panel focus = dashboard->wanted_focus;

	/* A hidden one would have it for nobody: then as it is built in. */
	if (dashboard->hidden[focus])
		focus = PANEL_PROCESSES;
	return xstrdup(panel_table[focus]->name);
}

static char *set_focus(struct dashboard *dashboard, const char *text)
{
	int panel = panel_named(text);

	if (panel < 0)
		return panel_refused("", text);
	dashboard_set_focus(dashboard, panel);
	return NULL;
}

static char *get_zoom(const struct dashboard *dashboard)
{
	return xstrdup(dashboard->zoom <= PANEL_HEADER ? "none" :
		       panel_table[dashboard->zoom]->name);
}

static char *set_zoom(struct dashboard *dashboard, const char *text)
{
	int panel = panel_named(text);

	if (panel < 0 && strcmp(text, "none"))
		return panel_refused("none", text);
	dashboard_set_zoom(dashboard, panel < 0 ? LAYOUT_NO_ZOOM : panel);
	return NULL;
}

static char *get_panels(const struct dashboard *dashboard)
{
	char *text = xstrdup(""), *longer;
	int i;

	for (i = PANEL_NODES; i < PANEL_COUNT; i++) {
		if (dashboard->hidden[i])
			continue;
		longer = xasprintf("%s%s%s", text, *text ? "," : "",
				   panel_table[i]->name);
		free(text);
		text = longer;
	}
	return text;
}

/* Shows the panels in @text in @hidden; or what is wrong with it. */
static char *panels_parse(const char *text, bool hidden[PANEL_COUNT])
{
	char *list = text_list(text), *rest = list, *name, *error = NULL;
	int panel;

	while (!error && (name = strsep(&rest, ","))) {
		panel = panel_named(name);
		if (panel < 0)
			error = panel_refused("", name);
		else
			hidden[panel] = false;
	}
	free(list);
	return error;
}

static char *set_panels(struct dashboard *dashboard, const char *text)
{
	bool hidden[PANEL_COUNT];
	char *error;

	memset(hidden, true, sizeof(hidden));
	hidden[PANEL_HEADER] = false;
	error = panels_parse(text, hidden);
	if (!error)
		dashboard_set_hidden(dashboard, hidden);
	return error;
}

/* One of @nr words into *@chosen, or what is taken instead. */
static char *word_set(const char *const *words, int nr, const char *text,
		      int *chosen)
{
	char *list, *longer;
	int i;

	for (i = 0; i < nr; i++) {
		if (strcmp(words[i], text))
			continue;
		*chosen = i;
		return NULL;
	}
	list = xstrdup("takes ");
	for (i = 0; i < nr; i++) {
		longer = xasprintf("%s%s%s", list, words[i],
				   i < nr - 2 ? ", " :
				   i < nr - 1 ? " or " : "");
		free(list);
		list = longer;
	}
	longer = xasprintf("%s, not '%s'", list, text);
	free(list);
	return longer;
}

static char *get_group(const struct dashboard *dashboard)
{
	return xstrdup(model_group_name[dashboard->view.group]);
}

static char *set_group(struct dashboard *dashboard, const char *text)
{
	int group = dashboard->view.group;
	char *error = word_set(model_group_name, GROUP_COUNT, text, &group);

	dashboard->view.group = group;
	return error;
}

/* The words of a setting of two, false first. */
static const char *const unit_words[] = { "pages", "bytes" };
static const char *const name_words[] = { "comm", "cmdline" };
static const char *const flag_words[] = { "no", "yes" };

static char *flag_set(const char *const words[2], const char *text, bool *flag)
{
	int chosen = *flag;
	char *error = word_set(words, 2, text, &chosen);

	*flag = chosen;
	return error;
}

static char *get_units(const struct dashboard *dashboard)
{
	return xstrdup(unit_words[dashboard->bytes]);
}

static char *set_units(struct dashboard *dashboard, const char *text)
{
	return flag_set(unit_words, text, &dashboard->bytes);
}

static char *get_names(const struct dashboard *dashboard)
{
	return xstrdup(name_words[dashboard->cmdline]);
}

static char *set_names(struct dashboard *dashboard, const char *text)
{
	return flag_set(name_words, text, &dashboard->cmdline);
}

static char *get_hide_idle(const struct dashboard *dashboard)
{
	return xstrdup(flag_words[dashboard->view.hide_idle]);
}

static char *set_hide_idle(struct dashboard *dashboard, const char *text)
{
	return flag_set(flag_words, text, &dashboard->view.hide_idle);
}

const struct setting setting_table[] = {
	{ "delay", get_delay, NULL },
	{ "sort", get_sort, NULL },
	{ "columns", get_columns, set_columns },
	{ "group", get_group, set_group },
	{ "units", get_units, set_units },
	{ "names", get_names, set_names },
	{ "hide-idle", get_hide_idle, set_hide_idle },
	{ "panels", get_panels, set_panels },
	{ "focus", get_focus, set_focus },
	{ "zoom", get_zoom, set_zoom },
};

const int nr_settings = sizeof(setting_table) / sizeof(setting_table[0]);
