/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What brings the terminal back when the program dies: everything is made
 * ready beforehand, and the handlers only make async-signal-safe calls. For
 * term.c alone.
 */
#ifndef MPTOP_TERM_RESCUE_H
#define MPTOP_TERM_RESCUE_H

/* Before curses: remembers the modes of the terminal @fd. */
void term_rescue_save(int fd);

/*
 * After newterm(): builds the restoring string, catches the fatal signals and
 * turns standard error into memory if it is a terminal.
 */
void term_rescue_arm(void);

/* Adds @text to the restoring string. */
void term_rescue_add(const char *text);

/* After endwin(): undoes all that, and prints what was kept. */
void term_rescue_disarm(void);

#endif
