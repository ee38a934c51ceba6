/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the header says: short texts with a priority each. */
#ifndef MPTOP_HEADER_ITEMS_H
#define MPTOP_HEADER_ITEMS_H

#include "panel.h"

#define HEADER_ITEMS 24
#define HEADER_KEEP 100

struct header_item {
	char text[96];
	enum style style;
	int priority; /* the lowest goes first; HEADER_KEEP is never left out */
	int gap;      /* blanks before it */
};

struct header_line {
	struct header_item item[HEADER_ITEMS];
	int nr;
};

/* Where and how a text is added. */
struct header_place {
	struct header_line *line;
	int priority;
	int gap;
	enum style style;
};

#define PLACE(l, p, g, s)                                        \
	((struct header_place){ .line = (l), .priority = (p), .gap = (g), \
				.style = (s) })

/* What the header has to say, in the order of the help. */
enum header_what {
	HEADER_SEEN,
	HEADER_IN_FLIGHT,
	HEADER_LANDED,
	HEADER_NONLRU,
	HEADER_HUGETLB,
	HEADER_VMSTAT,
	HEADER_UNEXPLAINED,
	HEADER_LOST,
	HEADER_SELF,
	HEADER_BALANCING,
	HEADER_DEMOTION,
	HEADER_HINT_LOCAL,
	HEADER_MOVED,
	HEADER_INTRA,
	HEADER_DISTANCE,
	HEADER_FAILED,
	HEADER_STALLED,
	HEADER_BOUNCE,
	HEADER_SINCE,
	HEADER_UNKNOWN,
	HEADER_COUNT
};

/* The name in front of each item's value, and its sentence in the help. */
struct header_row {
	const char *name;
	const char *help;
};
extern const struct header_row header_table[HEADER_COUNT];

void header_add(struct header_place place, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Each appends its items to @line. */

/* mptop, host, kernel, uptime, size, hooks; @brief: for a line with more. */
void header_identity(const struct screen_facts *facts,
		     struct header_line *line, bool brief);

/* Pages seen against the kernel's own counter, and all that was lost. */
void header_trust(const struct screen_facts *facts, struct header_line *line);

/* What mptop itself costs. */
void header_self(const struct screen_facts *facts, struct header_line *line);

/* Balancing and demotion. */
void header_modes(const struct screen_facts *facts, struct header_line *line);

/*
 * NUMA hint faults that were local, and an arrow if that is more or less than
 * in the intervals before.
 */
void header_locality(const struct screen_facts *facts,
		     struct header_line *line);

/* Locality, rate, failures, stall, bounce. */
void header_state(const struct screen_facts *facts, struct header_line *line);

/* The last three of them; the errno of most failed pages, where known. */
void header_troubles(const struct screen_facts *facts,
		     struct header_line *line, int64_t interval_ns);

/* Filter, restrictions, replay, end, interval. */
void header_flags(const struct screen_facts *facts, struct header_line *line);

/* What the view restricts the rows to; never left out. */
void header_view(const struct screen_facts *facts, struct header_line *line);

/* "lost events" and so on. */
const char *header_lost_name(enum sample_lost lost);

#endif
