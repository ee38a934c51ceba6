/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Restoring the terminal from a signal handler. */
#include "term_rescue.h"

#include <curses.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <termcap.h> /* <term.h> would be ours */
#include <termios.h>
#include <unistd.h>

#include "term.h"

#define RESTORE_CAP 256
#define STACK_SIZE 65536
#define RESTORE_TRIES 20
#define RESTORE_TRY_MS 50

/* A handler has no arguments: what it needs cannot be anywhere else. */
static struct {
	int fd;
	bool saved;
	struct termios modes;
	char restore[RESTORE_CAP];
	size_t length;
	int captured; /* the memory that standard error goes to, or -1 */
	int standard_error;
	struct sigaction old[NSIG];
	stack_t old_stack;
} rescue = { .fd = -1, .captured = -1, .standard_error = -1 };

static char handler_stack[STACK_SIZE];

static const int fatal_signals[] = { SIGSEGV, SIGABRT, SIGBUS, SIGFPE,
				     SIGILL };
static const int ending_signals[] = { SIGTERM, SIGHUP, SIGINT, SIGQUIT };

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

void term_rescue_save(int fd)
{
	rescue.fd = fd;
	rescue.saved = !tcgetattr(fd, &rescue.modes);
}

static int restore_put(int c)
{
	if (rescue.length < RESTORE_CAP)
		rescue.restore[rescue.length++] = (char)c;
	return c;
}

void term_rescue_add(const char *text)
{
	while (*text)
		restore_put(*text++);
}

static void restore_add(const char *capability)
{
	const char *text = tigetstr(capability);

	if (text && text != (char *)-1)
		tputs(text, 1, restore_put);
}

/* Async-signal-safe; the memory file may hold an assertion's text. */
static void print_captured(void)
{
	char text[512];
	off_t at = 0;
	ssize_t n;

	if (rescue.captured < 0)
		return;
	dup2(rescue.standard_error, STDERR_FILENO);
	while ((n = pread(rescue.captured, text, sizeof(text), at)) > 0) {
		at += n;
		if (write(STDERR_FILENO, text, (size_t)n) < 0)
			break;
	}
}

/*
 * A terminal that is slow gets the time it needs; one that has stopped its
 * output must not keep us from dying.
 */
static void restore_terminal(void)
{
	int flags = fcntl(rescue.fd, F_GETFL), tries;
	struct pollfd fd = { .fd = rescue.fd, .events = POLLOUT };
	size_t done = 0;
	ssize_t written;

	fcntl(rescue.fd, F_SETFL, flags | O_NONBLOCK);
	for (tries = 0; done < rescue.length && tries < RESTORE_TRIES;
	     tries++) {
		written = write(rescue.fd, rescue.restore + done,
				rescue.length - done);
		if (written > 0)
			done += (size_t)written;
		else
			poll(&fd, 1, RESTORE_TRY_MS);
	}
	fcntl(rescue.fd, F_SETFL, flags);
	if (rescue.saved)
		tcsetattr(rescue.fd, TCSANOW, &rescue.modes);
}

static void die_restored(int number)
{
	restore_terminal();
	print_captured();
	signal(number, SIG_DFL);
	raise(number);
}

static void leave_restored(int number)
{
	restore_terminal();
	_exit(128 + number);
}

static void catch_fatal(void)
{
	struct sigaction action = { .sa_handler = die_restored };
	stack_t stack = { .ss_sp = handler_stack, .ss_size = STACK_SIZE };
	size_t i;

	sigaltstack(&stack, &rescue.old_stack);
	action.sa_flags = SA_ONSTACK | SA_RESETHAND;
	sigfillset(&action.sa_mask);
	for (i = 0; i < COUNT(fatal_signals); i++)
		sigaction(fatal_signals[i], &action,
			  &rescue.old[fatal_signals[i]]);
}

static void capture_standard_error(void)
{
	if (!isatty(STDERR_FILENO))
		return;
	rescue.captured = memfd_create("mptop-stderr", MFD_CLOEXEC);
	rescue.standard_error = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
	if (rescue.captured < 0 || rescue.standard_error < 0 ||
	    dup2(rescue.captured, STDERR_FILENO) < 0) {
		close(rescue.captured);
		close(rescue.standard_error);
		rescue.captured = -1;
	}
}

void term_rescue_arm(void)
{
	rescue.length = 0;
	restore_add("sgr0");
	restore_add("rmkx");
	restore_add("cnorm");
	restore_add("rmcup");
	catch_fatal();
	capture_standard_error();
}

void term_rescue_disarm(void)
{
	size_t i;

	for (i = 0; i < COUNT(fatal_signals); i++)
		sigaction(fatal_signals[i], &rescue.old[fatal_signals[i]],
			  NULL);
	sigaltstack(&rescue.old_stack, NULL);
	if (rescue.saved)
		tcsetattr(rescue.fd, TCSANOW, &rescue.modes);
	rescue.length = 0;
	rescue.saved = false;
	if (rescue.captured < 0)
		return;
	print_captured();
	close(rescue.captured);
	close(rescue.standard_error);
	rescue.captured = -1;
}

void term_expect_another(void)
{
	struct sigaction action = { .sa_handler = leave_restored };
	sigset_t set;
	size_t i;

	action.sa_flags = SA_ONSTACK | SA_RESETHAND;
	sigemptyset(&set);
	for (i = 0; i < COUNT(ending_signals); i++) {
		sigaction(ending_signals[i], &action, NULL);
		sigaddset(&set, ending_signals[i]);
	}
	sigprocmask(SIG_UNBLOCK, &set, NULL);
}
