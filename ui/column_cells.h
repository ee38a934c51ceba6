/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Cells and titles of the process panel beside those in column_processes.c,
 * whose table they are for; items are struct model_row.
 */
#ifndef MPTOP_COLUMN_CELLS_H
#define MPTOP_COLUMN_CELLS_H

#include "column.h"

void cell_folios(struct column_cell *cell, const void *item);
void cell_distance(struct column_cell *cell, const void *item);
void cell_bounce(struct column_cell *cell, const void *item);
void cell_share(struct column_cell *cell, const void *item);
void cell_cgroup(struct column_cell *cell, const void *item);
void cell_container(struct column_cell *cell, const void *item);
void cell_vm(struct column_cell *cell, const void *item);

/* Pages between the nodes of model_top_pairs()[column->index], a second. */
void cell_pair(struct column_cell *cell, const void *item);

/* Name the column as what is shown in it, into cell->text. */
void title_pair(const struct column *column, struct column_cell *cell);
void title_rate(const struct column *column, struct column_cell *cell);
/* .name, without its "/S" while counts since the start are shown. */
void title_slashed(const struct column *column, struct column_cell *cell);
void title_stall(const struct column *column, struct column_cell *cell);
void title_comm(const struct column *column, struct column_cell *cell);

#endif
