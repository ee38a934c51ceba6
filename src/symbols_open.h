/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Opening files that symbols are looked for in: regular ones, and never in a
 * way that blocks or does something, as opening a FIFO or a device would.
 */
#ifndef MPTOP_SYMBOLS_OPEN_H
#define MPTOP_SYMBOLS_OPEN_H

#include <sys/types.h>

/* Opens @path, where root alone puts files, to read. Descriptor or -errno. */
int symbols_open_system(const char *path);

/*
 * Opens the absolute @path, which somebody who is watched has named. -EINVAL if
 * it is not absolute or no regular file, -EACCES unless its owner is root or
 * @owner; -ELOOP for a symbolic link anywhere in it but /bin, /lib and /sbin;
 * -EXDEV where the file system is none that answers by itself: a network's or
 * a user's own may never do so, and the kernel's own files are no programs.
 */
int symbols_open_foreign(const char *path, uid_t owner);

/* The same, with file @mounts in the form of /proc/self/mountinfo. */
int symbols_open_by(const char *mounts, const char *path, uid_t owner);

#endif
