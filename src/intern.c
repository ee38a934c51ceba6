/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A hash table of counted texts; a holder's pointer leads back to its entry. */
#include "intern.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "xalloc.h"

#define uthash_malloc(size) xmalloc(size)
#include <uthash.h>

struct intern_text {
	UT_hash_handle hh;
	size_t holders;
	char text[];
};

const char *intern_get(struct intern *intern, const char *text)
{
	struct intern_text *found;
	size_t length;

	if (!text)
		return NULL;
	length = strlen(text);
	HASH_FIND(hh, intern->texts, text, length, found);
	if (!found) {
		found = xmalloc(sizeof(*found) + length + 1);
		memcpy(found->text, text, length + 1);
		found->holders = 0;
		HASH_ADD_KEYPTR(hh, intern->texts, found->text, length, found);
	}
	found->holders++;
	return found->text;
}

const char *intern_find(const struct intern *intern, const char *text)
{
	struct intern_text *found;

	HASH_FIND_STR(intern->texts, text, found);
	return found ? found->text : NULL;
}

void intern_put(struct intern *intern, const char *text)
{
	struct intern_text *found;

	if (!text)
		return;
	found = (struct intern_text *)(text -
				       offsetof(struct intern_text, text));
	if (--found->holders)
		return;
	HASH_DEL(intern->texts, found);
	free(found);
}

void intern_set(struct intern *intern, const char **held, const char *text)
{
	const char *old = *held;

	if (old && text && !strcmp(old, text))
		return;
	*held = intern_get(intern, text);
	intern_put(intern, old);
}
