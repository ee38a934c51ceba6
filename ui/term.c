/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The only file with curses. What has to work inside a signal handler (the
 * string and the modes that restore the terminal, and standard error) is
 * prepared in term_rescue.c before anything can go wrong.
 */
#include "term.h"

#include <curses.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

#include "keys.h"
#include "term_keys.h"
#include "term_mouse.h"
#include "term_rescue.h"
#include "term_style.h"
#include "xalloc.h"

#define ESC_DELAY_MS 50

struct term {
	SCREEN *screen;
	WINDOW *input; /* a pad: reading a key from it paints nothing */
	FILE *in;
	FILE *out;
	bool unicode;
	bool hung_up;
	bool redraw;
	char *notice;
	struct term_mouse mouse;
	struct term_style styles[STYLE_COUNT];
	cchar_t *line; /* cols of them, reused */
	int line_cols;
};

/* What exit() closes; curses has one terminal at a time anyway. */
static struct term *open_term;

static void close_at_exit(void)
{
	term_close(open_term);
}

static const char *const fallbacks[] = { "xterm-256color", "xterm", "vt100" };

static bool is_unicode_locale(void)
{
	return !strcmp(nl_langinfo(CODESET), "UTF-8");
}

static bool choose_unicode(enum term_glyphs glyphs)
{
	const char *type = getenv("TERM");

	if (glyphs == TERM_GLYPHS_ASCII)
		return false;
	if (glyphs == TERM_GLYPHS_UNICODE)
		return is_unicode_locale() || setlocale(LC_CTYPE, "C.UTF-8");
	/* The console's font has line drawing, but no eighth blocks. */
	return is_unicode_locale() && !(type && !strcmp(type, "linux"));
}

static void set_modes(struct term *term, const struct term_options *options)
{
	term->input = newpad(1, 1);
	cbreak();
	noecho();
	nonl();
	keypad(term->input, TRUE);
	nodelay(term->input, TRUE);
	intrflush(stdscr, FALSE);
	leaveok(stdscr, FALSE);
	curs_set(0);
	if (!getenv("ESCDELAY"))
		set_escdelay(ESC_DELAY_MS);
	term_styles_set(options, term->styles);
	if (options->mouse)
		term_mouse_on();
}

static SCREEN *screen_try(struct term *term, const char *type)
{
	SCREEN *screen = newterm(type, term->out, term->in);

	if (!screen)
		return NULL;
	if (tigetstr("cup") && tigetstr("cup") != (char *)-1)
		return screen;
	endwin();
	delscreen(screen);
	return NULL;
}

static int screen_open(struct term *term, char **error)
{
	const char *type = getenv("TERM");
	size_t i;

	/* What a shell has exported once would stay the size for ever. */
	unsetenv("LINES");
	unsetenv("COLUMNS");
	use_env(TRUE);
	use_tioctl(TRUE);
	if (type && type[0])
		term->screen = screen_try(term, type);
	for (i = 0; !term->screen &&
		    i < sizeof(fallbacks) / sizeof(fallbacks[0]); i++) {
		term->screen = screen_try(term, fallbacks[i]);
		if (term->screen)
			term->notice = xasprintf("TERM=%s is unknown, using %s",
						 type ? type : "",
						 fallbacks[i]);
	}
	if (term->screen)
		return 0;
	*error = xasprintf("terminal '%s' cannot be used; set TERM, or use "
			   "--batch", type ? type : "");
	return 2;
}

/* Before curses, so that an error is a plain line. */
static int streams_open(struct term *term, bool keys_from_tty, char **error)
{
	const char *type = getenv("TERM");
	int out = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
	int in = keys_from_tty ?
		 open("/dev/tty", O_RDONLY | O_CLOEXEC | O_NOCTTY) :
		 fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);

	if (in >= 0)
		term->in = fdopen(in, "r");
	if (out >= 0)
		term->out = fdopen(out, "w");
	if (!term->in || !term->out || !isatty(in) || !isatty(out)) {
		*error = xstrdup("standard input and output must be a "
				 "terminal; use --batch");
		return 2;
	}
	if (type && !strcmp(type, "dumb")) {
		*error = xstrdup("terminal 'dumb' cannot move its cursor; "
				 "use --batch");
		return 2;
	}
	return 0;
}

