/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Hypervisors and the names that their command lines give to machines. Each
 * option is looked for as a whole argument, and only in the arguments of the
 * program that has it: a word in somebody's command line is no name.
 */
#include "proc_name.h"

#include <stdlib.h>
#include <string.h>

#include "proc_unit.h"
#include "text.h"
#include "xalloc.h"

#define NAME_MAX_BYTES 4096

/* Walks over arguments; text NULL before the first. */
struct arg {
	const struct proc_args *args;
	const char *text;
	size_t n;
};

static bool arg_next(struct arg *arg)
{
	const char *end = arg->args->text + arg->args->n;
	const char *zero;

	arg->text = arg->text ? arg->text + arg->n + 1 : arg->args->text;
	if (!arg->text || arg->text >= end)
		return false;
	zero = memchr(arg->text, '\0', end - arg->text);
	arg->n = (zero ? zero : end) - arg->text;
	return zero || !arg->args->cut;
}

/* The last argument of option @name, "NAME X" or "NAME=X"; NULL if none. */
static char *option_value(const struct proc_args *args, const char *name)
{
	struct arg arg = { .args = args };
	size_t n = strlen(name);
	char *value = NULL;

	while (arg_next(&arg)) {
		if (arg.n < n || memcmp(arg.text, name, n))
			continue;
		if (arg.n > n && arg.text[n] == '=') {
			free(value);
			value = xstrndup(arg.text + n + 1, arg.n - n - 1);
		} else if (arg.n == n && arg_next(&arg)) {
			free(value);
			value = xstrndup(arg.text, arg.n);
		}
	}
	return value;
}

/*
 * @key's value in "a=1,key=value", or if @bare that of a first item without a
 * key. A comma is doubled in a value (QEMU's manual, "-name" and others).
 */
static char *item_value(const char *list, const char *key, bool bare)
{
	char item[NAME_MAX_BYTES];
	size_t n, length = strlen(key);
	bool first = true;

	for (; *list; first = false) {
		for (n = 0; *list && (*list != ',' || list[1] == ','); list++) {
			if (n < sizeof(item) - 1)
				item[n++] = *list;
			list += *list == ',';
		}
		item[n] = '\0';
		list += *list == ',';
		if (!strncmp(item, key, length) && item[length] == '=')
			return xstrdup(item + length + 1);
		if (first && bare && !strchr(item, '='))
			return xstrdup(item);
	}
	return NULL;
}

static char *qemu_name(const struct proc_args *args)
{
	char *list = option_value(args, "-name"), *name;

	if (!list)
		list = option_value(args, "--name");
	name = list ? item_value(list, "guest", true) : NULL;
	free(list);
	return name;
}

static char *firecracker_name(const struct proc_args *args)
{
	return option_value(args, "--id");
}

/* Socket names that are the same for each machine: its directory tells. */
static bool is_common(const char *name)
{
	static const char *const common[] = { "api", "ch", "ch-api", "clh",
					      "clh-api", "cloud-hypervisor" };
	size_t i;

	for (i = 0; i < sizeof(common) / sizeof(*common); i++)
		if (!strcmp(name, common[i]))
			return true;
	return false;
}

static void suffix_cut(char *name, const char *suffix)
{
	size_t n = strlen(name), length = strlen(suffix);

	if (n > length && !strcmp(name + n - length, suffix))
		name[n - length] = '\0';
}

/* "/run/libvirt/ch/db7-socket", "/run/vc/vm/ID/clh-api.sock" */
static char *socket_name(const char *path)
{
	struct unit_part before = { "", 0 }, part = { path, 0 }, last = part;
	char *name;

	while (unit_part_next(&part)) {
		before = last;
		last = part;
	}
	name = xstrndup(last.text, last.n);
	suffix_cut(name, ".sock");
	suffix_cut(name, ".socket");
	suffix_cut(name, "-socket");
	if (!is_common(name) || !before.n)
		return name;
	free(name);
	return xstrndup(before.text, before.n);
}

