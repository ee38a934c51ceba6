/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The BPF program. Which of its probes run, and on which symbol, is decided in
 * user space (src/hooks.c); none is loaded on its own account.
 */
#include "probes_calls.bpf.h"
#include "probes_pages.bpf.h"

char LICENSE[] SEC("license") = "GPL";
