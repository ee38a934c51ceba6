/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Components of a cgroup path, and the names systemd and libvirt give them. */
#ifndef MPTOP_PROC_UNIT_H
#define MPTOP_PROC_UNIT_H

#include <stdbool.h>
#include <stddef.h>

/* A component, within the path. */
struct unit_part {
	const char *text;
	size_t n;
};

/* Goes on to the next component; begins with { path, 0 }. False at the end. */
bool unit_part_next(struct unit_part *part);

bool unit_part_is(const struct unit_part *part, const char *text);

/* @text with each "\xNN" as that byte, but for zero; to be freed. */
char *unit_unescape(const char *text);

/*
 * libvirt names a machine DRIVER-ID-NAME, with a number for ID, and leaves out
 * what a host name cannot have. The driver if @machine has that form and it
 * is "qemu", "ch" or "lxc", else NULL; the name in one that has.
 */
const char *unit_libvirt_driver(const char *machine);
const char *unit_libvirt_name(const char *machine);

#endif
