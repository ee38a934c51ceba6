/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The kernel's own counters, which everything mptop counts is held against. */
#ifndef MPTOP_VMSTAT_H
#define MPTOP_VMSTAT_H

#include <stdint.h>

#include "sample.h"

/*
 * Reads the open /proc/vmstat @fd into @value; a counter that this kernel
 * does not have is UNKNOWN. Returns 0, or -errno with all of them UNKNOWN.
 */
int vmstat_read(int fd, int64_t value[VMSTAT_COUNT]);

/* As vmstat_read(), of @text as the kernel prints it. */
void vmstat_parse(const char *text, int64_t value[VMSTAT_COUNT]);

/* @value = @now - @before; UNKNOWN if either is, or if it went back. */
void vmstat_since(const int64_t now[VMSTAT_COUNT],
		  const int64_t before[VMSTAT_COUNT],
		  int64_t value[VMSTAT_COUNT]);

#endif
