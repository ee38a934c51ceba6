/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The line editor: a string, a cursor, and a table of editing keys. */
#include "prompt.h"

#include <string.h>

#include "keys.h"
#include "text.h"

/* The error has at least this part of the line, and more if there is room. */
#define ERROR_SHARE 2

void prompt_begin(struct prompt *prompt, const char *text)
{
	memset(prompt, 0, sizeof(*prompt));
	prompt->length = text_clean(prompt->text, sizeof(prompt->text), text,
				    strlen(text), -1);
	prompt->cursor = prompt->length;
}

static bool is_continuation(char c)
{
	return (c & 0xc0) == 0x80;
}

static size_t before(const struct prompt *prompt, size_t at)
{
	while (at > 0 && is_continuation(prompt->text[--at]))
		;
	return at;
}

static size_t after(const struct prompt *prompt, size_t at)
{
	if (at < prompt->length)
		at++;
	while (at < prompt->length && is_continuation(prompt->text[at]))
		at++;
	return at;
}

static bool erase(struct prompt *prompt, size_t from, size_t to)
{
	if (from == to)
		return false;
	memmove(prompt->text + from, prompt->text + to,
		prompt->length - to + 1);
	prompt->length -= to - from;
	prompt->cursor = from;
	return true;
}

static bool erase_before(struct prompt *prompt)
{
	return erase(prompt, before(prompt, prompt->cursor), prompt->cursor);
}

static bool erase_after(struct prompt *prompt)
{
	return erase(prompt, prompt->cursor, after(prompt, prompt->cursor));
}

static bool erase_to_start(struct prompt *prompt)
{
	return erase(prompt, 0, prompt->cursor);
}

static bool erase_to_end(struct prompt *prompt)
{
	return erase(prompt, prompt->cursor, prompt->length);
}

static bool erase_word(struct prompt *prompt)
{
	size_t at = prompt->cursor;

	while (at > 0 && prompt->text[at - 1] == ' ')
		at--;
	while (at > 0 && prompt->text[at - 1] != ' ')
		at--;
	return erase(prompt, at, prompt->cursor);
}

static bool go_left(struct prompt *prompt)
{
	prompt->cursor = before(prompt, prompt->cursor);
	return false;
}

static bool go_right(struct prompt *prompt)
{
	prompt->cursor = after(prompt, prompt->cursor);
	return false;
}

static bool go_start(struct prompt *prompt)
{
	prompt->cursor = 0;
	return false;
}

static bool go_end(struct prompt *prompt)
{
	prompt->cursor = prompt->length;
	return false;
}

static bool insert(struct prompt *prompt, int key)
{
	char utf8[5], clean[8];
	size_t n = keys_utf8(key, utf8);

	/* What the sanitiser would change is no text. */
	text_clean(clean, sizeof(clean), utf8, n, -1);
	if (!n || strcmp(clean, utf8) != 0 ||
	    prompt->length + n >= sizeof(prompt->text))
		return false;
	memmove(prompt->text + prompt->cursor + n,
		prompt->text + prompt->cursor,
		prompt->length - prompt->cursor + 1);
	memcpy(prompt->text + prompt->cursor, utf8, n);
	prompt->length += n;
	prompt->cursor += n;
	return true;
}

static const struct {
	int key;
	bool (*edit)(struct prompt *prompt);
} edit_table[] = {
	{ MK_BACKSPACE, erase_before },
	{ MK_DELETE, erase_after },
	{ MK_LEFT, go_left },
	{ MK_RIGHT, go_right },
	{ MK_HOME, go_start },
	{ MK_END, go_end },
	{ MK_CTRL('a'), go_start },
	{ MK_CTRL('b'), go_left },
	{ MK_CTRL('d'), erase_after },
	{ MK_CTRL('e'), go_end },
	{ MK_CTRL('f'), go_right },
	{ MK_CTRL('h'), erase_before },
	{ MK_CTRL('k'), erase_to_end },
	{ MK_CTRL('u'), erase_to_start },
	{ MK_CTRL('w'), erase_word },
};

bool prompt_edit(struct prompt *prompt, int key)
{
	size_t i;

	for (i = 0; i < sizeof(edit_table) / sizeof(edit_table[0]); i++)
		if (edit_table[i].key == key)
			return edit_table[i].edit(prompt);
	return insert(prompt, key);
}

/* Draws what of the text around the cursor fits; returns its columns. */
static int draw_text(const struct prompt *prompt, struct canvas *canvas,
		     int row, int col)
{
	int cols = canvas_cols(canvas), room = cols - col - 1;
	char head[PROMPT_CAP];
	size_t skip = 0;
	int at, used;

	if (prompt->error[0] && room > cols / ERROR_SHARE)
		room = cols / ERROR_SHARE;
	memcpy(head, prompt->text, prompt->cursor);
	head[prompt->cursor] = '\0';
	at = text_width(head);
	if (at > room) {
		skip = text_prefix(head, at - room, NULL);
		/* Half of a wide character is more than was asked for. */
		at -= text_width(head) - text_width(head + skip);
	}
	used = canvas_put(canvas, row, col, room, STYLE_NORMAL,
			  prompt->text + skip);
	canvas_restyle(canvas, row, col + at, 1, STYLE_SELECTED);
	return used;
}

void prompt_draw(const struct prompt *prompt, const struct prompt_kind *kind,
		 struct canvas *canvas, int row)
{
	int cols = canvas_cols(canvas), col;

	canvas_fill(canvas, row, 0, cols, STYLE_NORMAL);
	col = canvas_put(canvas, row, 0, cols, STYLE_KEY, kind->label);
	col += canvas_put(canvas, row, col, cols - col, STYLE_KEY, ": ");
	col += draw_text(prompt, canvas, row, col) + 2;
	if (prompt->error[0])
		canvas_put(canvas, row, col, cols - col, STYLE_BAD,
			   prompt->error);
	else if (!prompt->length)
		canvas_put(canvas, row, col, cols - col, STYLE_DIM, kind->hint);
}
