/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a cgroup's path and a command line say of who runs there: container
 * and virtual machine. Pure; both are hostile text, and what comes out is
 * clean (text.h).
 */
#ifndef MPTOP_PROC_NAME_H
#define MPTOP_PROC_NAME_H

#include <stdbool.h>
#include <stddef.h>

/* Arguments as /proc/PID/cmdline has them: raw, each ended by a zero byte. */
struct proc_args {
	const char *text;
	size_t n;
	bool cut; /* there was more: the last one may not be whole */
};

/* The arguments with spaces between, to be freed; NULL if there are none. */
char *proc_args_text(const struct proc_args *args);

/*
 * The container that cgroup @path belongs to, the innermost if they nest; to
 * be freed, NULL if none. An id of 64 digits (docker, containerd, CRI-O,
 * podman) by its first 12, others (LXC, libvirt's LXC, systemd-nspawn) by
 * their names. A runtime's monitor (conmon, lxc.monitor) is not in it.
 */
char *proc_container_name(const char *path);

/*
 * The virtual machine that a process named @comm with arguments @args in
 * cgroup @path runs, to be freed; NULL if none. By its name in the command
 * line if the program is a hypervisor (QEMU: -name, Firecracker: --id, Cloud
 * Hypervisor, which has no names: its --api-socket, or --platform uuid), else
 * by libvirt's cgroup, whatever the program. Both may be NULL.
 */
char *proc_vm_name(const char *comm, const struct proc_args *args,
		   const char *path);

#endif
