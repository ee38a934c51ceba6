/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The terminal: shows a canvas, reads keys, and leaves the terminal as it was
 * found however the program ends. term.c is the only file with curses.
 *
 * One terminal can be open at a time. The owner polls term_fd() and calls
 * term_key() until MK_NONE, also after a poll(2) that was interrupted: so a
 * new size arrives (SIGWINCH must be unblocked in the poll, SIGTSTP always;
 * curses handles them). After a SIGCONT it calls term_redraw(). It catches the
 * first TERM, HUP, INT and QUIT itself, calls term_close(), and calls
 * term_expect_another() first.
 */
#ifndef MPTOP_TERM_H
#define MPTOP_TERM_H

#include <stdbool.h>

#include "canvas.h"

struct term;
struct theme;

enum term_colour { TERM_COLOUR_AUTO, TERM_COLOUR_ALWAYS, TERM_COLOUR_NEVER };
enum term_glyphs { TERM_GLYPHS_AUTO, TERM_GLYPHS_ASCII, TERM_GLYPHS_UNICODE };

struct term_options {
	enum term_colour colour; /* auto: unless NO_COLOR is set */
	enum term_glyphs glyphs; /* auto: by the locale */
	bool mouse;		 /* report clicks and the wheel */
	bool keys_from_tty;	 /* from /dev/tty: standard input is data */
	const struct theme *theme; /* only read while opening */
};

/*
 * Takes the terminal over, and standard error into memory until the end.
 * setlocale(LC_ALL, "") must have been called. Returns 0 with *@term, or the
 * exit status for the program (2: no usable terminal) with *@error, a text
 * that names the way out; free() it.
 */
int term_open(struct term **term, const struct term_options *options,
	      char **error);

/*
 * Gives the terminal back and then writes out what went to standard error.
 * NULL is allowed. Also runs at exit().
 */
void term_close(struct term *term);

/* The file descriptor to poll for keys. */
int term_fd(const struct term *term);

/* The size now. */
void term_size(const struct term *term, int *rows, int *cols);

/* True if the canvas may hold more than ASCII: for canvas_set_unicode(). */
bool term_unicode(const struct term *term);

/* "TERM=foo is unknown, using xterm" for the status line, or NULL. */
const char *term_notice(const struct term *term);

/*
 * Shows @canvas; only cells that differ from what is on the screen are sent.
 * A canvas of another size than the terminal's is clipped.
 */
void term_show(struct term *term, const struct canvas *canvas);

/* Makes the next term_show() send every cell, over whatever is there. */
void term_redraw(struct term *term);

/*
 * The next key, a Unicode character, one of enum key or of keys_mouse(), or
 * MK_NONE if there is none now. Never blocks. A change of size is taken in on
 * the way.
 */
int term_key(struct term *term);

/*
 * True once the other side has gone (end of file, EIO, POLLHUP): there will
 * be no more keys. Valid after term_key() gave MK_NONE.
 */
bool term_is_hung_up(const struct term *term);

/*
 * From here a TERM, HUP, INT or QUIT restores the terminal and ends the
 * program at once, whatever it is doing; unblocks them. For the owner that
 * has got the first one and is about to leave.
 */
void term_expect_another(void);

#endif
