/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One thread, one poll(2): a timer, signals, keys and a source. It owns no
 * data and draws nothing.
 */
#ifndef MPTOP_LOOP_H
#define MPTOP_LOOP_H

#include <stdbool.h>
#include <stdint.h>

struct loop {
	int signal_fd;
	int timer_fd;
	int input_fd;  /* -1: no keys */
	int source_fd; /* -1: the source has none */
	int64_t end_ns; /* no wait lasts longer; 0: no end */
};

/* What woke it; bits. */
enum loop_event {
	LOOP_TIMER = 1 << 0,
	LOOP_INPUT = 1 << 1,
	LOOP_SOURCE = 1 << 2,
	LOOP_SIGNAL = 1 << 3,
	LOOP_HANGUP = 1 << 4, /* the input is gone */
	LOOP_CONTINUED = 1 << 5, /* it had been stopped */
};

/*
 * Blocks SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGUSR1 and SIGCONT: from now on
 * they wait for loop_open(), or for loop_close(). SIGWINCH waits for
 * loop_wait(), which it interrupts.
 */
void loop_hold_signals(void);

/* Holds the signals and takes them as events. Returns 0 or -errno. */
int loop_open(struct loop *loop, int input_fd, int source_fd);

/* Closes what loop_open() made, and unblocks the signals again. */
void loop_close(struct loop *loop);

/* Fires the timer every @ns from now on; 0 stops it. */
void loop_set_timer(struct loop *loop, int64_t ns);

/*
 * Waits for the next events; the number of a signal goes to *@signal. At most
 * one signal is taken at a time. Returns bits of enum loop_event, 0 after an
 * interruption or at the end, or -errno.
 */
int loop_wait(struct loop *loop, int *signal);

/* Is it @loop->end_ns yet? */
bool loop_is_over(const struct loop *loop);

/* CLOCK_MONOTONIC in ns. */
int64_t loop_now_ns(void);

#endif
