/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Units and machines in cgroup paths. The escapes are those of systemd.unit(5)
 * ("STRING ESCAPING FOR INCLUSION IN UNIT NAMES"), libvirt's names those of
 * its virDomainDriverGenerateMachineName().
 */
#include "proc_unit.h"

#include <ctype.h>
#include <string.h>

#include "xalloc.h"

bool unit_part_next(struct unit_part *part)
{
	part->text += part->n;
	while (*part->text == '/')
		part->text++;
	part->n = strcspn(part->text, "/");
	return part->n;
}

bool unit_part_is(const struct unit_part *part, const char *text)
{
	return part->n == strlen(text) && !memcmp(part->text, text, part->n);
}

static int digit(char c)
{
	if (!isxdigit((unsigned char)c))
		return -1;
	return isdigit((unsigned char)c) ? c - '0' :
					   tolower((unsigned char)c) - 'a' + 10;
}

/* The byte that @text begins with as "\xNN"; 0 if it does not. */
static unsigned char escape_of(const char *text)
{
	int high, low;

	if (text[0] != '\\' || text[1] != 'x')
		return 0;
	high = digit(text[2]);
	low = high < 0 ? -1 : digit(text[3]);
	return low < 0 ? 0 : high * 16 + low;
}

char *unit_unescape(const char *text)
{
	char *plain = xstrdup(text), *to = plain;
	unsigned char byte;

	while (*text) {
		byte = escape_of(text);
		*to++ = byte ? byte : *text;
		text += byte ? 4 : 1;
	}
	*to = '\0';
	return plain;
}

const char *unit_libvirt_driver(const char *machine)
{
	static const char *const drivers[] = { "qemu", "ch", "lxc" };
	const char *rest;
	size_t i, n;

	for (i = 0; i < sizeof(drivers) / sizeof(*drivers); i++) {
		n = strlen(drivers[i]);
		if (strncmp(machine, drivers[i], n) || machine[n] != '-')
			continue;
		rest = machine + n + 1;
		n = strspn(rest, "0123456789");
		if (n && rest[n] == '-' && rest[n + 1])
			return drivers[i];
	}
	return NULL;
}

const char *unit_libvirt_name(const char *machine)
{
	return strchr(strchr(machine, '-') + 1, '-') + 1;
}
