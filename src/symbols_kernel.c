/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Text symbols alone, sorted by address; their names behind each other. That
 * is a fifth of the file: some 3 MB for a kernel of a distribution.
 */
#include "symbols_kernel.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "text.h"
#include "xalloc.h"

/* A kernel with all modules has 300,000; the file may be a test's. */
#define SYMBOLS_MAX 1000000
#define NAMES_MAX (64U << 20)
#define LINE_MAX_BYTES 1024
/* There is no end of a function in the file: one that is so large is none. */
#define FUNCTION_BYTES_MAX (1U << 20)

struct symbol {
	uint64_t address;
	uint32_t name; /* where it is in names */
};

struct symbols_kernel {
	int fd;
	const char *lack;
	struct symbol *symbol;
	size_t nr;
	size_t room;
	char *names;
	size_t names_used;
	size_t names_room;
};

struct symbols_kernel *symbols_kernel_new(int fd)
{
	struct symbols_kernel *kernel = xcalloc(1, sizeof(*kernel));

	kernel->fd = fd;
	if (fd < 0)
		kernel->lack = "/proc/kallsyms cannot be opened";
	return kernel;
}

void symbols_kernel_free(struct symbols_kernel *kernel)
{
	if (!kernel)
		return;
	if (kernel->fd >= 0)
		close(kernel->fd);
	free(kernel->symbol);
	free(kernel->names);
	free(kernel);
}

/* Keeps a name with its end; where it is. */
static uint32_t name_add(struct symbols_kernel *kernel, const char *name)
{
	size_t n = strlen(name) + 1, at = kernel->names_used;

	if (at + n > kernel->names_room) {
		kernel->names_room = kernel->names_room * 2 + 65536;
		kernel->names = xrealloc(kernel->names, kernel->names_room);
	}
	memcpy(kernel->names + at, name, n);
	kernel->names_used += n;
	return (uint32_t)at;
}

static void symbol_add(struct symbols_kernel *kernel, uint64_t address,
		       const char *name)
{
	if (kernel->nr == SYMBOLS_MAX || kernel->names_used > NAMES_MAX)
		return;
	if (kernel->nr == kernel->room) {
		kernel->room = kernel->room * 2 + 4096;
		kernel->symbol = xreallocarray(kernel->symbol, kernel->room,
					       sizeof(*kernel->symbol));
	}
	kernel->symbol[kernel->nr].address = address;
	kernel->symbol[kernel->nr++].name = name_add(kernel, name);
}

/* "ffffffff81000000 T name", and behind a tab "[module]". */
static void line_read(struct symbols_kernel *kernel, char *line)
{
	char clean[LINE_MAX_BYTES];
	uint64_t address;
	char type, *tab;
	int at = 0;

	line[strcspn(line, "\n")] = '\0';
	if (sscanf(line, "%" SCNx64 " %c %n", &address, &type, &at) != 2 ||
	    !at || !strchr("TtWw", type) || !address)
		return;
	tab = strchr(line + at, '\t');
	if (tab)
		*tab = ' ';
	text_clean(clean, sizeof(clean), line + at, strlen(line + at), -1);
	symbol_add(kernel, address, clean);
}

/* Of two at one address the first in the file, as the kernel does. */
static int by_address(const void *a, const void *b)
{
	const struct symbol *x = a, *y = b;

	if (x->address != y->address)
		return x->address < y->address ? -1 : 1;
	return x->name < y->name ? -1 : x->name > y->name;
}

static void file_read(struct symbols_kernel *kernel)
{
	FILE *file = fdopen(kernel->fd, "r");
	char line[LINE_MAX_BYTES];

	if (!file) {
		kernel->lack = "/proc/kallsyms cannot be read";
		return;
	}
	kernel->fd = -1;
	setvbuf(file, NULL, _IOFBF, 65536);
	while (fgets(line, sizeof(line), file))
		line_read(kernel, line);
	fclose(file);
	if (kernel->nr)
		qsort(kernel->symbol, kernel->nr, sizeof(*kernel->symbol),
		      by_address);
	else
		kernel->lack = "the kernel hides its addresses "
			       "(sysctl kernel.kptr_restrict)";
}

const char *symbols_kernel_lack(struct symbols_kernel *kernel)
{
	if (kernel->fd >= 0 && !kernel->lack)
		file_read(kernel);
	return kernel->lack;
}

/* The last symbol at or before @address, the first of its name's; or NULL. */
static const struct symbol *symbol_find(const struct symbols_kernel *kernel,
					uint64_t address)
{
	size_t low = 0, high = kernel->nr, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (kernel->symbol[middle].address <= address)
			low = middle + 1;
		else
			high = middle;
	}
	if (!low)
		return NULL;
	for (low--; low && kernel->symbol[low - 1].address ==
				   kernel->symbol[low].address;)
		low--;
	return &kernel->symbol[low];
}

char *symbols_kernel_name(struct symbols_kernel *kernel, uint64_t address,
			  bool returns)
{
	const struct symbol *symbol;
	const char *name, *module;

	if (symbols_kernel_lack(kernel))
		return NULL;
	symbol = symbol_find(kernel, address - returns);
	if (!symbol || address - symbol->address > FUNCTION_BYTES_MAX)
		return NULL;
	name = kernel->names + symbol->name;
	module = strchr(name, ' ');
	if (!module)
		module = name + strlen(name);
	return xasprintf("%.*s+0x%" PRIx64 "%s", (int)(module - name), name,
			 address - symbol->address, module);
}
