/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What tracing takes, each tried by itself: for --check and after a failure. */
#ifndef MPTOP_BPF_TRIAL_H
#define MPTOP_BPF_TRIAL_H

#include "obstacle.h"

/*
 * Tries all needs with the rights of this process and undoes each at once.
 * What cannot work for want of an earlier need is NEED_UNTRIED. Takes some
 * milliseconds; a kprobe is on migrate_pages() for a moment.
 */
void bpf_trial(struct obstacle_facts *facts);

#endif