static char *cloud_hypervisor_name(const struct proc_args *args)
{
	char *list = option_value(args, "--api-socket");
	char *path = list ? item_value(list, "path", true) : NULL;
	char *name = path ? socket_name(path) : NULL;

	free(path);
	free(list);
	if (name)
		return name;
	list = option_value(args, "--platform");
	name = list ? item_value(list, "uuid", false) : NULL;
	free(list);
	return name;
}

static const struct hypervisor {
	const char *program;
	bool prefix; /* of the name, which is cut at 15 bytes as a comm */
	char *(*name)(const struct proc_args *args);
} hypervisors[] = {
	{ "qemu-system-", true, qemu_name },
	{ "qemu-kvm", false, qemu_name },
	{ "qemu", false, qemu_name },
	{ "kvm", false, qemu_name },
	{ "cloud-hyperviso", true, cloud_hypervisor_name },
	{ "firecracker", false, firecracker_name },
};

static const struct hypervisor *hypervisor_find(const char *name)
{
	const struct hypervisor *h = hypervisors;
	size_t i;

	for (i = 0; i < sizeof(hypervisors) / sizeof(*hypervisors); i++, h++)
		if (h->prefix ? !strncmp(name, h->program, strlen(h->program)) :
				!strcmp(name, h->program))
			return h;
	return NULL;
}

/* By argument 0, without its directory, or by @comm. */
static const struct hypervisor *hypervisor_of(const char *comm,
					      const struct proc_args *args)
{
	const struct hypervisor *found = NULL;
	struct arg arg = { .args = args };
	char *program;
	const char *slash;

	if (arg_next(&arg)) {
		program = xstrndup(arg.text, arg.n);
		slash = strrchr(program, '/');
		found = hypervisor_find(slash ? slash + 1 : program);
		free(program);
	}
	return found ? found : comm ? hypervisor_find(comm) : NULL;
}

/*
 * "machine-qemu\x2d1\x2ddb7.scope", and without systemd "qemu-1-db7" with a
 * suffix ".libvirt-qemu"; to be freed.
 */
static char *part_vm(const struct unit_part *part)
{
	char *text = xstrndup(part->text, part->n), *machine, *name = NULL;
	const char *driver, *begin = text;

	if (!strncmp(text, "machine-", 8)) {
		begin += 8;
		suffix_cut(text, ".scope");
	} else {
		suffix_cut(text, ".libvirt-qemu");
		if (strlen(text) == part->n)
			begin = "";
	}
	machine = unit_unescape(begin);
	driver = unit_libvirt_driver(machine);
	if (driver && strcmp(driver, "lxc"))
		name = xstrdup(unit_libvirt_name(machine));
	free(machine);
	free(text);
	return name;
}

static char *path_vm(const char *path)
{
	struct unit_part part = { path, 0 };
	char *name = NULL, *found;

	while (path && unit_part_next(&part)) {
		found = part_vm(&part);
		if (!found)
			continue;
		free(name);
		name = found;
	}
	return name;
}

char *proc_vm_name(const char *comm, const struct proc_args *args,
		   const char *path)
{
	static const struct proc_args none = { 0 };
	const struct hypervisor *hypervisor;
	char *name = NULL, *clean;

	args = args ? args : &none;
	hypervisor = hypervisor_of(comm, args);
	if (hypervisor)
		name = hypervisor->name(args);
	if (!name || !*name) {
		free(name);
		name = path_vm(path);
	}
	clean = text_clean_dup(name);
	free(name);
	return clean;
}

char *proc_args_text(const struct proc_args *args)
{
	size_t n = args->n, i;
	char *text, *clean;

	while (n && !args->text[n - 1])
		n--;
	if (!n)
		return NULL;
	text = xmalloc(n + 1);
	for (i = 0; i < n; i++)
		text[i] = args->text[i] ? args->text[i] : ' ';
	text[n] = '\0';
	clean = text_clean_dup(text);
	free(text);
	if (!args->cut)
		return clean;
	text = xasprintf("%s...", clean);
	free(clean);
	return text;
}
