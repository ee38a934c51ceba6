/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One file by libinih. Its lines come from a text that was looked through
 * before, and through a reader of ours, which knows the line.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <ini.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "xalloc.h"

struct reading {
	struct config *config;
	const char *path;
	const char *rest; /* of the text */
	int line;	  /* that the handler is called for */
	int too_long;	  /* the first line that was; 0: none */
	bool continues;	  /* it is indented: more of the entry before */
};

static char *error_of(const char *path, int error)
{
	if (error == ELOOP)
		return xasprintf("'%s' is a link, which is not followed; "
				 "name its target by --config", path);
	return xasprintf("cannot read '%s': %s", path, strerror(error));
}

/* Whatever it is, opening it neither blocks nor follows a link. */
static int file_open(const char *path, bool named, char **error)
{
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK |
			    O_NOCTTY);
	struct stat status;

	if (fd < 0 || fstat(fd, &status)) {
		fd = -errno;
		if (named || (fd != -ENOENT && fd != -ENOTDIR))
			*error = error_of(path, -fd);
		return fd;
	}
	if (!S_ISREG(status.st_mode))
		*error = xasprintf("'%s' is no regular file", path);
	else if (!named && status.st_uid && status.st_uid != geteuid())
		*error = xasprintf("'%s' belongs to another user; to trust it "
				   "all the same, use --config", path);
	else if (status.st_size > CONFIG_MAX)
		*error = xasprintf("'%s' is larger than %d kB", path,
				   CONFIG_MAX / 1024);
	if (!*error)
		return fd;
	close(fd);
	return -EINVAL;
}

/* Holds a file that grows meanwhile to the limit, too. */
static char *text_read(int fd, size_t *length)
{
	char *text = xmalloc(CONFIG_MAX + 2);
	ssize_t n;

	*length = 0;
	do {
		n = read(fd, text + *length, CONFIG_MAX + 1 - *length);
		if (n > 0)
			*length += n;
	} while (n > 0 || (n < 0 && errno == EINTR));
	text[*length] = '\0';
	if (n == 0)
		return text;
	free(text);
	return NULL;
}

/* The line with a byte that no text has; 0: there is none. */
static int binary_line(const char *text, size_t length)
{
	int line = 1;
	size_t i;

	for (i = 0; i < length; i++) {
		unsigned char c = text[i];

		if (c == '\n')
			line++;
		else if ((c < 0x20 && c != '\t' && c != '\r') || c == 0x7f)
			return line;
	}
	return 0;
}

/* As fgets(); a line that is too long comes as an empty one. */
static char *line_next(char *line, int size, void *stream)
{
	struct reading *reading = stream;
	size_t length = strcspn(reading->rest, "\n");
	size_t whole = length + (reading->rest[length] == '\n');

	if (!whole)
		return NULL;
	reading->line++;
	reading->continues = strchr(" \t", reading->rest[0]) != NULL;
	if (whole >= (size_t)size) {
		if (!reading->too_long)
			reading->too_long = reading->line;
		strcpy(line, "\n");
	} else {
		memcpy(line, reading->rest, whole);
		line[whole] = '\0';
	}
	reading->rest += whole;
	return line;
}

static int entry_add(void *user, const char *section, const char *name,
		     const char *value)
{
	struct reading *reading = user;
	struct config *config = reading->config;
	struct config_entry *entry;
	char *full, *longer;

	full = xasprintf("%s%s%s", section, *section ? "." : "", name);
	entry = config->nr_entries ?
			&config->entries[config->nr_entries - 1] : NULL;
	if (reading->continues && entry && !strcmp(entry->name, full)) {
		longer = xasprintf("%s %s", entry->value, value);
		free(entry->value);
		entry->value = longer;
		free(full);
		return 1;
	}
	config->entries = xreallocarray(config->entries,
					config->nr_entries + 1,
					sizeof(*config->entries));
	entry = &config->entries[config->nr_entries++];
	*entry = (struct config_entry){
		.name = full,
		.value = xstrdup(value ? value : ""),
		.file = config->nr_files,
		.line = reading->line,
	};
	return 1;
}

static void text_parse(struct reading *reading, char **error)
{
	int line = ini_parse_stream(line_next, reading, entry_add, reading);

	reading->config->files[reading->config->nr_files++] =
		xstrdup(reading->path);
	if (reading->too_long)
		*error = xasprintf("%s line %d: too long; a list goes on in "
				   "an indented line", reading->path,
				   reading->too_long);
	else if (line)
		*error = xasprintf("%s line %d: neither NAME = VALUE nor "
				   "[SECTION] nor # COMMENT", reading->path,
				   line);
}

int config_read(struct config *config, const char *path, bool named,
		char **error)
{
	struct reading reading = { .config = config, .path = path };
	int fd = file_open(path, named, error);
	size_t length;
	char *text;

	if (fd < 0)
		return *error ? fd : 0;
	text = text_read(fd, &length);
	close(fd);
	if (!text) {
		*error = error_of(path, errno);
		return -EIO;
	}
	reading.line = binary_line(text, length);
	if (length > CONFIG_MAX) {
		*error = xasprintf("'%s' is larger than %d kB", path,
				   CONFIG_MAX / 1024);
	} else if (reading.line) {
		*error = xasprintf("%s line %d: not text", path, reading.line);
	} else {
		reading.rest = text;
		text_parse(&reading, error);
	}
	free(text);
	return *error ? -EINVAL : 0;
}
