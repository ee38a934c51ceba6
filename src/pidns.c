/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Namespaces by the inode numbers of their links in /proc/PID/ns. */
#include "pidns.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* PROC_PID_INIT_INO of linux/proc_ns.h, the same since Linux 3.8. */
#define INITIAL_INUM 0xEFFFFFFCU

int pidns_levels(const char *status)
{
	const char *text = strstr(status, "\nNSpid:");
	int levels = 0;

	if (!text)
		return 1;
	text += strlen("\nNSpid:");
	while (*text && *text != '\n') {
		text += strspn(text, " \t");
		levels += strspn(text, "0123456789") > 0;
		text += strcspn(text, " \t\n");
	}
	return levels;
}

/* The inode number behind @link, 0 if it cannot be read. */
static uint32_t inum_of(const char *link)
{
	struct stat st;

	return stat(link, &st) ? 0 : (uint32_t)st.st_ino;
}

void pidns_read(struct pidns *ns)
{
	char status[4096];
	size_t n = 0;
	FILE *file = fopen("/proc/self/status", "re");

	if (file) {
		n = fread(status, 1, sizeof(status) - 1, file);
		fclose(file);
	}
	status[n] = '\0';
	ns->inum = inum_of("/proc/self/ns/pid");
	if (ns->inum == INITIAL_INUM)
		ns->inum = 0;
	ns->proc = PIDNS_PROC_OWN;
	if (pidns_levels(status) == 1)
		return;
	/* Its process 1 is that of the initial one, or of one in between. */
	ns->proc = inum_of("/proc/1/ns/pid") == INITIAL_INUM ?
			   PIDNS_PROC_INITIAL :
			   PIDNS_PROC_OTHER;
}
