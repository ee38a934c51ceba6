/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A busy machine of any size for the benchmarks: four nodes, processes with
 * names as long as real ones, each with several flows. No clock, no chance.
 */
#ifndef MPTOP_BENCH_SAMPLE_H
#define MPTOP_BENCH_SAMPLE_H

#include "sample.h"

struct bench_size {
	size_t processes;
	size_t flows; /* spread evenly over the processes */
};

/* The interval @seq, one second, of a machine at its busiest. */
struct sample *bench_sample(const struct bench_size *size, uint64_t seq);

#endif
