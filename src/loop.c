/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ppoll(2) over signalfd(2) and timerfd(2). */
#include "loop.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "clock.h"

#define NS_PER_S 1000000000LL

static void loop_signals(sigset_t *set)
{
	sigemptyset(set);
	sigaddset(set, SIGTERM);
	sigaddset(set, SIGINT);
	sigaddset(set, SIGHUP);
	sigaddset(set, SIGQUIT);
	sigaddset(set, SIGUSR1);
	sigaddset(set, SIGCONT);
}

void loop_hold_signals(void)
{
	sigset_t set;

	loop_signals(&set);
	sigaddset(&set, SIGWINCH);
	sigprocmask(SIG_BLOCK, &set, NULL);
}

int loop_open(struct loop *loop, int input_fd, int source_fd)
{
	sigset_t set;

	loop_hold_signals();
	loop_signals(&set);
	loop->input_fd = input_fd;
	loop->source_fd = source_fd;
	loop->timer_fd = -1;
	loop->end_ns = 0;
	loop->signal_fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (loop->signal_fd < 0)
		return -errno;
	loop->timer_fd = timerfd_create(CLOCK_MONOTONIC,
					TFD_CLOEXEC | TFD_NONBLOCK);
	return loop->timer_fd < 0 ? -errno : 0;
}

void loop_close(struct loop *loop)
{
	sigset_t set;

	if (loop->signal_fd >= 0)
		close(loop->signal_fd);
	if (loop->timer_fd >= 0)
		close(loop->timer_fd);
	loop->signal_fd = -1;
	loop->timer_fd = -1;
	loop_signals(&set);
	sigaddset(&set, SIGWINCH);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
}

void loop_set_timer(struct loop *loop, int64_t ns)
{
	struct timespec every = { ns / NS_PER_S, ns % NS_PER_S };
	struct itimerspec timer = { every, every };

	timerfd_settime(loop->timer_fd, 0, &timer, NULL);
}

/* Is there an event of @kind at @fd? */
static int event_of(const struct pollfd *fd, int kind)
{
	return fd->revents & POLLIN ? kind : 0;
}

bool loop_is_over(const struct loop *loop)
{
	return loop->end_ns && loop_now_ns() >= loop->end_ns;
}

/*
 * As poll(2), no longer than until loop->end_ns. A SIGWINCH that came before
 * interrupts it as one that comes meanwhile.
 */
static int loop_poll(const struct loop *loop, struct pollfd *fds, nfds_t nr)
{
	int64_t left_ns = loop->end_ns - loop_now_ns();
	struct timespec left = { 0, 0 };
	sigset_t mask;

	if (left_ns > 0)
		left = (struct timespec){ left_ns / NS_PER_S,
					  left_ns % NS_PER_S };
	sigprocmask(SIG_BLOCK, NULL, &mask);
	sigdelset(&mask, SIGWINCH);
	return ppoll(fds, nr, loop->end_ns ? &left : NULL, &mask);
}

int loop_wait(struct loop *loop, int *signal)
{
	struct pollfd fds[] = {
		{ .fd = loop->timer_fd, .events = POLLIN },
		{ .fd = loop->signal_fd, .events = POLLIN },
		{ .fd = loop->input_fd, .events = POLLIN },
		{ .fd = loop->source_fd, .events = POLLIN },
	};
	struct signalfd_siginfo info;
	uint64_t expired;
	int events;

	if (loop_poll(loop, fds, sizeof(fds) / sizeof(*fds)) < 0)
		return errno == EINTR ? 0 : -errno;
	events = event_of(&fds[2], LOOP_INPUT) |
		 event_of(&fds[3], LOOP_SOURCE);
	if (fds[2].revents & (POLLHUP | POLLERR | POLLNVAL))
		events |= LOOP_HANGUP;
	if (fds[3].revents & POLLHUP)
		events |= LOOP_SOURCE;
	if (fds[0].revents & POLLIN &&
	    read(loop->timer_fd, &expired, sizeof(expired)) > 0)
		events |= LOOP_TIMER;
	if (fds[1].revents & POLLIN &&
	    read(loop->signal_fd, &info, sizeof(info)) == sizeof(info)) {
		events |= info.ssi_signo == SIGCONT ? LOOP_CONTINUED :
						      LOOP_SIGNAL;
		*signal = info.ssi_signo;
	}
	return events;
}

int64_t loop_now_ns(void)
{
	return clock_ns(CLOCK_MONOTONIC);
}
