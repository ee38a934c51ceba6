/* SPDX-License-Identifier: GPL-2.0-or-later */
/* There are few of them: what an operator pressed a key for, one by one. */
#include "row_keys.h"

#include <stdlib.h>
#include <string.h>

#include "text.h"
#include "xalloc.h"

/* A snapshot's view can say anything. */
#define KEYS_MAX 4096

static size_t find(const struct row_keys *keys, const struct model_key *key)
{
	size_t i;

	for (i = 0; i < keys->nr; i++)
		if (model_key_equal(&keys->key[i], key))
			break;
	return i;
}

bool row_keys_has(const struct row_keys *keys, const struct model_key *key)
{
	return find(keys, key) < keys->nr;
}

void row_keys_add(struct row_keys *keys, const struct model_key *key)
{
	struct model_key *added;

	if (keys->nr == KEYS_MAX || row_keys_has(keys, key))
		return;
	keys->key = xreallocarray(keys->key, keys->nr + 1, sizeof(*keys->key));
	added = &keys->key[keys->nr++];
	*added = *key;
	if (key->name)
		added->name = xstrdup(key->name);
}

void row_keys_remove(struct row_keys *keys, const struct model_key *key)
{
	size_t i = find(keys, key);

	if (i == keys->nr)
		return;
	free((char *)keys->key[i].name);
	keys->key[i] = keys->key[--keys->nr];
}

void row_keys_clear(struct row_keys *keys)
{
	while (keys->nr)
		free((char *)keys->key[--keys->nr].name);
	free(keys->key);
	keys->key = NULL;
}

static json_t *key_json(const struct model_key *key)
{
	return json_pack("{s:s, s:s, s:I, s:I, s:s?}",
			 "group", model_group_name[key->group],
			 "owner", sample_owner_name[key->owner],
			 "pid", (json_int_t)key->id.pid,
			 "start_us", (json_int_t)key->id.start_us,
			 "name", key->name);
}

json_t *row_keys_json(const struct row_keys *keys)
{
	json_t *list = json_array();
	size_t i;

	for (i = 0; i < keys->nr; i++)
		json_array_append_new(list, key_json(&keys->key[i]));
	return list;
}

/* The index of string @json among @nr @names, or -1. */
static int index_of(const json_t *json, const char *const *names, int nr)
{
	const char *name = json_string_value(json);
	int i;

	for (i = 0; name && i < nr; i++)
		if (!strcmp(names[i], name))
			return i;
	return -1;
}

static void add_json(struct row_keys *keys, const json_t *json)
{
	int group = index_of(json_object_get(json, "group"), model_group_name,
			     GROUP_COUNT);
	int owner = index_of(json_object_get(json, "owner"), sample_owner_name,
			     OWNER_COUNT);
	const char *name = json_string_value(json_object_get(json, "name"));
	char *clean = name ? text_clean_dup(name) : NULL;
	struct model_key key = {
		.group = (enum model_group)group,
		.owner = (enum sample_owner)owner,
		.id = {
			json_integer_value(json_object_get(json, "pid")),
			json_integer_value(json_object_get(json, "start_us")),
		},
		.name = clean,
	};

	if (group >= 0 && owner >= 0)
		row_keys_add(keys, &key);
	free(clean);
}

void row_keys_set_json(struct row_keys *keys, const json_t *json)
{
	size_t i;

	row_keys_clear(keys);
	for (i = 0; i < json_array_size(json); i++)
		add_json(keys, json_array_get(json, i));
}

bool row_keys_tag(const struct model_row *row, struct model_key *key)
{
	*key = model_row_key(row);
	if (row->group == GROUP_CGROUP || row->group == GROUP_USER ||
	    !process_id_some(row->id))
		return false;
	key->group = GROUP_OWNER;
	if (key->owner == OWNER_SHARED)
		key->owner = OWNER_PROCESS;
	return true;
}
