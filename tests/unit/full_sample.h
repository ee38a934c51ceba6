/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A sample with something in every member, for writer and reader. */
#ifndef MPTOP_TESTS_FULL_SAMPLE_H
#define MPTOP_TESTS_FULL_SAMPLE_H

#include "sample.h"

/* Every list has two elements: one with all values, one with none. */
struct sample *full_sample(void);

#endif
