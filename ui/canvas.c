/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The grid of cells. Nothing is ever written outside it, and the right half
 * of a wide character always follows its left half.
 */
#include "canvas.h"

#include <stdlib.h>
#include <string.h>

#include "text.h"
#include "xalloc.h"

struct canvas {
	int rows;
	int cols;
	bool unicode;
	struct canvas_cell *cells;
};

struct glyph_row {
	char unicode[4];
	char ascii[2];
};

static const struct glyph_row glyph_table[GLYPH_COUNT] = {
	[GLYPH_HLINE] = { "─", "-" },
	[GLYPH_VLINE] = { "│", "|" },
	[GLYPH_TOP_LEFT] = { "┌", "+" },
	[GLYPH_TOP_RIGHT] = { "┐", "+" },
	[GLYPH_BOTTOM_LEFT] = { "└", "+" },
	[GLYPH_BOTTOM_RIGHT] = { "┘", "+" },
	[GLYPH_TEE_DOWN] = { "┬", "+" },
	[GLYPH_TEE_UP] = { "┴", "+" },
	[GLYPH_TEE_RIGHT] = { "├", "+" },
	[GLYPH_TEE_LEFT] = { "┤", "+" },
	[GLYPH_CROSS] = { "┼", "+" },
	[GLYPH_ARROW] = { "→", ">" },
	[GLYPH_DOT] = { "·", "." },
	[GLYPH_UP] = { "↑", "^" },
	[GLYPH_DOWN] = { "↓", "v" },
	[GLYPH_BAR_0] = { " ", " " },
	[GLYPH_BAR_0 + 1] = { "▁", "." },
	[GLYPH_BAR_0 + 2] = { "▂", ":" },
	[GLYPH_BAR_0 + 3] = { "▃", "-" },
	[GLYPH_BAR_0 + 4] = { "▄", "=" },
	[GLYPH_BAR_0 + 5] = { "▅", "+" },
	[GLYPH_BAR_0 + 6] = { "▆", "*" },
	[GLYPH_BAR_0 + 7] = { "▇", "#" },
	[GLYPH_BAR_8] = { "█", "#" },
	[GLYPH_METER_0] = { " ", " " },
	[GLYPH_METER_0 + 1] = { "▏", " " },
	[GLYPH_METER_0 + 2] = { "▎", " " },
	[GLYPH_METER_0 + 3] = { "▍", " " },
	[GLYPH_METER_0 + 4] = { "▌", "#" },
	[GLYPH_METER_0 + 5] = { "▋", "#" },
	[GLYPH_METER_0 + 6] = { "▊", "#" },
	[GLYPH_METER_0 + 7] = { "▉", "#" },
	[GLYPH_METER_8] = { "█", "#" },
};

static const struct canvas_cell blank = { .text = " " };

struct canvas *canvas_new(int rows, int cols)
{
	struct canvas *canvas = xcalloc(1, sizeof(*canvas));

	canvas->rows = rows > 0 ? rows : 0;
	canvas->cols = cols > 0 ? cols : 0;
	canvas->unicode = true;
	canvas->cells = xcalloc((size_t)canvas->rows * canvas->cols + 1,
				sizeof(*canvas->cells));
	canvas_clear(canvas);
	return canvas;
}

void canvas_free(struct canvas *canvas)
{
	if (!canvas)
		return;
	free(canvas->cells);
	free(canvas);
}

int canvas_rows(const struct canvas *canvas)
{
	return canvas->rows;
}

int canvas_cols(const struct canvas *canvas)
{
	return canvas->cols;
}

void canvas_set_unicode(struct canvas *canvas, bool unicode)
{
	canvas->unicode = unicode;
}

bool canvas_unicode(const struct canvas *canvas)
{
	return canvas->unicode;
}

static struct canvas_cell *cell_at(const struct canvas *canvas, int row,
				   int col)
{
	return &canvas->cells[(size_t)row * canvas->cols + col];
}

const struct canvas_cell *canvas_at(const struct canvas *canvas, int row,
				    int col)
{
	return cell_at(canvas, row, col);
}

void canvas_clear(struct canvas *canvas)
{
	size_t i, nr = (size_t)canvas->rows * canvas->cols;

	for (i = 0; i < nr; i++)
		canvas->cells[i] = blank;
}

void canvas_copy(struct canvas *canvas, const struct canvas *from)
{
	int rows = from->rows < canvas->rows ? from->rows : canvas->rows;
	int cols = from->cols < canvas->cols ? from->cols : canvas->cols;
	int row;

	canvas_clear(canvas);
	for (row = 0; row < rows && cols > 0; row++) {
		memcpy(cell_at(canvas, row, 0), cell_at(from, row, 0),
		       cols * sizeof(blank));
		/* A wide character cut in half would push the row out. */
		if (cols < from->cols && !cell_at(from, row, cols)->text[0])
			*cell_at(canvas, row, cols - 1) = blank;
	}
}

