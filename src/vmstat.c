/* SPDX-License-Identifier: GPL-2.0-or-later */
/* /proc/vmstat: "name value" lines. */
#include "vmstat.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* 180 counters of at most 50 bytes in 7.3. */
#define VMSTAT_TEXT 32768

static int vmstat_find(const char *name, size_t length)
{
	int i;

	for (i = 0; i < VMSTAT_COUNT; i++)
		if (strlen(sample_vmstat_name[i]) == length &&
		    !memcmp(sample_vmstat_name[i], name, length))
			return i;
	return -1;
}

void vmstat_parse(const char *text, int64_t value[VMSTAT_COUNT])
{
	const char *line = text, *space, *end;
	int i;

	for (i = 0; i < VMSTAT_COUNT; i++)
		value[i] = UNKNOWN;
	for (; *line; line = *end ? end + 1 : end) {
		end = line + strcspn(line, "\n");
		space = memchr(line, ' ', end - line);
		if (!space)
			continue;
		i = vmstat_find(line, space - line);
		if (i >= 0)
			value[i] = strtoll(space + 1, NULL, 10);
	}
}

int vmstat_read(int fd, int64_t value[VMSTAT_COUNT])
{
	char text[VMSTAT_TEXT];
	size_t length = 0;
	ssize_t n;

	vmstat_parse("", value);
	while (length < sizeof(text) - 1) {
		n = pread(fd, text + length, sizeof(text) - 1 - length, length);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		if (!n)
			break;
		length += n;
	}
	text[length] = '\0';
	vmstat_parse(text, value);
	return 0;
}

void vmstat_since(const int64_t now[VMSTAT_COUNT],
		  const int64_t before[VMSTAT_COUNT],
		  int64_t value[VMSTAT_COUNT])
{
	int i;

	for (i = 0; i < VMSTAT_COUNT; i++) {
		value[i] = UNKNOWN;
		if (now[i] != UNKNOWN && before[i] != UNKNOWN &&
		    now[i] >= before[i])
			value[i] = now[i] - before[i];
	}
}
