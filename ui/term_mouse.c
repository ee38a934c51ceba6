/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * curses is not to wait whether a press becomes a click, so what is a double
 * click is found out here; of what comes at once it tells by itself.
 */
#include "term_mouse.h"

#include <curses.h>

#include "clock.h"
#include "keys.h"
#include "term_rescue.h"

#define DOUBLE_CLICK_NS INT64_C(400000000)

void term_mouse_on(void)
{
	/* First: it may be needed from the next line on. */
	term_rescue_add("\033[?1006;1000l");
	mouseinterval(0);
	mousemask(BUTTON1_PRESSED | BUTTON1_CLICKED | BUTTON1_DOUBLE_CLICKED |
		  BUTTON4_PRESSED | BUTTON5_PRESSED, NULL);
}

static int click_key(struct term_mouse *mouse, const MEVENT *event)
{
	int64_t now = clock_ns(CLOCK_MONOTONIC);
	bool again = mouse->clicked_ns && mouse->row == event->y &&
		     mouse->col == event->x &&
		     now - mouse->clicked_ns < DOUBLE_CLICK_NS;

	/* A third is the first of another pair. */
	mouse->clicked_ns = again ? 0 : now;
	mouse->row = event->y;
	mouse->col = event->x;
	return again ? MK_DOUBLE_CLICK : MK_CLICK;
}

int term_mouse_key(struct term_mouse *mouse)
{
	MEVENT event;
	int key;

	if (getmouse(&event) == ERR)
		return -1;
	if (event.bstate & BUTTON1_DOUBLE_CLICKED)
		key = MK_DOUBLE_CLICK;
	else if (event.bstate & (BUTTON1_PRESSED | BUTTON1_CLICKED))
		key = click_key(mouse, &event);
	else if (event.bstate & BUTTON4_PRESSED)
		key = MK_WHEEL_UP;
	else if (event.bstate & BUTTON5_PRESSED)
		key = MK_WHEEL_DOWN;
	else
		return -1;
	return keys_mouse(key, event.y, event.x);
}
