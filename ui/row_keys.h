/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Rows of the process panel that are remembered by their keys: those that are
 * tagged, expanded, followed, or alone shown.
 */
#ifndef MPTOP_ROW_KEYS_H
#define MPTOP_ROW_KEYS_H

#include <jansson.h>
#include <stdbool.h>

#include "model.h"

/* Empty when zeroed; owns the names in it. */
struct row_keys {
	struct model_key *key;
	size_t nr;
};

bool row_keys_has(const struct row_keys *keys, const struct model_key *key);

/* Adds a copy of @key, if it is not there. */
void row_keys_add(struct row_keys *keys, const struct model_key *key);
void row_keys_remove(struct row_keys *keys, const struct model_key *key);

/* Removes all and frees their memory. */
void row_keys_clear(struct row_keys *keys);

/* An array of objects of them, and back; @json may be anything. */
json_t *row_keys_json(const struct row_keys *keys);
void row_keys_set_json(struct row_keys *keys, const json_t *json);

/* The key by which @row's process is tagged; false: it is of no process. */
bool row_keys_tag(const struct model_row *row, struct model_key *key);

#endif