static void term_free(struct term *term)
{
	if (term->in)
		fclose(term->in);
	if (term->out)
		fclose(term->out);
	free(term->notice);
	free(term->line);
	free(term);
}

int term_open(struct term **result, const struct term_options *options,
	      char **error)
{
	static bool registered;
	struct term *term = xcalloc(1, sizeof(*term));
	int status = streams_open(term, options->keys_from_tty, error);

	if (!status) {
		term_rescue_save(fileno(term->out));
		term->unicode = choose_unicode(options->glyphs);
		status = screen_open(term, error);
	}
	if (status) {
		term_free(term);
		return status;
	}
	term_rescue_arm();
	set_modes(term, options);
	term->redraw = true;
	open_term = term;
	if (!registered)
		atexit(close_at_exit);
	registered = true;
	*result = term;
	return 0;
}

void term_close(struct term *term)
{
	if (!term)
		return;
	open_term = NULL;
	set_term(term->screen);
	endwin();
	term_rescue_disarm();
	delscreen(term->screen);
	term_free(term);
}

int term_fd(const struct term *term)
{
	return fileno(term->in);
}

void term_size(const struct term *term, int *rows, int *cols)
{
	(void)term;
	getmaxyx(stdscr, *rows, *cols);
}

bool term_unicode(const struct term *term)
{
	return term->unicode;
}

const char *term_notice(const struct term *term)
{
	return term->notice;
}

static wchar_t cell_character(const struct canvas_cell *cell)
{
	mbstate_t state = { 0 };
	wchar_t character;
	size_t n = mbrtowc(&character, cell->text, strlen(cell->text), &state);

	return n == 0 || n > sizeof(cell->text) ? L'?' : character;
}

/* Fills term->line with row @row; returns the number of characters. */
static int line_build(struct term *term, const struct canvas *canvas, int row,
		      int cols)
{
	const struct term_style *style;
	const struct canvas_cell *cell;
	wchar_t text[2] = { 0 };
	int col, n = 0;

	for (col = 0; col < cols; col++) {
		cell = canvas_at(canvas, row, col);
		if (!cell->text[0])
			continue; /* the wide one before it covers this */
		text[0] = cell_character(cell);
		style = &term->styles[cell->style];
		setcchar(&term->line[n++], text, style->attributes,
			 style->pair, NULL);
	}
	return n;
}

void term_show(struct term *term, const struct canvas *canvas)
{
	int row, n, rows, cols;

	term_size(term, &rows, &cols);
	if (canvas_rows(canvas) < rows || canvas_cols(canvas) < cols)
		werase(stdscr);
	rows = canvas_rows(canvas) < rows ? canvas_rows(canvas) : rows;
	cols = canvas_cols(canvas) < cols ? canvas_cols(canvas) : cols;
	if (term->line_cols < cols) {
		term->line = xreallocarray(term->line, cols,
					   sizeof(*term->line));
		term->line_cols = cols;
	}
	for (row = 0; row < rows; row++) {
		n = line_build(term, canvas, row, cols);
		mvadd_wchnstr(row, 0, term->line, n);
	}
	move(0, 0);
	if (term->redraw)
		clearok(curscr, TRUE);
	term->redraw = false;
	wnoutrefresh(stdscr);
	doupdate();
}

void term_redraw(struct term *term)
{
	term->redraw = true;
}

/* No key: is that because there will never be one again? */
static void check_hang_up(struct term *term)
{
	struct pollfd fd = { .fd = fileno(term->in), .events = POLLIN };
	int waiting = 0;

	if (poll(&fd, 1, 0) <= 0)
		return;
	if (fd.revents & (POLLHUP | POLLERR | POLLNVAL))
		term->hung_up = true;
	else if (ioctl(fd.fd, FIONREAD, &waiting) || !waiting)
		term->hung_up = true;
}

int term_key(struct term *term)
{
	wint_t character;
	int key;

	for (;;) {
		switch (wget_wch(term->input, &character)) {
		case OK:
			return term_plain_key(character);
		case KEY_CODE_YES:
			if (character == KEY_RESIZE) {
				term->redraw = true;
				continue;
			}
			key = character == KEY_MOUSE ?
				      term_mouse_key(&term->mouse) :
				      term_special_key(character);
			if (key < 0)
				continue;
			return key;
		default:
			check_hang_up(term);
			return MK_NONE;
		}
	}
}

bool term_is_hung_up(const struct term *term)
{
	return term->hung_up;
}
