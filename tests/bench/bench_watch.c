/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bench_watch [-f TEXT] [-r] [-k KEY=TEXT]... [-q KEYS] [-x COMMAND]...
 *	PROGRAM [ARG]...
 *
 * Runs PROGRAM on a terminal of its own, 50x160, and prints what it measured
 * from outside, a "name value" line each:
 *
 *	frame_ms	from exec until TEXT, the end of its frame, came
 *	ready_ms	-r: from exec until it wrote to descriptor 3
 *	command_ms	of the last COMMAND; they run one after the other as
 *			soon as the above is there, and then KEYS are typed
 *			or, without them, the program is terminated
 *	bytes		that it sent to the terminal while that ran
 *	cpu_ms		that it computed while that ran
 *	key_ms		-k, after the commands: from KEY until TEXT came
 *	end_ms		from KEYS or the signal to its end
 *	peak_kib	the most memory it had resident
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define COMMANDS 4
#define KEYS 64
#define READY_FD 3

struct watch {
	const char *text, *keys;
	const char *command[COMMANDS];
	int nr_commands;
	const char *key[KEYS]; /* KEY=TEXT */
	int nr_keys;
	bool want_ready;

	int terminal, ready; /* -1: not, or no more */
	pid_t program;
	double start;
	double frame, readied; /* when; 0: not yet */
	size_t matched;	       /* of text, at the end of what was read */
	unsigned long long bytes;
};

static double now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* What @program has computed so far. */
static double cpu_ms(pid_t program)
{
	struct timespec used = { 0, 0 };
	clockid_t clock;

	if (!clock_getcpuclockid(program, &clock))
		clock_gettime(clock, &used);
	return (double)used.tv_sec * 1e3 + (double)used.tv_nsec / 1e6;
}

static void die(const char *what)
{
	fprintf(stderr, "bench_watch: %s: %s\n", what, strerror(errno));
	exit(1);
}

static void start(struct watch *watch, char **argv)
{
	struct winsize size = { .ws_row = 50, .ws_col = 160 };
	int ready[2];

	if (pipe2(ready, O_CLOEXEC))
		die("pipe");
	watch->start = now_ms();
	watch->program = forkpty(&watch->terminal, NULL, NULL, &size);
	if (watch->program < 0)
		die("forkpty");
	if (!watch->program) {
		if (watch->want_ready && ready[1] == READY_FD)
			fcntl(READY_FD, F_SETFD, 0);
		else if (watch->want_ready)
			dup2(ready[1], READY_FD);
		execvp(argv[0], argv);
		die(argv[0]);
	}
	close(ready[1]);
	watch->ready = watch->want_ready ? ready[0] : -1;
}

/* The texts looked for start with a character that is in them only once. */
static void look_for_text(struct watch *watch, const char *data, size_t n)
{
	size_t i;

	for (i = 0; watch->text && !watch->frame && i < n; i++) {
		if (data[i] != watch->text[watch->matched])
			watch->matched = 0;
		if (data[i] == watch->text[watch->matched])
			watch->matched++;
		if (!watch->text[watch->matched])
			watch->frame = now_ms();
	}
}

/* Takes in what there is within @ms; false once nobody has the terminal. */
static bool take(struct watch *watch, int ms)
{
	struct pollfd fd[2] = {
		{ .fd = watch->terminal, .events = POLLIN },
		{ .fd = watch->ready, .events = POLLIN },
	};
	char data[65536];
	ssize_t n;

	if (poll(fd, 2, ms) <= 0)
		return true;
	if (fd[1].revents) {
		if (read(watch->ready, data, 1) == 1)
			watch->readied = now_ms();
		close(watch->ready);
		watch->ready = -1;
	}
	if (!fd[0].revents)
		return true;
	n = read(watch->terminal, data, sizeof(data));
	if (n <= 0)
		return false;
	watch->bytes += (size_t)n;
	look_for_text(watch, data, (size_t)n);
	return true;
}

static void take_or_sleep(struct watch *watch, int ms)
{
	if (!take(watch, ms))
		usleep(ms * 1000);
}

static bool has_come_up(const struct watch *watch)
{
	return (!watch->text || watch->frame) &&
	       (!watch->want_ready || watch->readied);
}

static void run(struct watch *watch, const char *command)
{
	double from = now_ms(), cpu = cpu_ms(watch->program);
	pid_t child = fork();

	if (child < 0)
		die("fork");
	if (!child) {
		execl("/bin/sh", "sh", "-c", command, (char *)NULL);
		die("sh");
	}
	watch->bytes = 0;
	while (!waitpid(child, NULL, WNOHANG))
		take_or_sleep(watch, 10);
	printf("command_ms %.0f\nbytes %llu\ncpu_ms %.1f\n", now_ms() - from,
	       watch->bytes, cpu_ms(watch->program) - cpu);
}

static void press(struct watch *watch, const char *key)
{
	const char *text = strchr(key, '=');
	double from = now_ms();

	if (!text || write(watch->terminal, key, (size_t)(text - key)) < 0)
		die("cannot type");
	watch->text = text + 1;
	watch->frame = 0;
	watch->matched = 0;
	while (!watch->frame && take(watch, -1))
		;
	printf("key_ms %.2f\n", watch->frame - from);
}

static void stop(const struct watch *watch)
{
	if (!watch->nr_commands)
		return;
	if (!watch->keys)
		kill(watch->program, SIGTERM);
	else if (write(watch->terminal, watch->keys, strlen(watch->keys)) < 0)
		die("cannot type");
}

static int end(struct watch *watch)
{
	double from = now_ms();
	struct rusage usage;
	int status;
	pid_t ended;

	stop(watch);
	while (!(ended = wait4(watch->program, &status, WNOHANG, &usage)))
		take_or_sleep(watch, 1);
	if (ended < 0)
		die("wait");
	if (watch->nr_commands)
		printf("end_ms %.1f\n", now_ms() - from);
	printf("peak_kib %ld\n", usage.ru_maxrss);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 0;
}

static void options(struct watch *watch, int argc, char **argv)
{
	int option;

	while ((option = getopt(argc, argv, "+f:k:rq:x:")) >= 0) {
		if (option == 'f')
			watch->text = optarg;
		else if (option == 'r')
			watch->want_ready = true;
		else if (option == 'k' && watch->nr_keys < KEYS)
			watch->key[watch->nr_keys++] = optarg;
		else if (option == 'q')
			watch->keys = optarg;
		else if (option == 'x' && watch->nr_commands < COMMANDS)
			watch->command[watch->nr_commands++] = optarg;
		else
			exit(2);
	}
	if (optind >= argc)
		exit(2);
}

int main(int argc, char **argv)
{
	struct watch watch = { .terminal = -1, .ready = -1 };
	int i;

	options(&watch, argc, argv);
	start(&watch, argv + optind);
	while (!has_come_up(&watch) && take(&watch, -1))
		;
	if (watch.frame)
		printf("frame_ms %.1f\n", watch.frame - watch.start);
	if (watch.readied)
		printf("ready_ms %.1f\n", watch.readied - watch.start);
	fflush(stdout);
	for (i = 0; i < watch.nr_commands; i++)
		run(&watch, watch.command[i]);
	for (i = 0; i < watch.nr_keys; i++)
		press(&watch, watch.key[i]);
	return end(&watch);
}