/* Overwriting one half of a wide character leaves no other half behind. */
static void cell_vacate(struct canvas *canvas, int row, int col)
{
	struct canvas_cell *cell = cell_at(canvas, row, col);

	if (!cell->text[0] && col > 0)
		strcpy(cell_at(canvas, row, col - 1)->text, " ");
	if (col + 1 < canvas->cols && !cell[1].text[0])
		strcpy(cell[1].text, " ");
}

static size_t character_length(const char *text)
{
	size_t n = 1;

	while ((text[n] & 0xc0) == 0x80)
		n++;
	return n;
}

/* False for a character whose end was cut off by a short buffer. */
static bool character_is_whole(const char *text, size_t n)
{
	unsigned char lead = (unsigned char)text[0];

	return n == (lead < 0x80 ? 1u : lead < 0xc0 ? 0u : lead < 0xe0 ? 2u :
		     lead < 0xf0 ? 3u : 4u);
}

/* The ASCII stand-in of a glyph's character, "?" for any other. */
static const char *character_ascii(const char *text, size_t n)
{
	size_t i;

	for (i = 0; i < GLYPH_COUNT; i++)
		if (strlen(glyph_table[i].unicode) == n &&
		    !memcmp(glyph_table[i].unicode, text, n))
			return glyph_table[i].ascii;
	return "?";
}

/* One character with its real width, as this canvas can show it. */
static size_t character_take(const struct canvas *canvas, const char *text,
			     struct canvas_cell *cell, int *width)
{
	size_t n = character_length(text);

	memset(cell->text, 0, sizeof(cell->text));
	if (!character_is_whole(text, n))
		cell->text[0] = '?';
	else if (!canvas->unicode && n > 1)
		strcpy(cell->text, character_ascii(text, n));
	else
		memcpy(cell->text, text, n);
	*width = text_width(cell->text);
	if (*width < 1) {
		strcpy(cell->text, "?");
		*width = 1;
	}
	return n;
}

static void cell_store(struct canvas *canvas, int row, int col,
		       const struct canvas_cell *cell)
{
	cell_vacate(canvas, row, col);
	*cell_at(canvas, row, col) = *cell;
}

int canvas_put(struct canvas *canvas, int row, int col, int width,
	       enum style style, const char *text)
{
	struct canvas_cell cell = { .style = style };
	const struct canvas_cell right_half = { .style = style };
	int used = 0, columns;

	if (row < 0 || row >= canvas->rows)
		return 0;
	while (*text && used < width) {
		text += character_take(canvas, text, &cell, &columns);
		if (used + columns > width)
			break;
		if (col + used >= 0 && col + used + columns <= canvas->cols) {
			cell_store(canvas, row, col + used, &cell);
			if (columns == 2)
				cell_store(canvas, row, col + used + 1,
					   &right_half);
		}
		used += columns;
	}
	return used;
}

void canvas_put_right(struct canvas *canvas, int row, int col, int width,
		      enum style style, const char *text)
{
	int used;

	text_prefix(text, width, &used);
	canvas_put(canvas, row, col + width - used, used, style, text);
}

void canvas_fill(struct canvas *canvas, int row, int col, int width,
		 enum style style)
{
	for (; width > 0; width--)
		canvas_put(canvas, row, col++, 1, style, " ");
}

void canvas_restyle(struct canvas *canvas, int row, int col, int width,
		    enum style style)
{
	if (row < 0 || row >= canvas->rows)
		return;
	for (; width > 0; width--, col++)
		if (col >= 0 && col < canvas->cols)
			cell_at(canvas, row, col)->style = style;
}

const char *canvas_glyph(const struct canvas *canvas, enum glyph glyph)
{
	const struct glyph_row *row = &glyph_table[glyph];

	return canvas->unicode ? row->unicode : row->ascii;
}

static int row_length(const struct canvas *canvas, int row)
{
	int cols = canvas->cols;

	while (cols > 0 && !strcmp(cell_at(canvas, row, cols - 1)->text, " "))
		cols--;
	return cols;
}

void canvas_dump(const struct canvas *canvas, FILE *out)
{
	int row, col, cols;

	for (row = 0; row < canvas->rows; row++) {
		cols = row_length(canvas, row);
		for (col = 0; col < cols; col++)
			fputs(cell_at(canvas, row, col)->text, out);
		putc('\n', out);
	}
}

void canvas_dump_styles(const struct canvas *canvas, FILE *out)
{
	int row, col, cols;

	for (row = 0; row < canvas->rows; row++) {
		cols = canvas->cols;
		while (cols > 0 &&
		       cell_at(canvas, row, cols - 1)->style == STYLE_NORMAL)
			cols--;
		for (col = 0; col < cols; col++)
			putc(style_table[cell_at(canvas, row, col)->style]
				     .letter, out);
		putc('\n', out);
	}
}
