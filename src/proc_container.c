/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Names in cgroup paths, one component at a time. Their forms are those of
 * the runtimes' own documentation; systemd's unit names hold "\x2d" for '-'.
 */
#include "proc_name.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "proc_unit.h"
#include "text.h"
#include "xalloc.h"

#define ID_DIGITS 64
#define ID_SHOWN 12

/* Components that hold a name between @prefix and @suffix. */
struct form {
	const char *parent; /* the component before, NULL: any */
	const char *prefix;
	const char *suffix;
	bool none; /* a monitor, which is in no container */
};

static const struct form forms[] = {
	{ NULL, "lxc.payload.", "", false },
	{ NULL, "lxc.monitor.", "", true },
	{ "lxc.payload", "", "", false },
	{ "lxc.monitor", "", "", true },
	{ "lxc", "", "", false },
	{ "machine.slice", "systemd-nspawn@", ".service", false },
	{ "machine.slice", "machine-", ".scope", false },
};

/* What is between, in new memory; NULL if @part has not that form. */
static char *form_match(const struct form *form, const struct unit_part *before,
			const struct unit_part *part)
{
	size_t prefix = strlen(form->prefix), suffix = strlen(form->suffix);

	if (form->parent && !unit_part_is(before, form->parent))
		return NULL;
	if (part->n <= prefix + suffix ||
	    memcmp(part->text, form->prefix, prefix) ||
	    memcmp(part->text + part->n - suffix, form->suffix, suffix))
		return NULL;
	return xstrndup(part->text + prefix, part->n - prefix - suffix);
}

/* The 64 digits in @part, no more and no less, or NULL. */
static const char *id_in(const struct unit_part *part)
{
	size_t at, n;

	for (at = 0; at < part->n; at += n ? n : 1) {
		for (n = 0; at + n < part->n &&
			    isxdigit((unsigned char)part->text[at + n]);
		     n++)
			;
		if (n == ID_DIGITS)
			return part->text + at;
	}
	return NULL;
}

/* "libpod-conmon-<id>.scope", "crio-conmon-<id>.scope" */
static bool is_conmon(const struct unit_part *part, const char *id)
{
	static const char word[] = "conmon-";
	size_t n = sizeof(word) - 1;

	return (size_t)(id - part->text) >= n && !memcmp(id - n, word, n);
}

/* Slices hold others: the id of one is that of a pod. */
static bool is_slice(const struct unit_part *part)
{
	static const char word[] = ".slice";
	size_t n = sizeof(word) - 1;

	return part->n >= n && !memcmp(part->text + part->n - n, word, n);
}

/*
 * The container of machine @escaped, which is freed. libvirt's are named
 * "lxc\x2d812\x2dweb", and its VMs "qemu\x2d1\x2ddb7": NULL.
 */
static char *machine_name(char *escaped)
{
	char *machine = unit_unescape(escaped), *name = NULL;
	const char *driver = unit_libvirt_driver(machine);

	free(escaped);
	if (!driver)
		return machine;
	if (!strcmp(driver, "lxc"))
		name = xstrdup(unit_libvirt_name(machine));
	free(machine);
	return name;
}

/*
 * Takes what @part says of a container; a monitor is in none, whatever the
 * components before said.
 */
static void part_container(const struct unit_part *before,
			   const struct unit_part *part, char **name)
{
	const char *id = is_slice(part) ? NULL : id_in(part);
	bool none = id && is_conmon(part, id);
	char *found = id ? xstrndup(id, ID_SHOWN) : NULL;
	size_t i;

	for (i = 0; !found && i < sizeof(forms) / sizeof(*forms); i++) {
		found = form_match(&forms[i], before, part);
		none = found && forms[i].none;
		found = found ? machine_name(found) : NULL;
	}
	if (!found)
		return;
	free(*name);
	*name = found;
	if (none) {
		free(*name);
		*name = NULL;
	}
}

char *proc_container_name(const char *path)
{
	struct unit_part before = { "", 0 }, part = { path, 0 };
	char *name = NULL, *clean;

	while (path && unit_part_next(&part)) {
		part_container(&before, &part, &name);
		before = part;
	}
	clean = text_clean_dup(name);
	free(name);
	return clean;
}
