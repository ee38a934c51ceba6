/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The collector contract: a source gives one complete sample after the other.
 * Each kind has its own opening function (source_KIND_open), which returns 0
 * or -errno with the text of the failure; from then on all are the same.
 */
#ifndef MPTOP_SOURCE_H
#define MPTOP_SOURCE_H

#include "sample.h"

struct source;

struct source_ops {
	const char *name; /* "replay" */
	int (*fd)(const struct source *source);
	void (*drain)(struct source *source); /* NULL: nothing to take in */
	/* NULL: nothing depends on it */
	void (*set_delay)(struct source *source, int64_t delay_ns);
	int (*read)(struct source *source, struct sample **sample);
	void (*close)(struct source *source);
};

/* The first member of every kind's own struct. */
struct source {
	const struct source_ops *ops;
	char *error; /* of the last failed read; freed by close */
	char *note;  /* what to tell the operator at start, one line, or NULL;
			freed by close */
};

static inline const char *source_name(const struct source *source)
{
	return source->ops->name;
}

/*
 * A descriptor that turns readable when a read may give more, or -1 if only
 * time does. A read may have more without it: read until it gives 0, then
 * poll.
 */
static inline int source_fd(const struct source *source)
{
	return source->ops->fd ? source->ops->fd(source) : -1;
}

/* Takes in what would be lost if it waited for the next read. */
static inline void source_drain(struct source *source)
{
	if (source->ops->drain)
		source->ops->drain(source);
}

/* Says how far apart the reads will be: a call that runs longer is told. */
static inline void source_set_delay(struct source *source, int64_t delay_ns)
{
	if (source->ops->set_delay)
		source->ops->set_delay(source, delay_ns);
}

/*
 * Gives the next sample, which the caller owns: live, that of the interval
 * since the last read; of a stream, the next one in it. Never blocks. Returns
 * 1 with a sample, 0 if there is none yet, -ENODATA at the end of a stream,
 * or another -errno: then source_error() tells, and nothing more can be read.
 */
static inline int source_read(struct source *source, struct sample **sample)
{
	return source->ops->read(source, sample);
}

/* What failed, why, and what to do; owned by the source. */
static inline const char *source_error(const struct source *source)
{
	return source->error ? source->error : "unknown error";
}

/* Frees @source and all it holds; NULL is allowed. */
static inline void source_close(struct source *source)
{
	if (source)
		source->ops->close(source);
}

#endif
