/* SPDX-License-Identifier: GPL-2.0-or-later */
/* bench_record PROCESSES INTERVALS: a recording on standard output. */
#include <stdio.h>
#include <stdlib.h>

#include "bench_sample.h"
#include "writer_json.h"

#define FLOWS 4 /* of each process */

int main(int argc, char **argv)
{
	struct bench_size size;
	struct sample *sample;
	unsigned long seq, last;
	int ret = 0;

	if (argc != 3) {
		fputs("usage: bench_record PROCESSES INTERVALS\n", stderr);
		return 2;
	}
	size.processes = strtoul(argv[1], NULL, 10);
	size.flows = size.processes * FLOWS;
	last = strtoul(argv[2], NULL, 10);
	for (seq = 1; seq <= last && !ret; seq++) {
		sample = bench_sample(&size, seq);
		ret = writer_json_line(sample, stdout);
		sample_free(sample);
	}
	return ret || fflush(stdout) ? 1 : 0;
}
