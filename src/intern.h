/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Texts that many hold, such as names in thousands of log lines: one copy of
 * each, freed with its last holder.
 */
#ifndef MPTOP_INTERN_H
#define MPTOP_INTERN_H

struct intern_text;

/* Start with .texts = NULL; every text got has to be put back. */
struct intern {
	struct intern_text *texts;
};

/* The one copy of @text; NULL stays NULL. */
const char *intern_get(struct intern *intern, const char *text);

/* The one copy of @text if somebody holds it, else NULL; not to be put back. */
const char *intern_find(const struct intern *intern, const char *text);

/* Gives back what intern_get() gave; NULL is allowed. */
void intern_put(struct intern *intern, const char *text);

/* Makes *@held, which is NULL or of intern_get(), the one copy of @text. */
void intern_set(struct intern *intern, const char **held, const char *text);

#endif
