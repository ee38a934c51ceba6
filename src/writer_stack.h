/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The stack of an event as JSON; private to the writer. */
#ifndef MPTOP_WRITER_STACK_H
#define MPTOP_WRITER_STACK_H

#include <jansson.h>

#include "sample.h"

/* A new reference; NULL is null. */
json_t *writer_stack(const struct sample_stack *stack);

#endif
