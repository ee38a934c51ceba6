/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Processes with identities of every kind. Steps come in the environment, so
 * that the command line can be anything: $WHO_STEPS, words by tabs, steps by
 * line feeds; $WHO_CASE names the case in the account.
 *
 *	move N		moves N of its own pages from node 0 to node 1
 *	pump N		the same and back, until standard input has a byte
 *	hold N		touches N pages on node 0 and waits for a byte
 *	wait		waits for a byte
 *	setuid UID
 *	comm NAME	NAME in hexadecimal digits
 *	cgroup DIR
 *	exec PATH ARG...	the steps behind it are done by that
 */
#define _GNU_SOURCE
#include <linux/mempolicy.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "load.h"

#define PAGE 4096UL
#define WORDS 32
#define PUMP_MS 20

struct pages {
	char *map;
	size_t n;
	int node;
};

static struct pages pages_new(size_t n)
{
	struct pages pages = { buffer(n * PAGE, 0, false), n, 0 };

	quiet_mbind(pages.map, n * PAGE, MPOL_DEFAULT, 0);
	return pages;
}

/* To the other node; how many moved. */
static long pages_move(struct pages *pages)
{
	void **addr = calloc(pages->n, sizeof(*addr));
	int *node = calloc(pages->n, sizeof(*node));
	int *status = calloc(pages->n, sizeof(*status));
	long moved = 0;
	size_t i;

	pages->node = !pages->node;
	for (i = 0; i < pages->n; i++) {
		addr[i] = pages->map + i * PAGE;
		node[i] = pages->node;
	}
	if (syscall(SYS_move_pages, 0, pages->n, addr, node, status,
		    MPOL_MF_MOVE) < 0)
		die("move_pages");
	for (i = 0; i < pages->n; i++)
		moved += status[i] == pages->node;
	free(addr);
	free(node);
	free(status);
	return moved;
}

/* The whole of a file of this process. */
static void self_read(const char *path, char *text, size_t size)
{
	FILE *file = fopen(path, "re");

	if (!file)
		die(path);
	text[fread(text, 1, size - 1, file)] = '\0';
	fclose(file);
}

/* Ids from the namespace of /proc on down, "4711,1". */
static void self_ids(char *ids)
{
	char text[4096], *line, *word, *rest;

	self_read("/proc/self/status", text, sizeof(text));
	line = strstr(text, "\nNSpid:");
	if (!line)
		die("NSpid");
	line[1 + strcspn(line + 1, "\n")] = '\0';
	*ids = '\0';
	for (word = strtok_r(line + 7, "\t ", &rest); word;
	     word = strtok_r(NULL, "\t ", &rest))
		sprintf(ids + strlen(ids), "%s%s", *ids ? "," : "", word);
}

static long long self_start(void)
{
	char text[4096], *field;
	int i;

	self_read("/proc/self/stat", text, sizeof(text));
	field = strrchr(text, ')');
	for (i = 2; i < 22; i++)
		field = strchr(field + 1, ' ');
	return atoll(field + 1);
}

static void say(long pages)
{
	const char *name = getenv("WHO_CASE");
	char ids[128];

	self_ids(ids);
	line("{\"who\":\"%s\",\"pid\":%d,\"ids\":[%s],\"start_ticks\":%lld,"
	     "\"uid\":%d,\"pages\":%ld}", name ? name : "", getpid(), ids,
	     self_start(), geteuid(), pages);
}

static void step_move(char **word)
{
	struct pages pages = pages_new(atol(word[1]));

	say(pages_move(&pages));
}

static void step_pump(char **word)
{
	struct pages pages = pages_new(atol(word[1]));
	struct pollfd input = { .fd = STDIN_FILENO, .events = POLLIN };
	long moved = 0;

	do {
		moved += pages_move(&pages);
	} while (!poll(&input, 1, PUMP_MS));
	await_byte(STDIN_FILENO);
	say(moved);
}

static void step_hold(char **word)
{
	pages_new(atol(word[1]));
	say(0);
	await_byte(STDIN_FILENO);
}

/* As hold, without a call that mptop logs. */
static void step_wait(char **word)
{
	(void)word;
	say(0);
	await_byte(STDIN_FILENO);
}

static void step_setuid(char **word)
{
	if (setuid(atoi(word[1])))
		die("setuid");
}

static void step_comm(char **word)
{
	char name[16] = "";
	unsigned int byte;
	size_t i;

	for (i = 0; i < 15 && sscanf(word[1] + 2 * i, "%2x", &byte) == 1; i++)
		name[i] = (char)byte;
	prctl(PR_SET_NAME, name);
}

static void step_cgroup(char **word)
{
	char path[512];

	snprintf(path, sizeof(path), "%s/cgroup.procs", word[1]);
	write_file(path, "0");
}

static void step_exec(char **word)
{
	execv(word[1], word + 1);
	die(word[1]);
}

static const struct step {
	const char *name;
	void (*run)(char **word);
} steps[] = {
	{ "move", step_move },	   { "pump", step_pump },
	{ "hold", step_hold },	   { "setuid", step_setuid },
	{ "comm", step_comm },	   { "cgroup", step_cgroup },
	{ "exec", step_exec },	   { "wait", step_wait },
};

static void run_step(char *text)
{
	char *word[WORDS] = { NULL }, *rest;
	size_t i;

	word[0] = strtok_r(text, "\t", &rest);
	for (i = 0; i < WORDS - 2 && word[i]; i++)
		word[i + 1] = strtok_r(NULL, "\t", &rest);
	for (i = 0; word[0] && i < sizeof(steps) / sizeof(steps[0]); i++) {
		if (strcmp(word[0], steps[i].name))
			continue;
		steps[i].run(word);
		return;
	}
	die("no such step");
}

void run_who(const char *all)
{
	char *step, *left = strdup(all), *rest = left;

	scenario_name = "who";
	while ((step = strsep(&rest, "\n"))) {
		setenv("WHO_STEPS", rest ? rest : "", 1);
		if (*step)
			run_step(step);
	}
	free(left);
}
