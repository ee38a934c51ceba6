/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Schema mptop/1 (docs/interface.md section 5) as tables: which key of a line
 * is which member of a sample, and in what form. The writer and the reader
 * both follow them, so a new key is one row here.
 */
#ifndef MPTOP_SCHEMA_H
#define MPTOP_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "sample.h"

#define SCHEMA_NAME "mptop/1"
/* Numbers stay exact in readers that only have doubles. */
#define SCHEMA_NUMBER_MAX ((int64_t)1 << 53)
/* "2026-01-31T13:00:01.204Z" and its end. */
#define SCHEMA_TIME_CAP 25

/* The form of a value: the member's type, and what null stands for. */
enum schema_kind {
	SCHEMA_COUNT,  /* int64_t, not negative; null: UNKNOWN */
	SCHEMA_SIGNED, /* int64_t; null: UNKNOWN */
	SCHEMA_FLAG,   /* int64_t 0 or 1 as boolean; null: UNKNOWN */
	SCHEMA_BOOL,   /* bool; never null */
	SCHEMA_PID,    /* int64_t, positive; null: 0, none or in no namespace
			  of ours (struct process_id) */
	SCHEMA_NODE,   /* int; null: NODE_UNKNOWN */
	SCHEMA_TEXT,   /* char *; null: NULL */
	SCHEMA_TIME,   /* struct timespec, whole ms; never null */
	SCHEMA_OWNER,  /* enum sample_owner; never null; likewise below */
	SCHEMA_SCOPE,
	SCHEMA_PHASE,
	SCHEMA_CALL,
	SCHEMA_REASON, /* int, by name; null: REASON_UNKNOWN */
	SCHEMA_LOG2,   /* int64_t[SAMPLE_LOG2_MAX] without zeros at its end */
	SCHEMA_ARGS,   /* struct sample_args of an event; null: all NULL */
	SCHEMA_MARKS,  /* unsigned int of enum sample_mark, by names */
	SCHEMA_ERRNO,  /* int64_t; null: 0 if the event's ret tells so */
	SCHEMA_ABI,    /* enum sample_abi, by name; null: ABI_UNKNOWN */
	SCHEMA_NOTHING, /* enum sample_nothing, by name; null: NOTHING_NONE */
	SCHEMA_STATUSES, /* struct sample_statuses; null: pages UNKNOWN */
	SCHEMA_STACK, /* struct sample_stack *; null: NULL */
	SCHEMA_KIND_COUNT
};

/* One key of an object; tables end with a NULL key. */
struct schema_field {
	const char *key;
	enum schema_kind kind;
	bool required; /* has to be there and is not null */
	size_t offset; /* of the member */
};

enum schema_shape {
	SHAPE_OBJECT,	/* fields of the sample itself */
	SHAPE_NAMED,	/* object of an array's elements by their names */
	SHAPE_LIST,	/* array of objects */
	SHAPE_DISTANCE, /* the matrix in the order of the nodes */
};

/* One object or array of the line. */
struct schema_section {
	const char *key;
	enum schema_shape shape;
	const struct schema_field *fields; /* object and list */
	const char *const *names;	   /* named */
	enum schema_kind kind;
	size_t count;
	size_t offset;	  /* of the array, or of the list's pointer */
	size_t nr_offset; /* of the list's length */
	size_t size;	  /* of an element */
};

/* Keys that come first in the line, after "schema" and "mptop". */
extern const struct schema_field schema_top[];

/* What follows them, in order; ends with a NULL key. */
extern const struct schema_section schema_sections[];

extern const char *const schema_phase_name[];

/* Writes @time as the schema has it into @dst. */
void schema_time_format(struct timespec time, char dst[SCHEMA_TIME_CAP]);

/* Reads exactly that form; 0 or -EINVAL. */
int schema_time_parse(const char *text, struct timespec *time);

#endif
