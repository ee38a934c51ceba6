/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What command_table's rows run, one file a group of keys; each with the key
 * that was pressed.
 */
#ifndef MPTOP_COMMAND_RUN_H
#define MPTOP_COMMAND_RUN_H

struct dashboard;

/* command_config.c */
void run_save(struct dashboard *dashboard, int key);

/* command_mouse.c */
void run_click(struct dashboard *dashboard, int key);
void run_double_click(struct dashboard *dashboard, int key);
void run_wheel(struct dashboard *dashboard, int key);

/* command_move.c */
void run_focus(struct dashboard *dashboard, int key);
void run_zoom(struct dashboard *dashboard, int key);
void run_move(struct dashboard *dashboard, int key);
void run_left(struct dashboard *dashboard, int key);
void run_right(struct dashboard *dashboard, int key);
void run_close(struct dashboard *dashboard, int key);
void run_close_or_quit(struct dashboard *dashboard, int key);

/* command_log.c */
void run_search_step(struct dashboard *dashboard, int key);
void run_jump(struct dashboard *dashboard, int key);
void run_call(struct dashboard *dashboard, int key);
/* command_details.c */
void run_enter(struct dashboard *dashboard, int key);
void run_numa_maps(struct dashboard *dashboard, int key);

/* command_time.c */
void run_step(struct dashboard *dashboard, int key);
void run_seek(struct dashboard *dashboard, int key);

/* command_view.c */
void run_sort(struct dashboard *dashboard, int key);
void run_sort_step(struct dashboard *dashboard, int key);
void run_reverse(struct dashboard *dashboard, int key);
void run_sort_by(struct dashboard *dashboard, int key);
void run_filter(struct dashboard *dashboard, int key);
void run_clear(struct dashboard *dashboard, int key);
void run_node(struct dashboard *dashboard, int key);

/* command_columns.c */
void run_columns(struct dashboard *dashboard, int key);
void run_panels(struct dashboard *dashboard, int key);
void run_since(struct dashboard *dashboard, int key);
void run_zero(struct dashboard *dashboard, int key);
void run_bytes(struct dashboard *dashboard, int key);
void run_cmdline(struct dashboard *dashboard, int key);

/* command_rows.c */
void run_user(struct dashboard *dashboard, int key);
void run_reason(struct dashboard *dashboard, int key);
void run_only(struct dashboard *dashboard, int key);
void run_of_row(struct dashboard *dashboard, int key);
void run_group(struct dashboard *dashboard, int key);
void run_expand(struct dashboard *dashboard, int key);
void run_collapse(struct dashboard *dashboard, int key);
void run_idle(struct dashboard *dashboard, int key);
void run_tag(struct dashboard *dashboard, int key);
void run_untag(struct dashboard *dashboard, int key);
void run_follow(struct dashboard *dashboard, int key);

/* command_program.c */
void run_help(struct dashboard *dashboard, int key);
void run_pause(struct dashboard *dashboard, int key);
void run_delay(struct dashboard *dashboard, int key);
void run_sample(struct dashboard *dashboard, int key);
void run_snapshot(struct dashboard *dashboard, int key);
void run_redraw(struct dashboard *dashboard, int key);
void run_record(struct dashboard *dashboard, int key);
void run_suspend(struct dashboard *dashboard, int key);
void run_quit(struct dashboard *dashboard, int key);

#endif
