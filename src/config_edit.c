/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Settings into the text of a configuration file, which stays otherwise. */
#include "config_save.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "xalloc.h"

#define BLANKS " \t\r"

struct editing {
	FILE *out;
	const struct config_pair *pairs;
	size_t nr;
	bool *done; /* of each pair */
	bool in_section;
	bool replaced; /* the line before: what continues it goes, too */
};

static void put_pair(struct editing *editing, size_t i)
{
	fprintf(editing->out, "%s = %s", editing->pairs[i].name,
		editing->pairs[i].value);
	editing->done[i] = true;
}

static void put_rest(struct editing *editing)
{
	size_t i;

	for (i = 0; i < editing->nr; i++) {
		if (editing->done[i] || editing->pairs[i].only_there)
			continue;
		put_pair(editing, i);
		putc('\n', editing->out);
	}
}

/* The pair that a line outside of sections sets; nr: none. */
static size_t pair_of(const struct editing *editing, const char *line,
		      size_t length)
{
	size_t i, end = 0;

	while (end < length && line[end] != '=' && line[end] != ':')
		end++;
	if (end == length)
		return editing->nr;
	while (end > 0 && strchr(BLANKS, line[end - 1]))
		end--;
	for (i = 0; i < editing->nr; i++)
		if (strlen(editing->pairs[i].name) == end &&
		    !strncmp(editing->pairs[i].name, line, end))
			break;
	return i;
}

/* The comment that ends a line, with the blanks before it. */
static void put_comment(FILE *out, const char *line, size_t length)
{
	size_t i, start;

	for (i = 1; i < length; i++)
		if (line[i] == ';' && strchr(BLANKS, line[i - 1]))
			break;
	if (i >= length)
		return;
	for (start = i; start > 0 && strchr(BLANKS, line[start - 1]); start--)
		;
	fwrite(line + start, 1, length - start, out);
}

static void put_line(struct editing *editing, const char *line, size_t length)
{
	bool indented = length && strchr(BLANKS, line[0]);
	size_t i = editing->nr;

	if (line[0] == '[' && !editing->in_section) {
		put_rest(editing);
		editing->in_section = true;
	}
	if (indented && editing->replaced &&
	    strspn(line, BLANKS) < length)
		return;
	if (!editing->in_section && !indented)
		i = pair_of(editing, line, length);
	editing->replaced = i < editing->nr;
	if (i == editing->nr) {
		fwrite(line, 1, length, editing->out);
	} else if (editing->done[i]) {
		return; /* set twice: once will do */
	} else {
		put_pair(editing, i);
		put_comment(editing->out, line, length);
	}
	putc('\n', editing->out);
}

char *config_edit(const char *text, const struct config_pair *pairs, size_t nr)
{
	struct editing editing = { .pairs = pairs, .nr = nr };
	char *edited = NULL;
	size_t size, length;

	editing.out = open_memstream(&edited, &size);
	if (!editing.out)
		return xstrdup(text);
	editing.done = xcalloc(nr + 1, sizeof(*editing.done));
	while (*text) {
		length = strcspn(text, "\n");
		put_line(&editing, text, length);
		text += length + (text[length] == '\n');
	}
	put_rest(&editing);
	fclose(editing.out);
	free(editing.done);
	return edited;
}
