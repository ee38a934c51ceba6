/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Its calls, of those that the log still has: made by it, or about it. */
#include <stdlib.h>

#include "call.h"
#include "model_details_part.h"
#include "xalloc.h"

#define CALL_CAP 1024

static bool is_running(const struct log *log, uint64_t line)
{
	const struct open_call *open, *next;

	HASH_ITER(hh, log->open, open, next)
		if (open->line == line)
			return log_is_running(log, open);
	return false;
}

static void take_call(struct details_look *look,
		      const struct model_log_line *line, bool running)
{
	struct model_details *details = look->details;
	struct details_call *call = &details->calls[details->nr_calls++];
	char text[CALL_CAP];

	call->time = line->event.time;
	call->is_running = running;
	call->is_odd = line->event.marks & (MARK_TOCTOU | MARK_NARROWED) ||
		       line->event.error > 0;
	call->text = xstrdup(call_format(&line->event, line->caller_comm,
					 line->target_comm, true, text,
					 sizeof(text)));
}

/* The newest first; with @running those in progress, else the others. */
static void take_calls(struct details_look *look, const struct log *log,
		       bool running)
{
	struct process_id id = owner_key_id(look->owner->key);
	size_t i, length = log_length(log);

	for (i = 1; i <= length; i++) {
		uint64_t number = log->next - i;
		const struct model_log_line *line =
			&log_at(log, number)->line;
		const struct sample_event *event = &line->event;

		if (!process_id_equal(event->caller, id) &&
		    !process_id_equal(event->target, id))
			continue;
		if (running != (event->phase == PHASE_RUNNING &&
				is_running(log, number)))
			continue;
		look->details->all_calls++;
		if (look->details->nr_calls < DETAILS_CALLS_MAX)
			take_call(look, line, running);
	}
}

void details_take_calls(struct details_look *look, const struct model *model)
{
	if (look->owner->key.kind != OWNER_PROCESS)
		return;
	look->details->calls = xcalloc(DETAILS_CALLS_MAX,
				       sizeof(*look->details->calls));
	take_calls(look, &model->log, true);
	take_calls(look, &model->log, false);
}

void details_free_calls(struct model_details *details)
{
	size_t i;

	for (i = 0; i < details->nr_calls; i++)
		free(details->calls[i].text);
	free(details->calls);
}
